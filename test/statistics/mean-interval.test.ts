import { describe, expect, it } from 'vitest';
import {
  addClusterSums,
  addValueSums,
  type ClusterSums,
  clusteredMean,
  clusterSums,
  effectiveNumber,
  meanEstimate,
  noClusters,
  noValues,
  type ValueSums,
  withCluster,
  withValue,
} from '../../src/statistics/mean-interval.js';

const valuesOf = (values: readonly number[]): ValueSums => values.reduce(withValue, noValues);
const clustersOf = (clusters: readonly (readonly [number, number])[]): ClusterSums =>
  clusters.reduce((sums, [sum, weight]) => withCluster(sums, sum, weight), noClusters);

const nothing = { value: null, error: null, interval: null };

describe('the mean of values', () => {
  it('has the interval of Student', () => {
    const { value, error, interval } = meanEstimate(valuesOf([3, 5, 10]));
    expect(value).toBe(6);
    expect(error).toBeCloseTo(2.0816659994661326, 12);
    expect(interval?.low).toBeCloseTo(-2.9566858950295973, 9);
    expect(interval?.high).toBeCloseTo(14.956685895029597, 9);
  });

  it('has none with no value or one', () => {
    expect(meanEstimate(noValues)).toEqual(nothing);
    expect(meanEstimate(valuesOf([7]))).toEqual({ value: 7, error: null, interval: null });
  });

  it('is zero wide where all values are equal, whatever rounding leaves', () => {
    const { value, interval } = meanEstimate(valuesOf(Array.from({ length: 1_000 }, () => 0.1)));
    expect(value).toBeCloseTo(0.1, 12);
    expect((interval?.high ?? 1) - (interval?.low ?? 0)).toBeLessThan(1e-7);
  });

  it('is the same in whatever pieces the values come', () => {
    const all = valuesOf([3, 5, 10, -4, 12]);
    expect(addValueSums(valuesOf([3, 5]), valuesOf([10, -4, 12]))).toEqual(all);
    expect(addValueSums(noValues, all)).toEqual(all);
  });
});

describe('the mean of clustered values', () => {
  const four = [
    [12, 10],
    [-7, 20],
    [30, 30],
    [4, 5],
  ] as const;

  it('has the error that the clusters show', () => {
    const { value, error, interval } = clusteredMean(clustersOf(four));
    expect(value).toBeCloseTo(0.6, 14);
    expect(error).toBeCloseTo(0.41357631084422464, 12);
    expect(interval?.low).toBeCloseTo(-0.716184402399069, 9);
    expect(interval?.high).toBeCloseTo(1.916184402399069, 9);
  });

  it('is the mean of values where each is a cluster of its own', () => {
    const plain = meanEstimate(valuesOf([3, 5, 10]));
    const clustered = clusteredMean(
      clustersOf([
        [3, 1],
        [5, 1],
        [10, 1],
      ]),
    );
    expect(clustered.error).toBeCloseTo(plain.error ?? 0, 12);
    expect(clustered.interval?.low).toBeCloseTo(plain.interval?.low ?? 0, 9);
  });

  it('has no interval with one cluster, and no value with none; a cluster without weight is none', () => {
    expect(clusteredMean(noClusters)).toEqual(nothing);
    expect(clusteredMean(clustersOf([[50, 0]]))).toEqual(nothing);
    expect(
      clusteredMean(
        clustersOf([
          [5, 10],
          [100, 0],
        ]),
      ),
    ).toEqual({ value: 0.5, error: null, interval: null });
  });

  it('is the same in whatever pieces the clusters come', () => {
    const [a, b, c, d] = four;
    expect(addClusterSums(clustersOf([a, b]), clustersOf([c, d]))).toEqual(clustersOf(four));
  });
});

describe('the effective number', () => {
  it('is what was counted where the chances do not hang together', () => {
    const halves = Array.from({ length: 100 }, (_, index) => [index % 2, 1] as const);
    expect(effectiveNumber(clustersOf(halves))).toBe(100);
  });

  it('is the number of clusters where each is all hits or none', () => {
    const blocks = Array.from({ length: 50 }, (_, index) => [index % 2 === 0 ? 30 : 0, 30] as const);
    expect(effectiveNumber(clustersOf(blocks))).toBeCloseTo(50, 9);
  });

  it('is what was counted where clusters show nothing', () => {
    expect(effectiveNumber(noClusters)).toBe(0);
    expect(effectiveNumber(clustersOf([[5, 30]]))).toBe(30);
    expect(
      effectiveNumber(
        clustersOf([
          [0, 30],
          [0, 10],
        ]),
      ),
    ).toBe(40);
    expect(
      effectiveNumber(
        clustersOf([
          [15, 30],
          [15, 30],
        ]),
      ),
    ).toBe(60);
  });
});

it('sums of many clusters at once are those of one after the other', () => {
  const clusters = [
    [12, 10],
    [-7, 20],
    [99, 0],
    [4, 5],
  ] as const;
  expect(clusterSums(clusters, { sumOf: ([sum]) => sum, weightOf: ([, weight]) => weight })).toEqual(
    clustersOf(clusters),
  );
});
