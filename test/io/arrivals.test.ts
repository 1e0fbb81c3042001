import { describe, expect, it } from 'vitest';
import { watchArrivals } from '../../src/io/arrivals.js';
import { createVirtualClock } from '../support/virtual-clock.js';

const hourMs = 3_600_000;

/** Frames that the server sends 1 s apart, its clock ahead of ours by `aheadMs`, each `delays` ms on its way. */
function lateness(aheadMs: number, delays: readonly number[]): number[] {
  const clock = createVirtualClock();
  const arrivals = watchArrivals(clock.now);
  return delays.map((delayMs) => {
    const sentAt = clock.now() + aheadMs;
    clock.advance(delayMs);
    const late = arrivals.heard(sentAt);
    clock.advance(1_000);
    return late;
  });
}

describe('the lateness of frames', () => {
  it.each([0, 5 * hourMs, -5 * hourMs])(
    'is what they took longer than the fastest before, with clocks that differ by %i ms',
    (aheadMs) => {
      expect(lateness(aheadMs, [20, 10, 500, 11, 10])).toEqual([0, 0, 490, 1, 0]);
    },
  );

  it('forgets a fastest frame of long ago, so that a clock that was set counts for a while only', () => {
    const delays = [0, ...Array.from({ length: 128 }, () => 300)];
    const late = lateness(0, delays);
    expect(late.slice(0, 3)).toEqual([0, 300, 300]);
    expect(late.at(-1)).toBe(0);
    expect(late.slice(1, 127)).toEqual(Array.from({ length: 126 }, () => 300));
  });
});
