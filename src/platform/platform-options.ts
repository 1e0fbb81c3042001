/** The options of a client of the platform, and what each must be. */

import type { Proxy } from '../network/environment-proxy.js';
import { isObject } from '../protocol/checks.js';
import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { version } from '../protocol/version.js';
import { systemClock, type WorldClock } from '../time/clock.js';
import { maxTimerMs } from '../time/max-timer.js';
import type { PlatformListener } from './platform-events.js';
import type { RecordGate } from './record-lane.js';

const defaults = {
  recordPaceMs: 1_500,
  recordBackOffMs: [30_000, 60_000, 120_000],
  timeoutMs: 30_000,
  maxBytes: 16 * 1024 * 1024,
  maxTokenLength: 8_192,
} as const;

/** Which platform is asked, with which tokens, and how patiently. */
export interface PlatformClientOptions {
  /** The URL of the bot's lobby. Its origin, over HTTP, is asked, and is the only one that gets a token. */
  lobbyUrl?: string;
  /** The platform's address, like `https://HOST`, in place of the lobby's origin. */
  apiUrl?: string;
  /** The bot's token. Public records can be read without. Default: none. */
  token?: string | null;
  /** The access token of the bot's owner, which the platform wants for the bot's tokens. Default: the bot's token. */
  accountToken?: string | null;
  /** Default: the bot of the lobby URL. */
  botId?: string;
  /** The name of the program in `User-Agent`. Default: `chipzen-agent/VERSION`. */
  userAgent?: string;
  /** From the end of a request for records to the beginning of the next, in ms. Default: 1500. */
  recordPaceMs?: number;
  /**
   * How long to wait after a request for records was refused for the first time, the second, and so on, in ms; one refusal
   * more is an error. Default: 30000, 60000, 120000.
   */
  recordBackOffMs?: readonly number[];
  /** What other programs on this machine share the pace through. Default: nothing. */
  recordGate?: RecordGate;
  /** For a whole request, in ms. Default: 30000. */
  timeoutMs?: number;
  /** The most bytes of an answer, uncompressed. Default: 16 MiB. */
  maxBytes?: number;
  /** Called with what the client does by itself: it waits, or leaves out what it cannot read. */
  onEvent?: PlatformListener;
  /** The proxy to go through; null: none. Default: what the environment names for the address. */
  proxy?: Proxy | null;
  /** Default: the process's own time. */
  clock?: WorldClock;
}

/** Options with their defaults. */
export interface PlatformSettings {
  token: string | null;
  accountToken: string | null;
  userAgent: string;
  recordPaceMs: number;
  recordBackOffMs: readonly number[];
  recordGate: RecordGate | null;
  timeoutMs: number;
  maxBytes: number;
  report: PlatformListener;
  clock: WorldClock;
}

interface Rule {
  rule: string;
  fits: (value: unknown) => boolean;
}

const isText = (value: unknown): value is string => typeof value === 'string';
/** What a header can carry (RFC 6750 2.1). */
const isToken = (value: unknown): boolean =>
  value === null ||
  (isText(value) && value.length <= defaults.maxTokenLength && /^[\w.~+/=!#$%&'*^`|-]+$/.test(value));
const isMs = (value: unknown, from: number): boolean =>
  typeof value === 'number' && value >= from && value <= maxTimerMs;

const text: Rule = { rule: 'text that is not empty', fits: (value) => isText(value) && value !== '' };
const token: Rule = { rule: 'a token without white space around it, or null', fits: isToken };

const rules: Partial<Record<keyof PlatformClientOptions, Rule>> = {
  lobbyUrl: text,
  apiUrl: text,
  token,
  accountToken: token,
  botId: text,
  userAgent: {
    rule: 'printable ASCII text that is not empty',
    fits: (value) => isText(value) && /^[!-~](?:[ -~]*[!-~])?$/.test(value),
  },
  recordPaceMs: { rule: `milliseconds from 0 to ${maxTimerMs}`, fits: (value) => isMs(value, 0) },
  recordBackOffMs: {
    rule: `a list of milliseconds from 0 to ${maxTimerMs}`,
    fits: (value) => Array.isArray(value) && value.every((each) => isMs(each, 0)),
  },
  recordGate: {
    rule: 'an object with enter(signal) and close(ms)',
    fits: (value) =>
      isObject(value) && typeof value['enter'] === 'function' && typeof value['close'] === 'function',
  },
  timeoutMs: { rule: `milliseconds from 1 to ${maxTimerMs}`, fits: (value) => isMs(value, 1) },
  maxBytes: {
    rule: 'a whole number from 1024 on',
    fits: (value) => Number.isSafeInteger(value) && Number(value) >= 1024,
  },
  onEvent: { rule: 'a function', fits: (value) => typeof value === 'function' },
};

const clientOptionNames: Readonly<Record<keyof PlatformClientOptions, true>> = {
  lobbyUrl: true,
  apiUrl: true,
  token: true,
  accountToken: true,
  botId: true,
  userAgent: true,
  recordPaceMs: true,
  recordBackOffMs: true,
  recordGate: true,
  timeoutMs: true,
  maxBytes: true,
  onEvent: true,
  proxy: true,
  clock: true,
};

/**
 * The options with their defaults.
 *
 * @throws {OptionError} for one of the wrong type or out of range. Its value is not quoted.
 */
export function platformSettings(options: PlatformClientOptions): PlatformSettings {
  refuseUnknown(options, clientOptionNames, 'createPlatformClient');
  for (const [name, { rule, fits }] of Object.entries(rules)) {
    const value = options[name as keyof PlatformClientOptions];
    if (value !== undefined && !fits(value))
      throw new OptionError(name, `The option ${name} must be ${rule}.`);
  }
  return {
    token: options.token ?? null,
    accountToken: options.accountToken ?? null,
    userAgent: options.userAgent ?? `chipzen-agent/${version}`,
    recordPaceMs: options.recordPaceMs ?? defaults.recordPaceMs,
    recordBackOffMs: options.recordBackOffMs ?? defaults.recordBackOffMs,
    recordGate: options.recordGate ?? null,
    timeoutMs: options.timeoutMs ?? defaults.timeoutMs,
    maxBytes: options.maxBytes ?? defaults.maxBytes,
    report: guarded(options.onEvent),
    clock: options.clock ?? systemClock,
  };
}

/** A listener that throws must not end a request. */
function guarded(listener: PlatformListener | undefined): PlatformListener {
  return (event) => {
    try {
      listener?.(event);
    } catch {
      // It is the listener's own fault, and nobody asked for its answer.
    }
  };
}
