/**
 * What a bot has used of its day, as plain data: the platform counts matches and lobby hours from 00:00 UTC on. Times are
 * epoch milliseconds on the wall clock. Everything here is arithmetic; `day-keeper.ts` has the file.
 */
import type { ClaimKind, DeclineWhy } from '../protocol/queue-events.js';
import { isNewDay, utcDayOf } from '../time/utc-day.js';

const defaults = {
  /** Refusals that are remembered, the newest ones. */
  declines: 200,
  /** How long a refusal is remembered. */
  declineMs: 7 * 86_400_000,
  /** A book may be so far ahead of the clock: it was set back over midnight. */
  aheadMs: 86_400_000,
} as const;

export const dayBookSchema = 1;

/**
 * A match that was asked for. It takes one of the day's matches from the moment before the request is sent until it is
 * refused, its cancelling is confirmed, or the match comes and is counted itself.
 */
export interface MatchClaim {
  readonly claimId: string;
  readonly kind: ClaimKind;
  /** Null: whoever comes. */
  readonly opponent: string | null;
  readonly at: number;
  /** From then on the platform can no longer make a match of it. */
  readonly voidAt: number;
}

/** A match that was announced. Those of a season are kept, and not counted: the platform does not count them either. */
export interface DayMatch {
  readonly matchId: string;
  /** `unasked`: no claim was open. */
  readonly kind: ClaimKind | 'unasked' | 'fixture';
  /** What it was taken for; null: no claim was open. */
  readonly claim: MatchClaim | null;
  readonly at: number;
}

export interface Decline {
  readonly challengeId: string;
  /** The opponent declined one of ours, or this bot declined one of theirs. */
  readonly by: 'us' | 'them';
  readonly opponent: string | null;
  /** Null: not told. */
  readonly why: DeclineWhy | null;
  readonly at: number;
}

/** Dials of the lobby. */
export interface DayDials {
  /** Of the day. */
  readonly count: number;
  /** Sessions in a row, also over midnight, whose connection did not last. */
  readonly unproven: number;
  /** Null: none yet. */
  readonly lastAt: number | null;
}

export interface DayBook {
  readonly schema: typeof dayBookSchema;
  /** In UTC: `2026-01-06`. */
  readonly day: string;
  readonly lobbyMs: number;
  readonly matches: readonly DayMatch[];
  readonly claims: readonly MatchClaim[];
  readonly dials: DayDials;
  readonly declines: readonly Decline[];
  /** Until when the platform itself says that something is used up, whatever was counted here; null: it does not. */
  readonly refusedUntil: { readonly matches: number | null; readonly lobbyHours: number | null };
}

/** What a bot may use of a day; null: no limit. */
export interface DayLimits {
  readonly matches: number | null;
  readonly lobbyMs: number | null;
}

/** What the free tier of the platform allows (September 2026, a player's public tool). */
export const freeTier: DayLimits = { matches: 20, lobbyMs: 8 * 3_600_000 };

const nothingRefused: DayBook['refusedUntil'] = { matches: null, lobbyHours: null };

export function newDayBook(wallNow: number): DayBook {
  return {
    schema: dayBookSchema,
    day: utcDayOf(wallNow),
    lobbyMs: 0,
    matches: [],
    claims: [],
    dials: { count: 0, unproven: 0, lastAt: null },
    declines: [],
    refusedUntil: nothingRefused,
  };
}

/**
 * The book as it is now: that of a new day if one has begun, and without what is void or forgotten by now. The same object
 * when nothing changes. A clock that is set back resets nothing, and one that was years ahead holds nothing up until then.
 */
export function dayBookAt(book: DayBook, wallNow: number): DayBook {
  const fresh = isNewDay(book.day, wallNow) ? nextDay(book, wallNow) : notAhead(book, wallNow);
  const claims = fresh.claims.filter(({ voidAt }) => voidAt > wallNow);
  const declines = fresh.declines.filter(({ at }) => at + defaults.declineMs > wallNow);
  const isSame = claims.length === fresh.claims.length && declines.length === fresh.declines.length;
  return isSame ? fresh : { ...fresh, claims, declines };
}

/** What was asked for is still open, what was refused is remembered, and a lobby that could not be kept is no better. */
const nextDay = (book: DayBook, wallNow: number): DayBook => ({
  ...book,
  day: utcDayOf(wallNow),
  lobbyMs: 0,
  matches: [],
  dials: { ...book.dials, count: 0 },
  refusedUntil: nothingRefused,
});

/**
 * The clock was more than a day ahead when the book was written, as that of a machine may be until it is set by the network. Its
 * counts may be those of today, and are kept until midnight; its times tell nothing.
 */
function notAhead(book: DayBook, wallNow: number): DayBook {
  const latest = wallNow + defaults.aheadMs;
  if (book.day <= utcDayOf(latest)) return book;
  return {
    ...book,
    day: utcDayOf(wallNow),
    claims: book.claims.filter(({ voidAt }) => voidAt <= latest),
    dials: { ...book.dials, lastAt: null },
    refusedUntil: nothingRefused,
  };
}

/** Remembers why a challenge was not taken. */
export function withDecline(book: DayBook, decline: Decline): DayBook {
  const others = book.declines.filter(({ challengeId }) => challengeId !== decline.challengeId);
  return { ...book, declines: [...others, decline].slice(-defaults.declines) };
}

/** The platform says that something is used up. */
export function withRefusal(book: DayBook, what: keyof DayBook['refusedUntil'], until: number): DayBook {
  return { ...book, refusedUntil: { ...book.refusedUntil, [what]: until } };
}
