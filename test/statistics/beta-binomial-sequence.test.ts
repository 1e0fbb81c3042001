import { describe, expect, it } from 'vitest';
import { createUint32Stream } from '../../src/chance/random.js';
import {
  BetaBinomialSequence,
  betaBinomialEvidence,
  betaBinomialInterval,
} from '../../src/statistics/beta-binomial-sequence.js';

const evidence = (wins: number, n: number): number => Math.exp(betaBinomialEvidence({ n, wins }, 0.5));

const filled = (scores: readonly number[]): BetaBinomialSequence => {
  const sequence = new BetaBinomialSequence({ alpha: 0.05 });
  for (const score of scores) sequence.add(score);
  return sequence;
};
const times = (n: number, score: number): number[] => Array.from({ length: n }, () => score);

describe('the beta-binomial mixture', () => {
  it('has the exact evidence against a fair coin', () => {
    // 2^n n! (n - wins)! wins! / (n! (n + 1)!), with all shares alike.
    expect(evidence(6, 6)).toBeCloseTo(64 / 7, 10);
    expect(evidence(7, 7)).toBeCloseTo(16, 10);
    expect(evidence(8, 8)).toBeCloseTo(256 / 9, 10);
    expect(evidence(3, 6)).toBeCloseTo(64 / 140, 10);
  });

  it('has the interval of 60 of 100', () => {
    const { low, high } = betaBinomialInterval({ n: 100, wins: 60 }, { alpha: 0.05 });
    expect(low).toBeCloseTo(0.4408, 4);
    expect(high).toBeCloseTo(0.746, 4);
  });

  it('needs eight wins of eight', () => {
    expect(filled(times(7, 1)).side).toBe(0);
    expect(filled(times(8, 1)).side).toBe(1);
    expect(filled(times(8, 0)).side).toBe(-1);
    expect(filled([...times(8, 1), ...times(20, 0)]).side).toBe(1);
  });

  it('ends at 0 and 1, and neither is zero wide', () => {
    expect(betaBinomialInterval({ n: 0, wins: 0 }, { alpha: 0.05 })).toEqual({ low: 0, high: 1 });
    const none = betaBinomialInterval({ n: 10, wins: 0 }, { alpha: 0.05 });
    expect(none.low).toBe(0);
    // The evidence against x is 1 / (11 (1 - x)^10).
    expect(1 / (11 * (1 - none.high) ** 10)).toBeCloseTo(20, 5);
    const all = betaBinomialInterval({ n: 10, wins: 10 }, { alpha: 0.05 });
    expect(all).toEqual({ low: expect.closeTo(1 - none.high, 8), high: 1 });
  });

  it('keeps its digits with a million matches', () => {
    const { low, high } = betaBinomialInterval({ n: 1e6, wins: 5e5 }, { alpha: 1e-7 });
    expect(low + high).toBeCloseTo(1, 8);
    expect(high - low).toBeGreaterThan(0.005);
    expect(high - low).toBeLessThan(0.01);
  });

  it('counts a split match half', () => {
    expect(filled(times(8, 1)).interval()).toEqual(filled(times(8, 1)).interval());
    expect(betaBinomialEvidence({ n: 3, wins: 1.5 }, 0.5)).toBeLessThan(0);
    expect(filled(times(400, 0.5)).side).toBe(0);
    expect(() => filled([1.5])).toThrow(RangeError);
  });

  it('tells how many more matches it takes', () => {
    const more = filled([]).moreFor(0.6);
    expect(more).toBeGreaterThan(200);
    expect(more).toBeLessThan(400);
    expect(filled([]).moreFor(0.5)).toBe(Number.POSITIVE_INFINITY);
    expect(filled([...times(30, 1), ...times(20, 0)]).moreFor(0.6)).toBeCloseTo(more - 50, 0);
  });

  it('alarms falsely in at most 5 % of fair matches, whoever looks after each', () => {
    const next = createUint32Stream('fair');
    let alarms = 0;
    for (let duel = 0; duel < 400; duel += 1) {
      const sequence = new BetaBinomialSequence({ alpha: 0.05 });
      for (let n = 0; n < 200 && sequence.side === 0; n += 1) sequence.add(next() & 1);
      if (sequence.side !== 0) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(20);
    expect(alarms).toBeGreaterThan(0);
  });
});
