/**
 * A confidence sequence for a share, such as that of matches won: the mixture of all shares by a beta distribution, against one
 * share (Robbins 1970; Howard and others 2021, "Time-uniform, nonparametric, nonasymptotic confidence sequences"). Its state is
 * how many there were and how many were won; the rest follows from these, in logarithms.
 */
import { logBeta } from './beta-distribution.js';
import { fewest } from './fewest.js';
import type { Interval } from './interval.js';
import { RunningInterval } from './running-interval.js';

const defaults = { prior: 1, tolerance: 1e-9, maxHalvings: 60 } as const;

/** @param prior both shapes of the beta distribution; 1: all shares alike. It is chosen before the first value. */
export interface BetaBinomialOptions {
  readonly alpha: number;
  readonly prior?: number;
}

export interface WinCounts {
  readonly n: number;
  /** A split counts half. */
  readonly wins: number;
}

/** The logarithm of the evidence against this share: the capital of somebody who bets against it. */
export function betaBinomialEvidence(
  { n, wins }: WinCounts,
  share: number,
  prior: number = defaults.prior,
): number {
  const losses = n - wins;
  const mixture = logBeta(prior + wins, prior + losses) - logBeta(prior, prior);
  const under = (wins === 0 ? 0 : wins * Math.log(share)) + (losses === 0 ? 0 : losses * Math.log1p(-share));
  return mixture - under;
}

/** The shares that are not refuted, of all looks this one alone. */
export function betaBinomialInterval(counts: WinCounts, { alpha, prior }: BetaBinomialOptions): Interval {
  const { n, wins } = counts;
  if (n === 0) return { low: 0, high: 1 };
  const threshold = Math.log(1 / alpha);
  const isRefuted = (share: number): boolean => betaBinomialEvidence(counts, share, prior) >= threshold;
  const mean = wins / n;
  return {
    low: wins === 0 ? 0 : edgeBetween(0, mean, isRefuted),
    high: wins === n ? 1 : edgeBetween(1, mean, isRefuted),
  };
}

/** Where what is refuted on the outside ends. */
function edgeBetween(outside: number, inside: number, isRefuted: (share: number) => boolean): number {
  let [out, within] = [outside, inside];
  for (let step = 0; step < defaults.maxHalvings && Math.abs(out - within) > defaults.tolerance; step += 1) {
    const middle = (out + within) / 2;
    if (isRefuted(middle)) out = middle;
    else within = middle;
  }
  return out;
}

/** Kept up with each match; a side of one half that was known stays known. */
export class BetaBinomialSequence {
  readonly #options: BetaBinomialOptions;
  readonly #running = new RunningInterval({ low: 0, high: 1 });
  #n = 0;
  #wins = 0;
  #side: -1 | 0 | 1 = 0;

  constructor(options: BetaBinomialOptions) {
    this.#options = options;
  }

  get n(): number {
    return this.#n;
  }

  /** 1: the share is above one half; -1: below; 0: not known. */
  get side(): -1 | 0 | 1 {
    return this.#side;
  }

  /** @param score 1 for a match that was won, 0 for one that was lost, one half for one that was split. */
  add(score: number): void {
    if (!(score >= 0 && score <= 1))
      throw new RangeError(`The score of a match is from 0 to 1, not ${score}.`);
    this.#n += 1;
    this.#wins += score;
    const counts = { n: this.#n, wins: this.#wins };
    const { alpha, prior } = this.#options;
    if (this.#side === 0 && betaBinomialEvidence(counts, 0.5, prior) >= Math.log(1 / alpha))
      this.#side = this.#wins > this.#n / 2 ? 1 : -1;
    if (this.#running.isDue(this.#n)) this.#running.narrow(betaBinomialInterval(counts, this.#options));
  }

  interval(): Interval {
    const now = betaBinomialInterval({ n: this.#n, wins: this.#wins }, this.#options);
    const { low, high } = this.#running.with(now);
    return {
      low: this.#side === 1 ? Math.max(0.5, low) : low,
      high: this.#side === -1 ? Math.min(0.5, high) : high,
    };
  }

  /** How many more matches with such a share of wins it takes, about, until its side of one half is known. */
  moreFor(share: number): number {
    const { alpha, prior } = this.#options;
    const threshold = Math.log(1 / alpha);
    return fewest((more) => {
      const counts = { n: this.#n + more, wins: this.#wins + more * share };
      return betaBinomialEvidence(counts, 0.5, prior) >= threshold;
    });
  }
}
