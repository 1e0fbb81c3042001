/** How often cards win against a hand of which nothing is known. */
import { getCardCode } from '@pokertools/evaluator';
import { FastRandom } from '../chance/fast-random.js';
import { BoardStrengths } from '../house/code-strength.js';
import { createSampler } from '../house/equity.js';
import { deck, holdings } from '../house/holdings.js';

const defaults = {
  /** Deals before the river: the equity of so many is right within 0.03, 19 times of 20. */
  maxDeals: 1_000,
  /** After each of these parts it may be clear already on which side of the bound the equity is. */
  dealsAtOnce: 100,
  /** Standard errors that make it clear. */
  clearFrom: 4,
} as const;

/**
 * Whether cards win less than this share against a random hand, a split pot counting as a half. On the river every other hand
 * is counted; before it up to 1,000 are dealt, always the same ones for the same cards.
 *
 * @param cards two, such as `Kc`. @param board three, four or five.
 * @returns null for cards that cannot be.
 */
export function isEquityBelow(
  bound: number,
  cards: readonly string[],
  board: readonly string[],
): boolean | null {
  const codes = [...cards, ...board].map(codeOf);
  const isDealt = cards.length === 2 && board.length >= 3 && board.length <= 5;
  // Strengths do not tell a card that comes twice.
  if (!isDealt || codes.includes(-1) || new Set(codes).size !== codes.length) return null;
  const [first = 0, second = 0, ...open] = codes;
  if (open.length === 5) return riverEquity(first, second, open) < bound;
  const sampler = createSampler(
    { hole: [first, second], board: open, foes: [{ holdings }] },
    new FastRandom([...cards, ...board].join('')),
  );
  while (sampler.samples < defaults.maxDeals) {
    sampler.deal(defaults.dealsAtOnce);
    // No equity has a larger spread than one half.
    const clear = (defaults.clearFrom * 0.5) / Math.sqrt(sampler.samples);
    if (Math.abs(sampler.equity - bound) > clear) break;
  }
  return sampler.equity < bound;
}

function codeOf(card: string): number {
  return /^[2-9TJQKA][cdhs]$/.test(card) ? getCardCode(card) : -1;
}

function riverEquity(first: number, second: number, board: readonly number[]): number {
  const strengths = new BoardStrengths(board);
  const own = strengths.of(first, second);
  const seen = new Set([first, second, ...board]);
  const left = deck.filter((card) => !seen.has(card));
  let won = 0;
  let hands = 0;
  for (let i = 0; i < left.length; i += 1) {
    for (let j = i + 1; j < left.length; j += 1) {
      const theirs = strengths.of(left[i] ?? 0, left[j] ?? 0);
      hands += 1;
      if (own > theirs) won += 1;
      else if (own === theirs) won += 0.5;
    }
  }
  return won / hands;
}
