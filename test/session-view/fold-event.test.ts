import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/protocol/events.js';
import { foldEvent } from '../../src/session-view/fold-event.js';
import {
  liveMatchesIn,
  matchOf,
  newSession,
  newSessionMatch,
  reconnectsOf,
  type SessionMatch,
  type SessionState,
} from '../../src/session-view/session-state.js';
import { addLatency, emptyHistogram } from '../../src/time/latency.js';
import { answer, ask, begin, end, endHand, idOf, online, start } from './session-events.js';

/** The state after these events, a second between each two. */
function after(events: readonly AgentEvent[], state = newSession, from = start): SessionState {
  return events.reduce(
    (before, event, index) => foldEvent(before, { ...event, at: from + index * 1_000 }),
    state,
  );
}

const counts = {
  hands: 0,
  turns: 0,
  fallbacks: 0,
  corrections: 0,
  rejections: 0,
  timeouts: 0,
  resumes: 0,
};
/** After `begin`, whose first event is the second one of `playing`. */
const seated: SessionMatch = {
  ...newSessionMatch(idOf(1), start + 1_000, { participantId: 'p', rated: false }),
  link: { phase: 'connected', retryAt: null, connections: 1 },
  players: { seatIndex: 0, opponents: ['ann', 'bob'], names: [] },
};
const playing = [online, ...begin(1, 'ann', 'bob')];
const matchId = idOf(1);
const lost: AgentEvent = { type: 'match.lost', matchId, loss: { code: 1006, reason: '' } };
const lobbyLost: AgentEvent = { type: 'lobby.lost', loss: { code: 1006, reason: '' } };
const onlyMatch = (state: SessionState): SessionMatch | undefined => {
  expect(state.matches).toHaveLength(1);
  return state.matches[0];
};

describe('what is known of a session', () => {
  it('begins with nothing', () => {
    expect(newSession).toEqual({
      lobby: {
        phase: 'starting',
        retryAt: null,
        wasOnline: false,
        lostSince: null,
        awayWhy: null,
        reconnects: 0,
        endReason: null,
        endMessage: null,
      },
      matches: [],
      totals: { completed: 0, abandoned: 0, netChips: 0, counts },
      latency: { histogram: emptyHistogram, lastMs: null, clockMs: null },
      season: null,
      queue: null,
      day: null,
      rating: null,
    });
  });

  it('follows a match from its announcement to the end of its first hand', () => {
    const hand: AgentEvent = { type: 'hand.started', matchId, hand: 1 };
    const latency = { histogram: addLatency(emptyHistogram, 12), lastMs: 12, clockMs: 5_000 };
    expect(after([...playing, hand, ask(1), answer(1, 12), endHand(1, 1, 1_100, 950, 950)])).toEqual({
      ...newSession,
      lobby: { ...newSession.lobby, phase: 'online', wasOnline: true },
      matches: [
        {
          ...seated,
          standing: { hand: 1, chips: { own: 1_100, total: 3_000 }, net: 100 },
          counts: { ...counts, hands: 1, turns: 1 },
          latency,
        },
      ],
      totals: { ...newSession.totals, counts: { ...counts, hands: 1, turns: 1 } },
      latency,
    });
  });

  it('is plain data', () => {
    const state = after([...playing, ask(1), answer(1, 12), endHand(1, 1, 1_100, 900), end(1, 100)]);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  it('knows until when a turn is open, also one that is repeated after a reconnect', () => {
    const asked = after([...playing, ask(1)]);
    expect(onlyMatch(asked)?.turn).toEqual({ requestId: 'r', endsAt: start + 10_000, clockMs: 5_000 });
    const away = after([lost, { type: 'match.retrying', matchId, attempt: 1, delayMs: 700 }], asked, start);
    // The server's clock runs on.
    expect(onlyMatch(away)).toMatchObject({
      link: { phase: 'offline', retryAt: start + 1_700, connections: 1 },
      turn: { endsAt: start + 10_000 },
    });
    const dialing = after([{ type: 'match.connecting', matchId, attempt: 1 }], away);
    expect(onlyMatch(dialing)?.link).toEqual({ phase: 'dialing', retryAt: null, connections: 1 });
    const back = after([{ type: 'match.connected', matchId, resumed: true }], dialing);
    expect(onlyMatch(back)).toEqual({
      ...seated,
      link: { phase: 'connected', retryAt: null, connections: 2 },
      counts: { ...counts, turns: 1, resumes: 1 },
      latency: { ...seated.latency, clockMs: 5_000 },
    });
    expect(reconnectsOf(back)).toBe(1);
    const repeated: AgentEvent = { type: 'turn.repeated', matchId, requestId: 'r', answered: false };
    expect(onlyMatch(after([repeated], back, start + 20_000))?.turn).toEqual({
      requestId: 'r',
      endsAt: start + 25_000,
      clockMs: 5_000,
    });
    expect(after([{ ...repeated, answered: true }], back)).toBe(back);
  });

  it('has the words of a result when a match is over, and its times on the clock of the view', () => {
    const asked = after([...playing, endHand(1, 1, 1_100, 950, 950), ask(1)]);
    const result = { startedAt: 7_000, endedAt: 7_500, hands: 3, turns: 9, timeouts: 1 };
    const state = after([end(1, 40, result)], asked, start + 60_000);
    expect(state).toMatchObject({ totals: { completed: 1, abandoned: 0, netChips: 40 } });
    expect(onlyMatch(state)).toEqual({
      ...seated,
      startedAt: start + 59_500,
      endedAt: start + 60_000,
      standing: { hand: null, chips: { own: 1_100, total: 3_000 }, net: 40 },
      counts: { ...counts, hands: 3, turns: 9, timeouts: 1 },
      latency: { ...seated.latency, clockMs: 5_000 },
      over: { outcome: 'completed', abandonReason: null, detail: null, netChips: 40, end: 'complete' },
    });
    expect(liveMatchesIn(state)).toEqual([]);
  });

  it('keeps the chips that were won so far of a match that is given up', () => {
    const state = after([...playing, endHand(1, 1, 900, 1_100), end(1, null)]);
    expect(state.totals).toMatchObject({ completed: 0, abandoned: 1, netChips: 0 });
    expect(onlyMatch(state)).toMatchObject({
      standing: { net: -100 },
      over: { outcome: 'abandoned', abandonReason: 'cut', end: 'abandoned' },
    });
  });

  it('counts an abandoned match that is played again once, and puts it last', () => {
    const given = after([...playing, ...begin(2), end(1, null)]);
    const again = after(begin(1, 'ann', 'bob'), given, start + 1_000);
    expect(again.totals.abandoned).toBe(0);
    expect(again.matches.map((match) => match.matchId)).toEqual([idOf(2), idOf(1)]);
    expect(matchOf(again, idOf(1))).toEqual(seated);
  });

  it('keeps a match that was announced before 200 others and ended after them', () => {
    const many = Array.from({ length: 200 }, (_, n) => [...begin(n + 2, 'ann'), end(n + 2, 1)]).flat();
    const rest = after([...begin(1, 'ann'), ...many]);
    const { matches } = foldEvent(rest, { ...end(1, 5), at: start + 1e6 });
    expect(matches).toHaveLength(200);
    expect(matches.map((match) => match.matchId)).not.toContain(idOf(2));
    expect(matches[0]).toMatchObject({ matchId: idOf(1), over: { netChips: 5 } });
  });

  it('keeps all live matches, and 200 of those that are over', () => {
    const first = after([online, ...begin(0), ...begin(1)]);
    const others = Array.from({ length: 205 }, (_, n) => n + 2).flatMap((n) => [...begin(n), end(n, 1)]);
    const state = after([end(1, 1), ...others], first);
    expect(state.totals).toMatchObject({ completed: 206, netChips: 206 });
    expect(state.matches).toHaveLength(201);
    expect(liveMatchesIn(state).map((match) => match.matchId)).toEqual([idOf(0)]);
    expect(state.matches[1]?.matchId).toBe(idOf(7));
  });

  it('knows a match that nobody announced', () => {
    const state = after([
      { type: 'match.connecting', matchId, attempt: 0 },
      { type: 'match.connected', matchId, resumed: false },
    ]);
    expect(onlyMatch(state)).toEqual({
      ...newSessionMatch(matchId, start),
      link: { phase: 'connected', retryAt: null, connections: 1 },
    });
  });

  it('counts hands that a server does not number', () => {
    const hand: AgentEvent = { type: 'hand.started', matchId, hand: null };
    expect(onlyMatch(after([...playing, hand, hand]))?.standing.hand).toBe(2);
  });
});

describe('what is counted', () => {
  const rejected = (reason: string | null): AgentEvent => ({
    type: 'turn.rejected',
    matchId,
    requestId: 'r',
    reason,
    message: null,
    retried: false,
  });
  const answered = (source: 'bot' | 'overdue' | 'rejected', requestId = 'r'): AgentEvent =>
    ({ ...answer(1, 5), source, requestId }) as AgentEvent;

  it.each<[string, AgentEvent[], Partial<typeof counts>]>([
    ['a turn', [ask(1)], { turns: 1 }],
    ['an answer of the bot', [answered('bot')], {}],
    [
      'a decision that the agent made, told twice and replaced twice, as one',
      [
        { type: 'turn.overdue', matchId, requestId: 'r' },
        answered('overdue'),
        answered('rejected'),
        answered('rejected'),
      ],
      { fallbacks: 1 },
    ],
    ['two decisions of the agent', [answered('overdue', 'r1'), answered('overdue', 'r2')], { fallbacks: 2 }],
    [
      'an answer that was replaced',
      [answered('bot'), rejected('x'), answered('rejected')],
      {
        fallbacks: 1,
        rejections: 1,
      },
    ],
    ['a rejection as a duplicate as none', [rejected('Duplicate action')], {}],
    [
      'a correction',
      [
        {
          type: 'turn.corrected',
          matchId,
          requestId: 'r',
          why: 'w',
          asked: null,
          sent: { action: 'fold' },
        },
      ],
      { corrections: 1 },
    ],
    ['a turn that the server played', [{ type: 'turn.timed_out', matchId, action: 'fold' }], { timeouts: 1 }],
    ['a hand, also where no seat is known', [{ ...endHand(1, 1), seat: null } as AgentEvent], { hands: 1 }],
  ])('%s', (_what, events, expected) => {
    const state = after([...playing, ...events]);
    expect(onlyMatch(state)?.counts).toEqual({ ...counts, ...expected });
    expect(state.totals.counts).toEqual({ ...counts, ...expected });
  });

  it('is of all matches together, and does not shrink when one is over', () => {
    const state = after([...playing, ask(1), ...begin(2), ask(2), end(1, 5), ask(2)]);
    expect(state.totals.counts.turns).toBe(3);
    expect(matchOf(state, idOf(2))?.counts.turns).toBe(2);
  });
});

describe('the lobby of a session', () => {
  const lobbyAfter = (events: readonly AgentEvent[]): SessionState['lobby'] => after(events).lobby;

  it('is lost from when it was first lost, whatever is tried, and back as a reconnect', () => {
    const retrying: AgentEvent = { type: 'lobby.retrying', attempt: 1, delayMs: 2_500 };
    const dialing: AgentEvent = { type: 'lobby.connecting', url: 'ws://h/x', attempt: 1 };
    const gone = { ...newSession.lobby, wasOnline: true, lostSince: start + 1_000 };
    expect(lobbyAfter([online, lobbyLost])).toEqual({ ...gone, phase: 'offline' });
    expect(lobbyAfter([online, lobbyLost, retrying])).toEqual({
      ...gone,
      phase: 'offline',
      retryAt: start + 4_500,
    });
    expect(lobbyAfter([online, lobbyLost, retrying, dialing])).toEqual({ ...gone, phase: 'connecting' });
    // Who comes back after leaving on purpose has lost nothing, however many dials it takes.
    const leaving: AgentEvent = { type: 'lobby.left', message: 'no fixture is near', live: 0 };
    for (const events of [
      [online, leaving, dialing, lobbyLost, retrying, dialing, online],
      [online, lobbyLost, retrying, leaving, dialing, online],
      [dialing, lobbyLost, retrying, dialing, online],
    ])
      expect(lobbyAfter(events)).toMatchObject({ phase: 'online', reconnects: 0, lostSince: null });
    expect(lobbyAfter([online, lobbyLost, retrying, dialing, lobbyLost, retrying, online])).toEqual({
      ...newSession.lobby,
      phase: 'online',
      wasOnline: true,
      reconnects: 1,
    });
  });

  it('is out of it on purpose, which is no loss, and no reconnect when it is entered again', () => {
    const left: AgentEvent = { type: 'lobby.left', message: 'no fixture is near', live: 0 };
    const out = { ...newSession.lobby, wasOnline: true };
    expect(lobbyAfter([online, lobbyLost, left])).toEqual({
      ...out,
      phase: 'away',
      awayWhy: 'no fixture is near',
    });
    expect(lobbyAfter([online, left, online])).toEqual({ ...out, phase: 'online' });
  });

  it('is not lost before it was there', () => {
    expect(lobbyAfter([{ type: 'lobby.connecting', url: 'ws://h/x', attempt: 0 }, lobbyLost])).toEqual({
      ...newSession.lobby,
      phase: 'offline',
    });
  });

  it('is ending until it is over, whatever becomes of its connection, and takes over the final counts', () => {
    const draining: AgentEvent = {
      type: 'lobby.draining',
      reason: 'stopped',
      message: 'told to stop',
      live: 1,
      fault: null,
    };
    const state = after([online, draining, lobbyLost, online]);
    const ending = {
      ...newSession.lobby,
      phase: 'ending',
      wasOnline: true,
      endReason: 'stopped',
      endMessage: 'told to stop',
    };
    expect(state.lobby).toEqual(ending);
    const ended: AgentEvent = {
      type: 'lobby.ended',
      reason: 'stopped',
      message: 'told to stop',
      completed: 3,
      abandoned: 1,
      fault: null,
    };
    expect(after([ended], state)).toEqual({
      ...state,
      lobby: { ...ending, phase: 'over' },
      totals: { ...state.totals, completed: 3, abandoned: 1 },
    });
  });
});

describe('an event that changes nothing', () => {
  it('leaves the same object', () => {
    const state = after(playing);
    const over = after([end(1, 5)], state);
    const unseen: AgentEvent[] = [
      { type: 'config.warning', message: 'w' },
      { type: 'match.repeated', matchId },
      { type: 'turn.repeated', matchId, requestId: 'r', answered: true },
      { type: 'hand.started', matchId: 'unknown', hand: 1 },
      ask(9),
      answer(9, 5),
    ];
    for (const event of unseen) expect(foldEvent(state, { ...event, at: start })).toBe(state);
    // A match that is over hears nothing more.
    for (const event of [ask(1), lost]) expect(foldEvent(over, { ...event, at: start })).toBe(over);
    const helped = after([{ type: 'turn.overdue', matchId, requestId: 'r' }], state);
    expect(foldEvent(helped, { type: 'turn.overdue', matchId, requestId: 'r', at: start })).toBe(helped);
  });
});
