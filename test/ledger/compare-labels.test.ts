import { describe, expect, it } from 'vitest';
import { createUint32Stream } from '../../src/chance/random.js';
import { compareLabels } from '../../src/ledger/compare-labels.js';
import type { LedgerRow } from '../../src/ledger/ledger-row.js';
import { entriesOf } from '../../src/ledger/rows-of-match.js';
import { exampleMatch } from './example-matches.js';

const [row] = entriesOf(exampleMatch()).rows as [LedgerRow];
const labels = { a: 'v1', b: 'v2' };

let serial = 0;
function matchOf(label: string, opponent: string, given: Partial<LedgerRow> = {}): LedgerRow {
  serial += 1;
  return { ...row, matchId: `m${serial}`, label, opponents: [opponent], startedAt: serial, ...given };
}

const won = { net: 10_000 };
const lost = { net: -10_000 };
const times = (n: number, make: (index: number) => LedgerRow): LedgerRow[] =>
  Array.from({ length: n }, (_, index) => make(index));

describe('two labels', () => {
  it('are compared by matches against the same opponents', () => {
    const rows = [
      ...times(60, (index) => matchOf('v1', 'Bob', index % 4 === 0 ? won : lost)),
      ...times(50, (index) => matchOf('v2', 'Bob', index % 4 === 0 ? lost : won)),
      ...times(7, () => matchOf('v2', 'Ann', lost)),
      ...times(3, () => matchOf('other', 'Bob', lost)),
    ];
    const { verdict, mix, a, b } = compareLabels(rows, labels);
    expect(verdict).toMatchObject({ n: 50, unit: 'points', values: 'matched pairs', outcome: 'better' });
    // Of the first 50 each won 13 and lost as many: 37 less 13 of 50.
    expect(verdict.mean).toBeCloseTo(48, 9);
    expect(mix).toEqual([
      {
        opponent: 'Bob',
        format: 'heads-up 1000 5/10',
        a: { matches: 60, won: 15, share: 1 },
        b: { matches: 50, won: 37, share: 50 / 57 },
        pairs: 50,
      },
      {
        opponent: 'Ann',
        format: 'heads-up 1000 5/10',
        a: { matches: 0, won: 0, share: 0 },
        b: { matches: 7, won: 0, share: 7 / 57 },
        pairs: 0,
      },
    ]);
    expect([a.matches, b.matches]).toEqual([60, 57]);
  });

  it('are mirrored when they change places', () => {
    const rows = [
      ...times(60, (index) => matchOf('v1', 'Bob', index % 4 === 0 ? won : lost)),
      ...times(60, (index) => matchOf('v2', 'Bob', index % 3 === 0 ? lost : won)),
    ];
    const there = compareLabels(rows, labels).verdict;
    const back = compareLabels(rows, { a: 'v2', b: 'v1' }).verdict;
    expect([there.outcome, back.outcome]).toEqual(['better', 'worse']);
    expect(back.mean).toBeCloseTo(-(there.mean ?? 0), 9);
  });

  it('are not told apart by whom they met', () => {
    // Both win 9 of 10 against the weak one and 1 of 10 against the strong one, but one of them meets the weak one far more often.
    const next = createUint32Stream('mix');
    const play = (label: string, weak: number, strong: number): LedgerRow[] => [
      ...times(weak, () => matchOf(label, 'weak', next() % 10 === 0 ? lost : won)),
      ...times(strong, () => matchOf(label, 'strong', next() % 10 === 0 ? won : lost)),
    ];
    const rows = [...play('v1', 50, 350), ...play('v2', 350, 50)];
    const { verdict, a, b } = compareLabels(rows, labels);
    expect(b.won / b.matches - a.won / a.matches).toBeGreaterThan(0.4);
    expect(verdict).toMatchObject({ n: 100, outcome: 'undecided', reason: 'open' });
  });

  it('leave out matches without a known end, those of two versions, and what the filter keeps away', () => {
    const rows = [
      matchOf('v1', 'Bob', { net: null }),
      matchOf('v1', 'Bob', { ...won, outcome: 'open' }),
      matchOf('v1', 'Bob', { ...won, isMixed: true }),
      matchOf('v1', 'Bob', won),
      matchOf('v2', 'Bob', won),
      matchOf('v2', 'Ann', won),
    ];
    const all = compareLabels(rows, labels);
    expect(all).toMatchObject({ open: 2, verdict: { n: 1 } });
    expect(all.mix.map(({ opponent }) => opponent)).toEqual(['Bob', 'Ann']);
    expect(compareLabels(rows, labels, { opponent: 'ann' })).toMatchObject({ verdict: { n: 0 } });
  });

  it('do not set formats against each other', () => {
    const rows = [
      matchOf('v1', 'Bob', { ...won, format: 'heads-up 1000 5/10' }),
      matchOf('v2', 'Bob', { ...lost, format: '6 seats 1000 5/10' }),
    ];
    expect(compareLabels(rows, labels).verdict.n).toBe(0);
  });

  it('count pairs in the order in which they were complete', () => {
    const early = times(40, () => matchOf('v1', 'Bob', lost));
    const later = times(40, () => matchOf('v2', 'Bob', won));
    const { verdict } = compareLabels([...later, ...early], labels);
    expect(verdict).toMatchObject({ n: 40, outcome: 'undecided', reason: 'no spread' });
  });
});
