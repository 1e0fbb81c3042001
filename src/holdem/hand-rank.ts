import { allCards, type Card, formatCard, knownCard, ranks, suits } from './card.js';
import { numberOfCard } from './card-numbers.js';
import { flushSuitOf, strengthOfCards, suitKeys } from './strength.js';

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

/** What the best five cards of a hand are worth. */
export interface HandRank {
  /** Higher wins, equal splits: 1 (seven high) to 7462 (royal flush). */
  strength: number;
  name: HandName;
  /** The five cards that play, those that make the hand first. */
  best: Card[];
}

interface HandClass {
  readonly from: number;
  readonly name: HandName;
  /** How many cards of one rank, and then of another, make the hand what it is. */
  readonly groups: readonly number[];
}

const straightFlushFrom = 7453;
const flushFrom = 5864;
const straightFrom = 5854;

/** There are 7462 different hands; the weakest of each name has this strength. */
const classes: readonly HandClass[] = [
  { from: straightFlushFrom, name: 'Straight Flush', groups: [] },
  { from: 7297, name: 'Four of a Kind', groups: [4] },
  { from: 7141, name: 'Full House', groups: [3, 2] },
  { from: flushFrom, name: 'Flush', groups: [] },
  { from: straightFrom, name: 'Straight', groups: [] },
  { from: 4996, name: 'Three of a Kind', groups: [3] },
  { from: 4138, name: 'Two Pair', groups: [2, 2] },
  { from: 1278, name: 'Pair', groups: [2] },
  { from: 1, name: 'High Card', groups: [] },
];

/** By the code of a letter: the place of the rank or suit that it names, or -1. */
const placesOf = (names: readonly string[]): Int8Array =>
  Int8Array.from({ length: 128 }, (_, code) => names.indexOf(String.fromCharCode(code)));
const rankPlaces = placesOf(ranks);
const suitPlaces = placesOf(suits);

const ace = ranks.length - 1;
const five = ranks.indexOf('5');

/** By card: a bit of its own among 52, in two words. */
const lowBits = Int32Array.from({ length: 52 }, (_, number) => (number < 26 ? 1 << number : 0));
const highBits = Int32Array.from({ length: 52 }, (_, number) => (number < 26 ? 0 : 1 << (number - 26)));

// The cards of the hand that is ranked, which is through before another begins.
const numbers = new Uint8Array(7);
const rankAt = new Uint8Array(7);
/** By rank: the first of its cards, or -1; by card: the next one of its rank. */
const firstOf = new Int8Array(13);
const nextOf = new Int8Array(7);
/** By a number of cards: the ranks, a bit for each, that have so many or more. */
const ranksOf = new Int32Array(5);
/** The numbers of those that play, and how many of them are found. */
const playing = new Uint8Array(5);
let found = 0;

/**
 * Ranks the best five of 5, 6 or 7 cards.
 *
 * @throws RangeError for another number of cards, for what is not a card, and for a card that comes twice.
 */
export function rankHand(cards: readonly Card[]): HandRank {
  const count = cards.length;
  // The evaluator does not notice a card that comes twice and would answer with a wrong rank.
  if (count < 5 || count > 7 || !takeCards(cards)) {
    const text = cards.map((card) => formatCard(knownCard(card))).join(' ');
    throw new RangeError(`A hand is 5 to 7 different cards, this is "${text}".`);
  }
  const strength = strengthOfCards(numbers, count);
  const ofClass = classOf(strength);
  found = 0;
  findBest(count, ofClass);
  return {
    strength,
    name: ofClass.name,
    best: [playingAt(0), playingAt(1), playingAt(2), playingAt(3), playingAt(4)],
  };
}

const playingAt = (place: number): Card => allCards[playing[place] as number] as Card;

function play(number: number): void {
  playing[found] = number;
  found += 1;
}

/** @returns whether they are all different. */
function takeCards(cards: readonly Card[]): boolean {
  let low = 0;
  let high = 0;
  let twice = 0;
  for (let rank = 0; rank <= ace; rank += 1) firstOf[rank] = -1;
  let one = 0;
  let two = 0;
  let three = 0;
  let four = 0;
  // From the last on: of one rank, each card is followed by the one that stands after it.
  for (let at = cards.length - 1; at >= 0; at -= 1) {
    const number = numberOf(cards[at] as Card);
    const lowBit = lowBits[number] as number;
    const highBit = highBits[number] as number;
    twice |= (low & lowBit) | (high & highBit);
    low |= lowBit;
    high |= highBit;
    numbers[at] = number;
    const rank = number % 13;
    rankAt[at] = rank;
    nextOf[at] = firstOf[rank] as number;
    firstOf[rank] = at;
    const bit = 1 << rank;
    four |= three & bit;
    three |= two & bit;
    two |= one & bit;
    one |= bit;
  }
  ranksOf[1] = one;
  ranksOf[2] = two;
  ranksOf[3] = three;
  ranksOf[4] = four;
  return twice === 0;
}

/** The place in `allCards`; looking it up in a map would take most of the time that a hand does. */
function numberOf(card: Card): number {
  const { rank, suit } = card;
  if (typeof rank === 'string' && typeof suit === 'string' && rank.length === 1 && suit.length === 1) {
    const rankPlace = rankPlaces[rank.charCodeAt(0)] ?? -1;
    const suitPlace = suitPlaces[suit.charCodeAt(0)] ?? -1;
    if (rankPlace >= 0 && suitPlace >= 0) return suitPlace * 13 + rankPlace;
  }
  return numberOfCard(card);
}

function classOf(strength: number): HandClass {
  let at = 0;
  while (strength < (classes[at] as HandClass).from) at += 1;
  return classes[at] as HandClass;
}

/**
 * The five that play, those that make the hand first, then from high to low. Of cards that would do as well, those that stand
 * first play: hole cards before the board.
 */
function findBest(count: number, { from, groups }: HandClass): void {
  if (from === flushFrom) return findFlush(count);
  if (from === straightFrom) return findStraight(count, -1);
  if (from === straightFlushFrom) return findStraight(count, flushSuit(count));
  let left = ranksOf[1] as number;
  for (let at = 0; at < groups.length; at += 1) {
    const size = groups[at] as number;
    const rank = highestOf((ranksOf[size] as number) & left);
    playOfRank(rank, size);
    left &= ~(1 << rank);
  }
  for (let missing = 5 - found; missing > 0; missing = 5 - found) {
    const rank = highestOf(left);
    playOfRank(rank, missing);
    left &= ~(1 << rank);
  }
}

/** The highest of some ranks. */
function highestOf(held: number): number {
  return 31 - Math.clz32(held);
}

/** The first cards of this rank, so many of them or all. */
function playOfRank(rank: number, wanted: number): void {
  let at = firstOf[rank] as number;
  for (let left = wanted; left > 0 && at >= 0; left -= 1) {
    play(numbers[at] as number);
    at = nextOf[at] as number;
  }
}

/** The suit that has five cards or more. */
function flushSuit(count: number): number {
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += suitKeys[numbers[at] as number] as number;
  return flushSuitOf(sum);
}

function findFlush(count: number): void {
  const suit = flushSuit(count);
  for (let rank = ace; found < 5; rank -= 1) {
    const number = 13 * suit + rank;
    for (let at = 0; at < count; at += 1) if (numbers[at] === number) play(number);
  }
}

/**
 * One card of each rank, from the highest straight down. In 5-4-3-2-A the ace is the lowest card.
 *
 * @param suit of all its cards; -1: any.
 */
function findStraight(count: number, suit: number): void {
  let held = 0;
  for (let at = 0; at < count; at += 1) if (isOfSuit(at, suit)) held |= 1 << (rankAt[at] as number);
  let top = ace;
  while (top > five && ((held >> (top - 4)) & 0b11111) !== 0b11111) top -= 1;
  for (let step = 0; step < 5; step += 1) {
    const rank = top - step < 0 ? ace : top - step;
    let at = 0;
    while (rankAt[at] !== rank || !isOfSuit(at, suit)) at += 1;
    play(numbers[at] as number);
  }
}

function isOfSuit(at: number, suit: number): boolean {
  return suit === -1 || Math.floor((numbers[at] as number) / 13) === suit;
}
