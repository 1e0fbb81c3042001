import { describe, expect, it } from 'vitest';
import { type HealthFacts, healthOf, livenessOf, readinessOf } from '../../src/metrics/health.js';
import type { AgentEvent } from '../../src/protocol/events.js';
import { foldEvent } from '../../src/session-view/fold-event.js';
import { newSession } from '../../src/session-view/session-state.js';
import { online, start } from '../session-view/session-events.js';

const now = start + 60_000;

/** What is answered a minute after these events. */
function answersAfter(events: AgentEvent[], more: Partial<HealthFacts> = {}) {
  const session = events.reduce((state, event) => foldEvent(state, { ...event, at: start }), newSession);
  const facts: HealthFacts = {
    session,
    now,
    startedAt: start,
    since: start,
    lastLobbyFrameAt: now - 5_000,
    ...more,
  };
  return {
    live: livenessOf(facts).isWell,
    healthy: healthOf(facts).isWell,
    ready: readinessOf(facts).isWell,
    lines: [livenessOf(facts).line, healthOf(facts).line, readinessOf(facts).line],
  };
}

const lost: AgentEvent = { type: 'lobby.lost', loss: { code: 1006, reason: '' } };
const ending = (reason: 'stopped' | 'evicted' | 'failed'): AgentEvent => ({
  type: 'lobby.draining',
  reason,
  message: reason,
  live: 1,
  fault: null,
});

describe('what monitors are told', () => {
  it.each<[string, AgentEvent[], Partial<HealthFacts>, [boolean, boolean, boolean]]>([
    ['in the lobby', [online], {}, [true, true, true]],
    ['not there yet', [], {}, [false, false, false]],
    ['lost', [online, lost], {}, [false, false, false]],
    [
      'in a lobby that sends nothing for a while',
      [online],
      { lastLobbyFrameAt: now - 45_000 },
      [true, true, false],
    ],
    ['in a lobby that has sent nothing', [online], { lastLobbyFrameAt: null }, [true, true, false]],
    [
      'in a lobby that is silent',
      [online],
      { lastLobbyFrameAt: start - 5_000, since: start - 5_000 },
      [false, false, false],
    ],
    ['ending as it was told to', [online, ending('stopped')], {}, [true, false, false]],
    ['evicted', [online, ending('evicted')], {}, [false, false, false]],
    ['failed', [online, ending('failed')], {}, [false, false, false]],
  ])('%s', (_where, events, more, [live, healthy, ready]) => {
    expect(answersAfter(events, more)).toMatchObject({ live, healthy, ready });
  });

  it('is a word and a sentence in one line', () => {
    expect(answersAfter([online]).lines).toEqual([
      'ok: In the lobby for 1 min.',
      'ok: In the lobby for 1 min.',
      'ready: The lobby sent a frame 5 s ago.',
    ]);
    expect(answersAfter([online, ending('stopped')]).lines[1]).toBe('out: Ending: stopped.');
    expect(answersAfter([online], { lastLobbyFrameAt: now - 45_000 }).lines[2]).toBe(
      'silent: The lobby has sent nothing for 45 s.',
    );
  });
});
