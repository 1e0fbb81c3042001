import { describe, expect, it } from 'vitest';
import type { AnyActorRef } from 'xstate';
import type { Sighting } from '../../src/inspect/sighting.js';
import { createViewerBacklog } from '../../src/inspect/viewer-backlog.js';

/** `actor`, `event` or `snapshot` of an actor, and a number to tell it by. */
function sighting(text: string): Sighting {
  const [kind = '', sessionId = '', at = '0'] = text.split(' ');
  return { kind, actor: { sessionId } as AnyActorRef, rootId: '', at: Number(at) } as Sighting;
}

const textOf = ({ kind, actor, at }: Sighting): string => `${kind} ${actor.sessionId} ${at}`;

function startBacklog(limits = { perSecond: 30, burst: 3, maxActors: 2 }) {
  const backlog = createViewerBacklog(limits);
  return {
    add: (...texts: string[]) => {
      for (const text of texts) backlog.add(sighting(text));
    },
    take: (now: number) => backlog.take(now).map(textOf),
    clear: backlog.clear,
    state: () => ({ isWaiting: backlog.isWaiting, skipped: backlog.skipped }),
  };
}

describe('the backlog', () => {
  it('keeps all in order while there is not much', () => {
    const { add, take, state } = startBacklog();
    add('actor a 1', 'event a 2', 'snapshot a 3');
    expect(state()).toEqual({ isWaiting: true, skipped: 0 });
    expect(take(4)).toEqual(['actor a 1', 'event a 2', 'snapshot a 3']);
    expect(state()).toEqual({ isWaiting: false, skipped: 0 });
  });

  it('takes so many in a second, and after a rest a burst at once', () => {
    const { add, take, state } = startBacklog({ perSecond: 100, burst: 3, maxActors: 2 });
    for (let at = 0; at < 100; at += 10) add(`event a ${at}`);
    expect([take(100).length, state().skipped]).toEqual([10, 0]);
    add('event a 101', 'event a 101', 'event a 101', 'event a 101');
    expect([take(101).length, state().skipped]).toEqual([3, 1]);
    add('event a 1000', 'event a 1000', 'event a 1000', 'event a 1000');
    expect([take(1000).length, state().skipped]).toEqual([3, 2]);
  });

  it('keeps of what is too much the newest state of each actor, for later', () => {
    const { add, take, state } = startBacklog();
    add('event a 1', 'event a 2', 'event a 3');
    add('event a 4', 'actor b 5', 'snapshot b 6', 'snapshot a 7', 'snapshot b 8', 'event b 9');
    expect(take(10)).toEqual(['event a 1', 'event a 2', 'event a 3']);
    expect(state()).toEqual({ isWaiting: true, skipped: 3 });
    expect(take(10)).toEqual([]);
    expect(take(110)).toEqual(['actor b 5', 'snapshot b 8', 'snapshot a 7']);
    expect(state()).toEqual({ isWaiting: false, skipped: 3 });
  });

  it('lets nothing overtake the state that stands for what was left out', () => {
    const { add, take } = startBacklog({ perSecond: 10, burst: 1, maxActors: 8 });
    add('snapshot a 1', 'snapshot a 2', 'snapshot b 3');
    expect(take(3)).toEqual(['snapshot a 1']);
    add('snapshot b 104', 'event a 105');
    expect(take(105)).toEqual(['snapshot a 2']);
    expect(take(205)).toEqual(['snapshot b 104']);
    add('event a 306');
    expect(take(306)).toEqual(['event a 306']);
  });

  it('takes turns: an actor that changes all the time does not keep another one waiting', () => {
    const { add, take } = startBacklog({ perSecond: 10, burst: 1, maxActors: 8 });
    add('event a 0', 'snapshot a 1', 'snapshot b 2', 'snapshot a 3');
    take(3);
    const told = [];
    for (let at = 103; at < 503; at += 100) {
      told.push(...take(at));
      add(`snapshot a ${at}`);
    }
    expect(told).toEqual(['snapshot a 3', 'snapshot b 2', 'snapshot a 203', 'snapshot a 303']);
  });

  it('knows no more actors in a flood than its limit', () => {
    const { add, take, state } = startBacklog();
    add('event a 1', 'event a 1', 'event a 1');
    add('snapshot a 4', 'snapshot b 5', 'snapshot c 6', 'actor d 7', 'snapshot b 8');
    expect(state()).toEqual({ isWaiting: true, skipped: 3 });
    take(8);
    expect(take(108)).toEqual(['snapshot a 4', 'snapshot b 8']);
  });

  it('is not stopped by a clock that goes back', () => {
    const { add, take } = startBacklog();
    add('event a 100', 'event a 50', 'event a 60');
    expect(take(40)).toHaveLength(3);
    add('event a 140');
    expect(take(140)).toEqual(['event a 140']);
  });

  it('can be emptied', () => {
    const { add, take, clear, state } = startBacklog();
    add('event a 1', 'event a 1', 'event a 1', 'snapshot a 4');
    clear();
    expect([take(200), state().isWaiting]).toEqual([[], false]);
  });
});
