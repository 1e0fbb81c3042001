import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_RETRY_POLICY,
  RetryPolicy,
  type RetryPolicyOptions,
  reconnectDelay,
} from '../../src/machines/retry.js';
import { OptionError } from '../../src/protocol/errors.js';

const low = () => 0;
const high = () => 1 - 2 ** -53;

describe('RetryPolicy', () => {
  it('waits 0.5, 1, 2, 4 and 8 seconds by default, and never more than 30', () => {
    expect(DEFAULT_RETRY_POLICY).toMatchObject({
      maxReconnectAttempts: 5,
      initialBackoffMs: 500,
      maxBackoffMs: 30_000,
      backoffMultiplier: 2,
    });
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((n) => DEFAULT_RETRY_POLICY.backoffMs(n))).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });

  it('rounds each delay down to whole milliseconds', () => {
    const policy = new RetryPolicy({ initialBackoffMs: 3, backoffMultiplier: 1.5 });
    expect([1, 2, 3].map((n) => policy.backoffMs(n))).toEqual([3, 4, 6]);
  });

  it('gives the longest delay, not NaN or Infinity, where the power overflows', () => {
    expect(DEFAULT_RETRY_POLICY.backoffMs(1e9)).toBe(30_000);
    expect(new RetryPolicy({ initialBackoffMs: 0 }).backoffMs(1e9)).toBe(0);
    expect(DEFAULT_RETRY_POLICY.backoffMs(Number.NaN)).toBe(30_000);
  });

  it('gives the longest delay for a multiplier of 1 and an attempt without end, too', () => {
    expect(new RetryPolicy({ backoffMultiplier: 1 }).backoffMs(Infinity)).toBe(30_000);
  });

  it('begins with half a second, or with the longest delay where that is less', () => {
    expect(
      [100, 499, 500, 60_000].map((ms) => new RetryPolicy({ maxBackoffMs: ms }).initialBackoffMs),
    ).toEqual([100, 499, 500, 500]);
  });

  it('knows what was named: an option that is undefined was not', () => {
    const policy = new RetryPolicy({ maxReconnectAttempts: undefined, maxBackoffMs: 60_000 });
    expect(policy.named).toStrictEqual({ maxBackoffMs: 60_000 });
  });

  it.each<[RetryPolicyOptions, string]>([
    [
      { maxReconnectAttempts: -1 },
      'retryPolicy.maxReconnectAttempts must be an integer from 0 on, or Infinity, not -1.',
    ],
    [
      { initialBackoffMs: Number.NaN },
      'retryPolicy.initialBackoffMs must be a number of milliseconds from 0 on, not NaN.',
    ],
    [
      { maxBackoffMs: -5 },
      'retryPolicy.initialBackoffMs must be a number of milliseconds from 0 on, not -5.',
    ],
    [
      { initialBackoffMs: 700, maxBackoffMs: 600 },
      'retryPolicy.maxBackoffMs must be at least initialBackoffMs (700), not 600.',
    ],
    [{ backoffMultiplier: 0 }, 'retryPolicy.backoffMultiplier must be at least 1, not 0.'],
  ])('says of %o what is allowed', (options, message) => {
    expect(() => new RetryPolicy(options)).toThrow(expect.objectContaining({ message }));
  });

  it('cannot be changed once made', () => {
    expect(() => Object.assign(new RetryPolicy(), { maxBackoffMs: 1 })).toThrow(TypeError);
  });

  it('takes no attempts at all, and attempts without end', () => {
    expect(new RetryPolicy({ maxReconnectAttempts: 0 }).maxReconnectAttempts).toBe(0);
    expect(new RetryPolicy({ maxReconnectAttempts: Infinity }).maxReconnectAttempts).toBe(Infinity);
  });

  const refused: [RetryPolicyOptions, string][] = [
    [{ maxReconnectAttempts: -1 }, 'retryPolicy.maxReconnectAttempts'],
    [{ maxReconnectAttempts: 1.5 }, 'retryPolicy.maxReconnectAttempts'],
    [{ maxReconnectAttempts: Number.NaN }, 'retryPolicy.maxReconnectAttempts'],
    [{ initialBackoffMs: -1 }, 'retryPolicy.initialBackoffMs'],
    [{ initialBackoffMs: Number.NaN }, 'retryPolicy.initialBackoffMs'],
    [{ initialBackoffMs: Infinity }, 'retryPolicy.initialBackoffMs'],
    [{ initialBackoffMs: 501, maxBackoffMs: 500 }, 'retryPolicy.maxBackoffMs'],
    [{ maxBackoffMs: Number.NaN }, 'retryPolicy.maxBackoffMs'],
    [{ backoffMultiplier: 0.99 }, 'retryPolicy.backoffMultiplier'],
    [{ backoffMultiplier: Number.NaN }, 'retryPolicy.backoffMultiplier'],
    [JSON.parse('{ "maxReconnectAttempts": "5" }'), 'retryPolicy.maxReconnectAttempts'],
    [JSON.parse('{ "maxBackoffMs": "60000" }'), 'retryPolicy.maxBackoffMs'],
    [JSON.parse('{ "backoffMultiplier": "3" }'), 'retryPolicy.backoffMultiplier'],
  ];
  it.each(refused)('refuses %o and names the option', (options, option) => {
    let thrown: unknown;
    try {
      void new RetryPolicy(options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(OptionError);
    expect(thrown).toMatchObject({ code: 'bad_option', option });
  });
});

describe('reconnectDelay', () => {
  it('lies between half the backoff and all of it', () => {
    expect(reconnectDelay(DEFAULT_RETRY_POLICY, 3, low)).toBe(1_000);
    expect(reconnectDelay(DEFAULT_RETRY_POLICY, 3, () => 0.5)).toBe(1_500);
    expect(reconnectDelay(DEFAULT_RETRY_POLICY, 3, high)).toBe(2_000);
  });

  it('is at least 10 seconds when slow is asked for, jittered upward', () => {
    expect(reconnectDelay(DEFAULT_RETRY_POLICY, 1, low, { slow: true })).toBe(10_000);
    expect(reconnectDelay(DEFAULT_RETRY_POLICY, 1, high, { slow: true })).toBe(12_500);
  });

  it('is never below what the server asked for', () => {
    expect(reconnectDelay(DEFAULT_RETRY_POLICY, 1, low, { retryAfterMs: 60_000 })).toBe(60_000);
    expect(reconnectDelay(DEFAULT_RETRY_POLICY, 7, high, { retryAfterMs: 1 })).toBe(30_000);
  });

  it('is a whole number that a timer can count, within its bounds, for every policy', () => {
    const policies = fc
      .record({
        initialBackoffMs: fc.double({ min: 0, max: 1e12, noNaN: true }),
        more: fc.double({ min: 0, noNaN: true }),
        backoffMultiplier: fc.double({ min: 1, noNaN: true }),
      })
      .map(({ more, ...rest }) => new RetryPolicy({ ...rest, maxBackoffMs: rest.initialBackoffMs + more }));
    const hints = fc.record({ slow: fc.boolean(), retryAfterMs: fc.double({ min: 0, noNaN: true }) });
    fc.assert(
      fc.property(
        policies,
        fc.integer({ min: 1 }),
        fc.double({ min: 0, max: 1 - 1e-9, noNaN: true }),
        hints,
        (policy, attempt, share, hint) => {
          const delay = reconnectDelay(policy, attempt, () => share, hint);
          const limit = 2 ** 31 - 1;
          expect(Number.isInteger(delay)).toBe(true);
          expect(delay).toBeLessThanOrEqual(limit);
          expect(delay).toBeGreaterThanOrEqual(Math.min(limit, policy.backoffMs(attempt) / 2));
          expect(delay).toBeGreaterThanOrEqual(
            Math.min(limit, Math.max(hint.retryAfterMs, hint.slow ? 10_000 : 0)),
          );
        },
      ),
    );
  });
});
