import { describe, expect, it } from 'vitest';
import { startPausableClock } from '../../src/time/pausable-clock.js';
import { createTimers } from '../../src/time/timers.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';

function start(budgetMs: number) {
  const time = createVirtualClock();
  const over: number[] = [];
  const begin = time.now();
  const timers = createTimers(time, (error) => {
    throw error;
  });
  return { time, over, clock: startPausableClock(budgetMs, timers, () => over.push(time.now() - begin)) };
}

describe('the clock of a turn', () => {
  it('runs out after its budget of running time, however often it stood still', () => {
    const { time, over, clock } = start(100);
    for (const _round of [1, 2, 3]) {
      time.advance(30);
      clock.pause();
      clock.pause();
      time.advance(1_000);
      clock.resume();
      clock.resume();
    }
    expect(clock.leftMs).toBe(10);
    time.advance(9);
    expect(over).toEqual([]);
    time.advance(1);
    expect(over).toEqual([3_100]);
    expect(clock.leftMs).toBe(0);
  });

  it('is not over before its timer fires, but has nothing left', () => {
    const { time, over, clock } = start(100);
    time.block(150);
    expect([clock.leftMs, over]).toEqual([0, []]);
    clock.pause();
    clock.resume();
    time.advance(0);
    expect(over).toEqual([150]);
  });

  it('leaves no timer behind when it is cancelled, running or not', () => {
    const [running, paused] = [start(100), start(100)];
    paused.clock.pause();
    for (const { time, clock, over } of [running, paused]) {
      clock.cancel();
      expect(time.pending()).toBe(0);
      time.advance(1_000);
      expect(over).toEqual([]);
    }
  });
});
