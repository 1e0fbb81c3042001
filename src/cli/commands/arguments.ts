/** What the values of options must look like, and the sentence when they do not. */
import { InvalidArgumentError } from 'commander';
import type { BlindLevel } from '../../holdem/table-types.js';

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
export function listArgument(text: string, before: readonly string[]): string[] {
  return [...before, text];
}

export interface Blinds {
  small: number;
  big: number;
  /** Of later hands. */
  schedule: BlindLevel[];
  /** As it was given. */
  text: string;
}

/** Reads `5/10`, and `5/10,21:10/20,41:25/50` for blinds that rise at hands 21 and 41. */
export function parseBlinds(text: string): Blinds {
  const [first, ...later] = text.split(',').map(parseLevel);
  const hands = later.map(({ fromHand }) => fromHand);
  const isRising = hands.every((hand, index) => hand > (hands[index - 1] ?? 1));
  if (first?.fromHand === 1 && isRising) {
    return { small: first.smallBlind, big: first.bigBlind, schedule: later, text };
  }
  throw notBlinds();
}

function parseLevel(text: string): BlindLevel {
  const [, hand = '1', small, big] = /^(?:(\d+):)?(\d+)\/(\d+)$/.exec(text) ?? [];
  const level = { fromHand: Number(hand), smallBlind: Number(small), bigBlind: Number(big) };
  const { smallBlind, bigBlind } = level;
  if (smallBlind >= 1 && bigBlind >= smallBlind && Object.values(level).every(Number.isSafeInteger))
    return level;
  throw notBlinds();
}

function notBlinds(): InvalidArgumentError {
  return new InvalidArgumentError(
    'Give the small and the big blind in chips, like 5/10; or with those of later hands, like 5/10,21:10/20.',
  );
}
