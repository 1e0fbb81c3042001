/** What was counted of a bot, with what is known of it: shares with their intervals. */
import type { Interval } from '../statistics/interval.js';
import { type ClusterSums, effectiveNumber, noClusters, withCluster } from '../statistics/mean-interval.js';
import { betaInterval } from '../statistics/share-interval.js';
import type { MatchTally } from './match-tally.js';
import {
  addCounts,
  noProfileCounts,
  placeOfShare,
  type ShareName,
  shareNames,
} from './profile-statistics.js';

/** Which matches count, and how sure intervals are. */
export interface ProfileOptions {
  /** Epoch milliseconds; earlier matches, and those without a time, are left out. Default: none is. */
  readonly since?: number | null;
  /** Of intervals. Default: 0.95. */
  readonly level?: number;
}

/** A share of what was counted. */
export interface ShareEstimate {
  readonly hits: number;
  readonly chances: number;
  /** Null: there was no chance. */
  readonly rate: number | null;
  /** How many independent chances they are worth: those of one match resemble each other. */
  readonly effective: number;
  /** Of a beta distribution with Jeffreys's prior, with the effective number. Null as above. */
  readonly interval: Interval | null;
}

/** What a bot did at one place of a street. */
export interface NodeAnswers {
  readonly fold: number;
  /** Checks and calls. */
  readonly call: number;
  readonly raise: number;
}

/** What a bot does, as far as its hands tell. */
export interface BotProfile {
  readonly name: string;
  readonly matches: number;
  readonly hands: number;
  /** Of the oldest and the newest match that has a time, in epoch milliseconds. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly shares: Readonly<Record<ShareName, ShareEstimate>>;
  /** How many raises were of each band of `sizeBands`: chips added by the pot before. */
  readonly sizes: { readonly preflop: readonly number[]; readonly postflop: readonly number[] };
  /** By `street:letters`: `preflop:Ur` is the answer to another's open. The most frequent first. */
  readonly nodes: Readonly<Record<string, NodeAnswers>>;
}

export function profileOf(
  name: string,
  tallies: readonly MatchTally[],
  { since = null, level }: ProfileOptions = {},
): BotProfile {
  const counted = tallies.filter(
    ({ startedAt, hands }) => hands > 0 && (since === null || (startedAt !== null && startedAt >= since)),
  );
  const counts = noProfileCounts();
  let hands = 0;
  for (const tally of counted) {
    addCounts(counts, tally.counts);
    hands += tally.hands;
  }
  const times = counted.flatMap(({ startedAt }) => startedAt ?? []);
  const nodes = [...counts.nodes].toSorted(([, a], [, b]) => total(b) - total(a));
  return {
    name,
    matches: counted.length,
    hands,
    firstAt: times.length === 0 ? null : Math.min(...times),
    lastAt: times.length === 0 ? null : Math.max(...times),
    shares: Object.fromEntries(
      shareNames.map((share) => [share, estimateOf(share, counted, level)]),
    ) as Record<ShareName, ShareEstimate>,
    sizes: counts.sizes,
    nodes: Object.fromEntries(nodes.map(([node, [fold, call, raise]]) => [node, { fold, call, raise }])),
  };
}

function estimateOf(
  share: ShareName,
  tallies: readonly MatchTally[],
  level: number | undefined,
): ShareEstimate {
  const place = placeOfShare(share);
  const sums = tallies.reduce<ClusterSums>(
    (before, { counts: { shares } }) => withCluster(before, shares[place] ?? 0, shares[place + 1] ?? 0),
    noClusters,
  );
  const { sum: hits, weight: chances } = sums;
  if (chances === 0) return { hits, chances, rate: null, effective: 0, interval: null };
  const rate = hits / chances;
  const effective = effectiveNumber(sums);
  const interval = betaInterval(rate * effective, effective, level === undefined ? {} : { level });
  return { hits, chances, rate, effective, interval };
}

function total(answers: readonly number[]): number {
  return answers.reduce((sum, count) => sum + count, 0);
}
