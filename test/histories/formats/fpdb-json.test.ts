import { describe, expect, it } from 'vitest';
import { fpdbJsonOf, readFpdbJson } from '../../../src/histories/formats/fpdb-json.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import {
  coveredCall,
  cutOff,
  foldedRound,
  sharedMainPot,
  shortBlind,
  splitBoard,
  takenOnFlop,
} from '../example-hands.js';
import { expectRoundTrips } from './round-trips.js';

const examples = [coveredCall, sharedMainPot, takenOnFlop, splitBoard, foldedRound, shortBlind, cutOff];

/** Cards that nobody showed are not told, but for the player's own. */
const asTold = (hand: HandHistory): HandHistory => ({
  ...hand,
  source: 'fpdb-json',
  seats: hand.seats.map((seat) => ({
    ...seat,
    cards: seat.hasShown || seat.seat === hand.hero ? seat.cards : null,
  })),
});

const line = fpdbJsonOf(takenOnFlop);

describe('a hand in fpdb-json', () => {
  it('is told as its player got it', () => {
    const { match, round_start: start, phase_changes: phases, round_result: end, schema } = JSON.parse(line);
    expect(schema).toBe('fpdb-chipzen-hand/v1');
    expect(match.seats[0]).toEqual({ seat: 0, display_name: 'Ann', is_self: true });
    expect(start.state).toEqual({
      hand_number: 1,
      dealer_seat: 3,
      stacks: [1000, 1000, 1000, 1000, 1000, 1000],
      your_hole_cards: ['9s', '9d'],
    });
    expect(phases).toEqual([{ phase: 'flop', board: ['9h', '6c', '2s'] }]);
    const { action_history: actions, ...result } = end.result;
    expect(actions.at(-3)).toEqual({
      seat: 2,
      action: 'raise',
      amount: 130,
      phase: 'flop',
      is_timeout: false,
    });
    expect(result).toEqual({
      hand_number: 1,
      winner_seats: [2],
      pot: 255,
      payouts: [{ seat: 2, amount: 255 }],
      showdown: [],
      stacks: [930, 1000, 1100, 1000, 995, 975],
    });
  });

  it('is read as it was', () => {
    const { hands, refused } = readFpdbJson(examples.map(fpdbJsonOf).join(''));
    expect(refused).toEqual([]);
    expect(hands).toEqual(examples.map(asTold));
  });

  it('of the table is read as it was played', () => {
    expectRoundTrips({ write: fpdbJsonOf, read: readFpdbJson, asTold });
  });

  it('may tell the cards of a winner whom nobody called: they were not shown', () => {
    const text = line.replace('"showdown":[]', '"showdown":[{"seat":2,"hole_cards":["Ah","Ad"]}]');
    expect(readFpdbJson(text).hands[0]?.seats[2]).toMatchObject({ cards: ['Ah', 'Ad'], hasShown: false });
  });

  it.each([
    ['no JSON', '{', 'unreadable', 'fpdb-chipzen-hand/v1'],
    ['another schema', line.replace('/v1', '/v2'), 'unreadable', 'fpdb-chipzen-hand/v1'],
    ['no match', line.replace('"match"', '"mitch"'), 'unreadable', 'match'],
    ['an action that is none', line.replace('"action":"fold"', '"action":"muck"'), 'unreadable', 'muck'],
    ['no stacks', line.replace('"stacks":[', '"stocks":['), 'no_stacks', 'stacks'],
    ['no dealer', line.replace('"dealer_seat"', '"dealer"'), 'unreadable', 'missing'],
    ['no history', line.replace('"action_history"', '"actions"'), 'unreadable', 'action_history'],
    ['chips from nowhere', line.replace('"stacks":[930', '"stacks":[931'), 'unsound', 'were won'],
  ])('is refused with %s, and costs no other hand', (_, block, code, why) => {
    expect(readFpdbJson(`${block.trim()}\n${line}`)).toMatchObject({
      blocks: 2,
      hands: [asTold(takenOnFlop)],
      refused: [{ position: 1, code, why: expect.stringContaining(why) }],
    });
  });

  it.each([
    ['no_stacks', { ...foldedRound, seats: foldedRound.seats.map((seat) => ({ ...seat, stack: null })) }],
    ['no_end', { ...foldedRound, seats: foldedRound.seats.map((seat) => ({ ...seat, stackAfter: null })) }],
    ['unsound', { ...foldedRound, rake: 1 }],
  ])('is not written with %s', (code, hand) => {
    expect(() => fpdbJsonOf(hand)).toThrow(expect.objectContaining({ code }));
  });
});
