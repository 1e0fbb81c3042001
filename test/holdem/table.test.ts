import { describe, expect, it } from 'vitest';
import { deckCommitment, deckSeed, shuffledDeck } from '../../src/holdem/deck.js';
import { acted, entry, headsUp, play } from './table-match.js';
import { told } from './told.js';

const streetOpened = (street: string, board: string) => ({
  type: 'streetOpened',
  street,
  board: board.split(' '),
});
const commitmentOf = (seed: string, hand: number) =>
  deckCommitment(deckSeed(seed, hand), shuffledDeck(deckSeed(seed, hand)));

describe('a heads-up hand', () => {
  it('is dealt with the dealer on the small blind', () => {
    const table = headsUp();
    expect(told(table.startHand())).toEqual([
      {
        type: 'handStarted',
        hand: 1,
        dealerSeat: 0,
        stacks: [1000, 1000],
        posts: [entry(0, 'post_small_blind', 5), entry(1, 'post_big_blind', 10)],
        stacksAfterPosts: [995, 990],
        pot: 15,
        holeCards: [
          ['Qs', 'As'],
          ['8c', '3d'],
        ],
        deckCommitment: commitmentOf('seed-2', 1),
      },
    ]);
  });

  it('asks the dealer first before the flop and the other seat first after it', () => {
    const table = headsUp();
    table.startHand();
    const holeCards = [
      ['Qs', 'As'],
      ['8c', '3d'],
    ];
    expect(told(table.turn)).toEqual({
      seat: 0,
      validActions: ['fold', 'call', 'raise'],
      toCall: 5,
      minRaise: 20,
      maxRaise: 1000,
      fullRaise: 20,
      hand: 1,
      dealerSeat: 0,
      street: 'preflop',
      board: [],
      holeCards,
      pot: 15,
      stacks: [995, 990],
      history: [entry(0, 'post_small_blind', 5), entry(1, 'post_big_blind', 10)],
    });
    play(table, [0, 'call'], [1, 'check']);
    expect(told(table.turn)).toEqual({
      seat: 1,
      validActions: ['check', 'raise'],
      toCall: 0,
      minRaise: 10,
      maxRaise: 990,
      fullRaise: 10,
      hand: 1,
      dealerSeat: 0,
      street: 'flop',
      board: ['Jc', 'Js', 'Tc'],
      holeCards,
      pot: 20,
      stacks: [990, 990],
      history: [
        entry(0, 'post_small_blind', 5),
        entry(1, 'post_big_blind', 10),
        entry(0, 'call', 5),
        entry(1, 'check', 0),
      ],
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
    expect(told(play(table, ...history))).toEqual([
      acted(entry(0, 'raise', 30), 40, [970, 990]),
      acted(entry(1, 'call', 20), 60, [970, 970]),
      streetOpened('flop', 'Jc Js Tc'),
      acted(entry(1, 'check', 0, 'flop'), 60, [970, 970]),
      acted(entry(0, 'check', 0, 'flop'), 60, [970, 970]),
      streetOpened('turn', 'Jc Js Tc Kd'),
      acted(entry(1, 'check', 0, 'turn'), 60, [970, 970]),
      acted(entry(0, 'check', 0, 'turn'), 60, [970, 970]),
      streetOpened('river', 'Jc Js Tc Kd 2d'),
      acted(entry(1, 'raise', 50, 'river'), 110, [970, 920]),
      acted(entry(0, 'call', 50, 'river'), 160, [920, 920]),
      {
        type: 'handEnded',
        hand: 1,
        board: ['Jc', 'Js', 'Tc', 'Kd', '2d'],
        pot: 160,
        pots: [{ amount: 160, eligible: [0, 1], winners: [{ seat: 0, amount: 160 }] }],
        uncalled: null,
        payouts: [{ seat: 0, amount: 160 }],
        winners: [0],
        shown: [
          {
            seat: 1,
            holeCards: ['8c', '3d'],
            rank: 'Pair',
            best: ['Jc', 'Js', 'Kd', 'Tc', '8c'],
          },
          {
            seat: 0,
            holeCards: ['Qs', 'As'],
            rank: 'Straight',
            best: ['As', 'Kd', 'Qs', 'Jc', 'Tc'],
          },
        ],
        history: [
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
        deckCommitment: commitmentOf('seed-2', 1),
      },
    ]);
    expect([table.turn, table.over]).toEqual([null, false]);
  });

  it('won by a fold shows no cards and pays the uncalled bet back with the pot', () => {
    const table = headsUp();
    table.startHand();
    const facts = play(table, [0, 'raise', 200], [1, 'fold']);
    expect(facts.at(-1)).toMatchObject({
      type: 'handEnded',
      winners: [0],
      pot: 210,
      pots: [{ amount: 20, eligible: [0], winners: [{ seat: 0, amount: 20 }] }],
      uncalled: { seat: 0, amount: 190 },
      payouts: [{ seat: 0, amount: 210 }],
      shown: [],
      board: [],
      stacks: [1010, 990],
    });
  });

  it('deals the rest of the board when both are all-in, and ends the match when one has all chips', () => {
    const table = headsUp();
    table.startHand();
    const facts = play(table, [0, 'raise', 1000], [1, 'call']);
    expect(told(facts.slice(2, 5))).toEqual([
      streetOpened('flop', 'Jc Js Tc'),
      streetOpened('turn', 'Jc Js Tc Kd'),
      streetOpened('river', 'Jc Js Tc Kd 2d'),
    ]);
    expect(facts.slice(5)).toEqual([
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
    const facts = play(table, [0, 'raise', 1000], [1, 'call']);
    expect(facts.at(-1)).toMatchObject({
      type: 'handEnded',
      winners: [0, 1],
      pot: 2000,
      payouts: [
        { seat: 0, amount: 1000 },
        { seat: 1, amount: 1000 },
      ],
      stacks: [1000, 1000],
    });
    expect(table.startHand()[0]).toMatchObject({ type: 'handStarted', hand: 2, dealerSeat: 1 });
    expect(table.turn?.seat).toBe(1);
  });

  it('runs to its end at once when the blinds put everybody all-in', () => {
    const table = headsUp({ startingStack: 5 });
    const types = table.startHand().map(({ type }) => type);
    expect(types).toEqual([
      'handStarted',
      'streetOpened',
      'streetOpened',
      'streetOpened',
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
    expect(table.turn).toMatchObject({ seat: 2, street: 'river', pot: 50 });
  });
});
