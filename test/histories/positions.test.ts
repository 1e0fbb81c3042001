import { expect, it } from 'vitest';
import { positionsOf } from '../../src/histories/positions.js';
import { handOf } from './hands.js';

const names = (count: number, dealer: number) =>
  positionsOf(handOf({ stacks: Array(count).fill(100), dealer }, [])).join(' ');

it.each([
  [2, 'BTN BB'],
  [3, 'BTN SB BB'],
  [4, 'BTN SB BB CO'],
  [5, 'BTN SB BB UTG CO'],
  [6, 'BTN SB BB UTG HJ CO'],
  [8, 'BTN SB BB UTG MP MP HJ CO'],
])('%i seats with the button at the first sit as %s', (count, expected) => {
  expect(names(count, 0)).toBe(expected);
});

it('positions go round with the button', () => {
  expect(names(3, 2)).toBe('SB BB BTN');
  expect(names(2, 1)).toBe('BB BTN');
});

it('the seat that acts last has the button of an empty seat', () => {
  const { seats, ...hand } = handOf({ stacks: [100, 100, 100, 100], dealer: 1 }, []);
  const dealt = seats.filter(({ seat }) => seat !== 1);
  expect(positionsOf({ ...hand, seats: dealt })).toEqual(['BTN', 'SB', 'BB']);
});
