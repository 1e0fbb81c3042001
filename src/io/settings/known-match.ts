import type { MatchInput } from '../../machines/match.js';
import { RetryPolicy } from '../../machines/retry.js';
import { type Proxy, proxyFor } from '../../network/environment-proxy.js';
import type { EnvironmentVariables } from '../../network/environment-variables.js';
import { ownSeat } from '../../protocol/endpoint-paths.js';
import { ConfigError, MissingTokenError, OptionError } from '../../protocol/errors.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import type { MatchCredential } from '../sockets/match-socket.js';
import type { AgentOptions } from './agent-options.js';
import { commonInputOf, userAgentOf } from './common-input.js';
import { dialableUrl } from './dialable-url.js';
import { checkOptions } from './option-rules.js';

/** Options of `runBot` and `playMatch`. Exactly one of `token` and `ticket` is needed. */
export interface RunBotOptions
  extends Pick<
    AgentOptions,
    | 'retryPolicy'
    | 'clientName'
    | 'clientVersion'
    | 'safeMode'
    | 'marginMs'
    | 'isolate'
    | 'workerMemoryMb'
    | 'userAgent'
    | 'supportedGames'
    | 'signal'
    | 'inspect'
    | 'onEvent'
    | 'onFrame'
    | 'record'
  > {
  /** Default, also for null: `CHIPZEN_TOKEN`. */
  token?: string | null | undefined;
  /** Default, also for null: `CHIPZEN_TICKET`. */
  ticket?: string | null | undefined;
  /** Default: `CHIPZEN_MATCH_ID`, then the one in the URL. */
  matchId?: string | undefined;
  /** Failed dials in a row before the match is given up, or `Infinity`. Default: what `retryPolicy` says. */
  maxRetries?: number | undefined;
}

const runBotOptionNames: Readonly<Record<keyof RunBotOptions, true>> = {
  retryPolicy: true,
  clientName: true,
  clientVersion: true,
  safeMode: true,
  marginMs: true,
  isolate: true,
  workerMemoryMb: true,
  userAgent: true,
  supportedGames: true,
  signal: true,
  inspect: true,
  onEvent: true,
  onFrame: true,
  record: true,
  token: true,
  ticket: true,
  matchId: true,
  maxRetries: true,
};

/** What is needed to start a known match. */
export interface KnownMatch {
  input: Omit<MatchInput, 'now' | 'random'>;
  credential: MatchCredential;
  userAgent: string;
  proxy: Proxy | null;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** The retry policy with the attempts that `maxRetries` names. */
function policyOf({ retryPolicy, maxRetries }: RunBotOptions): RetryPolicy | undefined {
  if (maxRetries === undefined || maxRetries === null) return retryPolicy;
  if (!(maxRetries === Number.POSITIVE_INFINITY || Number.isInteger(maxRetries)) || maxRetries < 0) {
    throw new OptionError('maxRetries', 'maxRetries must be an integer from 0 on, or Infinity.');
  }
  return new RetryPolicy({ ...retryPolicy?.named, maxReconnectAttempts: maxRetries });
}

function credentialOf({ token, ticket }: RunBotOptions, env: EnvironmentVariables): MatchCredential {
  if (isGiven(token) && isGiven(ticket)) {
    throw new OptionError('ticket', 'Give token or ticket, not both: a match takes exactly one of them.');
  }
  const given = isGiven(token) || isGiven(ticket);
  const usedToken = given ? token : env.CHIPZEN_TOKEN;
  const usedTicket = given ? ticket : env.CHIPZEN_TICKET;
  if (usedToken && usedTicket) {
    throw new ConfigError(
      'CHIPZEN_TOKEN and CHIPZEN_TICKET are both set, and a match takes one of them. Unset the other one.',
      { field: 'CHIPZEN_TICKET' },
    );
  }
  if (usedToken) return { kind: 'token', token: usedToken };
  if (usedTicket) return { kind: 'ticket', ticket: usedTicket };
  throw new MissingTokenError(
    'A known match needs a credential: give the option token or ticket, or set CHIPZEN_TOKEN or CHIPZEN_TICKET.',
  );
}

/** Reads `/ws/match/{match_id}/{participant_id}`, under any prefix. `bot` in place of the participant names none. */
function idsIn(url: URL): { matchId: string | null; participantId: string } {
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const at = parts.lastIndexOf('match');
  const matchId = at < 0 ? undefined : parts[at + 1];
  const participantId = at < 0 ? undefined : parts[at + 2];
  return {
    matchId: matchId === undefined ? null : decode(matchId),
    participantId: participantId === undefined || participantId === ownSeat ? '' : decode(participantId),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * Resolves the options of a known match; throws what `playMatch` documents.
 *
 * @param call the function whose options these are, for messages.
 */
export function resolveMatch(
  url: string,
  options: RunBotOptions,
  env: EnvironmentVariables,
  call = 'playMatch',
): KnownMatch {
  refuseUnknown(options, runBotOptionNames, call);
  const { matchId: givenId, token, ticket, maxRetries: _, ...rest } = options;
  checkOptions(rest);
  for (const [name, value] of Object.entries({ matchId: givenId, token, ticket })) {
    if (isGiven(value) && typeof value !== 'string') throw new OptionError(name, `${name} must be text.`);
  }
  const credential = credentialOf(options, env);
  const secret = credential.kind === 'ticket' ? credential.ticket : credential.token;
  const target = dialableUrl(url, 'The match URL', secret);
  const { matchId: idInUrl, participantId } = idsIn(target);
  const matchId = givenId ?? (env.CHIPZEN_MATCH_ID || idInUrl);
  if (matchId === null || matchId === '') {
    throw new OptionError('matchId', 'The match URL has no match id in it: give the option matchId.');
  }
  return {
    credential,
    userAgent: userAgentOf(options),
    proxy: proxyFor(target.href, env),
    input: {
      matchId,
      participantId,
      gatewayUrl: target.href,
      rated: false,
      resume: false,
      announced: false,
      decisionTimeoutMs: null,
      ...commonInputOf({ ...rest, retryPolicy: policyOf(options) }),
    },
  };
}
