import { describe, expect, it } from 'vitest';
import { ohhOf } from '../../../src/histories/formats/ohh-write.js';
import type { HandHistory } from '../../../src/histories/hand-history.js';
import {
  coveredCall,
  cutOff,
  foldedRound,
  sharedMainPot,
  splitBoard,
  takenOnFlop,
} from '../example-hands.js';
import { incompleteHands } from '../incomplete-hands.js';

const written = (hand: HandHistory) => JSON.parse(ohhOf(hand, null)).ohh;

/** `name action amount` of a round, with a star where it took the last chip. */
const actionsOf = (hand: HandHistory, round: number): string[] =>
  written(hand).rounds[round].actions.map(
    (row: { player_id: number; action: string; amount: number; is_allin: boolean }) =>
      `${row.player_id} ${row.action} ${row.amount}${row.is_allin ? '*' : ''}`,
  );

describe('a hand in Open Hand History', () => {
  it('has its players, its level and its number as text', () => {
    const { internal_version, rounds, pots, ...head } = written(coveredCall);
    expect(head).toEqual({
      spec_version: '1.4.7',
      site_name: 'Chipzen',
      network_name: 'Chipzen',
      game_number: '6711612085300001',
      start_date_utc: '2026-11-27T22:01:00.000Z',
      table_name: 'Match 67116120853',
      table_handle: 'match-1',
      game_type: 'Holdem',
      bet_limit: { bet_type: 'NL', bet_cap: 0 },
      table_size: 2,
      currency: 'XPM',
      dealer_seat: 1,
      small_blind_amount: 5,
      big_blind_amount: 10,
      ante_amount: 0,
      hero_player_id: 0,
      players: [
        { id: 0, seat: 1, name: 'Ann', starting_stack: 1500 },
        { id: 1, seat: 2, name: 'Bob', starting_stack: 500 },
      ],
    });
    expect([typeof internal_version, rounds.length]).toEqual(['string', 5]);
    expect(pots).toEqual([
      { number: 0, amount: 1000, rake: 0, player_wins: [{ player_id: 0, win_amount: 1000 }] },
    ]);
  });

  it('says of a raise what it puts in, and of a call what it adds', () => {
    expect(actionsOf(coveredCall, 0)).toEqual([
      '0 Post SB 5',
      '1 Post BB 10',
      '1 Dealt Cards 0',
      '0 Dealt Cards 0',
      '0 Raise 25',
      '1 Call 20',
    ]);
    expect(actionsOf(coveredCall, 2)).toEqual(['1 Check 0', '0 Bet 1410*', '1 Call 410*']);
    expect(actionsOf(takenOnFlop, 1)).toEqual([
      '5 Check 0',
      '0 Bet 45',
      '2 Raise 130',
      '5 Fold 0',
      '0 Fold 0',
    ]);
  });

  it('has the new cards of each street, and a show-down only where somebody shows', () => {
    expect(
      written(coveredCall).rounds.map(({ id, street, cards }: Record<string, unknown>) => [
        id,
        street,
        cards,
      ]),
    ).toEqual([
      [0, 'Preflop', undefined],
      [1, 'Flop', ['Kc', '7d', '2s']],
      [2, 'Turn', ['9h']],
      [3, 'River', ['3c']],
      [4, 'Showdown', undefined],
    ]);
    expect(written(takenOnFlop).rounds.map(({ street }: Record<string, unknown>) => street)).toEqual([
      'Preflop',
      'Flop',
    ]);
    const mucked = {
      ...coveredCall,
      seats: coveredCall.seats.map((seat) => (seat.seat === 1 ? { ...seat, hasShown: false } : seat)),
    };
    expect(actionsOf(mucked, 4)).toEqual(['1 Mucks Cards 0', '0 Shows Cards 0']);
  });

  it.each([
    [
      'side pots',
      sharedMainPot,
      [
        [159, [80, 79]],
        [50, [25, 25]],
      ],
    ],
    ['a split', splitBoard, [[800, [400, 400]]]],
    ['the blind that nobody called', foldedRound, [[10, [10]]]],
    ['an end that is not known', cutOff, []],
  ])('has pots without uncalled chips: %s', (_, hand, pots) => {
    const found = written(hand).pots.map(
      ({ amount, player_wins: wins }: { amount: number; player_wins: { win_amount: number }[] }) => [
        amount,
        wins.map(({ win_amount: chips }) => chips),
      ],
    );
    expect(found).toEqual(pots);
  });

  it('is one line and a blank one, and observed where nobody is the hero', () => {
    expect(ohhOf(splitBoard, null)).toMatch(/^\{"ohh":\{.*\}\}\n\n$/);
    expect([written(splitBoard).flags, written(splitBoard).hero_player_id]).toEqual([
      ['Observed'],
      undefined,
    ]);
  });

  it.each(incompleteHands)('is refused with %s', (code, hand, why) => {
    expect(() => ohhOf(hand, null)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(why) }),
    );
  });
});
