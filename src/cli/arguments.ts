/** What the values of options must look like, and the sentence when they do not. */
import { InvalidArgumentError } from 'commander';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** A parser of whole numbers within bounds. */
export function integer(from: number, to = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= from && value <= to) return value;
    const range = to === Number.MAX_SAFE_INTEGER ? `from ${from} on` : `from ${from} to ${to}`;
    throw new InvalidArgumentError(`Give a whole number ${range}.`);
  };
}

/** A parser of numbers of seconds. */
export function secondsUpTo(to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(?:\.\d+)?$/.test(text) && value <= to) return value;
    throw new InvalidArgumentError(`Give a number of seconds from 0 to ${to}.`);
  };
}

/** A parser of factors. */
export function factorUpTo(to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(?:\.\d+)?$/.test(text) && value <= to) return value;
    throw new InvalidArgumentError(`Give a number from 0 to ${to}.`);
  };
}

/** Collects an option that is given several times. */
export function listOf(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

export interface Blinds {
  small: number;
  big: number;
}

/** Reads `5/10`. */
export function parseBlinds(text: string): Blinds {
  const [, small, big] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const blinds = { small: Number(small), big: Number(big) };
  if (blinds.small >= 1 && blinds.big >= blinds.small && Number.isSafeInteger(blinds.big)) return blinds;
  throw new InvalidArgumentError('Give the small and the big blind in chips, like 5/10.');
}
