import { describe, expect, it } from 'vitest';
import { createStarts } from '../../../../src/io/hosting/pool/bot-starts.js';
import { createVirtualClock } from '../../../../src/time/virtual-clock.js';
import { deferred, settled } from '../../../kit/bot-seat.js';
import { type ScriptedThread, scriptedPool } from '../../../kit/thread-pool.js';

/** Starts of threads whose bots are made when a test says so. */
function scriptedStarts() {
  const pool = scriptedPool();
  const made: (() => void)[] = [];
  const clock = createVirtualClock();
  const starts = createStarts(
    {
      place: 'process',
      start() {
        const thread: ScriptedThread = pool.take();
        const { promise, resolve } = deferred();
        made.push(resolve);
        return Object.assign(thread, { started: promise, isMade: false });
      },
    },
    clock,
  );
  return {
    clock,
    begin: (isUrgent?: boolean) => starts.begin(isUrgent),
    threads: pool.threads,
    async make(index: number) {
      made[index]?.();
      await settled();
    },
  };
}

const seat = (matchId: string) => ({ type: 'seat', matchId }) as const;

describe('threads and processes', () => {
  it('are started two at a time, in the order in which they were asked for', async () => {
    const { begin, threads, make } = scriptedStarts();
    const asked = ['m0', 'm1', 'm2', 'm3'].map((id) => {
      const thread = begin();
      thread.post(seat(id));
      return thread;
    });
    expect(threads).toHaveLength(2);
    await make(1);
    expect(threads).toHaveLength(3);
    await make(0);
    await make(2);
    expect(threads.map((thread) => thread.take())).toEqual(['m0', 'm1', 'm2', 'm3'].map((id) => [seat(id)]));
    expect(asked.map(({ place, isMade }) => [place, isMade])[3]).toEqual(['process', false]);
    await make(3);
    begin();
    expect(threads).toHaveLength(5);
  });

  it('that a live match waits for are the next ones', async () => {
    const { begin, threads, make } = scriptedStarts();
    for (const id of ['m0', 'm1', 'm2']) begin().post(seat(id));
    begin(true).post(seat('live'));
    await make(0);
    expect(threads[2]?.take()).toEqual([seat('live')]);
  });

  it('are what they were told to be before they were started', async () => {
    const { begin, threads, make } = scriptedStarts();
    begin();
    begin();
    const late = begin();
    const heard: unknown[] = [];
    late.listen({ onMessage: (message) => heard.push(message), onEnd: (end) => heard.push(end.why) });
    late.post(seat('m2'));
    expect(late.proposalFor('q1')).toBeUndefined();
    await make(0);
    const [, , thread] = threads;
    thread?.propose('q1', { action: 'call' });
    thread?.say({ type: 'ready' });
    thread?.die();
    expect([thread?.take(), heard, late.hasEnded, late.proposalFor('q1')]).toEqual([
      [seat('m2')],
      [{ type: 'ready' }, 'exited'],
      true,
      { action: 'call' },
    ]);
  });

  it('are not kept for ever by those that never end starting', async () => {
    const { begin, threads, make, clock } = scriptedStarts();
    for (let count = 0; count < 5; count++) begin();
    clock.advance(9_999);
    expect(threads).toHaveLength(2);
    clock.advance(1);
    expect(threads).toHaveLength(4);
    await make(0);
    expect(threads).toHaveLength(4);
    await make(2);
    await make(3);
    await make(4);
    expect([threads.length, clock.pending()]).toEqual([5, 0]);
  });

  it('that nobody needs any more are never started', async () => {
    const { begin, threads, make } = scriptedStarts();
    begin();
    begin();
    const unneeded = begin();
    begin().post(seat('m3'));
    await unneeded.end();
    await Promise.all([unneeded.gone, unneeded.started]);
    unneeded.post(seat('m2'));
    await make(0);
    expect([unneeded.hasEnded, threads.map((thread) => thread.take())]).toEqual([
      true,
      [[], [], [seat('m3')]],
    ]);
  });
});
