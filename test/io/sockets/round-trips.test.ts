import { describe, expect, it } from 'vitest';
import { measureRoundTrips } from '../../../src/io/sockets/round-trips.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';

function measured(...trips: number[]): number | null {
  const clock = createVirtualClock();
  const roundTrips = measureRoundTrips(clock.now);
  for (const ms of trips) {
    const payload = roundTrips.sent();
    clock.advance(ms);
    roundTrips.received(payload);
  }
  return roundTrips.ms;
}

describe('round trips', () => {
  it.each<[string, number[], number | null]>([
    ['are unknown before the first one', [], null],
    ['are what the only one took', [30], 30],
    ['are the slower of two', [30, 20], 30],
    ['are the second slowest of more: one pong may have waited for a busy thread', [20, 900, 30, 25], 30],
    ['forget what was long ago', [500, 500, 10, 10, 10, 10, 10, 10, 10, 10], 10],
  ])('%s', (_title, trips, ms) => {
    expect(measured(...trips)).toBe(ms);
  });

  it('know the newest one, also while it is on its way, and whether one is', () => {
    const clock = createVirtualClock();
    const roundTrips = measureRoundTrips(clock.now);
    const seen = () => [roundTrips.isWaiting, roundTrips.newestMs];
    expect(seen()).toEqual([false, 0]);
    const first = roundTrips.sent();
    clock.advance(700);
    // Perhaps it never answers any.
    expect(seen()).toEqual([true, 0]);
    roundTrips.received(first);
    expect(seen()).toEqual([false, 700]);
    const second = roundTrips.sent();
    clock.advance(100);
    expect(seen()).toEqual([true, 700]);
    clock.advance(1_000);
    expect(seen()).toEqual([true, 1_100]);
    roundTrips.received(second);
    roundTrips.sent();
    clock.advance(5);
    expect(seen()).toEqual([true, 1_100]);
  });

  it('are not taken from pongs that nobody asked for, nor twice, nor of a ping before the last one', () => {
    const clock = createVirtualClock();
    const roundTrips = measureRoundTrips(clock.now);
    roundTrips.received('1');
    const first = roundTrips.sent();
    clock.advance(100);
    const second = roundTrips.sent();
    roundTrips.received(first);
    roundTrips.received('');
    expect(roundTrips.ms).toBeNull();
    clock.advance(7);
    roundTrips.received(second);
    clock.advance(50);
    roundTrips.received(second);
    expect(roundTrips.ms).toBe(7);
  });
});
