/** Who may take which seat, and how other dials are denied (docs/protocol.md 3 and 5). */

import { ownSeat } from '../../protocol/endpoint-paths.js';
import type { GatewaySeat } from '../match/gateway-seat.js';
import type { MatchBook } from '../match/match-book.js';
import type { TokenRecord } from '../terms/bot-record.js';
import type { Settings } from '../terms/sandbox-options.js';
import type { Dialect } from '../wire/dialect.js';
import { closeCodes } from '../wire/platform-closes.js';

/** A dial as its URL and headers describe it, unchecked. */
export interface Dial {
  matchId: string;
  participantId: string;
  /**
   * `header`: remote play, with the token in a subprotocol. `query`: remote play with the token in the URL, as older
   * clients send it, or without a token (null). `frame`: uploaded bots, whose credential comes in `authenticate`.
   */
  credential: { from: 'header'; token: string } | { from: 'query'; token: string | null } | { from: 'frame' };
}

/** Why a dial is denied. */
export interface Denial {
  code: number;
  reason: string;
  /** `code` of the `error` frame that is sent before the close. */
  error?: string;
}

export const denials = {
  authFailed: { code: closeCodes.authFailed, reason: 'auth_failed' },
  matchNotFound: { code: closeCodes.matchNotFound, reason: 'match_not_found' },
  matchFull: { code: closeCodes.matchFull, reason: 'match_full' },
  matchStarted: { code: closeCodes.matchStarted, reason: 'match_started' },
  matchEnded: { code: closeCodes.matchEnded, reason: 'match_ended' },
  participantNotFound: { code: closeCodes.participantNotFound, reason: 'participant_not_found' },
  handshakeTimeout: { code: closeCodes.handshakeTimeout, reason: 'handshake_timeout' },
  versionMismatch: { code: closeCodes.versionMismatch, reason: 'protocol_mismatch' },
  budgetExhausted: {
    code: closeCodes.serverError,
    reason: 'budget_exhausted',
    error: 'budget_exhausted',
  },
  duplicate: {
    code: closeCodes.serverError,
    reason: 'duplicate_participant',
    error: 'duplicate_participant',
  },
  gameUnsupported: {
    code: closeCodes.gameUnsupported,
    reason: 'game_unsupported_by_client',
    error: 'EXTAPI_CLIENT_GAME_UNSUPPORTED',
  },
} as const satisfies Record<string, Denial>;

/** The format of ids of matches and participants. */
const idPattern = /^[\w.-]{1,128}$/;

export function isWellFormed({ matchId, participantId }: Dial): boolean {
  return idPattern.test(matchId) && idPattern.test(participantId);
}

interface Platform {
  book: MatchBook;
  dialect: Dialect;
  settings: Settings;
}

/** The seat that this token may take, or why it may not. */
export function admit(
  { book, dialect, settings }: Platform,
  token: TokenRecord | undefined,
  { matchId, participantId, credential }: Dial,
): GatewaySeat | Denial {
  if (token === undefined || token.revoked) return denials.authFailed;
  const run = book.match(matchId);
  if (run === undefined || run.state === 'dispatching') return denials.matchNotFound;
  const isOwner = credential.from === 'frame' && participantId === ownSeat;
  const seat = run.remoteSeats.find((candidate) =>
    isOwner ? candidate.botId === token.bot.botId : candidate.participantId === participantId,
  );
  if (seat === undefined) return isOwner ? denials.matchFull : denials.participantNotFound;
  if (seat.botId !== token.bot.botId) return denials.authFailed;
  if (seat.barred === 'grace_expired') return dialect.graceExpired;
  if (seat.barred === 'budget_exhausted' && settings.maxReconnects > 0) return denials.budgetExhausted;
  if (run.state === 'ended') return denials.matchEnded;
  return seat.hasJoined && !seat.isPresent && settings.maxReconnects === 0 ? denials.matchStarted : seat;
}
