import { describe, expect, it } from 'vitest';
import { watchClockJumps } from '../../src/time/clock-jumps.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';

function watched() {
  const clock = createVirtualClock();
  let stepMs = 0;
  const jumps = watchClockJumps({ clock, wall: () => clock.now() + stepMs, monotonic: clock.now });
  return {
    clock,
    jumps,
    step: (ms: number) => {
      stepMs += ms;
    },
  };
}

describe('watchClockJumps', () => {
  it.each([
    ['a sleep of 11 s', 11_000, 1],
    ['a sleep of a day', 86_400_000, 1],
    ['a clock set back by an hour', -3_600_000, 1],
    ['a clock that is set by 10 s', 10_000, 0],
    ['a clock that is set back by 10 s', -10_000, 0],
  ])('%s', (_title, ms, told) => {
    const { clock, jumps, step } = watched();
    let seen = 0;
    jumps.watch(() => seen++);
    clock.advance(5_500);
    step(ms);
    clock.advance(1_000);
    expect(seen).toBe(told);
    clock.advance(60_000);
    expect(seen).toBe(told);
  });

  it('a clock that is slewed a little all the time does not jump', () => {
    const { clock, jumps, step } = watched();
    let seen = 0;
    jumps.watch(() => seen++);
    for (let second = 0; second < 100; second++) {
      step(500);
      clock.advance(1_000);
    }
    expect(seen).toBe(0);
  });

  it('tells everybody who watches, and looks only while somebody does', () => {
    const { clock, jumps, step } = watched();
    const seen: string[] = [];
    const first = jumps.watch(() => seen.push('first'));
    const second = jumps.watch(() => seen.push('second'));
    expect(clock.pending()).toBe(1);
    step(20_000);
    clock.advance(1_000);
    expect(seen).toEqual(['first', 'second']);
    first();
    first();
    second();
    expect(clock.pending()).toBe(0);
    // What happened while nobody watched is of no interest.
    step(20_000);
    const third = jumps.watch(() => seen.push('third'));
    clock.advance(5_000);
    third();
    expect(seen).toEqual(['first', 'second']);
    expect(clock.pending()).toBe(0);
  });
});
