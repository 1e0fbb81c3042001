/** Whether the bot may be in the queue, or in its lobby for it, and what keeps it from there. Pure. */
import { matchesLeft, matchesOf, withoutClaim } from '../budget/claims.js';
import { type DayBook, dayBookAt } from '../budget/day-book.js';
import { freeLobbyMs } from '../budget/lobby-time.js';
import type { DeclineWhy, QueueRest } from '../protocol/queue-events.js';
import { untilMidnightMs } from '../time/utc-day.js';
import {
  type InboundOffer,
  placeClaimId,
  type QueueContext,
  type QueueEntry,
  queueDefaults,
} from './queue.context.js';

export interface Rest {
  readonly why: QueueRest;
  /** Until when, in epoch ms of the wall clock; null: not known. */
  readonly until: number | null;
}

/** The book as it is now, without the claims of the keeper's own: of its place in the queue, and of what it is about to take. */
function bookNow({ book, wallNow }: QueueContext, takenId?: string): DayBook {
  const others = withoutClaim(dayBookAt(book, wallNow()), placeClaimId);
  return takenId === undefined ? others : withoutClaim(others, takenId);
}

/** When the quiet before the next fixture begins or has begun, in epoch ms; null: there is none. */
function quietFrom({ marks }: QueueContext): number | null {
  return marks.length === 0 ? null : Math.min(...marks) - queueDefaults.quietMs;
}

const isQuiet = (context: QueueContext): boolean => (quietFrom(context) ?? Infinity) <= context.wallNow();

const isAwaiting = ({ promise, now }: QueueContext): boolean => (promise?.until ?? 0) > now();

function endOfDay({ book, wallNow }: QueueContext, what: keyof DayBook['refusedUntil']): number {
  const now = wallNow();
  const told = book.refusedUntil[what];
  return told !== null && told > now ? told : now + untilMidnightMs(now);
}

/** What is used up of the day, for anything that may become a match. */
function spentOf(context: QueueContext, takenId?: string): Rest | null {
  const { limits, marks, wallNow } = context;
  const book = bookNow(context, takenId);
  const now = wallNow();
  if (matchesLeft(book, limits, now) === 0) return { why: 'matches', until: endOfDay(context, 'matches') };
  if (freeLobbyMs(book, limits, { marks, wallNow: now }) === 0)
    return { why: 'lobby_hours', until: endOfDay(context, 'lobbyHours') };
  return null;
}

/** As many matches of the queue were played today as were wanted. */
function hasQueuedEnough(context: QueueContext): boolean {
  const { queueMatches } = context;
  return queueMatches !== null && matchesOf(bookNow(context), 'queue') >= queueMatches;
}

/** When nothing more can come of a place that is not renewed: the platform has given it up by itself. */
export const voidAtOf = ({ renewedAt, ttlMs }: QueueEntry): number =>
  renewedAt + ttlMs + queueDefaults.lateMatchMs;

/** What keeps the bot from a match that it would ask for now; null: nothing. */
function restOfAll(context: QueueContext, takenId?: string): Rest | null {
  if (context.isStopping) return { why: 'ending', until: null };
  // Another session answers now.
  if (context.isGiven) return { why: 'offline', until: null };
  if (context.live.length > context.queueWhile) return { why: 'playing', until: null };
  if (isAwaiting(context) || bookNow(context, takenId).claims.length > 0)
    return { why: 'promised', until: null };
  if (isQuiet(context)) return { why: 'fixture', until: null };
  return spentOf(context, takenId);
}

/** What keeps the bot from the queue; null: it should be in it. */
export function restOf(context: QueueContext): Rest | null {
  const rest = restOfAll(context);
  if (rest !== null) return rest;
  const { wallNow, now, notBefore, onlineSince } = context;
  if (hasQueuedEnough(context))
    return { why: 'queue_matches', until: wallNow() + untilMidnightMs(wallNow()) };
  if (onlineSince === null) return { why: 'offline', until: null };
  if (notBefore > now()) return { why: 'limited', until: Math.round(wallNow() + notBefore - now()) };
  return null;
}

/** These do not take a place from a bot that has one: the platform does, or the place is renewed when that is possible. */
const keepsPlace: ReadonlySet<QueueRest | undefined> = new Set([undefined, 'offline', 'limited'] as const);

/** Why the place has to be given up; null: it is kept. */
export function leavingOf(context: QueueContext): QueueRest | null {
  if (context.entry?.isPlayed === true) return 'playing';
  const why = restOf(context)?.why;
  return why === undefined || keepsPlace.has(why) ? null : why;
}

/** What is answered to a challenge now. `later`: nothing yet; it is looked at again. */
export function answerTo(
  context: QueueContext,
  { opponent, challengeId }: InboundOffer,
): 'take' | 'later' | DeclineWhy {
  const { takesFrom } = context;
  if (takesFrom === null) return 'later';
  if (takesFrom !== 'all' && !takesFrom.some((name) => isSameName(name, opponent))) return 'not_named';
  const why = restOfAll(context, challengeId)?.why;
  switch (why) {
    case undefined:
      return 'take';
    // It is over, one way or the other, before the challenge is.
    case 'promised':
      return 'later';
    case 'playing':
    case 'fixture':
    case 'matches':
    case 'lobby_hours':
    case 'ending':
      return why;
    case 'queue_matches':
    case 'offline':
    case 'limited':
      return 'later';
  }
}

const isSameName = (name: string, opponent: string | null): boolean =>
  opponent !== null && name.toLowerCase() === opponent.toLowerCase();

/**
 * Whether the bot should be in its lobby for the queue and for challenges: while there is something to ask for, and until
 * what was asked for is over.
 */
export function wantsLobby(context: QueueContext): boolean {
  const { queues, takesFrom, isStopping, live, entry } = context;
  if (live.length > 0 || entry !== null || isAwaiting(context) || bookNow(context).claims.length > 0)
    return true;
  if (isStopping || spentOf(context) !== null) return false;
  return takesFrom !== null || (queues && !hasQueuedEnough(context));
}

/** Milliseconds until something may be different by the time alone. */
export function pauseOf(context: QueueContext): number {
  const { now, wallNow, notBefore, promise, entry, takesFrom, lookedAt, joinedAt, book } = context;
  const { tickMs, lookEveryMs, joinGapMs } = queueDefaults;
  const quietMs = (quietFrom(context) ?? Infinity) - wallNow();
  const due = [
    notBefore - now(),
    (promise?.until ?? 0) - now(),
    (entry?.refreshAt ?? 0) - now(),
    joinedAt === null ? 0 : joinedAt + joinGapMs - now(),
    quietMs,
    untilMidnightMs(wallNow()),
    (book.refusedUntil.matches ?? 0) - wallNow(),
    (book.refusedUntil.lobbyHours ?? 0) - wallNow(),
    entry === null ? 0 : voidAtOf(entry) - now(),
    takesFrom === null || lookedAt === null ? 0 : lookedAt + lookEveryMs - now(),
  ].filter((ms) => ms > 0);
  return Math.ceil(Math.min(tickMs, ...due));
}
