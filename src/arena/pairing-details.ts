/** Adds up what the blocks of a pairing tell of their hands. */
import {
  addClusterSums,
  type ClusterSums,
  clusteredMean,
  type Estimate,
  noClusters,
} from '../statistics/mean-interval.js';
import type { ArenaPot, BlockDetails, GroupSums } from './arena-record.js';
import { type DetailGroup, type DetailKind, groupsByKind } from './detail-groups.js';

const defaults = { pots: 20 } as const;

/** What one bot won in the hands of a group. */
export interface GroupFigure {
  readonly hands: number;
  /** Pairs with such a hand: each is one observation, as its hands depend on each other. */
  readonly pairs: number;
  /** Big blinds in a hundred hands; its interval, at 95 %, is that of a run whose size is fixed beforehand. */
  readonly per100: Estimate;
}

export interface DetailRow {
  readonly group: DetailGroup;
  /** By bot of the pairing. */
  readonly bots: readonly GroupFigure[];
}

export interface ArenaDetails extends Readonly<Record<DetailKind, readonly DetailRow[]>> {
  /** The biggest pots, the biggest first; of equal ones the first. */
  readonly pots: readonly ArenaPot[];
}

export interface DetailSums {
  /** Takes the details of the next block. */
  add(details: BlockDetails): void;
  result(): ArenaDetails;
}

/** @param bots of the pairing. */
export function createDetailSums(bots: number): DetailSums {
  const sums = Array.from({ length: bots }, () => new Map<DetailGroup, ClusterSums>());
  let pots: readonly ArenaPot[] = [];

  const figureOf = (bot: number, group: DetailGroup): GroupFigure => {
    const own = sums[bot]?.get(group) ?? noClusters;
    const { value, error, interval } = clusteredMean(own);
    return {
      hands: own.weight,
      pairs: own.clusters,
      per100: {
        value: value === null ? null : 100 * value,
        error: error === null ? null : 100 * error,
        interval: interval === null ? null : { low: 100 * interval.low, high: 100 * interval.high },
      },
    };
  };

  const rowsOf = (kind: DetailKind): DetailRow[] =>
    groupsByKind[kind]
      .filter((group: DetailGroup) => sums.some((byGroup) => byGroup.has(group)))
      .map((group: DetailGroup) => ({ group, bots: sums.map((_, bot) => figureOf(bot, group)) }));

  return {
    add(details) {
      for (const [bot, groups] of details.groups.entries()) {
        const own = sums[bot];
        for (const [group, list] of Object.entries(groups) as [DetailGroup, GroupSums][])
          own?.set(group, addClusterSums(own.get(group) ?? noClusters, sumsOfList(list)));
      }
      // Sorting keeps the order of equal ones.
      pots = [...pots, ...details.pots].toSorted((a, b) => b.bigBlinds - a.bigBlinds).slice(0, defaults.pots);
    },
    result: () => ({
      position: rowsOf('position'),
      ending: rowsOf('ending'),
      depth: rowsOf('depth'),
      pots,
    }),
  };
}

const sumsOfList = ([
  clusters,
  weight,
  sum,
  sumSquares,
  products,
  weightSquares,
]: GroupSums): ClusterSums => ({
  clusters,
  weight,
  sum,
  sumSquares,
  products,
  weightSquares,
});
