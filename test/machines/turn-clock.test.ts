import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { turnClockMs, turnMarginMs } from '../../src/machines/turn-clock.js';
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
      { timeout_ms: 5_000, server_ts: 10_000, deadline_ts: 11_500 },
      [],
      1_500,
    ],
    [
      'all of it when the time stamps allow more',
      { timeout_ms: 5_000, server_ts: 10_000, deadline_ts: 99_000 },
      [],
      5_000,
    ],
    [
      'all of it when the time stamps make no sense',
      { timeout_ms: 5_000, server_ts: 10_000, deadline_ts: 10_000 },
      [],
      5_000,
    ],
    ['all of it when one time stamp is missing', { timeout_ms: 5_000, deadline_ts: 11_500 }, [], 5_000],
  ])('is %s', (_what, frame, known, clockMs) => {
    expect(turnClockMs(turn(frame), known)).toBe(clockMs);
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
