import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GameState, parseGameState } from '../../src/holdem/game-state.js';
import type { TurnRequest } from '../../src/protocol/frames.js';

const turn: TurnRequest = {
  type: 'turn_request',
  seat: 1,
  round_id: 'round-3',
  request_id: 'request-9',
  valid_actions: ['fold', 'call', 'raise'],
  state: {
    hand_number: 3,
    phase: 'flop',
    board: ['2c', 'Td', 'Ah'],
    your_hole_cards: ['Ks', 'Kh'],
    pot: 60,
    your_stack: 940,
    opponent_stacks: [920, 0],
    to_call: 20,
    min_raise: 40,
    max_raise: 940,
    action_history: [
      { seat: 0, action: 'post_small_blind', amount: 5, phase: 'preflop', is_timeout: false },
      { seat: 1, action: 'check', amount: 0, phase: 'flop', is_timeout: true },
    ],
  },
};

const neutral: GameState = {
  handNumber: 0,
  phase: 'preflop',
  holeCards: [],
  board: [],
  pot: 0,
  yourStack: 0,
  opponentStacks: [],
  yourSeat: 0,
  dealerSeat: 0,
  toCall: 0,
  minRaise: 0,
  maxRaise: 0,
  validActions: [],
  actionHistory: [],
  roundId: '',
  requestId: '',
};

/** A frame as a careless server might send it. */
const parseAnything = (frame: unknown): GameState => Reflect.apply(parseGameState, undefined, [frame]);

const prototypes = () =>
  [Object.prototype, Array.prototype, Function.prototype].map((prototype) => Reflect.ownKeys(prototype));

describe('parseGameState', () => {
  it('reads a turn into the names of the official bots', () => {
    expect(parseGameState(turn, { seat: 2, dealerSeat: 1 })).toEqual({
      handNumber: 3,
      phase: 'flop',
      holeCards: [
        { rank: 'K', suit: 's' },
        { rank: 'K', suit: 'h' },
      ],
      board: [
        { rank: '2', suit: 'c' },
        { rank: 'T', suit: 'd' },
        { rank: 'A', suit: 'h' },
      ],
      pot: 60,
      yourStack: 940,
      opponentStacks: [920, 0],
      yourSeat: 2,
      dealerSeat: 1,
      toCall: 20,
      minRaise: 40,
      maxRaise: 940,
      validActions: ['fold', 'call', 'raise'],
      actionHistory: [
        { seat: 0, action: 'post_small_blind', amount: 5, phase: 'preflop', isTimeout: false },
        { seat: 1, action: 'check', amount: 0, phase: 'flop', isTimeout: true },
      ],
      roundId: 'round-3',
      requestId: 'request-9',
    });
  });

  it.each([
    ['a least raise above the largest', { min_raise: 200, max_raise: 15 }, [15, 15]],
    ['a least raise and no largest', { min_raise: 200, max_raise: 0 }, [0, 0]],
    ['a largest that is no number', { min_raise: 200, max_raise: '15' }, [0, 0]],
    ['a range', { min_raise: 15, max_raise: 200 }, [15, 200]],
  ])('shows a bot no range that is upside down: %s', (_what, limits, range) => {
    const { minRaise, maxRaise } = parseGameState({ ...turn, state: { ...turn.state, ...limits } });
    expect([minRaise, maxRaise]).toEqual(range);
  });

  const postedBy = (seat: number, opponent_stacks: number[], more: object[] = []): TurnRequest => ({
    ...turn,
    seat: 1,
    state: {
      ...turn.state,
      opponent_stacks,
      action_history: [{ seat, action: 'post_small_blind', amount: 5 }, ...more],
    },
  });

  it.each([
    ['heads-up the small blind itself', postedBy(0, [900]), 0],
    ['the seat before it', postedBy(2, [900, 900]), 1],
    ['the last seat before the first', postedBy(0, [900, 900]), 2],
    ['no seat that is out', postedBy(0, [900, 900, 0]), 2],
    ['a seat that is all-in', postedBy(0, [900, 900, 0], [{ seat: 3, action: 'post_ante', amount: 5 }]), 3],
    ['heads-up also where others are out', postedBy(3, [0, 0, 900]), 3],
  ])('takes for the dealer of a hand whose start was not seen %s', (_what, frame, dealer) => {
    expect([
      parseGameState(frame, { seat: 1, dealerSeat: null }).dealerSeat,
      parseGameState(frame, { seat: 1, dealerSeat: 7, handNumber: 2 }).dealerSeat,
      parseGameState(frame, { seat: 1, dealerSeat: 7, handNumber: 3 }).dealerSeat,
    ]).toEqual([dealer, dealer, 7]);
  });

  it('believes the seats that the turn itself names before what earlier frames said', () => {
    const told = { seat: 1, dealerSeat: 1, handNumber: 3 };
    const seatsOf = (more: object) => {
      const { yourSeat, dealerSeat } = parseGameState({ ...turn, state: { ...turn.state, ...more } }, told);
      return [yourSeat, dealerSeat];
    };
    expect(seatsOf({ your_seat: 0, dealer_seat: 2 })).toEqual([0, 2]);
    expect(seatsOf({ your_seat: '0', dealer_seat: -1 })).toEqual([1, 1]);
  });

  it('takes what is legal from the state where it is there', () => {
    const legal = (valid_actions: unknown) =>
      parseGameState({ ...turn, state: { ...turn.state, valid_actions } }).validActions;
    expect([legal(['check', 7]), legal('check'), legal(undefined)]).toEqual([
      ['check'],
      ['fold', 'call', 'raise'],
      ['fold', 'call', 'raise'],
    ]);
  });

  it('takes the round from the start of the hand where the turn does not name it', () => {
    const { round_id: _, ...roundless } = turn;
    const told = { seat: 1, dealerSeat: 1, roundId: 'round-0' };
    expect([
      parseGameState(turn, told).roundId,
      parseGameState(roundless, { ...told, handNumber: 3 }).roundId,
      parseGameState(roundless, { ...told, handNumber: 2 }).roundId,
      parseGameState({ ...turn, state: { ...turn.state, round_id: 'round-s' } }, told).roundId,
    ]).toEqual(['round-3', 'round-0', '', 'round-s']);
  });

  it.each([
    [[], 'preflop'],
    [['2c', 'Td', 'Ah'], 'flop'],
    [['2c', 'Td', 'Ah', '3c'], 'turn'],
    [['2c', 'Td', 'Ah', '3c', '4c'], 'river'],
    [['2c'], 'preflop'],
  ])('tells the street from the board %j where the turn does not name it', (board, phase) => {
    expect(parseGameState({ state: { board } }).phase).toBe(phase);
  });

  it('takes the seat of the frame when no other is known, and 0 when there is none at all', () => {
    const { seat: _, ...seatless } = turn;
    expect([
      parseGameState(turn).yourSeat,
      parseGameState(turn, { seat: null, dealerSeat: null }).yourSeat,
      parseGameState(turn, { seat: 0, dealerSeat: null }).yourSeat,
      parseGameState(seatless).yourSeat,
      parseGameState(turn).dealerSeat,
    ]).toEqual([1, 1, 0, 0, 0]);
  });

  it.each([
    [null],
    [undefined],
    [7],
    ['turn_request'],
    [[]],
    [{}],
    [{ state: null }],
    [{ state: [] }],
    [
      {
        seat: '1',
        round_id: 3,
        request_id: null,
        valid_actions: 'fold',
        state: {
          hand_number: '3',
          phase: 1,
          board: 'AhKh',
          your_hole_cards: { 0: 'Ah' },
          pot: Number.NaN,
          your_stack: null,
          opponent_stacks: 100,
          to_call: '20',
          min_raise: Number.POSITIVE_INFINITY,
          max_raise: [],
          action_history: 'none',
        },
      },
    ],
  ])('gives neutral values for %j', (frame) => {
    expect(parseAnything(frame)).toEqual(neutral);
  });

  it('leaves out what is no card, no action and no entry, and keeps the places of stacks', () => {
    const state = {
      board: ['Ah', 'ah', '1h', '10h', 'A', '', null, 5, ['Kh'], 'Kd'],
      opponent_stacks: [10, '20', null, 40],
      action_history: [
        null,
        'fold',
        { seat: 0 },
        { action: 7 },
        { action: 'fold' },
        { seat: 3, action: 'raise', amount: '50', phase: 2, is_timeout: 'no' },
      ],
    };
    expect(parseAnything({ valid_actions: ['fold', 3, null, 'draw'], state })).toEqual({
      ...neutral,
      board: [
        { rank: 'A', suit: 'h' },
        { rank: 'K', suit: 'd' },
      ],
      opponentStacks: [10, 0, 0, 40],
      validActions: ['fold', 'draw'],
      actionHistory: [
        { seat: 0, action: 'fold' },
        { seat: 3, action: 'raise' },
      ],
    });
  });

  it('never throws, gives every field its type and leaves the input and all prototypes alone', () => {
    const keys = [...Object.keys(turn.state), ...Object.keys(turn), '__proto__', 'constructor', 'toString'];
    const anything = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.jsonValue(),
        fc.constantFrom<unknown>('Ah', 'fold', 10, -0, 1e308, null, '__proto__'),
        fc.array(tie('value'), { maxLength: 4 }),
        fc
          .array(fc.tuple(fc.constantFrom(...keys), tie('value')), { maxLength: 12 })
          // As a JSON parser makes it: `__proto__` becomes a property like any other.
          .map((pairs): unknown =>
            JSON.parse(
              `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`,
            ),
          ),
      ),
    })).value;
    const before = prototypes();

    fc.assert(
      fc.property(anything, anything, (frame, state) => {
        const odd =
          typeof frame === 'object' && frame !== null && !Array.isArray(frame) ? { ...frame, state } : frame;
        const text = JSON.stringify(odd);
        const parsed = parseAnything(odd);
        expect(JSON.stringify(odd)).toBe(text);
        expect(Object.keys(parsed).toSorted()).toEqual(Object.keys(neutral).toSorted());
        for (const [field, value] of Object.entries(neutral)) {
          const got: unknown = Reflect.get(parsed, field);
          expect([field, typeof got, Array.isArray(got)]).toEqual([
            field,
            typeof value,
            Array.isArray(value),
          ]);
          if (typeof got === 'number') expect(Number.isFinite(got)).toBe(true);
        }
        expect(parsed.opponentStacks.every(Number.isFinite)).toBe(true);
        expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
      }),
      { numRuns: 500 },
    );

    expect(prototypes()).toEqual(before);
  });
});

describe('cards that cannot be read', () => {
  const odd = ['ah', 'A', '10h', 'Axh', '', 'XX', null, 5, {}, ['Ah']];

  it('are told one by one with their field, and the others are there', () => {
    const told: [string, unknown][] = [];
    const state = { your_hole_cards: ['Ks', '1h'], board: ['2c', ...odd, 'Td'] };
    const parsed = parseGameState({ ...turn, state }, undefined, (field, found) => told.push([field, found]));
    expect([parsed.holeCards, parsed.board]).toEqual([
      [{ rank: 'K', suit: 's' }],
      [
        { rank: '2', suit: 'c' },
        { rank: 'T', suit: 'd' },
      ],
    ]);
    expect(told).toEqual([['your_hole_cards', '1h'], ...odd.map((card) => ['board', card])]);
  });

  it('are told when they are no list, and not when there are none', () => {
    const told: [string, unknown][] = [];
    const onUnread = (field: string, found: unknown) => void told.push([field, found]);
    parseGameState({ ...turn, state: { your_hole_cards: 'KsKh', board: { 0: '2c' } } }, undefined, onUnread);
    parseGameState({ ...turn, state: { your_hole_cards: null, board: [] } }, undefined, onUnread);
    parseGameState({ ...turn, state: {} }, undefined, onUnread);
    parseGameState(turn, undefined, onUnread);
    expect(told).toEqual([
      ['your_hole_cards', 'KsKh'],
      ['board', { 0: '2c' }],
    ]);
  });
});
