import { evaluate, getCardCode } from '@pokertools/evaluator';
import { allCards, type Card, formatCard, knownCard, ranks, suits } from './card.js';

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

/** What hand ranks need to know of a card. */
interface CardFacts {
  readonly card: Card;
  /** What the evaluator calls it. */
  readonly code: number;
  /** 0 for a two, 12 for an ace. */
  readonly rank: number;
  readonly suit: number;
  /** One bit of its own among 52, in two words. */
  readonly low: number;
  readonly high: number;
}

const factsOf: ReadonlyMap<Card, CardFacts> = new Map(
  allCards.map((card, index) => [
    card,
    {
      card,
      code: getCardCode(formatCard(card)),
      rank: ranks.indexOf(card.rank),
      suit: suits.indexOf(card.suit),
      low: index < 26 ? 1 << index : 0,
      high: index < 26 ? 0 : 1 << (index - 26),
    },
  ]),
);

const ace = ranks.length - 1;
const five = ranks.indexOf('5');

/**
 * Ranks the best five of 5, 6 or 7 cards.
 *
 * @throws RangeError for another number of cards, for what is not a card, and for a card that comes twice.
 */
export function rankHand(cards: readonly Card[]): HandRank {
  const known: CardFacts[] = [];
  const codes: number[] = [];
  let low = 0;
  let high = 0;
  let isTwice = false;
  for (const card of cards) {
    const facts = (factsOf.get(card) ?? factsOf.get(knownCard(card))) as CardFacts;
    isTwice ||= (low & facts.low) !== 0 || (high & facts.high) !== 0;
    low |= facts.low;
    high |= facts.high;
    known.push(facts);
    codes.push(facts.code);
  }
  // The evaluator does not notice a card that comes twice and would answer with a wrong rank.
  if (isTwice || known.length < 5 || known.length > 7) {
    const text = known.map(({ card }) => formatCard(card)).join(' ');
    throw new RangeError(`A hand is 5 to 7 different cards, this is "${text}".`);
  }
  // The evaluator counts down from 7462, the weakest hand, to 1.
  const strength = 7463 - evaluate(codes);
  const name = nameOf(strength);
  return { strength, name, best: bestFive(known, name) };
}

function nameOf(strength: number): HandName {
  for (const { from, name } of classes) if (strength >= from) return name;
  return 'High Card';
}

/**
 * The five that play, those that make the hand first, then from high to low. Of cards that would do as well, those that stand
 * first play: hole cards before the board.
 */
function bestFive(cards: readonly CardFacts[], name: HandName): Card[] {
  if (name === 'Flush' || name === 'Straight Flush') {
    const suited = flushOf(cards);
    return name === 'Flush' ? highest(suited, []) : straightOf(suited);
  }
  if (name === 'Straight') return straightOf(cards);
  const counts = countsOf(cards);
  const best: Card[] = [];
  for (const size of groups[name] ?? []) {
    const rank = highestWith(counts, size);
    best.push(...ofRank(cards, rank, size));
    counts[rank] = 0;
  }
  const others = best.length === 0 ? cards : cards.filter(({ rank }) => (counts[rank] ?? 0) > 0);
  return highest(others, best);
}

/** How many cards of one rank, and then of another, make the hand what it is. */
const groups: Readonly<Partial<Record<HandName, readonly number[]>>> = {
  'Four of a Kind': [4],
  'Full House': [3, 2],
  'Three of a Kind': [3],
  'Two Pair': [2, 2],
  Pair: [2],
};

function countsOf(cards: readonly CardFacts[]): number[] {
  const counts = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (const { rank } of cards) counts[rank] = (counts[rank] ?? 0) + 1;
  return counts;
}

/** The highest rank with so many cards or more. */
function highestWith(counts: readonly number[], size: number): number {
  return counts.findLastIndex((count) => count >= size);
}

function ofRank(cards: readonly CardFacts[], wanted: number, count: number): Card[] {
  const found: Card[] = [];
  for (const { card, rank } of cards) if (rank === wanted && found.length < count) found.push(card);
  return found;
}

/** Fills `best` up to five, each time with the highest that is left. */
function highest(cards: readonly CardFacts[], best: Card[]): Card[] {
  for (let wanted = ace; wanted >= 0 && best.length < 5; wanted -= 1) {
    for (const { card, rank } of cards) if (rank === wanted && best.length < 5) best.push(card);
  }
  return best;
}

/** The cards of the suit that has five or more. */
function flushOf(cards: readonly CardFacts[]): CardFacts[] {
  const counts = [0, 0, 0, 0];
  for (const { suit } of cards) counts[suit] = (counts[suit] ?? 0) + 1;
  return cards.filter(({ suit }) => (counts[suit] ?? 0) >= 5);
}

/** One card of each rank, from the highest straight down. In 5-4-3-2-A the ace is the lowest card. */
function straightOf(cards: readonly CardFacts[]): Card[] {
  const byRank: (Card | undefined)[] = [];
  for (const { card, rank } of cards) byRank[rank] ??= card;
  for (let top = ace; top > five; top -= 1) {
    const run = [byRank[top], byRank[top - 1], byRank[top - 2], byRank[top - 3], byRank[top - 4]];
    if (isWhole(run)) return run;
  }
  return [five, five - 1, five - 2, five - 3, ace].flatMap((rank) => byRank[rank] ?? []);
}

function isWhole(run: (Card | undefined)[]): run is Card[] {
  return !run.includes(undefined);
}
