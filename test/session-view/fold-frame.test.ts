import { describe, expect, it } from 'vitest';
import type { JsonObject, MatchServerFrame, WireFrame } from '../../src/protocol/frames.js';
import { foldEvent } from '../../src/session-view/fold-event.js';
import { foldFrame } from '../../src/session-view/fold-frame.js';
import type { SeenSeat, SeenTable } from '../../src/session-view/seen-table.js';
import {
  matchOf,
  newSession,
  type SessionMatch,
  type SessionState,
} from '../../src/session-view/session-state.js';
import { begin, end, idOf, start } from './session-events.js';

const matchId = idOf(1);
const told = (frame: object): WireFrame => ({
  matchId,
  direction: 'in',
  frame: frame as MatchServerFrame,
  at: start,
});

const seated = begin(1, 'them').reduce<SessionState>(
  (state, event) => foldEvent(state, { ...event, at: start }),
  newSession,
);
const matchStart = (...names: string[]) => ({
  type: 'match_start',
  seats: names.map((name, seat) => ({ seat, display_name: name })),
  your_seat: 0,
});
const hand = (state: JsonObject) => ({ type: 'round_start', state });
const turn = (state: JsonObject, more = {}) => ({
  type: 'turn_request',
  request_id: 'r',
  valid_actions: [],
  state,
  ...more,
});
const act = (seat: number | undefined, details: JsonObject) => ({ type: 'turn_result', seat, details });
const street = (state: JsonObject) => ({ type: 'phase_change', state });
const result = (of: JsonObject) => ({ type: 'round_result', result: of });

function matchAfter(...frames: object[]): SessionMatch {
  const state = frames.reduce<SessionState>((before, frame) => foldFrame(before, told(frame)), seated);
  return matchOf(state, matchId) as SessionMatch;
}

function tableAfter(...frames: object[]): SeenTable {
  return matchAfter(matchStart('me', 'them'), ...frames).table as SeenTable;
}

const handOne = {
  hand_number: 1,
  dealer_seat: 0,
  your_hole_cards: ['Ah', 'Kd'],
  pot: 15,
  stacks: [500, 500],
  post_blind_stacks: [495, 490],
};
const post = (seat: number, size: string, amount: number) => ({
  seat,
  action: `post_${size}_blind`,
  amount,
  phase: 'preflop',
  is_timeout: false,
});
const empty: SeenSeat = {
  stack: null,
  bet: 0,
  cards: [],
  folded: false,
  last: null,
  won: null,
  rank: null,
};

describe('the table that frames tell of', () => {
  it('has names before a hand, and nothing to show', () => {
    const match = matchAfter(matchStart('me', ''));
    expect(match.players).toEqual({ seatIndex: 0, opponents: ['them'], names: ['me', 'seat 1'] });
    expect(match.table).toBeNull();
  });

  it('has our cards and what everybody has in front after the posts', () => {
    expect(tableAfter(hand(handOne))).toEqual({
      hasHand: true,
      hand: 1,
      phase: 'preflop',
      board: [],
      pot: 15,
      toCall: null,
      dealerSeat: 0,
      actingSeat: null,
      seats: [
        { ...empty, stack: 495, bet: 5, cards: ['Ah', 'Kd'] },
        { ...empty, stack: 490, bet: 10 },
      ],
      actions: [],
    });
  });

  it('is rebuilt from a turn, so that what was missed while away is in it', () => {
    const frame = turn({
      hand_number: 7,
      phase: 'flop',
      board: ['2c', '7h', 'Td'],
      your_hole_cards: ['Ah', 'Kd'],
      pot: 60,
      your_stack: 480,
      opponent_stacks: [460],
      to_call: 20,
      action_history: [
        post(0, 'small', 10),
        post(1, 'big', 20),
        { seat: 0, action: 'call', amount: 10, phase: 'preflop', is_timeout: false },
        { seat: 1, action: 'raise', amount: 20, phase: 'flop', is_timeout: true },
      ],
    });
    expect(tableAfter(hand(handOne), frame)).toEqual({
      hasHand: true,
      hand: 7,
      phase: 'flop',
      board: ['2c', '7h', 'Td'],
      pot: 60,
      toCall: 20,
      dealerSeat: null,
      actingSeat: 0,
      seats: [
        { ...empty, stack: 480, cards: ['Ah', 'Kd'], last: { action: 'call', amount: 10 } },
        { ...empty, stack: 460, bet: 20, last: { action: 'raise', amount: 20 } },
      ],
      actions: [
        { seat: 0, phase: 'preflop', action: 'post_small_blind', amount: 10, isTimeout: false },
        { seat: 1, phase: 'preflop', action: 'post_big_blind', amount: 20, isTimeout: false },
        { seat: 0, phase: 'preflop', action: 'call', amount: 10, isTimeout: false },
        { seat: 1, phase: 'flop', action: 'raise', amount: 20, isTimeout: true },
      ],
    });
  });

  it('knows our seat from a turn where nothing said it before', () => {
    const match = matchAfter(
      { ...matchStart('a', 'b'), your_seat: undefined },
      turn({ your_stack: 7 }, { seat: 1 }),
    );
    expect(match.players.seatIndex).toBe(1);
    expect(match.table?.seats.map(({ stack }) => stack)).toEqual([null, 7]);
  });

  it('follows actions and streets, and clears the bets of a street that is over', () => {
    const raise = act(0, { action: 'raise', amount: 30, pot: 40, stacks: [470, 490], is_timeout: false });
    const call = act(1, { action: 'call', amount: 20, pot: 60, stacks: [470, 470], is_timeout: false });
    const flop = street({ phase: 'flop', board: ['2c', '7h', 'Td'] });
    const fold = act(1, { action: 'fold', amount: 0, pot: 60, stacks: [470, 470], is_timeout: false });
    const bets = ({ seats }: SeenTable) => seats.map(({ bet }) => bet);
    expect(bets(tableAfter(hand(handOne), raise))).toEqual([30, 10]);
    expect(bets(tableAfter(hand(handOne), raise, call))).toEqual([30, 30]);
    expect(tableAfter(hand(handOne), raise, call, flop, fold)).toEqual({
      hasHand: true,
      hand: 1,
      phase: 'flop',
      board: ['2c', '7h', 'Td'],
      pot: 60,
      toCall: null,
      dealerSeat: 0,
      actingSeat: null,
      seats: [
        { ...empty, stack: 470, cards: ['Ah', 'Kd'], last: { action: 'raise', amount: 30 } },
        { ...empty, stack: 470, folded: true, last: { action: 'fold', amount: 0 } },
      ],
      actions: [
        { seat: 0, phase: 'preflop', action: 'raise', amount: 30, isTimeout: false },
        { seat: 1, phase: 'preflop', action: 'call', amount: 20, isTimeout: false },
        { seat: 1, phase: 'flop', action: 'fold', amount: 0, isTimeout: false },
      ],
    });
  });

  it('has nobody to act once the seat has acted, or we have answered', () => {
    const asked = tableAfter(hand(handOne), turn({ hand_number: 1 }));
    expect(asked.actingSeat).toBe(0);
    expect(tableAfter(hand(handOne), turn({ hand_number: 1 }), act(1, {})).actingSeat).toBe(0);
    expect(tableAfter(hand(handOne), turn({ hand_number: 1 }), act(0, {})).actingSeat).toBeNull();
    const state = [matchStart('me', 'them'), turn({})].reduce<SessionState>(
      (before, frame) => foldFrame(before, told(frame)),
      seated,
    );
    const answered = foldEvent(state, {
      type: 'turn.answered',
      matchId,
      requestId: 'r',
      answer: { action: 'fold' },
      source: 'bot',
      latencyMs: 1,
      at: start,
    });
    expect(matchOf(answered, matchId)?.table?.actingSeat).toBeNull();
  });

  it('deals no cards to a seat that has no chips left', () => {
    const state = { ...handOne, stacks: [500, 0, 10], post_blind_stacks: [495, 0, 0] };
    const { seats } = matchAfter(matchStart('me', 'gone', 'all in on its blind'), hand(state))
      .table as SeenTable;
    expect(seats).toEqual([
      { ...empty, stack: 495, bet: 5, cards: ['Ah', 'Kd'] },
      { ...empty, stack: 0, folded: true },
      { ...empty, stack: 0, bet: 10 },
    ]);
  });

  it('remembers who has no chips left where a hand says only what is left after the blinds', () => {
    const over = result({ stacks: [990, 0, 10], payouts: [{ seat: 0, amount: 500 }], showdown: [] });
    const next = { ...handOne, hand_number: 2, stacks: undefined, post_blind_stacks: [985, 0, 0] };
    const { seats } = matchAfter(matchStart('me', 'gone', 'all in'), over, hand(next)).table as SeenTable;
    expect(seats.map(({ folded }) => folded)).toEqual([false, true, false]);
  });

  it('finds out who has no chips from a turn, where the start of the hand was missed', () => {
    const missed = (action_history: unknown[]) =>
      matchAfter(
        matchStart('me', 'gone', 'all in on its blind'),
        turn({ hand_number: 7, your_stack: 90, opponent_stacks: [0, 0], action_history }),
      ).table?.seats.map(({ folded }) => folded);
    expect(missed([post(0, 'small', 5), post(2, 'big', 10)])).toEqual([false, true, false]);
    // A history without blinds says nothing about them.
    expect(missed([])).toEqual([false, false, false]);
  });

  it('leaves no cards to a seat that lost its last chips and showed none', () => {
    const over = result({
      stacks: [1_000, 0],
      payouts: [{ seat: 0, amount: 1_000 }],
      showdown: [{ seat: 0, hole_cards: ['Ah', 'Kd'], hand_rank: 'Pair' }],
    });
    expect(tableAfter(hand(handOne), over).seats.map(({ folded }) => folded)).toEqual([false, true]);
    // Without the stacks nothing says that the chips of who won are gone.
    const allIn = act(1, { action: 'call', amount: 490, pot: 1_000, stacks: [0, 0], is_timeout: false });
    const quiet = result({ payouts: [{ seat: 1, amount: 1_000 }], showdown: [] });
    expect(tableAfter(hand(handOne), allIn, quiet).seats.map(({ folded }) => folded)).toEqual([false, false]);
  });

  it('shows the cards of the one seat that is left, and does not call that a show-down', () => {
    const over = result({
      stacks: [495, 505],
      payouts: [{ seat: 1, amount: 15 }],
      showdown: [{ seat: 1, hole_cards: ['Qs', 'Qc'] }],
    });
    expect(tableAfter(hand(handOne), over)).toMatchObject({
      phase: 'hand over',
      seats: [{ cards: ['Ah', 'Kd'] }, { cards: ['Qs', 'Qc'], rank: null, won: 15 }],
    });
  });

  it('turns up what is shown at the end, and begins anew with the next hand', () => {
    const over = result({
      winner_seats: [0],
      pot: 60,
      stacks: [530, 470],
      payouts: [
        { seat: 0, amount: 40 },
        { seat: 0, amount: 20 },
      ],
      showdown: [
        { seat: 0, hole_cards: ['Ah', 'Kd'], hand_rank: 'Two Pair', best_hand: [] },
        { seat: 1, hole_cards: ['Qs', 'Qc'], hand_rank: 'Pair', best_hand: [] },
      ],
    });
    const ended = tableAfter(hand(handOne), over);
    expect(ended).toEqual({
      ...tableAfter(hand(handOne)),
      phase: 'showdown',
      pot: 60,
      seats: [
        { ...empty, stack: 530, cards: ['Ah', 'Kd'], rank: 'Two Pair', won: 60 },
        { ...empty, stack: 470, cards: ['Qs', 'Qc'], rank: 'Pair' },
      ],
    });
    expect(tableAfter(hand(handOne), result({ stacks: [505, 495] })).phase).toBe('hand over');
    const next = tableAfter(
      hand(handOne),
      over,
      hand({ ...handOne, hand_number: 2, your_hole_cards: ['2c', '2d'] }),
    );
    expect(next).toEqual({
      ...tableAfter(hand(handOne)),
      hand: 2,
      seats: [
        { ...empty, stack: 495, bet: 5, cards: ['2c', '2d'] },
        { ...empty, stack: 490, bet: 10 },
      ],
    });
  });

  it('tells of chips only while no hand was seen', () => {
    const table = tableAfter(act(1, { action: 'call', amount: 5, pot: 20, stacks: [490, 490] }));
    expect(table).toMatchObject({ hasHand: false, pot: 20 });
    expect(table.seats.map(({ stack }) => stack)).toEqual([490, 490]);
  });

  it('takes no harm from what a server may write instead', () => {
    const {
      hand: number,
      seats,
      actions,
    } = tableAfter(
      hand({ hand_number: 'x', stacks: 'many', your_hole_cards: [1, '<b>', 'Zz', 'As'] }),
      turn({
        your_hole_cards: ['As'],
        action_history: [null, { seat: 1e9, action: 'call' }, { seat: 0, action: 'x'.repeat(50) }],
      }),
      act(undefined, { stacks: [1, 2] }),
      result({ showdown: {}, payouts: [{ seat: 0.5 }] }),
    );
    const action = 'x'.repeat(40);
    expect(number).toBeNull();
    expect(seats).toEqual([{ ...empty, cards: ['As'], last: { action, amount: 0 } }, empty]);
    expect(actions).toEqual([{ seat: 0, phase: '', action, amount: 0, isTimeout: false }]);
  });

  it('keeps the newest 64 actions of a hand', () => {
    const table = tableAfter(
      hand(handOne),
      ...Array.from({ length: 70 }, (_, n) => act(0, { action: 'raise', amount: n })),
    );
    expect(table.actions).toHaveLength(64);
    expect(table.actions[0]?.amount).toBe(6);
  });

  it('seats nobody beyond ten', () => {
    const match = matchAfter(
      {
        ...matchStart(),
        seats: [
          { seat: 10 ** 6, display_name: 'far' },
          { seat: 9, display_name: 'last' },
        ],
      },
      hand({ stacks: Array.from({ length: 20 }, () => 5) }),
    );
    expect(match.players.names).toHaveLength(10);
    expect(match.table?.seats).toHaveLength(10);
  });
});

describe('a frame that changes nothing', () => {
  it('leaves the same object', () => {
    const frames: WireFrame[] = [
      told({ type: 'ping' }),
      told({ type: 'match_end' }),
      { ...told(hand(handOne)), matchId: 'unknown' } as WireFrame,
      { matchId: null, direction: 'in', frame: { type: 'hello' }, at: start },
      { matchId, direction: 'out', frame: { type: 'pong' }, at: start },
    ];
    for (const frame of frames) expect(foldFrame(seated, frame)).toBe(seated);
    const over = foldEvent(seated, { ...end(1, 5), at: start });
    expect(foldFrame(over, told(hand(handOne)))).toBe(over);
  });

  it('shares nothing with one that does: states before stay as they were', () => {
    const before = foldFrame(seated, told(hand(handOne)));
    const copy = structuredClone(before);
    foldFrame(foldFrame(before, told(turn({ hand_number: 1 }))), told(act(0, { action: 'fold' })));
    expect(before).toEqual(copy);
  });
});
