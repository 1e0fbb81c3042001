import { describe, expect, it } from 'vitest';
import { emptyLiveState, foldEvent, isCounting } from '../../../src/cli/live/live-state.js';
import type { AgentEvent } from '../../../src/protocol/events.js';
import { addLatency, emptyHistogram } from '../../../src/time/latency.js';
import { answer, ask, begin, end, endHand, idOf, online, start, stateAfter } from './live-fixtures.js';

const fresh = {
  matchId: idOf(1),
  phase: 'watching',
  until: null,
  clockMs: 0,
  opponents: ['ann', 'bob'],
  hand: null,
  chips: null,
  net: null,
  latencyMs: null,
  end: null,
};
const playing = [online, ...begin(1, 'ann', 'bob')];

describe('the state of the live table', () => {
  it('follows a match from its announcement to its first hand', () => {
    const matchId = idOf(1);
    const events = [...playing, { type: 'hand.started', matchId, hand: 1 } as const, ask(1), answer(1, 12)];
    expect(stateAfter([...events, endHand(1, 1, 1_100, 950, 950)])).toEqual({
      ...emptyLiveState,
      lobby: { phase: 'online', until: null },
      wasOnline: true,
      latency: addLatency(emptyHistogram, 12),
      matches: [
        { ...fresh, hand: 1, clockMs: 5_000, latencyMs: 12, chips: { own: 1_100, total: 3_000 }, net: 100 },
      ],
    });
  });

  it('knows until when a turn is open', () => {
    expect(stateAfter([...playing, ask(1)]).matches).toEqual([
      { ...fresh, phase: 'thinking', until: start + 5_000, clockMs: 5_000 },
    ]);
  });

  it('keeps a match that has ended until another one needs its place', () => {
    const ended = stateAfter([...playing, ...begin(2), end(1, 40)]);
    expect(ended).toMatchObject({ completed: 1, abandoned: 0, net: 40 });
    expect(ended.matches.map(({ matchId, phase, net }) => [matchId, phase, net])).toEqual([
      [idOf(1), 'ended', 40],
      [idOf(2), 'watching', null],
    ]);
    const next = stateAfter(begin(3), ended);
    expect(next.matches.map(({ matchId }) => matchId)).toEqual([idOf(3), idOf(2)]);
  });

  it('counts an abandoned match that is played again once', () => {
    const given = stateAfter([...playing, end(1, null)]);
    expect([given.abandoned, given.matches[0]?.end]).toEqual([1, 'abandoned']);
    const again = stateAfter([...begin(1, 'ann', 'bob')], given);
    expect([again.abandoned, again.matches]).toEqual([0, [fresh]]);
  });

  it('follows a match through the loss of its connection, with its turn still open', () => {
    const matchId = idOf(1);
    const lost = stateAfter(
      [
        { type: 'match.lost', matchId, loss: { code: 1006, reason: '' } },
        { type: 'match.retrying', matchId, attempt: 1, delayMs: 700 },
      ],
      stateAfter([...playing, ask(1)]),
    );
    expect(lost.matches).toEqual([{ ...fresh, phase: 'offline', until: start + 700, clockMs: 5_000 }]);
    const back = stateAfter(
      [
        { type: 'match.connecting', matchId, attempt: 1 },
        { type: 'match.connected', matchId, resumed: true },
        { type: 'turn.repeated', matchId, requestId: 'r', answered: false },
      ],
      lost,
    );
    expect(back.matches).toEqual([{ ...fresh, phase: 'thinking', until: start + 5_000, clockMs: 5_000 }]);
    expect(back.reconnects).toBe(1);
  });

  it('counts what went wrong', () => {
    const matchId = idOf(1);
    const troubles: AgentEvent[] = [
      { ...answer(1, 900), source: 'overdue' } as AgentEvent,
      { type: 'turn.rejected', matchId, requestId: 'r', reason: null, message: null, retried: false },
      { type: 'turn.timed_out', matchId, action: 'fold' },
      { type: 'lobby.lost', loss: { code: 1006, reason: '' } },
      online,
    ];
    expect(stateAfter(troubles, stateAfter(playing))).toMatchObject({
      fallbacks: 1,
      rejections: 1,
      timeouts: 1,
      reconnects: 1,
    });
  });

  it('is ending until it is over, whatever becomes of the lobby, and takes over the final counts', () => {
    const draining: AgentEvent[] = [
      online,
      { type: 'lobby.draining', reason: 'stopped', live: 1, fault: null },
      { type: 'lobby.lost', loss: { code: 1006, reason: '' } },
    ];
    const state = stateAfter(draining);
    expect(state.lobby).toEqual({ phase: 'ending', until: null });
    const over: AgentEvent = {
      type: 'lobby.ended',
      reason: 'stopped',
      completed: 3,
      abandoned: 1,
      fault: null,
    };
    expect(stateAfter([over], state)).toMatchObject({
      lobby: { phase: 'over' },
      completed: 3,
      abandoned: 1,
    });
  });

  it('is the same object after an event that the table does not show', () => {
    const state = stateAfter(playing);
    const matchId = idOf(1);
    const unseen: AgentEvent[] = [
      { type: 'config.warning', message: 'w' },
      { type: 'match.repeated', matchId },
      { type: 'turn.repeated', matchId, requestId: 'r', answered: true },
      { type: 'hand.started', matchId: 'unknown', hand: 1 },
    ];
    const over = stateAfter([end(1, 5)], state);
    expect(foldEvent(over, { type: 'hand.started', matchId, hand: 2, at: start })).toBe(over);
    for (const event of unseen) expect(foldEvent(state, { ...event, at: start })).toBe(state);
  });

  it('counts down while a turn is open or a connection waits, and not longer', () => {
    const thinking = stateAfter([...playing, ask(1)]);
    expect([isCounting(thinking, start), isCounting(thinking, start + 5_000)]).toEqual([true, false]);
    expect(isCounting(stateAfter([answer(1, 5)], thinking), start)).toBe(false);
    const waiting = stateAfter([{ type: 'lobby.retrying', attempt: 1, delayMs: 1_000 }]);
    expect(isCounting(waiting, start)).toBe(true);
  });
});
