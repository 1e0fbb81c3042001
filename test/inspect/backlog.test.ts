import { describe, expect, it } from 'vitest';
import type { AnyActorRef } from 'xstate';
import { createBacklog } from '../../src/inspect/backlog.js';
import type { Sighting } from '../../src/inspect/sighting.js';

/** `actor`, `event` or `snapshot` of an actor, and a number to tell it by. */
function sighting(text: string): Sighting {
  const [kind = '', sessionId = '', at = '0'] = text.split(' ');
  return { kind, actor: { sessionId } as AnyActorRef, rootId: '', at: Number(at) } as Sighting;
}

const textOf = ({ kind, actor, at }: Sighting): string => `${kind} ${actor.sessionId} ${at}`;

function startBacklog(limits = { perWindow: 3, maxActors: 2 }) {
  const backlog = createBacklog(limits);
  return {
    add: (...texts: string[]) => {
      for (const text of texts) backlog.add(sighting(text));
    },
    take: () => backlog.take().map(textOf),
    renew: backlog.renew,
    clear: backlog.clear,
    state: () => ({ isWaiting: backlog.isWaiting, skipped: backlog.skipped }),
  };
}

describe('the backlog', () => {
  it('keeps all in order while there is not much', () => {
    const { add, take, state } = startBacklog();
    add('actor a 1', 'event a 2', 'snapshot a 3');
    expect(state()).toEqual({ isWaiting: true, skipped: 0 });
    expect(take()).toEqual(['actor a 1', 'event a 2', 'snapshot a 3']);
    expect(state()).toEqual({ isWaiting: false, skipped: 0 });
  });

  it('keeps of what is too much the newest state of each actor, for the next window', () => {
    const { add, take, renew, state } = startBacklog();
    add('event a 1', 'event a 2', 'event a 3');
    add('event a 4', 'actor b 5', 'snapshot b 6', 'snapshot a 7', 'snapshot b 8', 'event b 9');
    expect(take()).toEqual(['event a 1', 'event a 2', 'event a 3']);
    expect(state()).toEqual({ isWaiting: true, skipped: 3 });
    expect(take()).toEqual([]);
    renew();
    expect(take()).toEqual(['actor b 5', 'snapshot b 8', 'snapshot a 7']);
    expect(state()).toEqual({ isWaiting: false, skipped: 3 });
  });

  it('lets nothing overtake the state that stands for what was left out', () => {
    const { add, take, renew } = startBacklog({ perWindow: 1, maxActors: 8 });
    add('snapshot a 1', 'snapshot a 2', 'snapshot b 3');
    expect(take()).toEqual(['snapshot a 1']);
    renew();
    add('snapshot b 4', 'event a 5');
    expect(take()).toEqual(['snapshot a 2']);
    renew();
    expect(take()).toEqual(['snapshot b 4']);
    renew();
    add('event a 6');
    expect(take()).toEqual(['event a 6']);
  });

  it('takes turns: an actor that changes all the time does not keep another one waiting', () => {
    const { add, take, renew } = startBacklog({ perWindow: 1, maxActors: 8 });
    add('event a 0', 'snapshot a 1', 'snapshot b 2', 'snapshot a 3');
    take();
    const told = [];
    for (let at = 4; at < 8; at += 1) {
      renew();
      told.push(...take());
      add(`snapshot a ${at}`);
    }
    expect(told).toEqual(['snapshot a 3', 'snapshot b 2', 'snapshot a 5', 'snapshot a 6']);
  });

  it('knows no more actors in a flood than its limit', () => {
    const { add, take, renew, state } = startBacklog();
    add('event a 1', 'event a 2', 'event a 3');
    add('snapshot a 4', 'snapshot b 5', 'snapshot c 6', 'actor d 7', 'snapshot b 8');
    expect(state()).toEqual({ isWaiting: true, skipped: 3 });
    take();
    renew();
    expect(take()).toEqual(['snapshot a 4', 'snapshot b 8']);
  });

  it('can be emptied', () => {
    const { add, take, clear, renew, state } = startBacklog();
    add('event a 1', 'event a 2', 'event a 3', 'snapshot a 4');
    clear();
    renew();
    expect([take(), state().isWaiting]).toEqual([[], false]);
  });
});
