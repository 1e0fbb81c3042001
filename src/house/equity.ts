/** Estimates how often a hand wins by dealing the unknown cards many times. */
import { evaluate } from '@pokertools/evaluator';
import { deck, type Holding } from './holdings.js';

/** An opponent whose cards are not known. */
export interface Foe {
  /** What it may hold, each equally likely; not empty. Hands with visible cards are left out. */
  holdings: readonly Holding[];
  /** How often it is dealt again on this board and keeps the better hand: once for each of its bets. Default: 0. */
  picks?: number;
  /** The probability of each pick, 0 to 1. Default: 1. */
  pickiness?: number;
}

export interface Spot {
  hole: Holding;
  /** None, three, four or five cards. */
  board: readonly number[];
  /** At least one. */
  foes: readonly Foe[];
}

export interface Sampler {
  /** Deals so far. */
  readonly samples: number;
  /** The share of the pot that the hand has won, from 0 to 1; 0 before the first deal. */
  readonly equity: number;
  deal(count: number): void;
}

const limits = {
  /** After so many draws with cards that are taken already, an opponent gets any two remaining cards. */
  maxRedraws: 60,
} as const;

const uint32Range = 2 ** 32;

/** @param nextUint32 the only random source: the same numbers give the same equity. */
export function createSampler({ hole, board, foes }: Spot, nextUint32: () => number): Sampler {
  /** For each card the number of the last deal that used it; visible cards are used in every deal. */
  const dealtIn = new Float64Array(deck.length);
  for (const card of [...hole, ...board]) dealtIn[card] = Number.POSITIVE_INFINITY;
  // Both are reused for each deal, so that none has to make arrays.
  const seven = [0, 0, ...board, ...Array.from({ length: 5 - board.length }, () => 0)];
  const onBoard = [0, 0, ...board];
  const dealt: Holding[] = [];
  let samples = 0;
  let won = 0;

  const below = (bound: number) => Math.floor((nextUint32() / uint32Range) * bound);
  const isFree = (card: number) => (dealtIn[card] ?? 0) <= samples;
  // The deal in progress is number `samples + 1`.
  const take = (card: number) => {
    dealtIn[card] = samples + 1;
  };

  function drawCard(): number {
    let card = below(deck.length);
    while (!isFree(card)) card = below(deck.length);
    return card;
  }

  function drawHolding(from: readonly Holding[]): Holding {
    for (let tries = 0; tries < limits.maxRedraws; tries += 1) {
      const holding = from[below(from.length)];
      if (holding !== undefined && isFree(holding[0]) && isFree(holding[1])) return holding;
    }
    const first = drawCard();
    let second = drawCard();
    while (second === first) second = drawCard();
    return [first, second];
  }

  function strengthNow([first, second]: Holding): number {
    onBoard[0] = first;
    onBoard[1] = second;
    return evaluate(onBoard);
  }

  function drawFoe({ holdings, picks = 0, pickiness = 1 }: Foe): Holding {
    let best = drawHolding(holdings);
    for (let pick = 0; pick < picks && board.length >= 3; pick += 1) {
      if (nextUint32() / uint32Range >= pickiness) continue;
      const other = drawHolding(holdings);
      if (strengthNow(other) < strengthNow(best)) best = other;
    }
    return best;
  }

  function strengthAtEnd([first, second]: Holding): number {
    seven[0] = first;
    seven[1] = second;
    return evaluate(seven);
  }

  function dealOnce(): number {
    dealt.length = 0;
    for (const foe of foes) {
      const holding = drawFoe(foe);
      dealt.push(holding);
      take(holding[0]);
      take(holding[1]);
    }
    for (let place = 2 + board.length; place < 7; place += 1) {
      const card = drawCard();
      seven[place] = card;
      take(card);
    }
    // The evaluator counts down: 1 is the best hand.
    const mine = strengthAtEnd(hole);
    let sharers = 1;
    for (const holding of dealt) {
      const theirs = strengthAtEnd(holding);
      if (theirs < mine) return 0;
      if (theirs === mine) sharers += 1;
    }
    return 1 / sharers;
  }

  return {
    get samples() {
      return samples;
    },
    get equity() {
      return samples === 0 ? 0 : won / samples;
    },
    deal(count) {
      for (let i = 0; i < count; i += 1) {
        won += dealOnce();
        samples += 1;
      }
    },
  };
}
