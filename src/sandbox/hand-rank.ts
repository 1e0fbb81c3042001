import { evaluateStrings } from '@pokertools/evaluator';
import { parseCard, ranks } from '../poker/card.js';

/** The names of docs/protocol.md 6. */
type HandName =
  | 'High Card'
  | 'Pair'
  | 'Two Pair'
  | 'Three of a Kind'
  | 'Straight'
  | 'Flush'
  | 'Full House'
  | 'Four of a Kind'
  | 'Straight Flush';

export interface HandRank {
  /** Higher wins, equal splits: 1 (seven high) to 7462 (royal flush). */
  strength: number;
  name: HandName;
  /** The five cards that play, those that make the hand first. */
  best: string[];
}

/** There are 7462 different hands; the weakest of each name has this strength. */
const classes: readonly { from: number; name: HandName }[] = [
  { from: 7453, name: 'Straight Flush' },
  { from: 7297, name: 'Four of a Kind' },
  { from: 7141, name: 'Full House' },
  { from: 5864, name: 'Flush' },
  { from: 5854, name: 'Straight' },
  { from: 4996, name: 'Three of a Kind' },
  { from: 4138, name: 'Two Pair' },
  { from: 1278, name: 'Pair' },
  { from: 1, name: 'High Card' },
];

/**
 * Ranks the best five of 5, 6 or 7 cards.
 *
 * @throws RangeError for another number of cards, for what is no card, and for a card that comes twice.
 */
export function rankHand(cards: readonly string[]): HandRank {
  // The evaluator does not notice a card that comes twice and would answer with a wrong rank.
  const usable = cards.length >= 5 && cards.length <= 7 && cards.every((card) => parseCard(card) !== null);
  if (!usable || new Set(cards).size !== cards.length) {
    throw new RangeError(`A hand is 5 to 7 different cards, this is "${cards.join(' ')}".`);
  }
  const strength = strengthOf(cards);
  const name = classes.find(({ from }) => strength >= from)?.name ?? 'High Card';
  const best = choices(cards).find((five) => strengthOf(five) === strength) ?? [];
  return { strength, name, best: inOrderOfPlay(best, name) };
}

/** The evaluator counts down from 7462, the weakest hand, to 1. */
function strengthOf(cards: readonly string[]): number {
  return 7463 - evaluateStrings([...cards]);
}

/** Every choice of five, those of the first cards first, so that hole cards play before equal cards of the board. */
function choices(cards: readonly string[], size = 5): string[][] {
  if (size === 0) return [[]];
  return cards.flatMap((card, index) =>
    choices(cards.slice(index + 1), size - 1).map((others) => [card].concat(others)),
  );
}

function rankOf(card: string): number {
  return (ranks as readonly string[]).indexOf(card.charAt(0));
}

function inOrderOfPlay(five: readonly string[], name: HandName): string[] {
  const counts = new Map<number, number>();
  for (const card of five) counts.set(rankOf(card), (counts.get(rankOf(card)) ?? 0) + 1);
  const sorted = five.toSorted(
    (a, b) => (counts.get(rankOf(b)) ?? 0) - (counts.get(rankOf(a)) ?? 0) || rankOf(b) - rankOf(a),
  );
  // In 5-4-3-2-A the ace is the lowest card.
  const isWheel =
    (name === 'Straight' || name === 'Straight Flush') && sorted[0]?.[0] === 'A' && sorted[1]?.[0] === '5';
  return isWheel ? [...sorted.slice(1), ...sorted.slice(0, 1)] : sorted;
}
