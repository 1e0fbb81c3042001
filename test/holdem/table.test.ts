import { describe, expect, it } from 'vitest';
import { deckCommitment, deckSeed, shuffledDeck } from '../../src/holdem/deck.js';
import { acted, entry, headsUp, play } from './table-match.js';

const phaseChanged = (phase: string, board: string) => ({
  type: 'phaseChanged',
  state: { phase, board: board.split(' ') },
});
const commitmentOf = (seed: string, hand: number) =>
  deckCommitment(deckSeed(seed, hand), shuffledDeck(deckSeed(seed, hand)));

describe('a heads-up hand', () => {
  it('is dealt with the dealer on the small blind, and each seat sees only its own cards', () => {
    const table = headsUp();
    const [started] = table.startHand();
    const common = {
      hand_number: 1,
      dealer_seat: 0,
      pot: 15,
      post_blind_stacks: [995, 990],
      stacks: [1000, 1000],
      deck_commitment: commitmentOf('seed-2', 1),
    };
    expect(started).toMatchObject({ type: 'handStarted', hand: 1, dealerSeat: 0 });
    expect(started?.type === 'handStarted' && [0, 1].map((seat) => started.stateFor(seat))).toEqual([
      { ...common, your_hole_cards: ['Qs', 'As'] },
      { ...common, your_hole_cards: ['8c', '3d'] },
    ]);
  });

  it('asks the dealer first before the flop and the other seat first after it', () => {
    const table = headsUp();
    table.startHand();
    expect(table.turn).toEqual({
      seat: 0,
      validActions: ['fold', 'call', 'raise'],
      state: {
        hand_number: 1,
        phase: 'preflop',
        board: [],
        your_hole_cards: ['Qs', 'As'],
        pot: 15,
        your_stack: 995,
        opponent_stacks: [990],
        to_call: 5,
        min_raise: 20,
        max_raise: 1000,
        action_history: [entry(0, 'post_small_blind', 5), entry(1, 'post_big_blind', 10)],
      },
    });
    play(table, [0, 'call'], [1, 'check']);
    expect(table.turn).toEqual({
      seat: 1,
      validActions: ['check', 'raise'],
      state: {
        hand_number: 1,
        phase: 'flop',
        board: ['Jc', 'Js', 'Tc'],
        your_hole_cards: ['8c', '3d'],
        pot: 20,
        your_stack: 990,
        opponent_stacks: [990],
        to_call: 0,
        min_raise: 10,
        max_raise: 990,
        action_history: [
          entry(0, 'post_small_blind', 5),
          entry(1, 'post_big_blind', 10),
          entry(0, 'call', 5),
          entry(1, 'check', 0),
        ],
      },
    });
  });

  it('tells every step, up to the showdown', () => {
    const table = headsUp();
    table.startHand();
    const history: [number, string, number?][] = [
      [0, 'raise', 30],
      [1, 'call'],
      [1, 'check'],
      [0, 'check'],
      [1, 'check'],
      [0, 'check'],
      [1, 'raise', 50],
      [0, 'call'],
    ];
    expect(play(table, ...history)).toEqual([
      acted(0, 'raise', 30, 40, [970, 990]),
      acted(1, 'call', 20, 60, [970, 970]),
      phaseChanged('flop', 'Jc Js Tc'),
      acted(1, 'check', 0, 60, [970, 970]),
      acted(0, 'check', 0, 60, [970, 970]),
      phaseChanged('turn', 'Jc Js Tc Kd'),
      acted(1, 'check', 0, 60, [970, 970]),
      acted(0, 'check', 0, 60, [970, 970]),
      phaseChanged('river', 'Jc Js Tc Kd 2d'),
      acted(1, 'raise', 50, 110, [970, 920]),
      acted(0, 'call', 50, 160, [920, 920]),
      {
        type: 'handEnded',
        hand: 1,
        result: {
          hand_number: 1,
          winner_seats: [0],
          pot: 160,
          payouts: [{ seat: 0, amount: 160 }],
          showdown: [
            {
              seat: 1,
              hole_cards: ['8c', '3d'],
              hand_rank: 'Pair',
              best_hand: ['Jc', 'Js', 'Kd', 'Tc', '8c'],
            },
            {
              seat: 0,
              hole_cards: ['Qs', 'As'],
              hand_rank: 'Straight',
              best_hand: ['As', 'Kd', 'Qs', 'Jc', 'Tc'],
            },
          ],
          action_history: [
            entry(0, 'post_small_blind', 5),
            entry(1, 'post_big_blind', 10),
            entry(0, 'raise', 30),
            entry(1, 'call', 20),
            entry(1, 'check', 0, 'flop'),
            entry(0, 'check', 0, 'flop'),
            entry(1, 'check', 0, 'turn'),
            entry(0, 'check', 0, 'turn'),
            entry(1, 'raise', 50, 'river'),
            entry(0, 'call', 50, 'river'),
          ],
          stacks: [1080, 920],
          deck_commitment: commitmentOf('seed-2', 1),
          deck_reveal: null,
        },
      },
    ]);
    expect([table.turn, table.over]).toEqual([null, false]);
  });

  it('won by a fold shows no cards and pays the uncalled bet back with the pot', () => {
    const table = headsUp();
    table.startHand();
    const events = play(table, [0, 'raise', 200], [1, 'fold']);
    expect(events.at(-1)).toMatchObject({
      type: 'handEnded',
      result: {
        winner_seats: [0],
        pot: 210,
        payouts: [{ seat: 0, amount: 210 }],
        showdown: [],
        stacks: [1010, 990],
      },
    });
  });

  it('deals the rest of the board when both are all-in, and ends the match when one has all chips', () => {
    const table = headsUp();
    table.startHand();
    const events = play(table, [0, 'raise', 1000], [1, 'call']);
    expect(events.slice(2, 5)).toEqual([
      phaseChanged('flop', 'Jc Js Tc'),
      phaseChanged('turn', 'Jc Js Tc Kd'),
      phaseChanged('river', 'Jc Js Tc Kd 2d'),
    ]);
    expect(events.slice(5)).toEqual([
      expect.objectContaining({ type: 'handEnded' }),
      {
        type: 'matchEnded',
        standings: [
          { seat: 0, stack: 2000, netChips: 1000, handsWon: 1 },
          { seat: 1, stack: 0, netChips: -1000, handsWon: 0 },
        ],
        finishingOrder: [
          { place: 1, seat: 0 },
          { place: 2, seat: 1 },
        ],
        hands: 1,
      },
    ]);
    expect(table.over).toBe(true);
    expect(() => table.startHand()).toThrow('The match is over.');
  });

  it('splits the pot between equal hands, and the match goes on', () => {
    // 8h Kd and 6d Ks on 5s 2h 2s Jh Th.
    const table = headsUp({ seed: 'seed-42' });
    table.startHand();
    const events = play(table, [0, 'raise', 1000], [1, 'call']);
    expect(events.at(-1)).toMatchObject({
      type: 'handEnded',
      result: {
        winner_seats: [0, 1],
        pot: 2000,
        payouts: [
          { seat: 0, amount: 1000 },
          { seat: 1, amount: 1000 },
        ],
        stacks: [1000, 1000],
      },
    });
    expect(table.startHand()[0]).toMatchObject({ type: 'handStarted', hand: 2, dealerSeat: 1 });
    expect(table.turn?.seat).toBe(1);
  });

  it('runs to its end at once when the blinds put everybody all-in', () => {
    const table = headsUp({ startingStack: 5 });
    const types = table.startHand().map((event) => event.type);
    expect(types).toEqual([
      'handStarted',
      'phaseChanged',
      'phaseChanged',
      'phaseChanged',
      'handEnded',
      'matchEnded',
    ]);
  });
});

describe('a hand with three seats', () => {
  it('asks the seat after the big blind first, and the dealer last after the flop', () => {
    const table = headsUp({ seats: 3 });
    table.startHand();
    play(
      table,
      [0, 'call'],
      [1, 'call'],
      [2, 'check'],
      [1, 'check'],
      [2, 'check'],
      [0, 'raise', 10],
      [1, 'fold'],
    );
    expect(table.turn?.seat).toBe(2);
    play(table, [2, 'call'], [2, 'check'], [0, 'check']);
    expect(table.turn).toMatchObject({ seat: 2, state: { phase: 'river', pot: 50 } });
  });
});
