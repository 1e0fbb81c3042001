import { describe, expect, it } from 'vitest';
import {
  emptyLiveState,
  foldLive,
  isCounting,
  phaseOf,
  placedMatches,
} from '../../../src/cli/live/live-state.js';
import type { AgentEvent } from '../../../src/protocol/events.js';
import { foldEvent } from '../../../src/session-view/fold-event.js';
import { newSession } from '../../../src/session-view/session-state.js';
import { answer, ask, begin, end, endHand, idOf, online, start } from '../../session-view/session-events.js';
import { stateAfter } from './live-fixtures.js';

const playing = [online, ...begin(1, 'ann', 'bob')];
const phases = (events: AgentEvent[], state = emptyLiveState) =>
  placedMatches(stateAfter(events, state)).map(phaseOf);

describe('the state of the live table', () => {
  it('is that of the session, and a place for each match', () => {
    const events = [...playing, ask(1), answer(1, 12), endHand(1, 1, 1_100, 950, 950)];
    const session = events.reduce((state, event) => foldEvent(state, { ...event, at: start }), newSession);
    expect(stateAfter(events)).toEqual({ session, places: [idOf(1)] });
  });

  it('keeps a match that has ended until another one needs its place', () => {
    const ended = stateAfter([...playing, ...begin(2), end(1, 40)]);
    expect(placedMatches(ended).map((match) => [match.matchId, phaseOf(match).phase])).toEqual([
      [idOf(1), 'ended'],
      [idOf(2), 'watching'],
    ]);
    const next = stateAfter(begin(3), ended);
    expect(next.places).toEqual([idOf(3), idOf(2)]);
    expect(stateAfter(begin(4), next).places).toEqual([idOf(3), idOf(2), idOf(4)]);
  });

  it('gives an abandoned match that is played again its old place', () => {
    const given = stateAfter([...playing, ...begin(2), end(2, 5), end(1, null)]);
    const again = stateAfter(begin(1), given);
    expect(again.places).toEqual([idOf(1), idOf(2)]);
    expect(placedMatches(again).map((match) => phaseOf(match).phase)).toEqual(['watching', 'ended']);
  });

  it('shows no match that is forgotten, and gives its place away', () => {
    const old = stateAfter([...playing, ...begin(2), end(1, 5), end(2, 5)]);
    const many = Array.from({ length: 201 }, (_, n) => n + 10).flatMap((n) => [...begin(n), end(n, 1)]);
    const state = stateAfter(many, old);
    expect(placedMatches(state).map(({ matchId }) => matchId)).toEqual([idOf(210)]);
    const next = stateAfter([...begin(300), ...begin(301)], state);
    expect(placedMatches(next).map(({ matchId }) => matchId)).toEqual([idOf(300), idOf(301)]);
  });

  it('says what goes on in a match and until when', () => {
    expect(phases(playing)).toEqual([{ phase: 'watching', until: null }]);
    const thinking = stateAfter([...playing, ask(1)]);
    expect(phases([], thinking)).toEqual([{ phase: 'thinking', until: start + 5_000 }]);
    const matchId = idOf(1);
    const lost: AgentEvent = { type: 'match.lost', matchId, loss: { code: 1006, reason: '' } };
    expect(phases([lost], thinking)).toEqual([{ phase: 'offline', until: null }]);
    const retrying: AgentEvent = { type: 'match.retrying', matchId, attempt: 1, delayMs: 700 };
    expect(phases([lost, retrying], thinking)).toEqual([{ phase: 'offline', until: start + 700 }]);
    const dialing: AgentEvent = { type: 'match.connecting', matchId, attempt: 1 };
    expect(phases([lost, retrying, dialing], thinking)).toEqual([{ phase: 'dialing', until: null }]);
    const back: AgentEvent = { type: 'match.connected', matchId, resumed: true };
    expect(phases([lost, retrying, dialing, back], thinking)).toEqual([{ phase: 'watching', until: null }]);
    expect(phases([end(1, 5)], thinking)).toEqual([{ phase: 'ended', until: null }]);
  });

  it('is the same object after an event that the table does not show', () => {
    const state = stateAfter(playing);
    const unseen: AgentEvent[] = [
      { type: 'config.warning', message: 'w' },
      { type: 'match.repeated', matchId: idOf(1) },
    ];
    for (const event of unseen) expect(foldLive(state, { ...event, at: start })).toBe(state);
  });

  it('counts down while a turn is open or a connection waits, and not longer', () => {
    const thinking = stateAfter([...playing, ask(1)]);
    expect([isCounting(thinking, start), isCounting(thinking, start + 5_000)]).toEqual([true, false]);
    expect(isCounting(stateAfter([answer(1, 5)], thinking), start)).toBe(false);
    const waiting = stateAfter([{ type: 'lobby.retrying', attempt: 1, delayMs: 1_000 }]);
    expect(isCounting(waiting, start)).toBe(true);
  });
});
