import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchArrivals } from '../../../src/io/sockets/arrivals.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';

const hourMs = 3_600_000;

interface Sent {
  /** On its way. */
  delayMs: number;
  /** How far the clock that stamps it is ahead of ours. */
  aheadMs?: number;
  roundTripMs?: number;
}

/** Turns that the server sends 1 s apart, without a word from us between them. */
function lateness(turns: readonly Sent[]): number[] {
  const clock = createVirtualClock();
  const arrivals = watchArrivals(clock.now);
  return turns.map(({ delayMs, aheadMs = 0, roundTripMs = 0 }) => {
    const sentAt = clock.now() + aheadMs;
    clock.advance(delayMs);
    const late = arrivals.arrived(sentAt, roundTripMs);
    clock.advance(1_000);
    return late;
  });
}

const times = (count: number, sent: Sent): Sent[] => Array.from({ length: count }, () => sent);

describe('the lateness of turns', () => {
  it.each([0, 5 * hourMs, -5 * hourMs])(
    'is what they took longer than the fastest before, with clocks that differ by %i ms',
    (aheadMs) => {
      const turns = [20, 10, 500, 11, 10].map((delayMs) => ({ delayMs, aheadMs }));
      expect(lateness(turns)).toEqual([0, 0, 490, 1, 0]);
    },
  );

  it.each([-1_300, -250, -60_000, -hourMs])(
    'is seen of two turns at most when the clock that stamps them is set by %i ms: the third shows the same',
    (aheadMs) => {
      const late = lateness([...times(10, { delayMs: 20 }), ...times(40, { delayMs: 20, aheadMs })]);
      expect(late).toEqual([
        ...Array.from({ length: 10 }, () => 0),
        -aheadMs,
        -aheadMs,
        ...Array.from({ length: 38 }, () => 0),
      ]);
    },
  );

  it('is none when the clock is set forward', () => {
    const late = lateness([...times(10, { delayMs: 20 }), ...times(10, { delayMs: 20, aheadMs: 1_300 })]);
    expect(late).toEqual(Array.from({ length: 20 }, () => 0));
  });

  it('is none when the clock drifts for hours', () => {
    const turns = Array.from({ length: 2_000 }, (_, turn) => ({ delayMs: 20, aheadMs: -turn * 5 }));
    expect(Math.max(...lateness(turns))).toBeLessThanOrEqual(200);
  });

  it('is none when two machines whose clocks differ stamp them by chance, once both are known', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ isSecond: fc.boolean(), jitterMs: fc.nat(40) }), {
          minLength: 60,
          maxLength: 60,
        }),
        fc.integer({ min: 300, max: 20_000 }),
        (turns, skewMs) => {
          const mixed = turns.map(({ isSecond, jitterMs }, turn) => ({
            delayMs: 20 + jitterMs,
            aheadMs: isSecond || turn % 3 === 0 ? -skewMs : 0,
          }));
          const seen = lateness(mixed).filter((late) => late > 40);
          expect(seen.length).toBeLessThanOrEqual(2);
        },
      ),
    );
  });

  it('of a turn that is slow now and then is seen each time, though they are slow alike', () => {
    const turns = Array.from({ length: 100 }, (_, turn) => ({ delayMs: turn % 5 === 4 ? 320 : 20 }));
    expect(lateness(turns)).toEqual(turns.map(({ delayMs }) => delayMs - 20));
  });

  it('of one slow turn is seen among many, and among those after a clock was set', () => {
    const slow = { delayMs: 520 };
    const turns = [
      ...times(30, { delayMs: 20 }),
      slow,
      ...times(5, { delayMs: 20 }),
      ...times(10, { delayMs: 20, aheadMs: -1_300 }),
      { ...slow, aheadMs: -1_300 },
    ];
    const late = lateness(turns);
    expect(late[30]).toBe(500);
    expect(late.at(-1)).toBe(500);
  });

  it('goes on being seen when pings take as long: then it is the way, and no clock', () => {
    const slow = { delayMs: 1_320, roundTripMs: 1_290 };
    const late = lateness([...times(10, { delayMs: 20, roundTripMs: 10 }), ...times(20, slow)]);
    expect(late.slice(10)).toEqual(Array.from({ length: 20 }, () => 1_300));
  });
});

describe('a turn that is repeated', () => {
  it('is late by what was lost until it came again, however often that happens, and makes no clock of it', () => {
    const clock = createVirtualClock();
    const arrivals = watchArrivals(clock.now);
    const late: number[] = [];
    for (let turn = 0; turn < 10; turn++) {
      const sentAt = clock.now();
      late.push(arrivals.arrived(sentAt, 0));
      clock.advance(1_000);
      late.push(arrivals.arrived(sentAt, 0, true));
    }
    expect(late).toEqual(Array.from({ length: 10 }, () => [0, 1_000]).flat());
    expect(arrivals.arrived(clock.now() - 1_000, 0)).toBe(1_000);
  });
});

describe('a turn', () => {
  const stepMs = 1_300;

  /** One turn in time, then one that seems late: after a word of ours that left so many ms before it. */
  function after(spoke: (arrivals: ReturnType<typeof watchArrivals>) => void, waitedMs: number): number {
    const clock = createVirtualClock();
    const arrivals = watchArrivals(clock.now);
    arrivals.sent();
    clock.advance(5_000);
    arrivals.arrived(clock.now(), 0);
    clock.advance(700);
    spoke(arrivals);
    clock.advance(waitedMs);
    return arrivals.arrived(clock.now() - stepMs, 0);
  }

  it('is no later than the time since the answer it comes after, whatever clocks say', () => {
    expect(after((arrivals) => arrivals.sent('q1'), 40)).toBe(40);
  });

  it('may be late by all that clocks say after a longer silence of ours', () => {
    expect(after((arrivals) => arrivals.sent('q1'), 3_000)).toBe(stepMs);
  });

  it('may have been sent before an answer that went out again', () => {
    const late = after((arrivals) => {
      arrivals.sent('q1');
      arrivals.sent('q1');
    }, 40);
    expect(late).toBe(40);
    const clock = createVirtualClock();
    const arrivals = watchArrivals(clock.now);
    arrivals.arrived(clock.now(), 0);
    arrivals.sent('q1');
    clock.advance(900);
    arrivals.sent('q1');
    expect(arrivals.arrived(clock.now() - stepMs, 0)).toBe(900);
  });
});
