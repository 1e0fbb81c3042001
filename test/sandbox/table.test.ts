import { describe, expect, it } from 'vitest';
import { deckCommitment, deckSeed, shuffledDeck } from '../../src/sandbox/deck.js';
import {
  createTable,
  IllegalActionError,
  safeAction,
  type Table,
  type TableEvent,
  type TableOptions,
} from '../../src/sandbox/table.js';

/** Heads-up, 1000 chips, 5/10. With `seed-2` seat 0 has Qs As against 8c 3d on Jc Js Tc Kd 2d. */
function headsUp(options: Partial<TableOptions> = {}): Table {
  return createTable({
    seats: 2,
    startingStack: 1000,
    smallBlind: 5,
    bigBlind: 10,
    seed: 'seed-2',
    ...options,
  });
}

const act = (action: string, amount?: number) =>
  amount === undefined ? { action } : { action, params: { amount } };

/** Plays these actions in turn and gives all events, hands not started by it excepted. */
function play(table: Table, ...actions: [seat: number, action: string, amount?: number][]): TableEvent[] {
  return actions.flatMap(([seat, action, amount]) => {
    expect(table.turn?.seat).toBe(seat);
    return table.act(act(action, amount));
  });
}

const entry = (seat: number, action: string, amount: number, phase = 'preflop') => ({
  seat,
  action,
  amount,
  phase,
  is_timeout: false,
});
const acted = (seat: number, action: string, amount: number, pot: number, stacks: number[]) => ({
  type: 'acted',
  seat,
  details: { action, amount, pot, stacks, is_timeout: false },
});
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

  it('gives the odd chip of a split pot to the earliest seat', () => {
    // Jc and Jh make the same straight for seats 1 and 2 on Qs Kd 2c Td Ad.
    const table = headsUp({ seats: 3, bigBlind: 11, seed: 'seed-64' });
    table.startHand();
    const street: [number, string][] = [
      [1, 'check'],
      [2, 'check'],
      [0, 'check'],
    ];
    const events = play(table, [0, 'call'], [1, 'call'], [2, 'check'], ...street, ...street, ...street);
    expect(events.at(-1)).toMatchObject({
      result: {
        winner_seats: [1, 2],
        pot: 33,
        payouts: [
          { seat: 1, amount: 17 },
          { seat: 2, amount: 16 },
        ],
        stacks: [989, 1006, 1005],
      },
    });
  });

  it('pays the short all-in from the main pot only and the next best hand from the side pot', () => {
    const table = createTable({ seats: 3, startingStack: 100, smallBlind: 5, bigBlind: 10, seed: 'seed-10' });
    table.startHand();
    // Seat 1 gives 70 chips away, so that the stacks are 100, 30, 170.
    play(table, [0, 'fold'], [1, 'raise', 70], [2, 'raise', 100], [1, 'fold']);
    // Two pair for seat 1, ace high kickers for seat 0, then seat 2.
    table.startHand();
    const events = play(table, [1, 'raise', 30], [2, 'raise', 170], [0, 'call']);
    expect(events.find((event) => event.type === 'handEnded')).toMatchObject({
      result: {
        winner_seats: [0, 1],
        pot: 300,
        payouts: [
          { seat: 0, amount: 140 },
          { seat: 1, amount: 90 },
          { seat: 2, amount: 70 },
        ],
        stacks: [140, 90, 70],
      },
    });
    expect(table.over).toBe(false);
  });

  it('lets a short all-in be called, not raised, by those who have acted', () => {
    const table = createTable({ seats: 3, startingStack: 100, smallBlind: 5, bigBlind: 10, seed: 'seed-10' });
    table.startHand();
    play(table, [0, 'fold'], [1, 'raise', 70], [2, 'raise', 100], [1, 'fold']);
    table.startHand();
    play(table, [1, 'call'], [2, 'raise', 25], [0, 'call']);
    expect(table.turn).toMatchObject({
      seat: 1,
      validActions: ['fold', 'call', 'raise'],
      state: { to_call: 15, min_raise: 30, max_raise: 30 },
    });
    play(table, [1, 'raise', 30]);
    const facing = { validActions: ['fold', 'call'], state: { to_call: 5, min_raise: 0, max_raise: 0 } };
    expect(table.turn).toMatchObject({ seat: 2, ...facing });
    play(table, [2, 'call']);
    expect(table.turn).toMatchObject({ seat: 0, ...facing });
  });
});

describe('actions', () => {
  it('that are not offered or not understood are refused with a reason, and the turn stays open', () => {
    const table = headsUp();
    table.startHand();
    const before = structuredClone(table.turn);
    const reasons = [
      act('check'),
      act('all_in'),
      act('RAISE', 20),
      act(''),
      act('raise'),
      { action: 'raise', params: { amount: '20' } },
      { action: 'raise', params: { amount: null } },
      act('raise', 20.5),
      act('raise', Number.NaN),
      act('raise', Number.POSITIVE_INFINITY),
    ].map((action) => {
      try {
        return table.act(action);
      } catch (error) {
        return error instanceof IllegalActionError ? error.reason : error;
      }
    });
    expect(reasons).toEqual([
      ...Array.from({ length: 4 }, () => 'action_not_allowed'),
      ...Array.from({ length: 6 }, () => 'bad_amount'),
    ]);
    expect(table.turn).toEqual(before);
  });

  it.each([
    [-5, 20],
    [0, 20],
    [19, 20],
    [20, 20],
    [1000, 1000],
    [1001, 1000],
    [1e300, 1000],
  ])('a raise to %d becomes a raise to %d', (asked, given) => {
    const table = headsUp();
    table.startHand();
    expect(table.act(act('raise', asked))[0]).toEqual(
      acted(0, 'raise', given, given + 10, [1000 - given, 990]),
    );
  });

  it('played by the clock are marked in the details and in the history', () => {
    const table = headsUp();
    table.startHand();
    const action = safeAction(table.turn?.validActions ?? []);
    const [fold, ended] = table.act({ action }, { isTimeout: true });
    expect(fold).toMatchObject({ type: 'acted', details: { action: 'fold', is_timeout: true } });
    expect(ended).toMatchObject({
      result: {
        action_history: [
          entry(0, 'post_small_blind', 5),
          entry(1, 'post_big_blind', 10),
          { ...entry(0, 'fold', 0), is_timeout: true },
        ],
      },
    });
  });

  it('leave turns and results that were handed out as they were', () => {
    const table = headsUp();
    const handedOut: unknown[] = table.startHand();
    handedOut.push(table.turn);
    const before = JSON.stringify(handedOut);
    play(table, [0, 'call'], [1, 'raise', 30], [0, 'fold']);
    table.startHand();
    expect(JSON.stringify(handedOut)).toBe(before);
  });

  it('are refused between hands, and a hand is not started twice', () => {
    const table = headsUp();
    expect(() => table.act(act('check'))).toThrow(expect.objectContaining({ reason: 'no_turn' }));
    table.startHand();
    expect(() => table.startHand()).toThrow('Hand 1 is still in play.');
  });
});

describe('a match', () => {
  it('ends after its last hand, and equal stacks share a place', () => {
    const table = headsUp({ maxHands: 2 });
    table.startHand();
    play(table, [0, 'fold']);
    table.startHand();
    expect(play(table, [1, 'fold']).at(-1)).toEqual({
      type: 'matchEnded',
      standings: [
        { seat: 0, stack: 1000, netChips: 0, handsWon: 1 },
        { seat: 1, stack: 1000, netChips: 0, handsWon: 1 },
      ],
      finishingOrder: [
        { place: 1, seat: 0 },
        { place: 1, seat: 1 },
      ],
      hands: 2,
    });
  });

  it('places those who went out in the same hand by the chips they began it with', () => {
    for (let trial = 0; trial < 200; trial += 1) {
      const table = createTable({
        seats: 3,
        startingStack: 100,
        smallBlind: 5,
        bigBlind: 10,
        seed: `out-${trial}`,
      });
      table.startHand();
      play(table, [0, 'fold'], [1, 'fold']);
      // Stacks are 100, 95, 105; seat 2 covers both others.
      table.startHand();
      const last = play(table, [1, 'raise', 95], [2, 'raise', 105], [0, 'call']).at(-1);
      if (last?.type !== 'matchEnded') continue;
      expect(last.finishingOrder).toEqual([
        { place: 1, seat: 2 },
        { place: 2, seat: 0 },
        { place: 3, seat: 1 },
      ]);
      return;
    }
    expect.unreachable('no seed let seat 2 win against both');
  });

  it.each<[string, Partial<Record<keyof TableOptions, unknown>>]>([
    ['seats', { seats: 1 }],
    ['seats', { seats: 7 }],
    ['seats', { seats: 2.5 }],
    ['startingStack', { startingStack: 0 }],
    ['startingStack', { startingStack: Number.MAX_SAFE_INTEGER }],
    ['smallBlind', { smallBlind: 0 }],
    ['bigBlind', { bigBlind: 4 }],
    ['bigBlind', { bigBlind: Number.NaN }],
    ['ante', { ante: -1 }],
    ['maxHands', { maxHands: 0 }],
    ['maxHands', { maxHands: '5' }],
    ['seed', { seed: 7 }],
    ['deckFor', { deckFor: ['Ah'] }],
  ])('is refused with a bad `%s`: %j', (option, options) => {
    const bad = { seats: 2, startingStack: 1000, smallBlind: 5, bigBlind: 10, seed: 's', ...options };
    const create = (): Table => Reflect.apply(createTable, undefined, [bad]);
    expect(create).toThrow(RangeError);
    expect(create).toThrow(`\`${option}\``);
  });
});
