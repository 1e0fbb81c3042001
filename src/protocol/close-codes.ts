/** What the end of a connection means: docs/protocol.md 5 as data, with one lookup. */
import type { Fault } from './errors.js';
import type { Leg } from './frames.js';
import { printable } from './redact.js';
import type { AbandonReason } from './results.js';

const defaults = { maxReasonLength: 123 } as const;

/** What to do after a connection has ended. */
export type Verdict =
  /** Dial again within the retry policy. `slow`: wait longer than usual. `once`: a second time is one too many. */
  | { action: 'retry'; slow?: true; once?: true }
  /** A newer connection of the same bot holds the lobby: leave it alone. */
  | { action: 'evicted' }
  /** Retrying the lobby is pointless. `why` is a sentence for the user. */
  | {
      action: 'stop';
      fault: Extract<Fault['code'], 'authentication_failed' | 'token_revoked' | 'lobby_not_found'>;
      why: string;
    }
  /**
   * Retrying this match is pointless. `detail` is a sentence for the user. `onlyAfterGrace`: only when the platform
   * no longer holds the seat; before that, a proxy in front of the gateway may have sent the status.
   */
  | { action: 'abandon'; why: AbandonReason; detail: string; onlyAfterGrace?: true };

/** How a connection ended. */
export interface Ending {
  leg: Leg;
  /** WebSocket close code. */
  code: number;
  reason: string;
  /** Status of a refused upgrade. With a status, the close code has no meaning. */
  httpStatus?: number;
  /** `code` of the last `error` frame on this connection. */
  lastError?: string | null;
}

interface Row {
  leg: Leg | 'both';
  /** Close codes, or HTTP statuses in the upgrade table. */
  codes: readonly number[];
  /** The row applies only if the close reason contains one of these, in lower case ... */
  reasonHas?: readonly string[];
  /** ... or if one of these was the last `error` frame. */
  afterError?: readonly string[];
  verdict: Verdict;
}

const retry: Verdict = { action: 'retry' };
const retrySlowly: Verdict = { action: 'retry', slow: true };

const unauthenticated: Verdict = {
  action: 'stop',
  fault: 'authentication_failed',
  why: 'The lobby refused the token: it is wrong, or it belongs to another bot. Check the token and the bot id.',
};

function abandon(why: AbandonReason, detail: string): Verdict {
  return { action: 'abandon', why, detail };
}

const seatRefused = abandon(
  'refused',
  'The gateway refused the token for this seat: the seat belongs to another bot, or the token is wrong.',
);
const seatGone: Verdict = {
  action: 'abandon',
  why: 'refused',
  detail:
    'The gateway refuses this seat: it was given away after the grace, belongs to another bot, or the token is wrong.',
  onlyAfterGrace: true,
};
const reconnectsSpent = abandon(
  'reconnects_exhausted',
  'The platform takes no more reconnects to this match: their number or the time for them is used up.',
);
const gameUnsupported = abandon(
  'game_unsupported',
  'The match is of a game the agent did not declare; add it to `supportedGames` if the bot can play it.',
);

/** What the platform says when it refuses a reconnect and would refuse every other one. */
const seatIsGone = ['budget_exhausted', 'grace_expired'];

/** The first row that fits decides. Codes without a row are retried. */
const closeRows: readonly Row[] = [
  { leg: 'lobby', codes: [4001], verdict: unauthenticated },
  {
    leg: 'lobby',
    codes: [4002],
    verdict: {
      action: 'stop',
      fault: 'token_revoked',
      why: 'The token was revoked. Make a new one on the platform and put it where the old one was.',
    },
  },
  { leg: 'lobby', codes: [4000], reasonHas: ['replaced'], verdict: { action: 'evicted' } },
  { leg: 'lobby', codes: [4000], verdict: retry },
  { leg: 'both', codes: [1008], verdict: retrySlowly },
  { leg: 'both', codes: [1000, 1001, 1006, 1011, 1012, 1013], verdict: retry },

  { leg: 'match', codes: [4001], verdict: seatRefused },
  {
    leg: 'match',
    codes: [4002],
    reasonHas: ['game_unsupported_by_client'],
    afterError: ['extapi_client_game_unsupported'],
    verdict: gameUnsupported,
  },
  // Usually no executor is registered yet.
  { leg: 'match', codes: [4002], verdict: retry },
  {
    leg: 'match',
    codes: [4003],
    verdict: abandon('refused', 'The match is full: no seat is left for this bot.'),
  },
  {
    leg: 'match',
    codes: [4005],
    verdict: abandon(
      'refused',
      'The match had ended before this connection was made; its result was not seen.',
    ),
  },
  {
    leg: 'match',
    codes: [4006],
    verdict: abandon('refused', 'The gateway does not know this participant of the match.'),
  },
  { leg: 'match', codes: [4010], verdict: reconnectsSpent },
  {
    leg: 'match',
    codes: [4012],
    verdict: abandon('refused', 'The gateway closed this seat for good (4012).'),
  },
  {
    leg: 'match',
    codes: [4013],
    verdict: abandon(
      'version_unsupported',
      'The gateway and this agent have no protocol version in common; update chipzen-agent.',
    ),
  },
  { leg: 'match', codes: [4004, 4007, 4009], verdict: retry },
  { leg: 'match', codes: [4011], reasonHas: seatIsGone, afterError: seatIsGone, verdict: reconnectsSpent },
  { leg: 'match', codes: [4011], verdict: retry },
  { leg: 'match', codes: [4008], verdict: { action: 'retry', once: true } },
];

const upgradeRows: readonly Row[] = [
  { leg: 'lobby', codes: [401, 403], verdict: unauthenticated },
  { leg: 'match', codes: [401, 403], verdict: seatGone },
  {
    leg: 'lobby',
    codes: [404],
    verdict: {
      action: 'stop',
      fault: 'lobby_not_found',
      why: 'There is no lobby at this URL (HTTP 404). Check the bot id, the environment and the URL.',
    },
  },
  { leg: 'both', codes: [429], verdict: retrySlowly },
];

function fits(row: Row, code: number, ending: Ending): boolean {
  if (row.leg !== 'both' && row.leg !== ending.leg) return false;
  if (!row.codes.includes(code)) return false;
  if (row.reasonHas === undefined && row.afterError === undefined) return true;
  const reason = ending.reason.toLowerCase();
  if (row.reasonHas?.some((word) => reason.includes(word))) return true;
  return row.afterError?.includes(ending.lastError?.toLowerCase() ?? '') ?? false;
}

/** Adds the server's own words to the sentence for the user. */
function quoting(verdict: Verdict, reason: string): Verdict {
  const said = printable(reason, defaults.maxReasonLength);
  if (said === '') return verdict;
  if (verdict.action === 'stop') return { ...verdict, why: `${verdict.why} The server said: "${said}".` };
  if (verdict.action === 'abandon')
    return { ...verdict, detail: `${verdict.detail} The server said: "${said}".` };
  return verdict;
}

/**
 * What to do after a connection has ended (docs/protocol.md 5). Codes and statuses without a row, redirects among
 * them, are retried. `reason` must be free of secrets: it is quoted.
 */
export function verdictOf(ending: Ending): Verdict {
  const upgrade = ending.httpStatus !== undefined;
  const code = ending.httpStatus ?? ending.code;
  const row = (upgrade ? upgradeRows : closeRows).find((candidate) => fits(candidate, code, ending));
  if (row === undefined) return retry;
  return upgrade ? row.verdict : quoting(row.verdict, ending.reason);
}
