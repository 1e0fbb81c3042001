/** Reads the answers for a bot and its tokens (docs/protocol.md 7). */
import type { JsonObject } from '../protocol/frames.js';
import { hideToken } from '../protocol/hide-token.js';
import { instantOf, msOf, numberOf, textOf, wholeOf } from './fields.js';

/** Where the bot is in the queue. */
export interface QueuePlace {
  /** `queued`, `matched`, `idle`, `timed_out`, `left`, `not_queued`. */
  status: string;
  /** From 1; null outside the queue. */
  position: number | null;
  /** How long it waits already. */
  waitingMs: number | null;
  /** How long a place lasts, if the platform keeps its word: places were lost after 12 s. Join again to refresh it. */
  ttlMs: number | null;
}

/** A match against a house bot that is about to be announced in the lobby. */
export interface HouseMatch {
  matchId: string;
  participantId: string | null;
  opponent: string | null;
  opponentBotId: string | null;
  decisionTimeoutMs: number | null;
}

/** A bot that can be challenged. */
export interface RemoteOpponent {
  name: string;
  botId: string | null;
  /** Null: it never played rated. */
  rating: number | null;
}

/** A challenge between two remote bots. */
export interface RemoteChallenge {
  challengeId: string;
  /** `pending`, `accepted`, `declined`, `expired`, `error`. */
  status: string;
  opponentBotId: string | null;
  opponentName: string | null;
  expiresInMs: number | null;
  /** Explains the status `error`. */
  detail: string | null;
}

/** A match of a season that is to come. */
export interface Fixture {
  /** Null: not told, as on the platform up to October 2026. */
  fixtureId: string | null;
  /** Epoch milliseconds; null when no time is told that can be read: `startsAtText` then has what was told. */
  startsAt: number | null;
  startsAtText: string | null;
  /** Null: not known yet. */
  opponent: string | null;
  /** Of one decision; null: not told. */
  decisionClockMs: number | null;
  stage: string | null;
  round: string | null;
  status: string | null;
  /** Fields that were read under another name than the usual one: `scheduled_at`. */
  otherNames: readonly string[];
}

/** What is told of a token that exists. */
export interface TokenFacts {
  tokenId: string;
  tokenPrefix: string | null;
  /** Epoch milliseconds. */
  createdAt: number | null;
  lastUsedAt: number | null;
}

/** A new token. `console.log` and `JSON.stringify` show neither it nor a part of it. */
export interface NewToken {
  token: string;
  /** Null: not told. */
  tokenId: string | null;
  createdAt: number | null;
}

/** Null for what is not an answer of the queue. */
export function readQueuePlace(row: JsonObject): QueuePlace | null {
  const status = textOf(row['status']);
  if (status === null) return null;
  return {
    status,
    position: wholeOf(row['position']),
    waitingMs: msOf(row['waiting_seconds']),
    ttlMs: msOf(row['queue_ttl_seconds']),
  };
}

export function readHouseMatch(row: JsonObject): HouseMatch | null {
  const matchId = textOf(row['match_id']);
  if (matchId === null) return null;
  return {
    matchId,
    participantId: textOf(row['participant_id']),
    opponent: textOf(row['opponent']),
    opponentBotId: textOf(row['opponent_bot_id']),
    decisionTimeoutMs: wholeOf(row['decision_timeout_ms']),
  };
}

export function readOpponent(row: JsonObject): RemoteOpponent | null {
  const botId = textOf(row['bot_id']);
  const name = textOf(row['name']) ?? botId;
  return name === null ? null : { name, botId, rating: numberOf(row['rating']) };
}

export function readChallenge(row: JsonObject): RemoteChallenge | null {
  const challengeId = textOf(row['challenge_id']) ?? textOf(row['id']);
  const status = textOf(row['status']);
  if (challengeId === null || status === null) return null;
  return {
    challengeId,
    status,
    opponentBotId: textOf(row['opponent_bot_id']),
    opponentName: textOf(row['opponent_name']),
    expiresInMs: msOf(row['expires_in_seconds']),
    detail: textOf(row['detail']),
  };
}

/** The names of each field; the first is the usual one. */
const fixtureNames = {
  id: ['fixture_id', 'id'],
  time: ['starts_at', 'scheduled_at', 'start_time'],
  opponent: ['opponent_bot_name', 'opponent_name'],
} as const;

export function readFixture(row: JsonObject): Fixture {
  const told = fixtureNames.time.map((name) => row[name]).find((time) => time !== undefined && time !== null);
  const time = firstOf(row, fixtureNames.time, instantOf);
  const opponent = firstOf(row, fixtureNames.opponent, textOf);
  return {
    fixtureId: firstOf(row, fixtureNames.id, labelOf).value,
    startsAt: time.value,
    startsAtText: told === undefined ? null : (textOf(told) ?? JSON.stringify(told)),
    opponent: opponent.value,
    decisionClockMs: msOf(row['decision_clock_seconds']),
    stage: textOf(row['stage']),
    round: labelOf(row['round']),
    status: textOf(row['status']),
    otherNames: [time, opponent].flatMap(({ otherName }) => otherName ?? []),
  };
}

/** The first of these fields that can be read, and its name if that is not the usual one. */
function firstOf<T>(
  row: JsonObject,
  names: readonly string[],
  read: (value: unknown) => T | null,
): { value: T | null; otherName: string | null } {
  for (const [index, name] of names.entries()) {
    const value = read(row[name]);
    if (value !== null) return { value, otherName: index === 0 ? null : name };
  }
  return { value: null, otherName: null };
}

/** A round is a number or a name. */
function labelOf(value: unknown): string | null {
  return textOf(value) ?? (numberOf(value) === null ? null : String(value));
}

export function readTokenFacts(row: JsonObject): TokenFacts | null {
  const tokenId = textOf(row['token_id']) ?? textOf(row['id']);
  if (tokenId === null) return null;
  return {
    tokenId,
    tokenPrefix: textOf(row['token_prefix']),
    createdAt: instantOf(row['created_at']),
    lastUsedAt: instantOf(row['last_used_at']),
  };
}

export function readNewToken(row: JsonObject): NewToken | null {
  const token = textOf(row['token']);
  if (token === null) return null;
  return hideToken({
    token,
    tokenId: textOf(row['token_id']) ?? textOf(row['id']),
    createdAt: instantOf(row['created_at']),
  });
}
