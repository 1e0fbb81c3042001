/** How long to wait before a reconnect, as pure arithmetic: randomness is an argument. */

import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { maxTimerMs } from '../time/max-timer.js';

const defaults = {
  maxReconnectAttempts: 5,
  initialBackoffMs: 500,
  maxBackoffMs: 30_000,
  backoffMultiplier: 2,
  /** The least delay after a loss with which the server asks to slow down. */
  slowBackoffMs: 10_000,
  /** The least delay grows by at most this share at random, so that many bots do not come back in one moment. */
  floorJitter: 0.25,
} as const;

/** What a `RetryPolicy` is made from. Every field has a default, and only the fields that are named limit anything. */
export interface RetryPolicyOptions {
  /** Failed dials in a row before giving up: an integer from 0 on, or `Infinity`. Default: 5. */
  maxReconnectAttempts?: number | undefined;
  /** Delay before the first reconnect, in milliseconds. Default: 500, or `maxBackoffMs` if that is less. */
  initialBackoffMs?: number | undefined;
  /** The longest delay, in milliseconds. Default: 30000. */
  maxBackoffMs?: number | undefined;
  /** Each delay is this many times the one before. Default: 2. */
  backoffMultiplier?: number | undefined;
}

/** A policy as plain data. */
export interface RetryRules extends Readonly<Required<{ [K in keyof RetryPolicyOptions]: number }>> {
  /** The fields that the user named. The others are defaults, which a connection may overrule. */
  readonly named: Readonly<RetryPolicyOptions>;
}

const ruleNames: Readonly<Record<keyof RetryPolicyOptions, true>> = {
  maxReconnectAttempts: true,
  initialBackoffMs: true,
  maxBackoffMs: true,
  backoffMultiplier: true,
};

function requireNumber(
  option: keyof RetryPolicyOptions,
  value: unknown,
  isFit: (n: number) => boolean,
  rule: string,
) {
  if (typeof value !== 'number' || !isFit(value)) {
    throw new OptionError(
      `retryPolicy.${option}`,
      `retryPolicy.${option} must be ${rule}, not ${String(value)}.`,
    );
  }
  return value;
}

/**
 * Pace and number of reconnects. Immutable. Only the fields that are named count: `new RetryPolicy()` changes nothing.
 *
 * @throws {OptionError} for attempts that are negative or no integer (`Infinity` is fine), a negative initial
 * delay, a longest delay below the initial one, or a multiplier below 1.
 */
export class RetryPolicy implements RetryRules {
  readonly maxReconnectAttempts: number;
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly backoffMultiplier: number;
  readonly named: Readonly<RetryPolicyOptions>;

  constructor(options: RetryPolicyOptions = {}) {
    refuseUnknown(options, ruleNames, 'RetryPolicy');
    const known = Object.keys(ruleNames) as (keyof RetryPolicyOptions)[];
    this.named = Object.freeze(
      Object.fromEntries(known.flatMap((key) => (options[key] === undefined ? [] : [[key, options[key]]]))),
    );
    const {
      maxReconnectAttempts = defaults.maxReconnectAttempts,
      maxBackoffMs = defaults.maxBackoffMs,
      // A longest delay below the default initial one lowers that one, too.
      initialBackoffMs = maxBackoffMs < defaults.initialBackoffMs ? maxBackoffMs : defaults.initialBackoffMs,
      backoffMultiplier = defaults.backoffMultiplier,
    } = this.named;
    this.maxReconnectAttempts = requireNumber(
      'maxReconnectAttempts',
      maxReconnectAttempts,
      (n) => n === Number.POSITIVE_INFINITY || (Number.isInteger(n) && n >= 0),
      'an integer from 0 on, or Infinity',
    );
    this.initialBackoffMs = requireNumber(
      'initialBackoffMs',
      initialBackoffMs,
      (n) => Number.isFinite(n) && n >= 0,
      'a number of milliseconds from 0 on',
    );
    this.maxBackoffMs = requireNumber(
      'maxBackoffMs',
      maxBackoffMs,
      (n) => n >= this.initialBackoffMs,
      `at least initialBackoffMs (${this.initialBackoffMs})`,
    );
    this.backoffMultiplier = requireNumber(
      'backoffMultiplier',
      backoffMultiplier,
      (n) => n >= 1,
      'at least 1',
    );
    Object.freeze(this);
  }

  /** The delay before reconnect number `attempt` (from 1 on), in whole milliseconds and without jitter. */
  backoffMs(attempt: number): number {
    return backoffMs(this, attempt);
  }
}

/** 5 attempts: 0.5, 1, 2, 4 and 8 seconds. Given as an option it changes nothing. */
export const DEFAULT_RETRY_POLICY = new RetryPolicy();

/** The rules of a policy as plain data, for a machine's context. */
export function rulesOf(policy: RetryRules): RetryRules {
  const { maxReconnectAttempts, initialBackoffMs, maxBackoffMs, backoffMultiplier, named } = policy;
  return { maxReconnectAttempts, initialBackoffMs, maxBackoffMs, backoffMultiplier, named };
}

/** The delay before reconnect number `attempt` (from 1 on) without jitter: growing from the first to the longest. */
export function backoffMs(
  {
    initialBackoffMs,
    maxBackoffMs,
    backoffMultiplier,
  }: Pick<RetryRules, 'initialBackoffMs' | 'maxBackoffMs' | 'backoffMultiplier'>,
  attempt: number,
): number {
  // 0 times a huge power is NaN, and a timer of NaN fires at once.
  if (initialBackoffMs === 0) return 0;
  const grown = initialBackoffMs * backoffMultiplier ** (Math.max(1, attempt) - 1);
  return Math.floor(Number.isNaN(grown) ? maxBackoffMs : Math.min(grown, maxBackoffMs));
}

/** What a loss says about the next attempt. */
export interface ReconnectHints {
  /** The server limits connections: wait at least 10 seconds. */
  slow?: boolean | undefined;
  /** The server's own wish (`Retry-After`), in milliseconds. */
  retryAfterMs?: number | undefined;
  /** The longest backoff, in milliseconds; `slow` and `retryAfterMs` may still ask for more. */
  atMostMs?: number | undefined;
}

/** Between half of a delay and all of it, so that many bots do not come back in one moment. */
export const jittered = (delayMs: number, share: number): number => delayMs * (0.5 + share / 2);

/**
 * The delay before reconnect number `attempt` in whole milliseconds: between half the backoff and all of it, but
 * never less than the hints ask for.
 *
 * @param random uniform in [0, 1).
 */
export function reconnectDelay(
  policy: RetryRules,
  attempt: number,
  random: () => number,
  hints: ReconnectHints = {},
): number {
  const share = random();
  const floorMs = Math.max(hints.slow === true ? defaults.slowBackoffMs : 0, hints.retryAfterMs ?? 0);
  const paceMs = Math.min(backoffMs(policy, attempt), hints.atMostMs ?? Number.POSITIVE_INFINITY);
  return Math.min(
    Math.ceil(Math.max(jittered(paceMs, share), floorMs * (1 + share * defaults.floorJitter))),
    maxTimerMs,
  );
}
