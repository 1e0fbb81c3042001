import { describe, expect, it } from 'vitest';
import { acpcOf } from '../../../src/histories/formats/acpc-write.js';
import { coveredCall, foldedRound, sharedMainPot, splitBoard, takenOnFlop } from '../example-hands.js';
import { handOf } from '../hands.js';

const lineOf = (hand: Parameters<typeof acpcOf>[0]) => acpcOf(hand).split('\n')[1];

describe('a hand as an ACPC line', () => {
  it.each([
    [
      'heads-up has the big blind first',
      coveredCall,
      'STATE:1:r30c/cr90c/cr1500c/:QsQc|AhKd/Kc7d2s/9h/3c:-500|500:Bob|Ann',
    ],
    [
      'says the total of the hand, and nothing for cards that are not known',
      takenOnFlop,
      'STATE:1:r25fcffc/cr70r155ff:||9s9d|||/9h6c2s:-5|-25|-70|0|100|0:Eve|Fay|Ann|Bob|Cid|Dot',
    ],
    [
      'has a slash for each street that is reached',
      splitBoard,
      'STATE:1:r1000c///:3h3d|2c2d/AcKdQh/Js/Ts:0|0:Bob|Ann',
    ],
    ['has the blinds in its values', foldedRound, 'STATE:1:ff:||:-5|5|0:Ann|Bob|Cid'],
  ])('%s', (_, hand, line) => {
    expect(lineOf(hand)).toBe(line);
  });

  it('has stacks, blinds and seats in a comment above it', () => {
    expect(acpcOf(coveredCall).split('\n')[0]).toBe(
      `# {"match":"match-1","at":${coveredCall.startedAt},"seats":[2,1],"stacks":[500,1500],"blinds":[10,5],"hero":1}`,
    );
  });

  it('that was cut off has the call that ended its last street, and no values', () => {
    const hand = {
      ...handOf({ stacks: [500, 500], board: 'Kc7d2s', level: { smallBlind: 10, bigBlind: 20, ante: 0 } }, [
        'preflop: 0 sb 10, 1 bb 20, 0 call 10, 1 raise 60, 0 call 40',
        'flop: 1 check, 0 raise 40, 1 call 40',
      ]),
      isFinished: false,
    };
    expect(lineOf(hand)).toBe('STATE:1:cr60c/cr100c:|/Kc7d2s::Bob|Ann');
  });

  it('tells names that are different, without what separates parts of a line', () => {
    const seats = foldedRound.seats.map((seat) => ({ ...seat, name: 'A:|B' }));
    expect(lineOf({ ...foldedRound, seats })).toContain(':A_B|A_B_2|A_B_3');
  });

  it.each([
    ['antes', sharedMainPot, /no antes.*PHH, PokerStars text and Open Hand History/],
    ['no_number', { ...foldedRound, handNumber: null }, /number/],
    [
      'no_stacks',
      { ...foldedRound, seats: foldedRound.seats.map((seat) => ({ ...seat, stack: null })) },
      /stacks/,
    ],
    [
      'no_end',
      { ...foldedRound, seats: foldedRound.seats.map((seat) => ({ ...seat, stackAfter: null })) },
      /won/,
    ],
    ['unsound', { ...foldedRound, rake: 1 }, /no rake/],
    [
      'free_fold',
      handOf({ stacks: [99, 99], after: [109, 89] }, ['preflop: 0 sb 5, 1 bb 10, 0 call 5, 1 fold']),
      /Seat 1 folds on the preflop where it could check/,
    ],
  ])('is refused with %s', (code, hand, message) => {
    expect(() => acpcOf(hand)).toThrow(
      expect.objectContaining({ code, message: expect.stringMatching(message) }),
    );
  });
});
