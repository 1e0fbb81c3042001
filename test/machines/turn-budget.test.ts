import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { turnClock, turnClockMs, turnMarginMs } from '../../src/machines/turn-budget.js';
import type { TurnRequest } from '../../src/protocol/frames.js';

const turn = (clock: Partial<TurnRequest>): TurnRequest => ({
  type: 'turn_request',
  request_id: 'q',
  valid_actions: [],
  state: {},
  ...clock,
});

describe('the clock of a turn', () => {
  it.each<[string, Partial<TurnRequest>, (number | null)[], number]>([
    ['timeout_ms before all others', { timeout_ms: 1_000, turn_duration_ms: 2_500 }, [3_000, 4_000], 1_000],
    ['turn_duration_ms', { turn_duration_ms: 2_500 }, [3_000, 4_000], 2_500],
    ['the clock the lobby announced', {}, [3_000, 4_000], 3_000],
    ['the clock of match_start', {}, [null, 4_000], 4_000],
    ['the shortest the platform uses when nobody said', {}, [null, null], 2_000],
    ['the next one for a clock of zero or less', { timeout_ms: 0, turn_duration_ms: -1 }, [0, 4_000], 4_000],
    [
      'what is left of it in a repeated turn',
      { timeout_ms: 5_000, serverTimeMs: 10_000, deadline_ts: 11_500 },
      [],
      1_500,
    ],
    [
      'all of it when the time stamps allow more',
      { timeout_ms: 5_000, serverTimeMs: 10_000, deadline_ts: 99_000 },
      [],
      5_000,
    ],
    [
      'all of it when the time stamps make no sense',
      { timeout_ms: 5_000, serverTimeMs: 10_000, deadline_ts: 10_000 },
      [],
      5_000,
    ],
    ['all of it when one time stamp is missing', { timeout_ms: 5_000, deadline_ts: 1_500 }, [], 5_000],
    ['all of it when the other one is missing', { timeout_ms: 5_000, serverTimeMs: -1_500 }, [], 5_000],
  ])('is %s', (_what, frame, known, clockMs) => {
    expect(turnClockMs(turn(frame), known)).toBe(clockMs);
  });

  it.each<[string, Partial<TurnRequest>, number]>([
    ['all that it names', { timeout_ms: 5_000, turn_duration_ms: 5_000 }, 5_000],
    ['all that its one name says', { timeout_ms: 5_000 }, 5_000],
    ['all that an older name of it says', { turn_duration_ms: 5_000 }, 5_000],
    ['what the time stamps say where it names none', {}, 700],
  ])('of a fresh turn is %s, though two machines of the server stamped it', (_what, frame, clockMs) => {
    const stamps = { serverTimeMs: 10_000, deadline_ts: 10_700 };
    expect(turnClockMs(turn({ ...frame, ...stamps }), [2_000], true)).toBe(clockMs);
    const timing = { lateMs: 0, roundTripMs: 0, isFresh: true };
    expect(turnClock(turn({ ...frame, ...stamps }), { known: [2_000], timing, marginMs: 0 })).toEqual({
      leftMs: clockMs,
      thinkMs: clockMs,
    });
  });

  it.each([
    [30_000, 500],
    [5_000, 500],
    [2_000, 200],
    [600, 60],
    [400, 50],
    [200, 50],
    [100, 25],
    [1, 0.25],
  ])('of %i ms keeps a margin of %d ms', (clockMs, marginMs) => {
    expect(turnMarginMs(clockMs)).toBe(marginMs);
  });

  it('always leaves the bot three quarters, and the agent something', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (clockMs) => {
        const marginMs = turnMarginMs(clockMs);
        expect(marginMs).toBeGreaterThan(0);
        expect(marginMs).toBeLessThanOrEqual(clockMs / 4);
      }),
    );
  });
});

describe('the margin of a turn, once round trips are known,', () => {
  it.each([
    ['keeps half as much again as a round trip, and a reserve for a busy machine', 2_000, 40, 160],
    ['has a smaller reserve in a shorter clock', 1_200, 0, 60],
    ['has a reserve of 50 ms at least', 400, 0, 50],
    ['leaves most of a tick of 100 ms to the bot', 100, 4, 18.5],
    ['leaves half of it on a slow way', 100, 40, 50],
    ['has a reserve of 100 ms at most', 30_000, 0, 100],
    ['grows with slow round trips beyond what was guessed', 2_000, 500, 850],
    ['never takes more than half of the clock', 2_000, 5_000, 1_000],
  ])('%s', (_title, clockMs, roundTripMs, marginMs) => {
    expect(turnMarginMs(clockMs, roundTripMs)).toBe(marginMs);
  });
});

describe('the time a bot may think', () => {
  const timing = { lateMs: 0, roundTripMs: 40 };
  const frame = turn({ timeout_ms: 2_000 });

  it.each<[string, Parameters<typeof turnClock>[1], { leftMs: number; thinkMs: number }]>([
    ['is the clock without a guessed margin', { known: [] }, { leftMs: 2_000, thinkMs: 1_800 }],
    ['is the clock without a measured margin', { known: [], timing }, { leftMs: 2_000, thinkMs: 1_840 }],
    [
      'is shorter by what the frame was late: the clock of the server ran meanwhile',
      { known: [], timing: { ...timing, lateMs: 300 } },
      { leftMs: 1_700, thinkMs: 1_540 },
    ],
    [
      'is none when nothing but the margin is left',
      { known: [], timing: { ...timing, lateMs: 1_900 } },
      { leftMs: 100, thinkMs: 0 },
    ],
    [
      'is all of it when the frame seems later than its clock: then the time of the server was set',
      { known: [], timing: { ...timing, lateMs: 3_600_000 } },
      { leftMs: 2_000, thinkMs: 1_840 },
    ],
    [
      'is all of it when the frame seems exactly as late as its clock is long',
      { known: [], timing: { ...timing, lateMs: 2_000 } },
      { leftMs: 2_000, thinkMs: 1_840 },
    ],
    [
      'is no longer for a frame that seems early',
      { known: [], timing: { ...timing, lateMs: -500 } },
      { leftMs: 2_000, thinkMs: 1_840 },
    ],
    [
      'is the clock without a margin that was asked for',
      { known: [], timing, marginMs: 30 },
      { leftMs: 2_000, thinkMs: 1_970 },
    ],
    [
      'is the whole clock with a margin of 0',
      { known: [], timing, marginMs: 0 },
      { leftMs: 2_000, thinkMs: 2_000 },
    ],
    [
      'is half of the clock at least, whatever margin was asked for',
      { known: [], marginMs: 60_000 },
      { leftMs: 2_000, thinkMs: 1_000 },
    ],
  ])('%s', (_title, options, clock) => {
    expect(turnClock(frame, options)).toEqual(clock);
  });

  it('ends before deadline_ts, by a round trip at least, when the clocks agree and the margin is measured', () => {
    const ms = (max: number) => fc.double({ min: 0, max, noNaN: true });
    fc.assert(
      fc.property(
        ms(300),
        ms(300),
        ms(400),
        fc.integer({ min: 2_000, max: 30_000 }),
        (down, up, lateMs, clockMs) => {
          const sentAt = 1_700_000_000_000;
          const arrivedAt = sentAt + down + lateMs;
          const deadline = sentAt + clockMs;
          const request = turn({ timeout_ms: clockMs, serverTimeMs: sentAt, deadline_ts: deadline });
          const { thinkMs } = turnClock(request, { known: [], timing: { lateMs, roundTripMs: down + up } });
          expect(arrivedAt + thinkMs + up).toBeLessThan(deadline);
        },
      ),
    );
  });
});
