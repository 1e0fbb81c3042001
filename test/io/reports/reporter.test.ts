import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { defineReporter, fanOut } from '../../../src/io/reports/reporter.js';
import type { TimedAgentEvent } from '../../../src/protocol/events.js';
import type { MatchResult } from '../../../src/protocol/results.js';

const repeated = (matchId: string) => ({ type: 'match.repeated', matchId }) as const;
const warning = (why: string) => ({
  type: 'config.warning',
  message: `A listener of the agent's events failed: ${why}`,
  at: 5,
});

function throwsNothing(): never {
  throw Object.create(null);
}

describe('the reporter', () => {
  it('tells each event to every subscriber, with the time', () => {
    const heard: [string, TimedAgentEvent][] = [];
    let at = 100;
    const reporter = createActor(
      defineReporter([(event) => heard.push(['a', event]), (event) => heard.push(['b', event])], {
        now: () => at,
      }),
      { systemId: 'reporter' },
    ).start();
    reporter.send(repeated('m1'));
    at = 200;
    reporter.send(repeated('m2'));
    reporter.stop();
    expect(heard).toEqual([
      ['a', { ...repeated('m1'), at: 100 }],
      ['b', { ...repeated('m1'), at: 100 }],
      ['a', { ...repeated('m2'), at: 200 }],
      ['b', { ...repeated('m2'), at: 200 }],
    ]);
  });

  it('tells the others once that a subscriber throws, and goes on telling it', () => {
    const heard: TimedAgentEvent[] = [];
    let calls = 0;
    const broken = () => {
      calls += 1;
      throw new Error('bo\u001b[31mom');
    };
    const tell = fanOut([broken, (event) => heard.push(event)], { now: () => 5 });
    tell(repeated('m1'));
    tell(repeated('m2'));
    expect(heard).toEqual([warning('bo[31mom'), { ...repeated('m1'), at: 5 }, { ...repeated('m2'), at: 5 }]);
    expect(calls).toBe(2);
  });

  it('stamps with the wall clock, and puts the times of a result on it', () => {
    const heard: TimedAgentEvent[] = [];
    const tell = fanOut([(event) => heard.push(event)], { now: () => 1_000.5, wallNow: () => 90_000 });
    const result = { matchId: 'm1', startedAt: 400.25, endedAt: 1_000.5 } as MatchResult;
    tell(repeated('m1'));
    tell({ type: 'match.ended', matchId: result.matchId, result });
    expect(heard).toEqual([
      { ...repeated('m1'), at: 90_000 },
      {
        type: 'match.ended',
        matchId: result.matchId,
        result: { matchId: 'm1', startedAt: 89_400, endedAt: 90_000 },
        at: 90_000,
      },
    ]);
  });

  it('calls a subscriber with what it hears, and makes nothing of what nobody hears', () => {
    const heard: TimedAgentEvent[] = [];
    let stamps = 0;
    const picky = Object.assign((event: TimedAgentEvent) => heard.push(event), {
      hears: new Set(['match.repeated'] as const),
    });
    const tell = fanOut([picky], { now: () => ++stamps });
    tell({ type: 'config.warning', message: 'none of its business' });
    tell(repeated('m1'));
    expect(heard).toEqual([{ ...repeated('m1'), at: 1 }]);
  });

  it('asks every subscriber what it hears', () => {
    const heard: string[] = [];
    const hearing = (type: TimedAgentEvent['type']) =>
      Object.assign((event: TimedAgentEvent) => heard.push(event.type), { hears: new Set([type]) });
    const tell = fanOut([hearing('config.warning'), hearing('match.repeated')], { now: () => 5 });
    tell(repeated('m1'));
    tell({ type: 'config.warning', message: 'look' });
    expect(heard).toEqual(['match.repeated', 'config.warning']);
  });

  it('contains the failure of an async subscriber', async () => {
    const heard: TimedAgentEvent[] = [];
    const tell = fanOut([async () => Promise.reject(new Error('later')), (event) => heard.push(event)], {
      now: () => 5,
    });
    tell(repeated('m1'));
    await new Promise(setImmediate);
    expect(heard).toEqual([{ ...repeated('m1'), at: 5 }, warning('later')]);
  });

  it('survives that every subscriber throws, even at the report of it, and what is thrown has no text', () => {
    const tell = fanOut([throwsNothing, () => throwsNothing()], { now: () => 5 });
    expect(() => tell(repeated('m1'))).not.toThrow();
  });

  it('reaches subscribers that were added to its set, and those removed no more', () => {
    const heard: string[] = [];
    const subscribers = new Set<(event: TimedAgentEvent) => unknown>();
    const tell = fanOut(subscribers, { now: () => 5 });
    const once = () => {
      heard.push('once');
      subscribers.delete(once);
      subscribers.add(() => heard.push('added'));
    };
    subscribers.add(once);
    tell(repeated('m1'));
    tell(repeated('m2'));
    expect(heard).toEqual(['once', 'added']);
  });
});
