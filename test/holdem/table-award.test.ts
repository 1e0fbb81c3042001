import { describe, expect, it } from 'vitest';
import { createTable } from '../../src/holdem/table.js';
import type { Table, TableOptions } from '../../src/holdem/table-types.js';

/** Four seats of 100 chips, 5/10. */
function fourSeats(options: Partial<TableOptions> = {}): Table {
  return createTable({
    seats: 4,
    startingStack: 100,
    smallBlind: 5,
    bigBlind: 10,
    seed: 'award',
    ...options,
  });
}

const act = (table: Table, ...actions: [action: string, amount?: number][]) => {
  for (const [action, amount] of actions) {
    table.act({ action, ...(amount === undefined ? {} : { params: { amount } }) });
  }
};

describe('a match that is awarded', () => {
  it('in a hand gives the seat every chip, and the others are placed by what they had before that hand', () => {
    const table = fourSeats();
    table.startHand();
    act(table, ['fold'], ['fold'], ['fold']);
    // Now 100, 95, 105, 100. Seat 0 is under the gun and puts everything in.
    table.startHand();
    act(table, ['raise', 100], ['call']);
    const expected = {
      type: 'matchEnded',
      standings: [
        { seat: 0, stack: 400, netChips: 300, handsWon: 0 },
        { seat: 1, stack: 0, netChips: -100, handsWon: 0 },
        { seat: 2, stack: 0, netChips: -100, handsWon: 1 },
        { seat: 3, stack: 0, netChips: -100, handsWon: 0 },
      ],
      finishingOrder: [
        { place: 1, seat: 0 },
        { place: 2, seat: 2 },
        { place: 3, seat: 3 },
        { place: 4, seat: 1 },
      ],
      hands: 1,
    };
    expect(table.award(0)).toEqual(expected);
    expect({
      turn: table.turn,
      over: table.over,
      hand: table.hand,
      stacks: table.stacks,
      standings: { type: 'matchEnded', ...table.standings },
    }).toEqual({ turn: null, over: true, hand: 2, stacks: [400, 0, 0, 0], standings: expected });
    expect(() => table.startHand()).toThrow('The match is over.');
    expect(() => table.act({ action: 'fold' })).toThrow('No hand is in play.');
    expect(() => table.award(0)).toThrow('The match is over.');
  });

  it('places who went out before below who was still in it', () => {
    const table = fourSeats({
      deckFor: () => ['As', 'Ks', '2c', 'Ad', 'Ah', 'Kh', '7d', 'Ac', '3d', '4h', '9s', 'Ts', 'Jc'],
    });
    table.startHand();
    // Seat 1 has aces, seat 3 the worst hand.
    act(table, ['raise', 100], ['fold'], ['call'], ['fold']);
    expect(table.stacks).toEqual([100, 210, 90, 0]);
    expect(() => table.award(3)).toThrow(RangeError);
    expect(table.award(2).finishingOrder).toEqual([
      { place: 1, seat: 2 },
      { place: 2, seat: 1 },
      { place: 3, seat: 0 },
      { place: 4, seat: 3 },
    ]);
  });

  it('before its first hand counts no hand, and equal seats share a place', () => {
    expect(fourSeats().award(3)).toMatchObject({
      finishingOrder: [
        { place: 1, seat: 3 },
        { place: 2, seat: 0 },
        { place: 2, seat: 1 },
        { place: 2, seat: 2 },
      ],
      hands: 0,
    });
  });

  it.each([-1, 4, 0.5, Number.NaN])('is refused for seat %d, and goes on', (seat) => {
    const table = fourSeats();
    table.startHand();
    expect(() => table.award(seat)).toThrow(RangeError);
    expect([table.over, table.turn?.seat]).toEqual([false, 3]);
  });
});

describe('stacks and standings', () => {
  it('can be read at any time: chips in front of the seats, and what they own while a hand is in play', () => {
    const table = fourSeats();
    const read = () => ({
      stacks: table.stacks,
      owned: table.standings.standings.map(({ stack }) => stack),
      hands: table.standings.hands,
    });
    const before = read();
    table.startHand();
    const posted = read();
    act(table, ['fold'], ['raise', 30], ['fold'], ['fold']);
    expect([before, posted, read()]).toEqual([
      { stacks: [100, 100, 100, 100], owned: [100, 100, 100, 100], hands: 0 },
      { stacks: [100, 95, 90, 100], owned: [100, 100, 100, 100], hands: 0 },
      { stacks: [115, 95, 90, 100], owned: [115, 95, 90, 100], hands: 1 },
    ]);
  });

  it('are copies', () => {
    const table = fourSeats();
    table.stacks[0] = 7;
    table.startHand();
    table.stacks[1] = 7;
    expect(table.stacks).toEqual([100, 95, 90, 100]);
  });
});
