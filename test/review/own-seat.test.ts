import { expect, it } from 'vitest';
import { isSameName, ownSeatOf } from '../../src/review/own-seat.js';
import { coveredCall } from '../histories/example-hands.js';
import { collectedMatch } from './matches.js';

const ours = collectedMatch([coveredCall], { seat: 1 });

it('the own seat is that of the bot that recorded the match', () => {
  expect(ownSeatOf(ours, {})).toEqual({ seat: 1, view: ours });
});

it('a name or a number takes another seat, without the turns that only a recording has', () => {
  expect(ownSeatOf(ours, { hero: 'ANN' })).toEqual({ seat: 0, view: null });
  expect(ownSeatOf(ours, { hero: '1' })).toEqual({ seat: 1, view: ours });
  expect(ownSeatOf(ours, { hero: 'Cid' })).toBeNull();
});

it('the record of a local platform has no own seat', () => {
  expect(ownSeatOf(collectedMatch([coveredCall], { by: 'platform', seat: null }), {})).toBeNull();
});

it('names are the same whatever their case', () => {
  expect([isSameName('Rook', 'rOOK'), isSameName('Rook', 'Rooks')]).toEqual([true, false]);
});
