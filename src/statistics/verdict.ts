/**
 * What deals or matches tell of two bots, A and B, in the order in which they are added: always B less A, and it may be read after each of
 * them. What it needs is fixed before the first one; a resumed run takes the same terms or none.
 */

import { BetaBinomialSequence } from './beta-binomial-sequence.js';
import { BettingSequence } from './betting-sequence.js';
import { alphaEach } from './comparisons.js';
import type { Interval } from './interval.js';
import { meanEstimate, noValues, withValue } from './mean-interval.js';
import { type MoreValues, moreValues } from './sample-size.js';
import { createSpreadCounts } from './spread-counts.js';
import { profileLikelihoodRatio, sprtLimit } from './sprt.js';

export const verdictDefaults = {
  /** The probability that any verdict of a run is wrong. */
  alpha: 0.05,
  /** Below so many values nothing is said, whatever they are. */
  minValues: 30,
} as const;

/**
 * What one value is: of a deal the mean of its hands in bb, of a match its score, of a pair of matches with swapped seats their
 * mean score; of matched pairs, a match of each bot against the same opponent, the score of B less that of A.
 */
export type VerdictValues = 'deals' | 'matches' | 'pairs of matches' | 'matched pairs';

/** Plain data: what has to be the same when a run goes on. */
export interface VerdictTerms {
  readonly values: VerdictValues;
  /** Of all comparisons together. Default: 0.05. */
  readonly alpha?: number;
  /** How many comparisons the run makes: each gets its part of alpha. Default: 1. */
  readonly comparisons?: number;
  /** Of deals: the most that a hand can win or lose, in bb. */
  readonly boundBb?: number;
  /** A test of two differences in bb/100 in place of a sequence that may be read at any time. */
  readonly sprt?: { readonly low: number; readonly high: number };
}

export type VerdictUnit = 'bb/100' | 'share' | 'points';

/** Of the test of two differences: `passed` is the higher one rather than the lower, `failed` the other way round. */
export type VerdictOutcome = 'better' | 'worse' | 'passed' | 'failed' | 'undecided';

/**
 * Why nothing is known: too few values, a spread that hangs on too few of them, all alike, values that contradict each other, or not
 * enough yet.
 */
export type UndecidedReason = 'few' | 'spread unknown' | 'no spread' | 'not alike' | 'open';

export interface DuelVerdict {
  /** Of B against A. */
  readonly outcome: VerdictOutcome;
  /** Null: decided. */
  readonly reason: UndecidedReason | null;
  readonly method: 'betting' | 'beta-binomial' | 'sprt';
  /**
   * Of mean, error, interval and bounds: big blinds in a hundred hands, the share of matches that B won, or by how many
   * percentage points its share is above that of A.
   */
  readonly unit: VerdictUnit;
  readonly values: VerdictValues;
  /** How many there were so far. */
  readonly n: number;
  /** The plain mean so far, which tends to flatter where a run ends by its verdict. Null: no values. */
  readonly mean: number | null;
  /** Its standard error; null with fewer than two values. */
  readonly error: number | null;
  /** It holds the true mean at all times at once; null for the test of two differences, which knows none. */
  readonly interval: Interval | null;
  readonly alpha: number;
  readonly comparisons: number;
  /** How many more values it takes at this rate; null: decided, or no number can be said. */
  readonly more: MoreValues | null;
  /** Of the test of two differences. */
  readonly sprt: SprtState | null;
}

export interface SprtState {
  readonly low: number;
  readonly high: number;
  /** The log-likelihood ratio; null: none yet. */
  readonly ratio: number | null;
  /** The test ends at plus or minus this. */
  readonly limit: number;
}

interface Evidence {
  readonly method: DuelVerdict['method'];
  readonly side: -1 | 0 | 1;
  /** The mean from which the two sides are told. */
  readonly middle: number;
  add(value: number): void;
  interval(): Interval | null;
  /** How many more values decide it whose mean is so far from the middle. */
  moreFor(mean: number, deviation: number): number;
  sprt?(): SprtState;
  /** Of a method that goes by the spread so far. */
  isSpreadKnown?(): boolean;
}

const unitOfValues: Readonly<Record<VerdictValues, VerdictUnit>> = {
  deals: 'bb/100',
  matches: 'share',
  'pairs of matches': 'share',
  'matched pairs': 'points',
};

export class VerdictKeeper {
  readonly terms: Required<Omit<VerdictTerms, 'boundBb' | 'sprt'>> & Pick<VerdictTerms, 'boundBb' | 'sprt'>;
  readonly #evidence: Evidence;
  readonly #unit: VerdictUnit;
  #sums = noValues;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;

  /** @throws RangeError for terms that do not go together. */
  constructor(terms: VerdictTerms) {
    this.terms = { alpha: verdictDefaults.alpha, comparisons: 1, ...terms };
    this.#unit = unitOfValues[terms.values];
    this.#evidence = evidenceOf(this.terms, alphaEach(this.terms.alpha, this.terms.comparisons));
  }

  get n(): number {
    return this.#sums.n;
  }

  /** Whether and how it is decided: looking costs nothing. */
  get outcome(): VerdictOutcome {
    const { side, method } = this.#evidence;
    if (side === 0 || this.#idle() !== null) return 'undecided';
    if (method === 'sprt') return side === 1 ? 'passed' : 'failed';
    return side === 1 ? 'better' : 'worse';
  }

  /**
   * @param value B less A: of a deal in bb a hand, the mean of its hands; of a match or pair of matches the score of B, from 0 to 1.
   * @throws RangeError for a value that is out of bounds.
   */
  add(value: number): void {
    this.#evidence.add(value);
    this.#sums = withValue(this.#sums, value);
    this.#least = Math.min(this.#least, value);
    this.#most = Math.max(this.#most, value);
  }

  verdict(): DuelVerdict {
    const { outcome } = this;
    const { value: mean, error } = meanEstimate(this.#sums);
    const interval = this.#evidence.interval();
    const isContradiction = interval !== null && interval.low > interval.high;
    const reason = this.#idle() ?? (isContradiction ? 'not alike' : outcome === 'undecided' ? 'open' : null);
    const scale = this.#unit === 'share' ? 1 : 100;
    const { alpha, comparisons, values } = this.terms;
    return {
      outcome: isContradiction ? 'undecided' : outcome,
      reason,
      method: this.#evidence.method,
      unit: this.#unit,
      values,
      n: this.n,
      mean: mean === null ? null : mean * scale,
      error: error === null ? null : error * scale,
      interval:
        interval === null || isContradiction
          ? null
          : { low: interval.low * scale, high: interval.high * scale },
      alpha,
      comparisons,
      more: reason === 'open' && mean !== null && error !== null ? this.#more(mean, error) : null,
      sprt: this.#evidence.sprt?.() ?? null,
    };
  }

  #idle(): UndecidedReason | null {
    if (this.n < verdictDefaults.minValues) return 'few';
    if (this.#least === this.#most) return 'no spread';
    return this.#evidence.isSpreadKnown?.() === false ? 'spread unknown' : null;
  }

  #more(mean: number, error: number): MoreValues | null {
    const { middle } = this.#evidence;
    const deviation = error * Math.sqrt(this.n);
    return moreValues({ mean: mean - middle, error }, (away) => this.#evidence.moreFor(away, deviation));
  }
}

function evidenceOf({ values, boundBb, sprt }: VerdictTerms, alpha: number): Evidence {
  if (sprt !== undefined) {
    if (values !== 'deals')
      throw new RangeError('The test of two differences in bb/100 takes deals, not matches.');
    return sprtEvidence(sprt, alpha);
  }
  if (values === 'matches') {
    const sequence = new BetaBinomialSequence({ alpha });
    return {
      method: 'beta-binomial',
      middle: 0.5,
      get side() {
        return sequence.side;
      },
      add: (score) => sequence.add(score),
      interval: () => sequence.interval(),
      moreFor: (away) => sequence.moreFor(0.5 + away),
    };
  }
  // The score of a pair is from 0 to 1: bets are on how far it is from one half.
  const isScore = values === 'pairs of matches';
  if (values === 'deals' && boundBb === undefined)
    throw new RangeError('Deals need the most that a hand can win, in bb.');
  const bound = isScore ? 0.5 : values === 'matched pairs' ? 1 : (boundBb as number);
  const sequence = new BettingSequence({ alpha, bound });
  const shift = isScore ? 0.5 : 0;
  return {
    method: 'betting',
    middle: shift,
    get side() {
      return sequence.side;
    },
    add: (value) => sequence.add(value - shift),
    interval: () => {
      const { low, high } = sequence.interval();
      return { low: low + shift, high: high + shift };
    },
    moreFor: (away, deviation) => sequence.moreFor(away, deviation),
  };
}

function sprtEvidence(
  { low, high }: { readonly low: number; readonly high: number },
  alpha: number,
): Evidence {
  if (!(low < high))
    throw new RangeError(`The lower difference of a test is below the higher one: not ${low} and ${high}.`);
  const limit = sprtLimit(alpha);
  const bounds = { low: low / 100, high: high / 100 };
  const spread = createSpreadCounts();
  let sums = noValues;
  let side: -1 | 0 | 1 = 0;
  return {
    method: 'sprt',
    middle: (bounds.low + bounds.high) / 2,
    get side() {
      return side;
    },
    add: (value) => {
      sums = withValue(sums, value);
      spread.add(value);
      if (side !== 0 || !spread.isKnown()) return;
      const ratio = profileLikelihoodRatio(sums, bounds) ?? 0;
      if (Math.abs(ratio) >= limit) side = ratio > 0 ? 1 : -1;
    },
    interval: () => null,
    isSpreadKnown: () => side !== 0 || spread.isKnown(),
    moreFor: (away, deviation) => {
      const drift = ((bounds.high - bounds.low) * away) / (deviation * deviation);
      const now = profileLikelihoodRatio(sums, bounds) ?? 0;
      return Math.max(0, (limit * Math.sign(drift) - now) / drift);
    },
    sprt: () => ({ low, high, ratio: profileLikelihoodRatio(sums, bounds), limit }),
  };
}
