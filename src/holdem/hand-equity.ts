/** The share of the pot that hands win on average when the rest of the board is dealt: of known hands, or against any hand. */
import { createFastUint32Stream } from '../chance/fast-random.js';
import { allCards, type Card, formatCard, knownCard } from './card.js';
import { evaluatorCodes, numberOfCard } from './card-numbers.js';
import { strengthOfCards } from './strength.js';

export interface EquityOptions {
  /**
   * The most deals that are looked at: where there are more, this many are drawn, by a seed that follows from the cards, so that
   * the same cards always have the same equity. `Infinity`: all of them, which takes a second or two before the flop. Default:
   * 2000, an error of at most 0.011.
   */
  readonly samples?: number;
}

export interface Equity {
  /** By hand, from 0 to 1; a split pot counts in parts. They add up to 1. */
  readonly shares: readonly number[];
  /** How many deals were looked at. */
  readonly deals: number;
  /** All that are possible were. */
  readonly isExact: boolean;
}

const defaults = { samples: 2000 } as const;

const deck = allCards.map((_, card) => card);
const uint32Range = 2 ** 32;

/**
 * Of hands that are known. With a board of three cards or more there are at most 990 deals for two hands: all are looked at.
 *
 * @param hands two or more, of two cards each.
 * @param board none, three, four or five cards.
 * @throws RangeError for another number of cards, for what is no card, and for a card that comes twice.
 */
export function equityOf(
  hands: readonly (readonly (Card | string)[])[],
  board: readonly (Card | string)[],
  { samples = defaults.samples }: EquityOptions = {},
): Equity {
  if (hands.length < 2) throw new RangeError('Equity takes two hands or more.');
  const { holes, common, rest } = dealt(hands, board);
  const shares = holes.map(() => 0);
  const strengths = holes.map(() => 0);
  const seven = [0, 0, ...common, ...Array.from({ length: 5 - common.length }, () => 0)];
  const score = (): void => {
    let best = 0;
    let sharers = 0;
    for (let at = 0; at < holes.length; at += 1) {
      const hole = holes[at] as readonly number[];
      seven[0] = hole[0] as number;
      seven[1] = hole[1] as number;
      const strength = strengthOfCards(seven, 7);
      strengths[at] = strength;
      if (strength > best) {
        best = strength;
        sharers = 1;
      } else if (strength === best) sharers += 1;
    }
    for (let at = 0; at < holes.length; at += 1)
      if (strengths[at] === best) shares[at] = (shares[at] ?? 0) + 1 / sharers;
  };
  const missing = 5 - common.length;
  const { deals, isExact } = dealAll({ seven, from: 2 + common.length, missing, rest, samples }, score);
  return { shares: shares.map((won) => won / deals), deals, isExact };
}

/**
 * Of one hand against a hand of which nothing is known. On the river there are 990 of those: all are looked at.
 *
 * @param board three, four or five cards, or none.
 * @returns from 0 to 1; a split pot counts half.
 * @throws RangeError as `equityOf`.
 */
export function equityAgainstAny(
  hole: readonly (Card | string)[],
  board: readonly (Card | string)[],
  { samples = defaults.samples }: EquityOptions = {},
): number {
  const { holes, common, rest } = dealt([hole], board);
  const [first = 0, second = 0] = holes[0] ?? [];
  let won = 0;
  // The other hand is dealt first, then the board.
  const nine = [0, 0, ...common, ...Array.from({ length: 5 - common.length + 2 }, () => 0)];
  const from = 2 + common.length;
  const seven = [0, 0, ...common, ...Array.from({ length: 5 - common.length }, () => 0)];
  const score = (): void => {
    for (let at = from; at < 7; at += 1) seven[at] = nine[at + 2] as number;
    seven[0] = first;
    seven[1] = second;
    const mine = strengthOfCards(seven, 7);
    seven[0] = nine[from] as number;
    seven[1] = nine[from + 1] as number;
    const theirs = strengthOfCards(seven, 7);
    won += mine > theirs ? 1 : mine === theirs ? 0.5 : 0;
  };
  const missing = 5 - common.length;
  const { deals } = dealAll({ seven: nine, from, missing, rest, samples, pair: true }, score);
  return won / deals;
}

interface Deal {
  /** Cards are put here, from this place on. */
  readonly seven: number[];
  readonly from: number;
  /** Cards of the board that are to come. */
  readonly missing: number;
  /** What they are dealt from. */
  readonly rest: readonly number[];
  readonly samples: number;
  /** Two cards of another hand are dealt before them. Default: none. */
  readonly pair?: boolean;
}

/** Deals everything that is possible, or a sample of it. */
function dealAll(deal: Deal, score: () => void): { deals: number; isExact: boolean } {
  const { missing, rest, samples, pair = false } = deal;
  const pairs = pair ? combinations(rest.length, 2) : 1;
  const all = pairs * combinations(rest.length - (pair ? 2 : 0), missing);
  if (all > samples) {
    dealSample(deal, score);
    return { deals: samples, isExact: false };
  }
  if (!pair) dealEach(deal, score);
  else {
    const { seven, from } = deal;
    for (let a = 0; a < rest.length; a += 1) {
      for (let b = a + 1; b < rest.length; b += 1) {
        seven[from] = rest[a] as number;
        seven[from + 1] = rest[b] as number;
        const left = rest.filter((_, index) => index !== a && index !== b);
        dealEach({ ...deal, from: from + 2, rest: left }, score);
      }
    }
  }
  return { deals: all, isExact: true };
}

function dealEach({ seven, from, missing, rest }: Deal, score: () => void): void {
  const deal = (place: number, first: number): void => {
    if (place === from + missing) {
      score();
      return;
    }
    for (let at = first; at < rest.length; at += 1) {
      seven[place] = rest[at] as number;
      deal(place + 1, at + 1);
    }
  };
  deal(from, 0);
}

function dealSample({ seven, from, missing, rest, samples, pair = false }: Deal, score: () => void): void {
  const next = createFastUint32Stream(seedOf(seven.slice(2, from), seven.length, rest));
  const cards = [...rest];
  const count = missing + (pair ? 2 : 0);
  for (let sample = 0; sample < samples; sample += 1) {
    // The first places of a shuffle that goes on from the last one.
    for (let at = 0; at < count; at += 1) {
      const other = at + Math.floor((next() / uint32Range) * (cards.length - at));
      const card = cards[other] as number;
      cards[other] = cards[at] as number;
      cards[at] = card;
      seven[from + at] = card;
    }
    score();
  }
}

const codesOf = (cards: readonly number[]): number[] => cards.map((card) => evaluatorCodes[card] as number);

/** Cards go by the evaluator's codes, so that equities stay those of earlier versions. */
function seedOf(common: readonly number[], places: number, rest: readonly number[]): string {
  const open = codesOf(common);
  const known = [0, 0, ...open, ...Array.from({ length: places - 2 - open.length }, () => 0)];
  return `equity:${known.join(' ')}:${codesOf(rest).join(' ')}`;
}

function dealt(hands: readonly (readonly (Card | string)[])[], board: readonly (Card | string)[]) {
  const holes = hands.map((cards) => cards.map(numberOfCard));
  const common = board.map(numberOfCard);
  const known = [...holes.flat(), ...common];
  const isWhole = holes.every(({ length }) => length === 2) && [0, 3, 4, 5].includes(common.length);
  if (!isWhole || new Set(known).size !== known.length) {
    const text = [...hands, board].map((cards) => cards.map((card) => formatCard(knownCard(card))).join(''));
    throw new RangeError(
      `Equity takes hands of two cards and a board of none, three, four or five, all different, not ${text.join(' ')}.`,
    );
  }
  return { holes, common, rest: deck.filter((card) => !known.includes(card)) };
}

function combinations(of: number, taken: number): number {
  let count = 1;
  for (let at = 0; at < taken; at += 1) count = (count * (of - at)) / (at + 1);
  return Math.round(count);
}
