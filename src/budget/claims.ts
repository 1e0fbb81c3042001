/** The matches of a day: those that were asked for, and those that came. */
import type { ClaimKind } from '../protocol/queue-events.js';
import { type DayBook, type DayLimits, type DayMatch, dayBookAt, type MatchClaim } from './day-book.js';

const defaults = {
  /** Matches that are remembered, the newest ones; those of a day are fewer by far. */
  matches: 1_000,
} as const;

/** Matches of the day that are used: those that came, and those that may still come. */
export function matchesUsed(book: DayBook): number {
  return matchesCounted(book) + book.claims.length;
}

/** Matches of the day that came, without those of a season. */
export function matchesCounted({ matches }: DayBook): number {
  return matches.filter(({ kind }) => kind !== 'fixture').length;
}

/** Matches of one kind that came today. */
export function matchesOf({ matches }: DayBook, kind: DayMatch['kind']): number {
  return matches.filter((match) => match.kind === kind).length;
}

/** How many more matches can be asked for; null: any number. */
export function matchesLeft(book: DayBook, limits: DayLimits, wallNow: number): number | null {
  if ((book.refusedUntil.matches ?? 0) > wallNow) return 0;
  return limits.matches === null ? null : Math.max(0, limits.matches - matchesUsed(book));
}

/**
 * Takes one of the day's matches, before it is asked for. Null: none is left, or another one is open that was asked for: two
 * of them may both become a match.
 *
 * @param claim one with the same id is renewed; one that is void sooner than before is never denied.
 */
export function withClaim(
  book: DayBook,
  claim: MatchClaim,
  { limits, wallNow, others = 0 }: { limits: DayLimits; wallNow: number; others?: number },
): DayBook | null {
  const fresh = dayBookAt(book, wallNow);
  const rest = withoutClaim(fresh, claim.claimId);
  const before = fresh.claims.find(({ claimId }) => claimId === claim.claimId);
  const isShorter = before !== undefined && claim.voidAt <= before.voidAt;
  if (!isShorter && (rest.claims.length > others || matchesLeft(rest, limits, wallNow) === 0)) return null;
  return { ...rest, claims: [...rest.claims, claim] };
}

/** Gives back what was taken: it was refused, or its cancelling is confirmed. */
export function withoutClaim(book: DayBook, claimId: string): DayBook {
  const claims = book.claims.filter((claim) => claim.claimId !== claimId);
  return claims.length === book.claims.length ? book : { ...book, claims };
}

export interface Announced {
  readonly matchId: string;
  readonly rated: boolean;
  readonly at: number;
}

/** House bots play for nothing, everybody else for the rating. */
const kindsOf: Readonly<Record<'rated' | 'unrated', readonly ClaimKind[]>> = {
  rated: ['challenge', 'accepted', 'queue'],
  unrated: ['house'],
};

/** Counts a match that was announced, once, in place of the claim that it came of if there is one. */
export function withMatchOf(book: DayBook, { matchId, rated, at }: Announced): DayBook {
  if (book.matches.some((match) => match.matchId === matchId)) return book;
  const claim = kindsOf[rated ? 'rated' : 'unrated']
    .map((kind) => book.claims.find((open) => open.kind === kind))
    .find((open) => open !== undefined);
  const rest = claim === undefined ? book : withoutClaim(book, claim.claimId);
  const match: DayMatch = { matchId, kind: claim?.kind ?? 'unasked', claim: claim ?? null, at };
  return { ...rest, matches: [...rest.matches, match].slice(-defaults.matches) };
}

/** A match turns out to be one of a season: the day does not count it, and what it was taken for may still come. */
export function withFixture(book: DayBook, { matchId, at }: Pick<DayMatch, 'matchId' | 'at'>): DayBook {
  const counted = book.matches.find((match) => match.matchId === matchId);
  if (counted?.kind === 'fixture') return book;
  const others = book.matches.filter((match) => match !== counted);
  const fixture: DayMatch = { matchId, kind: 'fixture', claim: null, at: counted?.at ?? at };
  const claim = counted?.claim ?? null;
  const claims = claim === null ? book.claims : [...book.claims, claim];
  return { ...book, claims, matches: [...others, fixture].slice(-defaults.matches) };
}
