/** Checks of single options. All of them throw an `OptionError` that names the option. */
import { OptionError } from '../../protocol/errors.js';
import { maxTimerMs } from '../../time/max-timer.js';

const maxHostLength = 253;

export function whole(name: string, value: unknown, from: number, to: number): number {
  if (Number.isSafeInteger(value) && Number(value) >= from && Number(value) <= to) return Number(value);
  throw new OptionError(name, `The option ${name} must be a whole number from ${from} to ${to}.`);
}

export function factor(name: string, value: unknown, to: number): number {
  if (typeof value === 'number' && value >= 0 && value <= to) return value;
  throw new OptionError(name, `The option ${name} must be a number from 0 to ${to}.`);
}

export function choice<T extends string>(name: string, value: unknown, words: readonly T[]): T {
  const word = words.find((each) => each === value);
  if (word !== undefined) return word;
  throw new OptionError(name, `The option ${name} must be ${words.join(' or ')}.`);
}

export function flag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new OptionError(name, `The option ${name} must be true or false.`);
}

function text(name: string, value: unknown, maxLength: number): string {
  if (typeof value === 'string' && value !== '' && value.length <= maxLength) return value;
  throw new OptionError(name, `The option ${name} must be text of 1 to ${maxLength} characters.`);
}

/** As requests have it in their `Host`: in small letters, and an IPv6 address without its brackets. */
export function hostName(value: unknown): string {
  return text('host', value, maxHostLength)
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1');
}

export function methods<T extends object>(name: string, value: T, names: readonly (keyof T)[]): T {
  if (names.every((method) => typeof value[method] === 'function')) return value;
  throw new OptionError(name, `The option ${name} must have the functions ${names.join(', ')}.`);
}

export function range(name: string, value: unknown): readonly [number, number] {
  const bounds: unknown[] = Array.isArray(value) ? value : [];
  const from = whole(name, bounds[0], 0, maxTimerMs);
  return [from, whole(name, bounds[1], from, maxTimerMs)];
}
