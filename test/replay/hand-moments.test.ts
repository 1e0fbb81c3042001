import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chipsOf } from '../../src/histories/hand-chips.js';
import { watchHand } from '../../src/replay/hand-moments.js';
import { sharedMainPot } from '../histories/example-hands.js';
import { randomHands } from '../histories/random-hands.js';

describe('a hand played again on our rules', () => {
  it('has every turn of a seat as it stood, and ends with the stacks of the hand', () => {
    fc.assert(
      fc.property(randomHands, (hands) => {
        for (const hand of hands) {
          const seatCount = Math.max(...hand.seats.map(({ seat }) => seat), hand.dealerSeat) + 1;
          for (const { seat } of hand.seats) {
            const { moments } = watchHand(hand, { watched: seat, number: hand.handNumber ?? 1, seatCount });
            const turns = moments.filter((moment) => moment.type === 'turn');
            const own = hand.history.filter(
              (entry) => entry.seat === seat && !entry.action.startsWith('post_'),
            );
            expect(turns.map(({ did }) => did)).toEqual(own);
            for (const { turn, did } of turns) {
              // What was done was on offer, and within its limits.
              if (did.action !== 'fold') expect(turn.validActions).toContain(did.action);
              if (did.action === 'call') expect(turn.toCall).toBe(did.amount);
              if (did.action === 'raise') {
                expect(did.amount).toBeGreaterThanOrEqual(turn.minRaise);
                expect(did.amount).toBeLessThanOrEqual(turn.maxRaise);
              }
            }
            const last = moments.at(-1);
            const ended = last?.type === 'fact' && last.fact.type === 'handEnded' ? last.fact : null;
            expect(hand.seats.map((one) => ended?.stacks[one.seat])).toEqual(
              hand.seats.map(({ stackAfter }) => stackAfter),
            );
            const paid = (ended?.payouts ?? []).reduce((sum, { amount }) => sum + amount, 0);
            expect(paid).toBe(ended?.pot);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('shows the board street by street, also when nobody can bet any more', () => {
    const { moments, chips } = watchHand(sharedMainPot, { watched: 2, number: 1, seatCount: 3 });
    const types = moments.map((moment) => (moment.type === 'turn' ? 'turn' : moment.fact.type));
    expect(types.join(' ')).toBe(
      'handStarted turn acted acted acted streetOpened acted acted acted streetOpened acted acted streetOpened acted acted handEnded',
    );
    expect(chips).toEqual(chipsOf(sharedMainPot));
  });
});
