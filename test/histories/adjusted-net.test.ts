import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedNetOf } from '../../src/histories/adjusted-net.js';
import { chipsOf } from '../../src/histories/hand-chips.js';
import { handOf } from './hands.js';
import { randomHands } from './random-hands.js';

const aces = handOf(
  {
    stacks: [1000, 1000],
    after: [0, 2000],
    dealer: 0,
    board: '2c7d9hKc4s',
    cards: ['AcAs', 'KhKd'],
    shown: [0, 1],
  },
  ['preflop: 0 sb 5, 1 bb 10, 0 raise 1000, 1 call 990'],
);

describe('the net of a hand without the luck of an all-in', () => {
  it('is the mean over all boards, where two are all-in', () => {
    expect(adjustedNetOf(aces, 0)).toBeCloseTo(625.11, 2);
    expect(adjustedNetOf(aces, 1)).toBeCloseTo(-625.11, 2);
  });

  it('gives back what nobody called', () => {
    const deeper = handOf(
      {
        stacks: [1000, 400],
        after: [600, 800],
        dealer: 0,
        board: '2c7d9hKc4s',
        cards: ['AcAs', 'KhKd'],
        shown: [0, 1],
      },
      ['preflop: 0 sb 5, 1 bb 10, 0 raise 1000, 1 call 390'],
    );
    expect(adjustedNetOf(deeper, 0)).toBeCloseTo(400 * 0.62511, 2);
    expect(adjustedNetOf(deeper, 1)).toBeCloseTo(-400 * 0.62511, 2);
  });

  it('counts the boards of the flop', () => {
    const flop = handOf(
      {
        stacks: [100, 100],
        after: [200, 0],
        dealer: 0,
        board: 'JhTh2c9h3c',
        cards: ['AhKh', 'QsQd'],
        shown: [0, 1],
      },
      ['preflop: 0 sb 5, 1 bb 10, 0 call 5, 1 check', 'flop: 1 raise 90, 0 call 90'],
    );
    expect(adjustedNetOf(flop, 0)).toBeCloseTo((200 * 555) / 990 - 100, 9);
  });

  it('is none where cards are not known, where more were dealt in, and where there was no all-in', () => {
    const hidden = {
      ...aces,
      seats: aces.seats.map((seat) => (seat.seat === 1 ? { ...seat, cards: null } : seat)),
    };
    expect(adjustedNetOf(hidden, 0)).toBeNull();
    const three = handOf(
      {
        stacks: [1000, 1000, 1000],
        after: [0, 2010, 990],
        dealer: 0,
        board: '2c7d9hKc4s',
        cards: ['AcAs', 'KhKd', ''],
        shown: [0, 1],
      },
      ['preflop: 1 sb 5, 2 bb 10, 0 raise 1000, 1 call 995, 2 fold'],
    );
    expect(adjustedNetOf(three, 0)).toBeNull();
    expect(adjustedNetOf(handOf({ stacks: [100, 100] }, ['preflop: 0 sb 5, 1 bb 10, 0 fold']), 0)).toBeNull();
  });

  it('adds up to nothing over both seats, whatever the table played', () => {
    fc.assert(
      fc.property(randomHands, (hands) => {
        for (const hand of hands) {
          const nets = hand.seats.map(({ seat }) => adjustedNetOf(hand, seat, chipsOf(hand)));
          if (nets.some((net) => net === null)) continue;
          expect(nets.reduce((sum: number, net) => sum + (net ?? 0), 0)).toBeCloseTo(0, 6);
        }
      }),
      { numRuns: 60 },
    );
  });
});
