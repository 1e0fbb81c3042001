/** How the memory of a session changes when the connection to the lobby is lost or refused. */
import { type Verdict, verdictOf } from '../protocol/close-codes.js';
import type { Fault } from '../protocol/errors.js';
import { type LobbyContext, type LobbyUpdate, liveCount, lobbyDefaults } from './lobby.context.js';
import { describeLoss, lossOf } from './loss.js';
import type { SocketClosed } from './ports.js';
import { type ReconnectHints, reconnectDelay } from './retry.js';

/** Between two dials of a lobby that refuses us, in milliseconds: doubled from the first to the longest. */
const refusalPace = { firstMs: 10_000, longestMs: 60_000 } as const;

/** A lobby that took us before turns the upgrade away: often something before it speaks in its place, as in a deployment. */
export const isRefusal = ({ reached }: LobbyContext, { httpStatus }: SocketClosed): boolean =>
  reached && (httpStatus === 401 || httpStatus === 403 || httpStatus === 404);

export function verdictOn(closed: SocketClosed): Verdict {
  return verdictOf({
    leg: 'lobby',
    code: closed.code,
    reason: closed.reason,
    ...(closed.httpStatus !== undefined && { httpStatus: closed.httpStatus }),
  });
}

/** Why this loss ends the session with a fault, or null when it is worth another attempt. */
export function faultOf(context: LobbyContext, closed: SocketClosed): Fault | null {
  const verdict = verdictOn(closed);
  if (verdict.action === 'stop') {
    return isRefusal(context, closed)
      ? faultOfRefusal(context, { code: verdict.fault, message: verdict.why })
      : { code: verdict.fault, message: verdict.why };
  }
  const { retry, reached, attempt } = context;
  const limit = reached ? retry.named.maxReconnectAttempts : retry.maxReconnectAttempts;
  if (limit === undefined || attempt < limit) return null;
  const how = describeLoss(closed);
  const message = reached
    ? `The lobby was lost (${how}) and ${limit} reconnects failed.`
    : `The lobby could not be reached (${how}) in ${limit + 1} ${limit === 0 ? 'attempt' : 'attempts'}: check the URL and your network.`;
  return { code: 'lobby_unreachable', message };
}

export function afterLobbyLoss(context: LobbyContext, closed: SocketClosed): LobbyUpdate {
  const verdict = verdictOn(closed);
  const attempt = context.attempt + 1;
  const refusal = isRefusal(context, closed) ? refusedAgain(context) : null;
  const hints: ReconnectHints = {
    slow: verdict.action === 'retry' && verdict.slow === true,
    ...(closed.retryAfterMs !== undefined && { retryAfterMs: closed.retryAfterMs }),
    ...(isHolding(context) && { atMostMs: lobbyDefaults.heldBackoffMs }),
  };
  return {
    loss: lossOf(closed),
    attempt,
    refusal,
    retryDelayMs:
      refusal === null
        ? reconnectDelay(context.retry, attempt, context.random, hints)
        : refusalDelay(context, refusal, closed.retryAfterMs),
  };
}

// --- a lobby that took us before and refuses us now ---

const refusedAgain = ({ refusal, now }: LobbyContext): NonNullable<LobbyContext['refusal']> =>
  refusal === null ? { since: now(), times: 1 } : { ...refusal, times: refusal.times + 1 };

/** The verdict of the close table, once nothing else was heard for long enough. */
function faultOfRefusal(context: LobbyContext, fault: Fault): Fault | null {
  return refusedForMs(context) < context.lobbyRefusedMs ? null : fault;
}

/** The last dial comes as the patience ends. */
function refusalDelay(
  { lobbyRefusedMs, now, random }: LobbyContext,
  { since, times }: NonNullable<LobbyContext['refusal']>,
  retryAfterMs = 0,
): number {
  const { firstMs, longestMs } = refusalPace;
  const paceMs = Math.min(longestMs, firstMs * 2 ** (times - 1)) * (0.75 + random() / 4);
  const delayMs = Math.min(longestMs, Math.max(firstMs, paceMs, retryAfterMs));
  const leftMs = Math.max(0, since + lobbyRefusedMs - now());
  return Math.ceil(Math.min(leftMs, delayMs));
}

export function refusedForMs({ refusal, now }: LobbyContext): number {
  return refusal === null ? 0 : now() - refusal.since;
}

/** What to check, and how long it is tried on. */
export function describeRefusal(context: LobbyContext, httpStatus: number): string {
  const forS = Math.round(refusedForMs(context) / 1000);
  const leftS = Math.max(0, Math.round((context.lobbyRefusedMs - refusedForMs(context)) / 1000));
  const since = forS === 0 ? 'now' : `for ${forS} s now`;
  const what = httpStatus === 404 ? 'bot id, environment and URL' : 'token and bot id';
  return `The lobby was there before and answers HTTP ${httpStatus} ${since}. Unless it is being updated, check ${what}; tried for ${leftS} s more.`;
}

/** How long the greeting may take: a lobby that is busy after a restart greets late, and whoever hangs up starts over. */
export function helloTimeoutMs({ attempt }: LobbyContext): number {
  const { helloTimeoutMs: firstMs, maxHelloTimeoutMs } = lobbyDefaults;
  return Math.min(maxHelloTimeoutMs, firstMs * 2 ** attempt);
}

/** A seat waits for us, or may. */
function isHolding(context: LobbyContext): boolean {
  return liveCount(context) > 0 || context.now() < context.heldUntil;
}
