/** The entries of a journal, one a line. */

import { isObject, isText } from '../../protocol/checks.js';
import type { JsonObject } from '../../protocol/frames.js';
import { type MatchOrigin, matchOrigins } from '../../records/played-match.js';
import { seatLimits } from '../terms/game-options.js';
import { type ForfeitReason, forfeitReasons } from '../terms/sandbox-events.js';

/** A player of a match: a remote bot, or the name of a bot inside the platform. */
export type JournalPlayer = { botId: string } | { house: string };

export type JournalEntry =
  | { t: 'bot'; botId: string; name: string }
  /** `createdAt`: epoch milliseconds. */
  | { t: 'token'; botId: string; tokenId: string; token: string; createdAt?: number }
  | { t: 'revoked'; tokenId: string }
  | {
      t: 'match';
      /** The number of the match on this platform. */
      n: number;
      matchId: string;
      seed: string;
      rated: boolean;
      decisionTimeoutMs: number;
      /** A token asked for the match. */
      isAskedFor?: boolean;
      origin?: MatchOrigin;
      /** The fixture that it was made for, so that no other run of the platform plays it again. */
      fixture?: string;
      players: JournalPlayer[];
      participantIds: string[];
    }
  | { t: 'begun'; matchId: string }
  | { t: 'turn'; matchId: string; requestId: string }
  | { t: 'act'; matchId: string; action: string; params?: JsonObject; isTimeout: boolean }
  | { t: 'forfeit'; matchId: string; seat: number; why: ForfeitReason }
  | { t: 'end'; matchId: string; end: JsonObject };

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const isList = (value: unknown, isItem: (item: unknown) => boolean): value is unknown[] =>
  Array.isArray(value) && value.every(isItem);

const isPlayer = (value: unknown): boolean => isObject(value) && (isText(value.botId) || isText(value.house));

const isSeats = (value: unknown, isItem: (item: unknown) => boolean): value is unknown[] =>
  isList(value, isItem) && value.length >= seatLimits.min && value.length <= seatLimits.max;

const rules: Record<JournalEntry['t'], (fields: Record<string, unknown>) => boolean> = {
  bot: ({ botId, name }) => isText(botId) && isText(name),
  token: ({ botId, tokenId, token, createdAt }) =>
    isText(botId) && isText(tokenId) && isText(token) && (createdAt === undefined || isWhole(createdAt)),
  revoked: ({ tokenId }) => isText(tokenId),
  match: ({
    n,
    matchId,
    seed,
    rated,
    decisionTimeoutMs,
    isAskedFor,
    origin,
    fixture,
    players,
    participantIds,
  }) =>
    isWhole(n) &&
    isText(matchId) &&
    isText(seed) &&
    typeof rated === 'boolean' &&
    isWhole(decisionTimeoutMs) &&
    (isAskedFor === undefined || typeof isAskedFor === 'boolean') &&
    (origin === undefined || matchOrigins.some((known) => known === origin)) &&
    (fixture === undefined || isText(fixture)) &&
    isSeats(players, isPlayer) &&
    isSeats(participantIds, isText) &&
    participantIds.length === players.length,
  begun: ({ matchId }) => isText(matchId),
  turn: ({ matchId, requestId }) => isText(matchId) && isText(requestId),
  act: ({ matchId, action, params, isTimeout }) =>
    isText(matchId) &&
    isText(action) &&
    (params === undefined || isObject(params)) &&
    typeof isTimeout === 'boolean',
  forfeit: ({ matchId, seat, why }) =>
    isText(matchId) &&
    isWhole(seat) &&
    seat < seatLimits.max &&
    forfeitReasons.some((reason) => reason === why),
  end: ({ matchId, end }) => isText(matchId) && isObject(end),
};

/** Checks an entry: the file may have been edited by hand or damaged. */
export function isJournalEntry(value: unknown): value is JournalEntry {
  if (!isObject(value) || !isText(value.t) || !Object.hasOwn(rules, value.t)) return false;
  return rules[value.t as JournalEntry['t']](value);
}
