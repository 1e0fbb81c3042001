/** Means with their intervals, from sums that can be added up: of a day and a day, of a file and a file. */
import { type Interval, statisticsDefaults } from './interval.js';
import { studentQuantile } from './normal-distribution.js';

/** What a mean and its interval need to know of values that do not depend on each other. */
export interface ValueSums {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

export const noValues: ValueSums = { n: 0, sum: 0, squares: 0 };

export function withValue({ n, sum, squares }: ValueSums, value: number): ValueSums {
  return { n: n + 1, sum: sum + value, squares: squares + value * value };
}

export function addValueSums(a: ValueSums, b: ValueSums): ValueSums {
  return { n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares };
}

/** A figure with what is known of it. */
export interface Estimate {
  /** Null: nothing was counted. */
  readonly value: number | null;
  /** The standard error; null with fewer than two values. */
  readonly error: number | null;
  /** Null as above. */
  readonly interval: Interval | null;
}

/** The mean, by Student's t. */
export function meanEstimate({ n, sum, squares }: ValueSums, level?: number): Estimate {
  if (n <= 0) return { value: null, error: null, interval: null };
  const value = sum / n;
  if (n < 2) return { value, error: null, interval: null };
  // Rounding may leave less than nothing of equal values.
  const variance = Math.max(0, (squares - sum * value) / (n - 1));
  return around(value, Math.sqrt(variance / n), n - 1, level);
}

/**
 * What the mean of clustered values needs: hands of one match depend on each other, so that a match is one cluster with the
 * sum of its values and the number of them (its weight).
 */
export interface ClusterSums {
  readonly clusters: number;
  readonly weight: number;
  readonly sum: number;
  /** Sums over the clusters of sum², sum × weight, and weight². */
  readonly sumSquares: number;
  readonly products: number;
  readonly weightSquares: number;
}

export const noClusters: ClusterSums = {
  clusters: 0,
  weight: 0,
  sum: 0,
  sumSquares: 0,
  products: 0,
  weightSquares: 0,
};

/** A cluster without weight, such as a match without hands, says nothing. */
export function withCluster(sums: ClusterSums, sum: number, weight: number): ClusterSums {
  if (weight <= 0) return sums;
  const one = {
    clusters: 1,
    weight,
    sum,
    sumSquares: sum * sum,
    products: sum * weight,
    weightSquares: weight * weight,
  };
  return addClusterSums(sums, one);
}

/** The sums of many clusters at once. */
export function clusterSums<Item>(
  items: readonly Item[],
  { sumOf, weightOf }: { sumOf: (item: Item) => number; weightOf: (item: Item) => number },
): ClusterSums {
  const all = { ...noClusters };
  for (const item of items) {
    const [sum, itemWeight] = [sumOf(item), weightOf(item)];
    if (itemWeight <= 0) continue;
    all.clusters += 1;
    all.weight += itemWeight;
    all.sum += sum;
    all.sumSquares += sum * sum;
    all.products += sum * itemWeight;
    all.weightSquares += itemWeight * itemWeight;
  }
  return all;
}

export function addClusterSums(a: ClusterSums, b: ClusterSums): ClusterSums {
  return {
    clusters: a.clusters + b.clusters,
    weight: a.weight + b.weight,
    sum: a.sum + b.sum,
    sumSquares: a.sumSquares + b.sumSquares,
    products: a.products + b.products,
    weightSquares: a.weightSquares + b.weightSquares,
  };
}

/**
 * The mean of all values (the sum of the sums over the weight), with the error that the clusters show: the estimator of a
 * ratio, with one degree of freedom less than there are clusters.
 */
export function clusteredMean(sums: ClusterSums, level?: number): Estimate {
  const { clusters, weight, sum } = sums;
  if (weight <= 0) return { value: null, error: null, interval: null };
  const value = sum / weight;
  if (clusters < 2) return { value, error: null, interval: null };
  return around(value, Math.sqrt(clusteredVariance(sums)), clusters - 1, level);
}

function clusteredVariance({
  clusters,
  weight,
  sum,
  sumSquares,
  products,
  weightSquares,
}: ClusterSums): number {
  const mean = sum / weight;
  const residuals = sumSquares - 2 * mean * products + mean * mean * weightSquares;
  return ((clusters / (clusters - 1)) * Math.max(0, residuals)) / (weight * weight);
}

/**
 * How many independent values a clustered share is worth: no more than were counted, and the number of clusters at least.
 * `sum` counts hits, `weight` chances. With fewer than two clusters, and with no or only hits, the clusters show nothing: the
 * number is what was counted.
 */
export function effectiveNumber(sums: ClusterSums): number {
  const { clusters, weight, sum } = sums;
  const share = sum / weight;
  if (clusters < 2 || !(share > 0 && share < 1)) return weight;
  const variance = clusteredVariance(sums);
  const worth = variance === 0 ? weight : (share * (1 - share)) / variance;
  return Math.min(weight, Math.max(Math.min(clusters, weight), worth));
}

function around(
  value: number,
  error: number,
  degrees: number,
  level: number = statisticsDefaults.level,
): Estimate {
  const reach = studentQuantile(1 - (1 - level) / 2, degrees) * error;
  return { value, error, interval: { low: value - reach, high: value + reach } };
}
