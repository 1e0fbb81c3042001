/**
 * Match-ups of two hands before the flop, up to suits: two that differ in the names of suits alone have the same odds. There are
 * 93,769 of them in order, 47,008 where the order does not matter, and each of these has a place from 0 on.
 *
 * Cards are numbers, their places in `allCards`: thirteen of each suit, from the lowest to the highest.
 */

/** Of two hands. */
export interface MatchUpPlace {
  readonly place: number;
  /** The table has them the other way round. */
  readonly isMirrored: boolean;
}

const cardsOfDeck = 52;
const ranksOfSuit = 13;
const rankKeys = ranksOfSuit ** 4;
/** The first card has suit 0; the others a suit that was there before, or the next one: at most 2 · 3 · 4 patterns. */
const suitKeys = 24;

/** How many match-ups there are. */
export const matchUpCount = 47_008;

let placeOfKey: Uint16Array | null = null;

/** @throws RangeError unless these are four different cards. */
export function matchUpPlace(hand: readonly number[], other: readonly number[]): MatchUpPlace {
  const [a = -1, b = -1] = hand;
  const [c = -1, d = -1] = other;
  const isWhole = [a, b, c, d].every((card) => Number.isInteger(card) && card >= 0 && card < cardsOfDeck);
  const own = isWhole ? leastKey(a, b, c, d) : 0;
  const mirrored = isWhole ? leastKey(c, d, a, b) : 0;
  placeOfKey ??= makePlaces();
  // Two cards that are the same have no key.
  const place = isWhole ? (placeOfKey[Math.min(own, mirrored)] ?? 0) : 0;
  if (place === 0)
    throw new RangeError(
      `A match-up is of two hands of two cards, all different, not ${[a, b].join(' ')} and ${[c, d].join(' ')}.`,
    );
  return { place: place - 1, isMirrored: mirrored < own };
}

/** Of each place the cards of one such match-up, in the order of the places. */
export function* matchUpExamples(): Generator<readonly [number, number, number, number]> {
  const ranks = Array.from({ length: ranksOfSuit }, (_, rank) => rank);
  for (const a of ranks)
    for (const b of ranks.slice(0, a + 1))
      for (const c of ranks) for (const d of ranks.slice(0, c + 1)) yield* patternsOf(a, b, c, d);
}

/** The suits that such ranks can have, each pattern once. */
function* patternsOf(
  a: number,
  b: number,
  c: number,
  d: number,
): Generator<readonly [number, number, number, number]> {
  for (const second of [0, 1])
    for (let third = 0; third <= second + 1; third += 1)
      for (let fourth = 0; fourth <= Math.max(second, third) + 1; fourth += 1) {
        const cards = [
          a,
          b + second * ranksOfSuit,
          c + third * ranksOfSuit,
          d + fourth * ranksOfSuit,
        ] as const;
        if (new Set(cards).size < 4) continue;
        const key = keyOf(...cards);
        const [one, two, three, four] = cards;
        if (key === leastKey(one, two, three, four) && key <= leastKey(three, four, one, two)) yield cards;
      }
}

/** By key, one more than its place; 0: no key of a match-up. */
function makePlaces(): Uint16Array {
  const places = new Uint16Array(rankKeys * suitKeys);
  let next = 1;
  for (const cards of matchUpExamples()) {
    places[keyOf(...cards)] = next;
    next += 1;
  }
  return places;
}

/** Of a match-up in order. The cards of a pair may be named either way round. */
function leastKey(a: number, b: number, c: number, d: number): number {
  const [high, low] = a % ranksOfSuit >= b % ranksOfSuit ? [a, b] : [b, a];
  const [top, kicker] = c % ranksOfSuit >= d % ranksOfSuit ? [c, d] : [d, c];
  let least = keyOf(high, low, top, kicker);
  const isPair = a % ranksOfSuit === b % ranksOfSuit;
  const isOtherPair = c % ranksOfSuit === d % ranksOfSuit;
  if (isPair) least = Math.min(least, keyOf(low, high, top, kicker));
  if (isOtherPair) least = Math.min(least, keyOf(high, low, kicker, top));
  if (isPair && isOtherPair) least = Math.min(least, keyOf(low, high, kicker, top));
  return least;
}

const suitNumbers = new Int8Array(4);

/** The ranks in order, and the suits by when each first comes. */
function keyOf(a: number, b: number, c: number, d: number): number {
  suitNumbers.fill(-1);
  let known = 0;
  const numberOf = (card: number): number => {
    const suit = Math.floor(card / ranksOfSuit);
    const number = suitNumbers[suit] ?? -1;
    if (number >= 0) return number;
    suitNumbers[suit] = known;
    known += 1;
    return known - 1;
  };
  numberOf(a);
  const suits = (numberOf(b) * 3 + numberOf(c)) * 4 + numberOf(d);
  const ranks =
    (((a % ranksOfSuit) * ranksOfSuit + (b % ranksOfSuit)) * ranksOfSuit + (c % ranksOfSuit)) * ranksOfSuit;
  return (ranks + (d % ranksOfSuit)) * suitKeys + suits;
}
