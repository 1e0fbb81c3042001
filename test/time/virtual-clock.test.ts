import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/time/virtual-clock.js';

/** After how many milliseconds a timer fires. */
function waitOf(delayMs: unknown): number {
  const clock = createVirtualClock(0);
  let firedAt = -1;
  clock.setTimeout(() => {
    firedAt = clock.now();
  }, delayMs as number);
  clock.advance(clock.untilNext() ?? 0);
  return firedAt;
}

describe('a virtual clock', () => {
  it.each([
    ['NaN', Number.NaN, 1],
    ['undefined', undefined, 1],
    ['infinite', Infinity, 1],
    ['infinite below zero', -Infinity, 1],
    ['more than 2^31 - 1', 2 ** 31, 1],
    ['2^31 - 1', 2 ** 31 - 1, 2 ** 31 - 1],
    ['a fraction', 0.5, 1],
    ['one and a fraction', 1.9, 1],
    ['2^31 - 1 and a fraction', 2 ** 31 - 0.5, 1],
    ['zero', 0, 0],
    ['less than zero', -5, 0],
  ])('waits for a delay that is %s', (_what, delayMs, waited) => {
    expect(waitOf(delayMs)).toBe(waited);
  });

  it.each([Number.NaN, Infinity, -1, undefined])('refuses %s for time that passes', (ms) => {
    const clock = createVirtualClock(5);
    const refusal = { name: 'VirtualTimeError', code: 'time_invalid' };
    expect(() => clock.advance(ms as number)).toThrow(expect.objectContaining(refusal));
    expect(() => clock.block(ms as number)).toThrow(expect.objectContaining(refusal));
    if (ms !== undefined) expect(() => createVirtualClock(ms)).toThrow(expect.objectContaining(refusal));
    expect(clock.now()).toBe(5);
  });

  it('fires in the order of time, and in one instant as timers were set', () => {
    const clock = createVirtualClock();
    const fired: string[] = [];
    const set = (name: string, delayMs: number) => clock.setTimeout(() => fired.push(name), delayMs);
    set('late', 20);
    set('first', 10.7);
    set('second', 10.2);
    const gone = set('gone', 10);
    clock.setTimeout(() => {
      fired.push('third');
      clock.clearTimeout(gone);
      set('after all of this instant', 0);
    }, 10);
    clock.setTimeout(() => fired.push('fourth'), 10);
    clock.clearTimeout(gone);
    clock.advance(10);
    expect(fired).toEqual(['first', 'second', 'third', 'fourth', 'after all of this instant']);
    clock.advance(10);
    expect(fired.at(-1)).toBe('late');
    expect(clock.pending()).toBe(0);
  });
});
