import { expect, it } from 'vitest';
import { equityOf } from '../../src/holdem/hand-equity.js';
import { createEquityTable } from '../../src/review/equity-table.js';

it('of two hands is exact before the flop, too', () => {
  const { shareOfFirst } = createEquityTable({ samples: 1 });
  // 1,410,336 of 1,712,304 boards are won, and 9,308 are split.
  const aces = [
    ['As', 'Ah'],
    ['Ks', 'Kh'],
  ];
  expect(shareOfFirst(aces, [])).toBe((1_410_336 + 9_308 / 2) / 1_712_304);
  expect(shareOfFirst(aces.toReversed(), [])).toBeCloseTo(1 - shareOfFirst(aces, []), 12);
});

it('of three hands is the same whatever the suits are called, and in which order their cards are', () => {
  const { shareOfFirst } = createEquityTable();
  const shareOf = (...hands: string[]): number =>
    shareOfFirst(
      hands.map((cards) => cards.split(' ')),
      [],
    );
  const share = shareOf('Ah Kd', 'Qs Qc', 'Jh Td');
  expect(share).toBeGreaterThan(0.25);
  expect(share).toBeLessThan(0.5);
  expect(shareOf('Kc As', 'Qh Qd', 'Js Tc')).toBe(share);
  // A suit in common is another matter.
  expect(shareOf('Ah Kh', 'Qs Qc', 'Jh Td')).not.toBe(share);
});

it('of a table that remembers nothing is the same: the sample follows from the cards', () => {
  const hands = [
    ['7h', '7d'],
    ['As', 'Kc'],
    ['Js', 'Td'],
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
