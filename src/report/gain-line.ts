/** Chips won over hands: the sum after each hand, with the interval in which it would lie by chance. */

import type { Interval } from '../statistics/interval.js';
import { type ClusterSums, clusteredMean, noClusters, withCluster } from '../statistics/mean-interval.js';
import { createThinSeries } from './thin-series.js';

/** What is won in: chips, or big blinds of the level of each hand. */
export type GainUnit = 'chips' | 'blinds';

/** A line as a plot takes it: as many numbers in each list. */
export interface GainPoints {
  /** Hands so far. */
  readonly hands: readonly number[];
  readonly sum: readonly number[];
  /** Bounds of the interval; null where there are fewer than two matches. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

export interface GainView {
  readonly name: string;
  readonly matches: number;
  readonly hands: number;
  readonly chips: number;
  /** Big blinds won in a hundred hands; null: no hand has a level. */
  readonly per100: number | null;
  readonly per100Interval: Interval | null;
  readonly points: Readonly<Record<GainUnit, GainPoints>>;
}

export interface GainLine {
  /** The hands of one match, in their order. */
  addMatch(hands: readonly { readonly net: number; readonly bigBlind: number }[]): void;
  readonly hands: number;
  view(name: string): GainView;
}

interface Mark {
  /** Matches before this one. */
  readonly before: ClusterSums;
  /** Of this match, so far. */
  readonly hands: number;
  readonly sum: number;
}

export function createGainLine(): GainLine {
  const lines = { chips: createUnitLine(), blinds: createUnitLine() };
  let matches = 0;
  let hands = 0;
  let chips = 0;
  return {
    get hands() {
      return hands;
    },
    addMatch(played) {
      if (played.length === 0) return;
      matches += 1;
      hands += played.length;
      for (const { net } of played) chips += net;
      lines.chips.addMatch(played.map(({ net }) => net));
      const levelled = played.filter(({ bigBlind }) => bigBlind > 0);
      lines.blinds.addMatch(levelled.map(({ net, bigBlind }) => net / bigBlind));
    },
    view(name) {
      const { value, interval } = clusteredMean(lines.blinds.sums());
      return {
        name,
        matches,
        hands,
        chips,
        per100: value === null ? null : 100 * value,
        per100Interval: interval && { low: 100 * interval.low, high: 100 * interval.high },
        points: { chips: lines.chips.points(0), blinds: lines.blinds.points(1) },
      };
    },
  };
}

function createUnitLine() {
  const series = createThinSeries<Mark>();
  let before = noClusters;
  let hands = 0;
  let total = 0;
  series.add(0, 0, { before, hands: 0, sum: 0 });
  return {
    addMatch(nets: readonly number[]): void {
      let sum = 0;
      for (const [index, net] of nets.entries()) {
        sum += net;
        hands += 1;
        total += net;
        series.add(hands, total, { before, hands: index + 1, sum });
      }
      before = withCluster(before, sum, nets.length);
    },
    sums: () => before,
    /** @param digits behind the point. */
    points(digits: number): GainPoints {
      const rounded = (value: number): number => Number(value.toFixed(digits));
      const points = series.points().map(({ x, y, mark }) => {
        const sums = withCluster(mark.before, mark.sum, mark.hands);
        const { interval } = clusteredMean(sums);
        return {
          hands: x,
          sum: rounded(y),
          low: interval === null ? null : rounded(interval.low * sums.weight),
          high: interval === null ? null : rounded(interval.high * sums.weight),
        };
      });
      return {
        hands: points.map((point) => point.hands),
        sum: points.map((point) => point.sum),
        low: points.map(({ low }) => low),
        high: points.map(({ high }) => high),
      };
    },
  };
}
