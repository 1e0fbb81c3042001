import { describe, expect, it } from 'vitest';
import type { ChannelKind } from '../../../src/io/output/channel.js';
import { untilWritten } from '../../../src/io/output/ending.js';
import { createOutlet } from '../../../src/io/output/outlet.js';
import { plainVoice } from '../../../src/io/output/voice.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { type FakeChannel, fakeChannel } from './fake-channel.js';

interface Ending {
  channel: FakeChannel;
  /** Lets this much time pass, also for what promises do meanwhile. */
  pass(ms: number): Promise<void>;
  /** Milliseconds from the end of the session until there is nothing more to wait for; null: it still waits. */
  endedAfter(): number | null;
  signal(): void;
  listeners(): number;
}

async function ending(
  kind: ChannelKind,
  room: number,
  isHurried: boolean,
  answer = 'EAGAIN',
): Promise<Ending> {
  const clock = createVirtualClock(0);
  const channel = fakeChannel(kind, room);
  channel.answer = answer;
  const ignore = () => undefined;
  const outlet = createOutlet(channel, { clock, voice: () => plainVoice, onFault: ignore, onGone: ignore });
  outlet.write('the last line\n');
  const listeners = new Set<() => void>();
  let endedAt: number | null = null;
  const ended = untilWritten([outlet], {
    clock,
    now: clock.now,
    isHurried,
    onHurry(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  }).then(() => {
    endedAt = clock.now();
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const isOver = () => endedAt !== null;
  void ended;
  await settle();
  return {
    channel,
    async pass(ms) {
      for (let step = 0; step < ms && !isOver(); step += 10) {
        clock.advance(10);
        await settle();
      }
    },
    endedAfter: () => endedAt,
    signal: () => listeners.forEach((listener) => listener()),
    listeners: () => listeners.size,
  };
}

describe('the end of a process', () => {
  it('does not wait when everything is written', async () => {
    const end = await ending('pipe', Infinity, false);
    expect([end.endedAfter(), end.listeners()]).toEqual([0, 0]);
  });

  it.each<ChannelKind>(['terminal', 'pipe'])(
    'waits for a slow reader of a %s until it has all',
    async (kind) => {
      const end = await ending(kind, 0, false);
      for (let i = 0; i < 14; i += 1) {
        await end.pass(20_000);
        end.channel.room = 1;
      }
      await end.pass(100);
      expect(end.channel.taken()).toBe('the last line\n');
      expect(end.endedAfter()).toBeGreaterThan(200_000);
    },
  );

  it.each<[ChannelKind, boolean, string, number]>([
    ['terminal', true, 'EAGAIN', 1_000],
    ['pipe', true, 'EAGAIN', 1_000],
    ['file', true, 'ENOSPC', 1_000],
    ['terminal', false, 'EAGAIN', 30_000],
    ['pipe', false, 'EAGAIN', 30_000],
    ['file', false, 'ENOSPC', 1_000],
  ])('waits for a %s that takes nothing, told to end: %s, %s: %i ms', async (kind, isHurried, answer, ms) => {
    const end = await ending(kind, 0, isHurried, answer);
    await end.pass(60_000);
    expect([end.endedAfter(), end.listeners()]).toEqual([ms, 0]);
  });

  it('is within a second of a signal that comes while it waits, whatever the reader does', async () => {
    const end = await ending('pipe', 0, false);
    await end.pass(5_000);
    end.signal();
    await end.pass(500);
    end.signal();
    end.channel.room = 1;
    await end.pass(5_000);
    expect(end.endedAfter()).toBe(6_000);
  });
});
