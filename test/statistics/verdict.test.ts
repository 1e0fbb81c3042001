import { describe, expect, it } from 'vitest';
import { createUint32Stream } from '../../src/chance/random.js';
import { VerdictKeeper, type VerdictTerms } from '../../src/statistics/verdict.js';
import { verdictWords } from '../../src/statistics/verdict-words.js';

const names = { a: 'old', b: 'new' };
const deals: VerdictTerms = { values: 'deals', boundBb: 100 };
const times = (n: number, value: number): number[] => Array.from({ length: n }, () => value);

/** Values of two points, the higher one so often. */
function coin(
  seed: string,
  { high, low, share }: { high: number; low: number; share: number },
): () => number {
  const next = createUint32Stream(seed);
  return () => (next() / 2 ** 32 < share ? high : low);
}

function filled(values: readonly number[], terms: VerdictTerms = deals): VerdictKeeper {
  const keeper = new VerdictKeeper(terms);
  for (const value of values) keeper.add(value);
  return keeper;
}

const wordsOf = (values: readonly number[], terms?: VerdictTerms): string =>
  verdictWords(filled(values, terms).verdict(), names);

function decided(terms: VerdictTerms, next: () => number): VerdictKeeper {
  const keeper = new VerdictKeeper(terms);
  while (keeper.outcome === 'undecided' && keeper.n < 20_000) keeper.add(next());
  return keeper;
}

describe('a verdict of deals', () => {
  it('finds the better bot, and stays', () => {
    const keeper = decided(deals, coin('better', { high: 5, low: -5, share: 0.6 }));
    const { n, outcome, reason, interval, mean, more } = keeper.verdict();
    expect({ outcome, reason, more }).toEqual({ outcome: 'better', reason: null, more: null });
    expect(n).toBeLessThan(6000);
    expect(interval?.low).toBeGreaterThanOrEqual(0);
    expect(interval?.high).toBeGreaterThan(100);
    expect(mean).toBeGreaterThan(50);
    for (let later = 0; later < 100; later += 1) keeper.add(-5);
    expect(keeper.verdict().outcome).toBe('better');
    expect(verdictWords(keeper.verdict(), names)).toMatch(
      /^new is better than old by \d+\.\d bb\/100 so far \(\d+\.\d to \d+\.\d\) after [\d,]+ deals$/,
    );
  });

  it('is the other one with all signs changed', () => {
    const [to, fro] = [
      coin('turned', { high: 5, low: -5, share: 0.6 }),
      coin('turned', { high: 5, low: -5, share: 0.6 }),
    ];
    const [better, worse] = [decided(deals, to).verdict(), decided(deals, () => -fro()).verdict()];
    expect(worse.outcome).toBe('worse');
    expect(worse.n).toBe(better.n);
    expect(worse.mean).toBeCloseTo(-(better.mean ?? 0), 9);
    expect(worse.interval?.low).toBeCloseTo(-(better.interval?.high ?? 0), 6);
    expect(verdictWords(worse, { a: 'new', b: 'old' })).toBe(
      verdictWords(better, names).replace('new is better than old', 'old is worse than new'),
    );
  });

  it('counts its error by deals, and tells it for a hundred hands', () => {
    const { error } = filled(Array.from({ length: 10_000 }, (_, n) => (n % 2 === 0 ? 12 : -12))).verdict();
    expect(1.96 * (error ?? 0)).toBeCloseTo(23.52, 2);
  });

  it('keeps apart what duplicate deals are worth from what chips alone are', () => {
    const legs = [
      [7.5, 5],
      [-1, -1],
      [-40, -38.5],
      [3, 3],
    ] as const;
    const pairs = filled(legs.map(([button, other]) => (button - other) / 2)).verdict();
    expect(pairs.mean).toBeCloseTo(12.5, 9);
    expect((pairs.error ?? 0) / 100).toBeCloseTo(0.4146, 2);
    const hands = filled(legs.flatMap(([button, other]) => [button, -other])).verdict();
    expect(hands.mean).toBeCloseTo(12.5, 9);
    expect((hands.error ?? 0) / 100).toBeGreaterThan(7);
  });

  it('says nothing of fewer than thirty', () => {
    expect(filled(times(29, 100)).outcome).toBe('undecided');
    expect(wordsOf(times(29, 100))).toBe('not decided after 29 deals: fewer than 30 deals say nothing');
    expect(wordsOf([1])).toBe('not decided after 1 deal: fewer than 30 deals say nothing');
    expect(filled([...times(29, 100), 99]).outcome).toBe('better');
    expect(new VerdictKeeper(deals).verdict()).toMatchObject({
      n: 0,
      mean: null,
      error: null,
      reason: 'few',
    });
  });

  it('says nothing of values without spread', () => {
    expect(wordsOf(times(5000, 0))).toBe(
      'not decided after 5,000 deals: all of them came out alike, at 0.0 bb/100',
    );
    expect(wordsOf(times(5000, 1))).toBe(
      'not decided after 5,000 deals: all of them came out alike, at +100.0 bb/100',
    );
  });

  it('is not decided by one outlier', () => {
    expect(filled([...times(500, 0), 100]).outcome).toBe('undecided');
  });

  it('does not take a contradiction for certainty', () => {
    const keeper = filled([...times(300, 50), ...times(4000, -50)]);
    expect(keeper.verdict()).toMatchObject({ outcome: 'undecided', reason: 'not alike', interval: null });
    expect(verdictWords(keeper.verdict(), names)).toBe(
      'not decided after 4,300 deals: later ones contradict earlier ones, so that they are not alike',
    );
  });

  it('tells how many more deals it takes, or that this cannot be said', () => {
    const wide = Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? 6 : -5));
    expect(wordsOf(wide)).toMatch(
      /^not decided after 400 deals: new less old is \+50\.0 bb\/100 so far \(−[\d.]+ to \+[\d.]+\); about [\d,]+ to [\d,]+ more deals at this rate$/,
    );
    const even = Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? 5 : -5));
    expect(wordsOf(even)).toMatch(/; how many more deals it takes cannot be said yet$/);
  });

  it('divides its alpha among comparisons, and says so', () => {
    const next = coin('many', { high: 5, low: -5, share: 0.56 });
    const values = Array.from({ length: 20_000 }, next);
    const nOf = (comparisons: number): number => {
      const keeper = new VerdictKeeper({ ...deals, comparisons });
      for (const value of values) if (keeper.outcome === 'undecided') keeper.add(value);
      return keeper.n;
    };
    expect(nOf(6)).toBeGreaterThan(nOf(1));
    expect(wordsOf(values, { ...deals, comparisons: 6 })).toMatch(
      / \(one of 6 comparisons: each may be wrong in 0\.83 %, all together in 5 %\)$/,
    );
    expect(() => new VerdictKeeper({ ...deals, comparisons: 0 })).toThrow(RangeError);
  });

  it('refuses deals without a bound, and those beyond it', () => {
    expect(() => new VerdictKeeper({ values: 'deals' })).toThrow('the most that a hand can win');
    expect(() => filled([100.5])).toThrow(RangeError);
  });
});

describe('a verdict of matches', () => {
  const matches: VerdictTerms = { values: 'matches' };
  const pairs: VerdictTerms = { values: 'pairs of matches' };

  it('is of the share that was won', () => {
    const won = times(60, 1).flatMap((one, n) => (n % 3 === 0 ? [one, 0] : [one]));
    expect(wordsOf(won, matches)).toMatch(
      /^new is better than old: it won 75\.0 % so far \(5\d\.\d to 8\d\.\d %\) after 80 matches$/,
    );
    expect(
      wordsOf(
        Array.from({ length: 100 }, (_, n) => (n % 10 < 6 ? 1 : 0)),
        matches,
      ),
    ).toMatch(
      /^not decided after 100 matches: new won 60\.0 % so far \(44\.\d to 7[45]\.\d %\); about 80 to 900 more matches at this rate$/,
    );
  });

  it('takes a pair of matches for one value, whose spread is its own', () => {
    const scores = Array.from({ length: 100 }, (_, n) => (n % 20 < 4 ? 0 : n % 20 < 15 ? 0.5 : 1));
    const { mean, error, n, method } = filled(scores, pairs).verdict();
    expect({ mean, n, method }).toEqual({ mean: 0.525, n: 100, method: 'betting' });
    // A tenth less than that of two hundred independent matches.
    const variance = (error ?? 0) ** 2 * 100 * (99 / 100);
    expect(variance / ((0.525 * 0.475) / 2)).toBeCloseTo(1 - 0.103, 3);
    expect(filled(times(40, 1).concat([0.5]), pairs).outcome).toBe('better');
    expect(filled(times(40, 0).concat([0.5]), pairs).outcome).toBe('worse');
  });
});

describe('the test of two differences', () => {
  const sprt: VerdictTerms = { ...deals, sprt: { low: 0, high: 20 } };

  it('passes where the higher one is true, and fails where the lower one is', () => {
    const passed = decided(sprt, coin('pass', { high: 2, low: -2, share: 0.55 }));
    expect(passed.outcome).toBe('passed');
    expect(verdictWords(passed.verdict(), names)).toMatch(
      /^passed after [\d,]+ deals: that new is better than old by 20 bb\/100 is likelier than 0 \(log-likelihood ratio 2\.9\d of ±2\.94, \+\d+\.\d bb\/100 so far\)$/,
    );
    expect(decided(sprt, coin('fail', { high: 2, low: -2, share: 0.5 })).outcome).toBe('failed');
  });

  it('stands where it ended, whatever comes later', () => {
    const keeper = decided(sprt, coin('pass', { high: 2, low: -2, share: 0.55 }));
    for (let more = 0; more < 3000; more += 1) keeper.add(-2);
    expect(keeper.outcome).toBe('passed');
  });

  it('is not decided where it is ended by hand', () => {
    expect(
      wordsOf(
        Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? 2 : -2)),
        sprt,
      ),
    ).toMatch(
      /^not decided after 100 deals: log-likelihood ratio -0\.5\d of ±2\.94 for 20 bb\/100 against 0, new less old is 0\.0 so far; how many more deals it takes cannot be said yet$/,
    );
  });

  it('does not end after one deal, nor where all are alike', () => {
    expect(filled([-100], sprt).outcome).toBe('undecided');
    expect(filled(times(40, -50), sprt).verdict()).toMatchObject({
      outcome: 'undecided',
      reason: 'no spread',
    });
  });

  it('says nothing while nearly all deals come out level, as the spread is not known until later', () => {
    const next = createUint32Stream('level');
    const levels = Array.from({ length: 1_400 }, (_, n) => (n % 50 === 49 ? -1 : 0));
    const keeper = filled(levels, { ...deals, sprt: { low: 0, high: 2 } });
    expect(keeper.verdict()).toMatchObject({ n: 1_400, outcome: 'undecided', reason: 'spread unknown' });
    expect(verdictWords(keeper.verdict(), names)).toBe(
      'not decided after 1,400 deals: what deals spread by hangs on too few of them yet',
    );
    for (let more = 0; more < 200; more += 1) keeper.add(next() % 50 === 0 ? -1 : 0);
    expect(keeper.outcome).toBe('failed');
    expect(keeper.n).toBe(1_600);
  });

  it('does not end on the wrong side before it has met the large wins that are rare', () => {
    // A deal that is not level is lost by 1.5 bb in nine of ten, and won by 13.5 to 23.5: 2 bb/100 in all.
    let failed = 0;
    for (let duel = 0; duel < 100; duel += 1) {
      const next = createUint32Stream(`level ${duel}`);
      const keeper = new VerdictKeeper({ ...deals, sprt: { low: 0, high: 2 } });
      for (let deal = 0; deal < 1_000; deal += 1) {
        const isLevel = next() % 25 !== 0;
        keeper.add(isLevel ? 0 : next() % 10 === 0 ? 13.5 + (next() % 11) : -1.5);
      }
      if (keeper.outcome === 'failed') failed += 1;
    }
    expect(failed).toBeLessThan(5);
  });

  it('takes deals alone, and the lower difference first', () => {
    expect(() => new VerdictKeeper({ values: 'matches', sprt: { low: 0, high: 5 } })).toThrow(RangeError);
    expect(() => new VerdictKeeper({ ...deals, sprt: { low: 5, high: 0 } })).toThrow(RangeError);
  });
});
