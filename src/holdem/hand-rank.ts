import { evaluate, getCardCode } from '@pokertools/evaluator';
import { allCards, type Card, formatCard, knownCard, ranks } from './card.js';

/** The names of docs/protocol.md 6; a royal flush is a straight flush. */
export type HandName =
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
  best: Card[];
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

/** What the evaluator calls each card. */
const codes: ReadonlyMap<Card, number> = new Map(
  allCards.map((card) => [card, getCardCode(formatCard(card))]),
);

const rankOrder: ReadonlyMap<string, number> = new Map(ranks.map((rank, index) => [rank, index]));

/**
 * Ranks the best five of 5, 6 or 7 cards.
 *
 * @throws RangeError for another number of cards, for what is not a card, and for a card that comes twice.
 */
export function rankHand(cards: readonly Card[]): HandRank {
  const known = cards.map(knownCard);
  // The evaluator does not notice a card that comes twice and would answer with a wrong rank.
  if (known.length < 5 || known.length > 7 || new Set(known).size !== known.length) {
    throw new RangeError(`A hand is 5 to 7 different cards, this is "${known.map(formatCard).join(' ')}".`);
  }
  const coded = known.map((card): CodedCard => ({ card, code: codes.get(card) ?? 0 }));
  const strength = strengthOf(coded);
  const name = classes.find(({ from }) => strength >= from)?.name ?? 'High Card';
  return { strength, name, best: inOrderOfPlay(playing(coded, strength), name) };
}

interface CodedCard {
  readonly card: Card;
  readonly code: number;
}

/** The evaluator counts down from 7462, the weakest hand, to 1. */
function strengthOf(cards: readonly CodedCard[]): number {
  return 7463 - evaluate(cards.map(({ code }) => code));
}

/** Drops what the hand is as strong without, the last cards first: hole cards play before equal cards of the board. */
function playing(cards: readonly CodedCard[], strength: number): readonly Card[] {
  let kept = cards;
  for (let last = cards.length - 1; kept.length > 5; last -= 1) {
    const fewer = kept.filter((_, index) => index !== last);
    if (strengthOf(fewer) === strength) kept = fewer;
  }
  return kept.map(({ card }) => card);
}

function rankOf(card: Card): number {
  return rankOrder.get(card.rank) ?? 0;
}

function inOrderOfPlay(five: readonly Card[], name: HandName): Card[] {
  const counts = ranks.map(() => 0);
  for (const card of five) counts[rankOf(card)] = (counts[rankOf(card)] ?? 0) + 1;
  const weight = (card: Card) => (counts[rankOf(card)] ?? 0) * ranks.length + rankOf(card);
  const sorted = five.toSorted((a, b) => weight(b) - weight(a));
  // In 5-4-3-2-A the ace is the lowest card.
  const isWheel =
    (name === 'Straight' || name === 'Straight Flush') && sorted[0]?.rank === 'A' && sorted[1]?.rank === '5';
  return isWheel ? [...sorted.slice(1), ...sorted.slice(0, 1)] : sorted;
}
