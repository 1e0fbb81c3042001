import { expect, it } from 'vitest';
import { equityOf } from '../../src/holdem/hand-equity.js';
import { createEquityTable } from '../../src/review/equity-table.js';

it('the share of the first hand is the same whatever the suits are called, and in which order its cards are', () => {
  const { shareOfFirst } = createEquityTable();
  const share = shareOfFirst(
    [
      ['Ah', 'Kd'],
      ['Qs', 'Qc'],
    ],
    [],
  );
  expect(share).toBeGreaterThan(0.35);
  expect(share).toBeLessThan(0.52);
  expect(
    shareOfFirst(
      [
        ['Kc', 'As'],
        ['Qh', 'Qd'],
      ],
      [],
    ),
  ).toBe(share);
  // A suit in common is another matter.
  expect(
    shareOfFirst(
      [
        ['Ah', 'Kh'],
        ['Qs', 'Qc'],
      ],
      [],
    ),
  ).not.toBe(share);
});

it('of a table that remembers nothing is the same: the sample follows from the cards', () => {
  const hands = [
    ['7h', '7d'],
    ['As', 'Kc'],
  ];
  expect(createEquityTable().shareOfFirst(hands, [])).toBe(createEquityTable().shareOfFirst(hands, []));
});

it('from the flop on is exact, for three hands as well', () => {
  const hands = [
    ['Ah', 'Kd'],
    ['Qs', 'Qc'],
    ['Js', 'Ts'],
  ];
  const board = ['Kc', '7d', '2s'];
  const exact = equityOf(hands, board, { samples: Number.POSITIVE_INFINITY });
  expect(exact.isExact).toBe(true);
  expect(createEquityTable().shareOfFirst(hands, board)).toBe(exact.shares[0]);
});
