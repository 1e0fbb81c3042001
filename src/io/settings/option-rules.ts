/** What each option of a session must be, checked at run time for callers without a type checker. */

import { RetryPolicy } from '../../machines/retry.js';
import { isObject } from '../../protocol/checks.js';
import { OptionError } from '../../protocol/errors.js';
import { wire } from '../../protocol/frames.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import { maxTimerMs } from '../../time/max-timer.js';
import type { AgentOptions } from './agent-options.js';
import { environments, isEnvironment } from './endpoints.js';

/** With less, Node itself does not start. */
const minWorkerMemoryMb = 16;
const maxWorkerMemoryMb = 2 ** 20;

interface OptionRule {
  rule: string;
  fits: (value: unknown) => boolean;
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown, from: number, to: number): value is number =>
  typeof value === 'number' && value >= from && value <= to;
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isTextOrNull = (value: unknown): boolean => value === null || isString(value);

function isConfig(value: unknown): boolean {
  if (value === null) return true;
  if (!isObject(value)) return false;
  const { token, url, botId } = value;
  return [token, url, botId].every(isTextOrNull);
}

const text: OptionRule = { rule: 'text', fits: isString };

/** Null counts as left out, as in the official SDK. */
const orNull = ({ rule, fits }: OptionRule): OptionRule => ({
  rule,
  fits: (value) => value === null || fits(value),
});

const isLimit = (name: string): boolean => name === 'sizeMb' || name === 'days' || name === 'keep';

function isRecord(value: unknown): boolean {
  if (isString(value)) return value !== '';
  if (!isObject(value)) return false;
  const { folder, label, ...limits } = value;
  return (
    isString(folder) &&
    folder !== '' &&
    (label === undefined || isString(label)) &&
    Object.entries(limits).every(
      ([name, limit]) => isLimit(name) && (limit === undefined || isNumber(limit, 1, Infinity)),
    )
  );
}

const isInteger = (value: unknown, from: number): boolean =>
  Number.isSafeInteger(value) && isNumber(value, from, Infinity);

function isQueue(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { matches = 1, whileLive = 0, ...others } = value;
  return Object.keys(others).length === 0 && isInteger(matches, 1) && isInteger(whileLive, 0);
}

function isSeason(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { dryRunAt, ...others } = value;
  const isDate = typeof dryRunAt === 'number' && !Number.isNaN(new Date(dryRunAt).getTime());
  return Object.keys(others).length === 0 && (dryRunAt === undefined || isDate);
}

const isPort = (value: unknown): boolean => Number.isInteger(value) && isNumber(value, 0, 65_535);

function isMetrics(value: unknown): boolean {
  if (typeof value === 'boolean' || isPort(value)) return true;
  if (!isObject(value)) return false;
  const { port, host, ...others } = value;
  return (
    (port === undefined || isPort(port)) &&
    (host === undefined || (isString(host) && host !== '')) &&
    Object.keys(others).length === 0
  );
}

const optionRules: Readonly<Record<keyof AgentOptions, OptionRule>> = {
  botId: text,
  env: orNull({ rule: Object.keys(environments).join(', '), fits: isEnvironment }),
  url: text,
  token: orNull(text),
  config: { rule: 'what loadChipzenConfig returns, or null', fits: isConfig },
  retryPolicy: { rule: 'a RetryPolicy', fits: (value) => value instanceof RetryPolicy },
  clientName: {
    rule: `text of at most ${wire.maxClientNameLength} characters`,
    fits: (value) => isString(value) && value.length <= wire.maxClientNameLength,
  },
  clientVersion: {
    rule: `text of at most ${wire.maxClientVersionLength} characters`,
    fits: (value) => isString(value) && value.length <= wire.maxClientVersionLength,
  },
  safeMode: { rule: 'true or false', fits: (value) => typeof value === 'boolean' },
  marginMs: {
    rule: `a number of milliseconds from 0 to ${maxTimerMs}`,
    fits: (value) => isNumber(value, 0, maxTimerMs),
  },
  isolate: {
    rule: 'process, worker or none',
    fits: (value) => value === 'process' || value === 'worker' || value === 'none',
  },
  watch: { rule: 'true or false', fits: (value) => typeof value === 'boolean' },
  workerMemoryMb: {
    rule: `an integer from ${minWorkerMemoryMb} on`,
    fits: (value) => Number.isInteger(value) && isNumber(value, minWorkerMemoryMb, maxWorkerMemoryMb),
  },
  maxMatches: orNull({
    rule: 'an integer from 1 on',
    fits: (value) => Number.isInteger(value) && isNumber(value, 1, Infinity),
  }),
  season: {
    rule: 'true, false, or { dryRunAt } with epoch milliseconds',
    fits: (value) => typeof value === 'boolean' || isSeason(value),
  },
  queue: {
    rule: 'true, false, or { matches, whileLive } with integers, matches from 1 on and whileLive from 0',
    fits: (value) => typeof value === 'boolean' || isQueue(value),
  },
  accept: {
    rule: '"all", or a list of names',
    fits: (value) =>
      value === 'all' ||
      (Array.isArray(value) && value.length > 0 && value.every((name) => isString(name) && name !== '')),
  },
  matchesPerDay: orNull({
    rule: 'an integer from 1 on',
    fits: (value) => Number.isInteger(value) && isNumber(value, 1, Infinity),
  }),
  lobbyHours: orNull({
    rule: 'a number of hours above 0',
    fits: (value) => isNumber(value, 0, 24) && value !== 0,
  }),
  dayBook: { rule: 'the name of a file', fits: (value) => isString(value) && value !== '' },
  startAway: { rule: 'true or false', fits: (value) => typeof value === 'boolean' },
  handover: { rule: 'take or listen', fits: (value) => value === 'take' || value === 'listen' },
  userAgent: {
    rule: 'printable ASCII text that is not empty',
    fits: (value) => isString(value) && /^[!-~](?:[ -~]*[!-~])?$/.test(value),
  },
  supportedGames: { rule: 'a list of texts', fits: (value) => Array.isArray(value) && value.every(isString) },
  drainGraceMs: {
    rule: `a number of milliseconds from 0 to ${maxTimerMs}`,
    fits: (value) => isNumber(value, 0, maxTimerMs),
  },
  lobbyRefusedMs: {
    rule: `a number of milliseconds from 0 to ${maxTimerMs}`,
    fits: (value) => isNumber(value, 0, maxTimerMs),
  },
  keepResults: {
    rule: 'an integer from 0 on, or Infinity',
    fits: (value) => isNumber(value, 0, Infinity) && (value === Infinity || Number.isInteger(value)),
  },
  record: {
    rule: 'the name of a folder, or { folder, label, sizeMb, days, keep } with texts and with limits from 1 on',
    fits: isRecord,
  },
  store: { rule: 'the name of a file', fits: (value) => isString(value) && value !== '' },
  status: { rule: 'the name of a file', fits: (value) => isString(value) && value !== '' },
  metrics: {
    rule: 'true, false, a port from 0 to 65535, or { port, host } with such a port and an address',
    fits: isMetrics,
  },
  notify: {
    rule: 'a URL or a command, or a list of them',
    fits: (value) => [value].flat().every((target) => isString(target) && target.trim() !== ''),
  },
  signal: { rule: 'an AbortSignal', fits: (value) => value instanceof AbortSignal },
  inspect: { rule: 'a function or an observer', fits: (value) => isFunction(value) || isObject(value) },
  onEvent: { rule: 'a function', fits: isFunction },
  onFrame: { rule: 'a function', fits: isFunction },
};

/**
 * Checks options at run time: callers may have no type checker, or pass on what their users typed.
 *
 * @throws {OptionError} for an option of the wrong type or out of range. Names without a rule are not looked at.
 */
export function checkOptions(options: object): void {
  if (!isObject(options)) throw new OptionError('options', 'The options must be an object.');
  const rules: Readonly<Record<string, OptionRule>> = optionRules;
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule !== undefined && value !== undefined && !rule.fits(value)) {
      // The value stays out of the message: it may be the token in the wrong place.
      throw new OptionError(name, `The option ${name} must be ${rule.rule}, not ${kindOf(value)}.`);
    }
  }
}

/**
 * The same, and refuses what is no option of a session.
 *
 * @param where the function whose options these are.
 */
export function checkSessionOptions(options: AgentOptions, where: string): void {
  refuseUnknown(options, optionRules, where);
  checkOptions(options);
}

const isBlank = (value: unknown): boolean => isString(value) && value.trim() === '';

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (isBlank(value)) return 'empty text';
  if (Array.isArray(value))
    return value.some(isBlank) ? 'a list with empty text in it' : 'a list like this one';
  return typeof value === 'number' ? String(value) : `this ${typeof value}`;
}
