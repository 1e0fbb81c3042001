/**
 * A confidence sequence for the mean of bounded values, by betting (Waudby-Smith and Ramdas 2024, "Estimating means of bounded
 * random variables by betting"): its interval holds the mean at all times at once, so that it may be read after each value.
 *
 * Whoever bets on the mean being above m stakes a share of the capital on each value; were the mean m or less, no such capital
 * would ever be 1 / alpha times what it was, but with probability alpha (Ville 1939). Here the capital is spread over fixed
 * shares, from all of it to a thousandth, each half of the one before, so that it depends on the values alone and not on their
 * order, and no share is tuned to the values seen.
 */
import { fewest } from './fewest.js';
import type { Interval } from './interval.js';
import { RunningInterval } from './running-interval.js';
import { type GridPoint, SharedCounts } from './shared-counts.js';

const defaults = {
  /** Shares of the capital at stake; the largest risks all of it when the worst value comes. */
  shares: Array.from({ length: 11 }, (_, step) => 2 ** -step),
  /** Of the range of the values. */
  tolerance: 1e-7,
  maxSteps: 60,
} as const;

const { shares } = defaults;
const logSpread = Math.log(shares.length);

export interface BettingTerms {
  /** Values are from -bound to bound. */
  readonly bound: number;
  /** The probability that the interval ever misses the mean; half of it is each side's. */
  readonly alpha: number;
}

export class BettingSequence {
  readonly #bound: number;
  readonly #threshold: number;
  readonly #counts: SharedCounts;
  readonly #above = new Float64Array(shares.length);
  readonly #below = new Float64Array(shares.length);
  readonly #running: RunningInterval;
  #side: -1 | 0 | 1 = 0;
  #n = 0;

  constructor({ bound, alpha }: BettingTerms) {
    if (!(bound > 0 && bound < Number.POSITIVE_INFINITY))
      throw new RangeError(`A bound of values is a number above 0, not ${bound}.`);
    this.#bound = bound;
    this.#threshold = Math.log(2 / alpha);
    this.#counts = new SharedCounts(bound);
    this.#running = new RunningInterval({ low: -bound, high: bound });
  }

  get n(): number {
    return this.#n;
  }

  /** 1: the mean is above 0; -1: below; 0: not known. The first answer stays. */
  get side(): -1 | 0 | 1 {
    return this.#side;
  }

  /** @throws RangeError for a value that is out of bounds. */
  add(value: number): void {
    const part = value / this.#bound;
    if (!(Math.abs(part) <= 1 + 1e-9))
      throw new RangeError(
        `A value of this sequence is from -${this.#bound} to ${this.#bound}, not ${value}.`,
      );
    this.#n += 1;
    this.#counts.add(value);
    if (part !== 0) this.#stake(Math.min(1, Math.max(-1, part)));
    if (this.#running.isDue(this.#n)) this.#running.narrow(this.#bounds());
  }

  /** Of the mean, after all values so far; its low is above its high where values contradict each other. */
  interval(): Interval {
    const { low, high } = this.#running.with(this.#bounds());
    // Which side is known from the values themselves; the grid of the bounds is a little coarser.
    return {
      low: this.#side === 1 ? Math.max(0, low) : low,
      high: this.#side === -1 ? Math.min(0, high) : high,
    };
  }

  /** How many more values of such a mean and deviation it takes, about, until their side is known. */
  moreFor(mean: number, deviation: number): number {
    const edge = Math.abs(mean) / this.#bound;
    const spread = (deviation * deviation + mean * mean) / (this.#bound * this.#bound);
    const now = mean > 0 ? this.#above : this.#below;
    const isEnough = (more: number): boolean =>
      logSum(now.map((log, at) => log + more * growthOf(shares[at] as number, edge, spread))) - logSpread >=
      this.#threshold;
    return fewest(isEnough);
  }

  #stake(part: number): void {
    const [above, below] = [this.#above, this.#below];
    for (let at = 0; at < shares.length; at += 1) {
      const stake = (shares[at] as number) * part;
      above[at] = (above[at] as number) + Math.log1p(stake);
      below[at] = (below[at] as number) + Math.log1p(-stake);
    }
    if (this.#side !== 0) return;
    if (this.#hasWon(above)) this.#side = 1;
    else if (this.#hasWon(below)) this.#side = -1;
  }

  #hasWon(capitals: Float64Array): boolean {
    let best = Number.NEGATIVE_INFINITY;
    for (const capital of capitals) if (capital > best) best = capital;
    // The mean of the capitals is no more than the best of them.
    return best >= this.#threshold && logSum(capitals) - logSpread >= this.#threshold;
  }

  #bounds(): Interval {
    if (this.#n === 0) return { low: -this.#bound, high: this.#bound };
    const points = this.#counts.points();
    const mirrored = points.map(({ at, count }) => ({ at: -at, count }));
    const known = this.#running.with({ low: -this.#bound, high: this.#bound });
    return { low: this.#lowest(points, known.low), high: -this.#lowest(mirrored, -known.high) };
  }

  /**
   * The largest m that the bettors on a mean above it have refuted: their capital falls as m rises.
   *
   * @param known what was refuted before.
   */
  #lowest(points: readonly GridPoint[], known: number): number {
    const mean = points.reduce((sum, { at, count }) => sum + at * count, 0) / this.#n;
    // Above 0: refuted.
    const excess = (m: number): number => logSum(this.#capitals(points, m)) - logSpread - this.#threshold;
    // At the bound itself every stake would be infinite.
    let low = Math.max(known, this.#bound * (defaults.tolerance - 1));
    let high = mean;
    if (low >= high) return known;
    let lowExcess = excess(low);
    if (lowExcess < 0) return known;
    let highExcess = excess(high);
    // The method of Illinois: the secant, with the weight of an end that stays halved.
    for (let step = 0; step < defaults.maxSteps && high - low > defaults.tolerance * this.#bound; step += 1) {
      const secant = low + ((high - low) * lowExcess) / (lowExcess - highExcess);
      const m = step % 3 === 2 ? (low + high) / 2 : secant;
      const now = excess(m);
      if (now >= 0) {
        [low, lowExcess] = [m, now];
        highExcess /= 2;
      } else {
        [high, highExcess] = [m, now];
        lowExcess /= 2;
      }
    }
    return low;
  }

  #capitals(points: readonly GridPoint[], m: number): Float64Array {
    const room = this.#bound + m;
    const capitals = new Float64Array(shares.length);
    for (const { at, count } of points) {
      const part = (at - m) / room;
      for (let index = 0; index < shares.length; index += 1)
        capitals[index] = (capitals[index] as number) + count * Math.log1p((shares[index] as number) * part);
    }
    return capitals;
  }
}

/** Of the logarithm of the capital, a value: to second order, which is exact where a value is small beside the bound. */
const growthOf = (share: number, edge: number, spread: number): number =>
  share * edge - (share * share * spread) / 2;

/** The logarithm of the sum of numbers whose logarithms these are. */
function logSum(logs: Iterable<number>): number {
  let best = Number.NEGATIVE_INFINITY;
  for (const log of logs) if (log > best) best = log;
  if (best === Number.NEGATIVE_INFINITY) return best;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - best);
  return best + Math.log(sum);
}
