import { describe, expect, it } from 'vitest';
import { rowOf, sessionViewOf, tableViewOf } from '../../src/dashboard/agent-view.js';
import type { MatchServerFrame } from '../../src/protocol/frames.js';
import { createLatencyBars } from '../../src/report/latency-bars.js';
import { foldEvent } from '../../src/session-view/fold-event.js';
import { foldFrame } from '../../src/session-view/fold-frame.js';
import {
  matchOf,
  newSession,
  type SessionMatch,
  type SessionState,
} from '../../src/session-view/session-state.js';
import { ask, begin, end, endHand, idOf, online, start } from '../session-view/session-events.js';

const playing = [online, ...begin(1, 'them'), ask(1)].reduce<SessionState>(
  (state, event) => foldEvent(state, { ...event, at: start }),
  newSession,
);

function after(...frames: object[]): SessionState {
  return frames.reduce<SessionState>(
    (state, frame) =>
      foldFrame(state, { matchId: idOf(1), direction: 'in', frame: frame as MatchServerFrame, at: start }),
    playing,
  );
}
const matchIn = (state: SessionState): SessionMatch => matchOf(state, idOf(1)) as SessionMatch;

const matchStart = {
  type: 'match_start',
  your_seat: 0,
  seats: [
    { seat: 0, display_name: 'me' },
    { seat: 1, display_name: 'a\u0007b' },
  ],
};
const hand = {
  type: 'round_start',
  state: { hand_number: 3, dealer_seat: 1, your_hole_cards: ['Ah', 'Kd'], pot: 15, stacks: [500, 490] },
};
const raise = { type: 'turn_result', seat: 1, details: { action: 'raise', amount: 30, is_timeout: true } };

describe('what the page shows of a match of an agent', () => {
  it('is a row, with the innermost state of its chart', () => {
    expect(rowOf(matchIn(after(matchStart, hand)), 'playing.deciding')).toEqual({
      matchId: idOf(1),
      seats: ['me', 'ab'],
      self: 0,
      rated: false,
      outcome: 'live',
      state: 'playing.deciding',
      hand: 0,
      stacks: [500, 490],
      netChips: null,
      clock: { seat: 0, endsAt: start + 5_000, ms: 5_000 },
      turns: 1,
      fallbacks: 0,
      corrections: 0,
      rejections: 0,
      timeouts: 0,
      resumes: 0,
      startedAt: start,
      endedAt: null,
      note: null,
    });
    expect(rowOf(matchIn(after(matchStart)), null)).toMatchObject({ state: 'connecting', stacks: [0, 0] });
  });

  it('has the net chips of a live match, and so has the session', () => {
    const won = [endHand(1, 3, 520, 480), ...begin(2, 'them'), endHand(2, 1, 490, 510)].reduce<SessionState>(
      (state, event) => foldEvent(state, { ...event, at: start }),
      after(matchStart),
    );
    expect(rowOf(matchIn(won), null).netChips).toBe(20);
    const extras = { chart: null, where: '', latency: createLatencyBars().view(), toPageMs: 0 };
    expect(sessionViewOf(won, extras)).toMatchObject({ netChips: 0, liveNetChips: 10 });
  });

  it('tells players of one name apart', () => {
    const seats = [0, 1, 2].map((seat) => ({ seat, display_name: seat === 0 ? 'me' : 'twin' }));
    const twins = after({ ...matchStart, seats }, hand);
    const names = ['me', 'twin 1', 'twin 2'];
    expect(rowOf(matchIn(twins), null).seats).toEqual(names);
    expect(tableViewOf(matchIn(twins))?.seats.map(({ name }) => name)).toEqual(names);
  });

  it.each([
    [end(1, 5), { outcome: 'completed', netChips: 5, note: 'complete' }],
    [end(1, null), { outcome: 'abandoned', netChips: null, note: 'It was cut.' }],
    [end(1, null, { detail: null }), { note: 'cut' }],
    [end(1, null, { detail: `\u0007${'x'.repeat(200)}` }), { note: 'x'.repeat(160) }],
  ])('is a row with how it ended', (event, expected) => {
    const over = foldEvent(playing, { ...event, at: start + 9 });
    expect(rowOf(matchIn(over), 'done')).toMatchObject({ clock: null, endedAt: start + 9, ...expected });
  });

  it('is a table, once a hand was seen', () => {
    expect(tableViewOf(matchIn(playing))).toBeNull();
    expect(tableViewOf(matchIn(after(matchStart, raise)))).toBeNull();
    const seat = { cards: [], folded: false, isDealer: false, isActing: false, won: null, rank: null };
    expect(tableViewOf(matchIn(after(matchStart, hand, raise)))).toEqual({
      hand: 3,
      phase: 'preflop',
      board: [],
      pot: 15,
      toCall: null,
      seats: [
        { ...seat, seat: 0, name: 'me', isSelf: true, stack: 500, bet: 0, cards: ['Ah', 'Kd'], last: null },
        {
          ...seat,
          seat: 1,
          name: 'ab',
          isSelf: false,
          stack: 490,
          bet: 30,
          isDealer: true,
          last: 'raise to 30',
        },
      ],
      actions: [{ seat: 1, phase: 'preflop', text: 'raise to 30', isTimeout: true }],
    });
  });

  it('calls the first bet of a street a bet', () => {
    const acts = [
      [1, 'call', 'preflop', 10],
      [0, 'raise', 'flop', 20],
      [1, 'raise', 'flop', 60],
    ] as const;
    const turn = {
      type: 'turn_request',
      request_id: 'r',
      seat: 0,
      valid_actions: [],
      state: {
        hand_number: 3,
        phase: 'flop',
        opponent_stacks: [9],
        action_history: acts.map(([seat, action, phase, amount]) => ({ seat, action, phase, amount })),
      },
    };
    const table = tableViewOf(matchIn(after(matchStart, hand, turn)));
    expect(table?.actions.map(({ text }) => text)).toEqual(['call 10', 'bet 20', 'raise to 60']);
    expect(table?.seats.map(({ last }) => last)).toEqual(['bet 20', 'raise to 60']);
  });

  it('names seats that nobody named, and shows who acts', () => {
    const turn = {
      type: 'turn_request',
      request_id: 'r',
      seat: 0,
      valid_actions: [],
      state: { opponent_stacks: [9] },
    };
    const table = tableViewOf(matchIn(after(turn)));
    expect(table?.seats.map(({ name, isSelf, isActing }) => [name, isSelf, isActing])).toEqual([
      ['seat 0', true, true],
      ['seat 1', false, false],
    ]);
  });
});

it('what the page shows of the session of an agent', () => {
  const latency = createLatencyBars().view();
  const chart = { active: ['listening'], since: 1, trail: [] };
  expect(sessionViewOf(after(matchStart), { chart, where: 'ws://h/x', latency, toPageMs: 0 })).toEqual({
    state: chart,
    where: 'ws://h/x',
    endReason: null,
    awayWhy: null,
    retryAt: null,
    live: 1,
    completed: 0,
    abandoned: 0,
    netChips: 0,
    liveNetChips: 0,
    hands: 0,
    turns: 1,
    fallbacks: 0,
    corrections: 0,
    rejections: 0,
    timeouts: 0,
    reconnects: 0,
    latency,
    bots: [],
    plan: null,
  });
});
