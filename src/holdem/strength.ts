/**
 * How strong a hand is, of the numbers of its cards: the answers of `@pokertools/evaluator` for all hands up to suits, which are
 * asked for once, when the first hand is looked at (some 10 ms), and looked up from then on.
 */
import { byteAt } from './chip-lists.js';
import { createFlushes, createRankTable, type RankTable } from './strength-tables.js';

/**
 * By card: its rank as a digit of base five, so that the sum over cards tells how many there are of each rank. Twos to sevens are in
 * the low 14 bits, eights to aces above them.
 */
export const rankKeys: Int32Array = Int32Array.from({ length: 52 }, (_, card) => {
  const rank = card % 13;
  return rank < 6 ? 5 ** rank : (5 ** (rank - 6)) << 14;
});

/** By card: one in the four bits of its suit, so that the sum over cards tells how many there are of each suit. */
export const suitKeys: Int32Array = Int32Array.from(
  { length: 52 },
  (_, card) => 1 << (4 * Math.floor(card / 13)),
);

/** What makes the highest of a suit's four bits tell that there are five cards or more. */
const fiveOfSuit = 0x3333;
const highestBits = 0x8888;

/** By the number of cards. */
const tables: (RankTable | null)[] = [null, null, null, null, null, null, null, null];
let flushes: Uint16Array | null = null;

/** Of hands without a flush, by the sum of their `rankKeys`. */
export function rankTableOf(count: number): RankTable {
  return (tables[count] ??= createRankTable(count));
}

/** By the ranks of a suit, a bit for each: the strength of a flush of them. */
export function flushTable(): Uint16Array {
  return (flushes ??= createFlushes());
}

/** From the sum of `suitKeys`: the suit of which there are five cards or more; -1 when there is none. */
export function flushSuitOf(suits: number): number {
  const flush = (suits + fiveOfSuit) & highestBits;
  return flush === 0 ? -1 : (31 - Math.clz32(flush)) >> 2;
}

const keyAt = (keys: Int32Array, card: number): number => keys[card] as number;

/**
 * Of two cards with a board of five. Cards that come twice are not noticed.
 *
 * @returns as `rankHand`: higher wins, equal splits, from 1 to 7462.
 */
export function strengthOf(first: number, second: number, board: Uint8Array): number {
  let ranks = keyAt(rankKeys, first) + keyAt(rankKeys, second);
  let suits = keyAt(suitKeys, first) + keyAt(suitKeys, second);
  for (let at = 0; at < 5; at += 1) {
    const card = byteAt(board, at);
    ranks += keyAt(rankKeys, card);
    suits += keyAt(suitKeys, card);
  }
  const suit = flushSuitOf(suits);
  if (suit === -1) return rankTableOf(7).at(ranks);
  let held = inSuit(first, suit) | inSuit(second, suit);
  for (let at = 0; at < 5; at += 1) held |= inSuit(byteAt(board, at), suit);
  return flushTable()[held] as number;
}

/**
 * Of the first `count` of these cards, five to seven of them.
 *
 * @returns as `strengthOf`.
 */
export function strengthOfCards(cards: ArrayLike<number>, count: number): number {
  let ranks = 0;
  let suits = 0;
  for (let at = 0; at < count; at += 1) {
    const card = cards[at] as number;
    ranks += keyAt(rankKeys, card);
    suits += keyAt(suitKeys, card);
  }
  const suit = flushSuitOf(suits);
  if (suit === -1) return rankTableOf(count).at(ranks);
  let held = 0;
  for (let at = 0; at < count; at += 1) held |= inSuit(cards[at] as number, suit);
  return flushTable()[held] as number;
}

/** The bit of a card's rank; 0 where it is of another suit. */
function inSuit(card: number, suit: number): number {
  const rank = card - 13 * suit;
  return rank >= 0 && rank < 13 ? 1 << rank : 0;
}
