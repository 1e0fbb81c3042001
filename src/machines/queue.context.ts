/** What the queue keeper is started with and remembers, and what moves it. */
import type { DayBook, DayLimits, Decline, MatchClaim } from '../budget/day-book.js';
import type { DeclineWhy, QueueRest } from '../protocol/queue-events.js';
import { type Defined, withDefaults } from './with-defaults.js';

export const queueDefaults = {
  /** A place is renewed at this age: some were seen to die after 12 s, and no advertised time is a safe bound. */
  refreshFromMs: 15_000,
  refreshToMs: 20_000,
  /** From one join to the next that does not renew a place: the platform refuses those that come sooner. */
  joinGapMs: 12_000,
  /** How long the platform keeps a place, where it does not say; and the most and the least of what it says. */
  placeTtlMs: 60_000,
  longestTtlMs: 300_000,
  soonestRefreshMs: 5_000,
  /** How long after it was promised a match may still come. */
  matchDelayMs: 60_000,
  /** The same where the place was gone when it was given up: by the time, or by a match that is on its way. */
  lateMatchMs: 15_000,
  /** After a claim that was denied, although nothing was known that stands in its way. */
  deniedMs: 1_000,
  /** From one look at the challenges to the next: they last 60 s. */
  lookEveryMs: 10_000,
  /** The longest wait by a timer: the wall clock may be set meanwhile, or the machine sleep. */
  tickMs: 30_000,
  /** From so long before a fixture on nothing is asked for that may become a match. */
  quietMs: 15 * 60_000,
  /** Back-off after a refusal that says nothing about waiting. */
  firstBackoffMs: 2_000,
  longestBackoffMs: 60_000,
  /** After a refusal that another request does not change: a token that is not taken, a bot that may not play. */
  standingBackoffMs: 600_000,
  /** After one for a limit of the day that does not say how long: the day may begin later on the platform's clock. */
  spentBackoffMs: 1_800_000,
  /** Whatever the platform counts begins anew within a day: a longer wait is a number that it did not mean. */
  longestWishMs: 86_400_000,
  /** A lobby is believed for so long after its greeting, and dialed again for this once in a minute at most. */
  freshLobbyMs: 5_000,
  redialGapMs: 60_000,
  /** Answered challenges that are remembered. */
  answered: 100,
};

/** Whose challenges are taken: everybody's, or those of these names; null: none are looked for. */
export type TakenFrom = 'all' | readonly string[] | null;

/** What the queue keeper is started with. */
export interface QueueInput {
  /** Be in the queue whenever that is possible. Default: true. */
  queues?: boolean | undefined;
  /** Default: null. */
  takesFrom?: TakenFrom | undefined;
  limits: DayLimits;
  /** Matches of the queue a day; null, the default: as many as the day has. */
  queueMatches?: number | null | undefined;
  /** Live matches beside which it queues. Default: 0. */
  queueWhile?: number | undefined;
  /** What is used of the day. */
  book: DayBook;
  /** When the fixtures that are still to be played begin, epoch ms of the wall clock. Default: none. */
  marks?: readonly number[] | undefined;
  /** Whether the bot is in its lobby. Default: no. */
  isOnline?: boolean | undefined;
  /** Epoch milliseconds that do not jump. */
  now: () => number;
  /** Epoch milliseconds of the wall clock. */
  wallNow: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
}

const queueInputDefaults = {
  queues: true,
  takesFrom: null as TakenFrom,
  queueMatches: null as number | null,
  queueWhile: 0,
  marks: [] as readonly number[],
  isOnline: false,
};

/** A place in the queue, or one that may be there. Times do not jump. */
export interface QueueEntry {
  readonly takenAt: number;
  readonly renewedAt: number;
  readonly ttlMs: number;
  readonly refreshAt: number;
  /** A match has come of it: the platform is asked to confirm that it is gone. */
  readonly isPlayed: boolean;
}

/** A match that the platform has promised, and that comes until then if it does. Times do not jump. */
export interface MatchPromise {
  readonly from: 'queue' | 'challenge';
  /** When its place in the queue was taken, or its challenge. */
  readonly since: number;
  readonly until: number;
}

/** A challenge of another bot that waits for an answer. */
export interface InboundOffer {
  readonly challengeId: string;
  readonly opponent: string | null;
  /** Null: not told. */
  readonly expiresInMs: number | null;
}

export interface QueueContext extends Omit<Defined<QueueInput>, 'isOnline'> {
  /** Since when the bot is in its lobby, on the clock that does not jump; null: it is not. */
  readonly onlineSince: number | null;
  /** Ids of live matches. */
  readonly live: readonly string[];
  readonly entry: QueueEntry | null;
  readonly promise: MatchPromise | null;
  /** Why the place is being given up. */
  readonly leaving: QueueRest | null;
  /** Nothing is asked for before: the one gate of all requests. */
  readonly notBefore: number;
  /** In a row. */
  readonly refusals: number;
  readonly joinedAt: number | null;
  /** When a match was announced since the last join; null: none was. */
  readonly announcedAt: number | null;
  readonly lookedAt: number | null;
  readonly redialedAt: number | null;
  readonly offers: readonly (InboundOffer & { readonly expiresAt: number })[];
  /** Ids of challenges that were answered, or cannot be. */
  readonly answered: readonly string[];
  /** Why the first of the offers is declined. */
  readonly declining: DeclineWhy | null;
  /** What was reported last. */
  readonly rest: QueueRest | null;
  readonly isStopping: boolean;
  /** Another session of the bot has the lobby and the place. */
  readonly isGiven: boolean;
}

/** What the desk tells: each request has one answer, whatever becomes of it. */
export type DeskEvent =
  | { type: 'desk.placed'; status: string; position: number | null; ttlMs: number | null }
  | { type: 'desk.listed'; offers: readonly InboundOffer[] }
  | { type: 'desk.answered'; status: string }
  | {
      type: 'desk.refused';
      request: string;
      /** Null: there was no answer, and what was asked for may have been done. */
      httpStatus: number | null;
      code: string | null;
      retryAfterMs: number | null;
      message: string;
    };

/** What the desk is asked for, one request at a time. */
export type DeskCommand =
  | { type: 'desk.join' }
  | { type: 'desk.leave' }
  | { type: 'desk.look' }
  | { type: 'desk.accept'; challengeId: string }
  | { type: 'desk.decline'; challengeId: string };

/** What is told of the book. A claim is in the file when it is told as taken. */
export type BookEvent =
  | { type: 'book.changed'; book: DayBook }
  | { type: 'book.claimed'; book: DayBook }
  | { type: 'book.denied'; book: DayBook };

export type BookCommand =
  | { type: 'book.claim'; claim: MatchClaim; limits: DayLimits }
  | { type: 'book.release'; claimId: string }
  | { type: 'book.declined'; decline: Decline }
  | { type: 'book.refused'; what: 'matches' | 'lobbyHours'; until: number };

/** What the lobby is asked for. */
export type DoorCommand = { type: 'lobby.redial'; message: string };

export type QueueKeeperEvent =
  | DeskEvent
  | BookEvent
  | { type: 'lobby.online' }
  | { type: 'lobby.offline' }
  | { type: 'match.announced'; matchId: string; rated: boolean; resume: boolean }
  | { type: 'match.over'; matchId: string }
  /** The fixtures that are still to be played. */
  | { type: 'fixtures.changed'; marks: readonly number[] }
  /** Another session of the bot has the lobby, and with it the place in the queue: nothing of it is given up here. */
  | { type: 'queue.give' }
  /** The lobby is this session's again. */
  | { type: 'queue.takeBack' }
  /** Leave the queue, and end. */
  | { type: 'queue.stop' };

export function newQueue(input: QueueInput): QueueContext {
  const { isOnline, ...rest } = withDefaults(queueInputDefaults, input);
  return {
    ...rest,
    onlineSince: isOnline ? input.now() : null,
    live: [],
    entry: null,
    promise: null,
    leaving: null,
    notBefore: 0,
    refusals: 0,
    joinedAt: null,
    announcedAt: null,
    lookedAt: null,
    redialedAt: null,
    offers: [],
    answered: [],
    declining: null,
    rest: null,
    isStopping: false,
    isGiven: false,
  };
}

/**
 * The claim of a place in the queue. A bot has one place, whichever session asked for it: a session that comes after one
 * that was killed renews it. The claim of a challenge has the id of the challenge.
 */
export const placeClaimId = 'queue';
