import { expect, it } from 'vitest';
import type { LedgerRow } from '../../src/ledger/ledger-row.js';
import { ledgerLine } from '../../src/ledger/ledger-sums.js';
import { entriesOf } from '../../src/ledger/rows-of-match.js';
import { exampleMatch } from './example-matches.js';

const [row] = entriesOf(exampleMatch()).rows as [LedgerRow];

it('adds up counts, and knows a match that nobody knows the chips of', () => {
  const rows = [
    row,
    { ...row, net: -100, outcome: 'abandoned' as const, errors: 2 },
    { ...row, net: null, errors: null },
    { ...row, net: 0 },
  ];
  expect(ledgerLine(rows)).toMatchObject({
    matches: 4,
    won: 1,
    lost: 1,
    unknown: 1,
    abandoned: 1,
    net: -60,
    hands: 8,
    turns: 20,
    answeredFor: 4,
    errors: 2,
    resumes: 4,
  });
});

it('has bb/100 with the interval of matches, not of hands', () => {
  // Matches of 10, 20, 30 and 5 hands that won 12, -7, 30 and 4 big blinds: the example of the statistics, times 100.
  const rows = (
    [
      [10, 12],
      [20, -7],
      [30, 30],
      [5, 4],
    ] as const
  ).map(([levelHands, levelNet]) => ({
    ...row,
    levelHands,
    levelNet,
  }));
  const { bbPer100 } = ledgerLine(rows);
  expect(bbPer100.value).toBeCloseTo(60, 10);
  expect(bbPer100.interval?.low).toBeCloseTo(-71.6184402399069, 7);
  expect(bbPer100.interval?.high).toBeCloseTo(191.6184402399069, 7);
});

it('has no bb/100 where no level is known, and no interval with one match', () => {
  expect(ledgerLine([{ ...row, levelHands: 0, levelNet: 0 }]).bbPer100).toEqual({
    value: null,
    error: null,
    interval: null,
  });
  expect(ledgerLine([row]).bbPer100).toEqual({ value: 200, error: null, interval: null });
  expect(ledgerLine([]).chipsPerHand.value).toBeNull();
});
