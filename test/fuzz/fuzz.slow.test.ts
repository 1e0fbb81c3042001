import { describe, expect, it } from 'vitest';
import { runFuzz } from './campaign.js';
import { type Reader, steepGrowths } from './growth.js';
import { type Target, targets } from './targets.js';

const cases = 20_000;
const shares = targets.reduce((sum, { share }) => sum + share, 0);

describe('whatever comes from outside', () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    'does no harm as %s',
    async (_name, target) => {
      await target.run({ seed: 20_261, cases: Math.ceil((cases * target.share) / shares) });
    },
  );
});

describe('a campaign', () => {
  const target = (name: string, share: number, run: Target['run']): Target => ({ name, share, run });

  it('shares its cases out and ends when they are done', async () => {
    const runs: unknown[] = [];
    const note = (name: string) =>
      target(name, name === 'a' ? 3 : 1, async (one) => void runs.push([name, one]));
    const counts = await runFuzz({ targets: [note('a'), note('b')], seed: 7, cases: 16_000 });
    expect(Object.fromEntries(counts)).toEqual({ a: 12_000, b: 4_000 });
    expect(runs).toEqual([
      ['a', { seed: 7, cases: 7_500 }],
      ['b', { seed: 7, cases: 2_500 }],
      ['a', { seed: 8, cases: 4_500 }],
      ['b', { seed: 8, cases: 1_500 }],
    ]);
  });

  it('ends with its time', async () => {
    let time = 0;
    const slow = target('slow', 1, async () => void (time += 600));
    expect(await runFuzz({ targets: [slow], seed: 1, cases: 1e9, budgetMs: 1_000, now: () => time })).toEqual(
      new Map([['slow', 20_000]]),
    );
  });

  it('says which target failed, and with which seed', async () => {
    const bad = target('bad', 1, () => Promise.reject(new Error('counterexample')));
    await expect(runFuzz({ targets: [bad], seed: 5, cases: 1 })).rejects.toThrow(
      'bad, seed 5: counterexample',
    );
  });
});

describe('the look at growing times', () => {
  /** A reader whose time is what `cost` says of the length of its text. */
  function growths(cost: (length: number) => number) {
    let time = 0;
    const reader: Reader = { name: 'r', read: ({ length }) => void (time += cost(length)) };
    return steepGrowths([reader], ['ab'], () => time);
  }

  it('finds quadratic time', () => {
    expect(growths((length) => (length / 2 ** 13) ** 2)).toEqual([
      { reader: 'r', atom: 'ab', length: 2 ** 19, ms: 4_096, exponent: 2 },
    ]);
  });

  it('does not go on with what is slow before that', () => {
    expect(growths((length) => (length / 2 ** 11) ** 2)).toMatchObject([{ length: 2 ** 16, ms: 1_024 }]);
  });

  it('lets linear time be, and quadratic time that nobody would notice', () => {
    expect(growths((length) => length / 100)).toEqual([]);
    expect(growths((length) => (length / 2 ** 17) ** 2)).toEqual([]);
  });
});
