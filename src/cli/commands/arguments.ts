/** What commands share: options that several of them have, and parsers of their values. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { BlindLevel } from '../../holdem/table-types.js';
import { houseBotDescriptions, houseBotNames } from '../../house/house-bot-names.js';
import { defaultIsolation, type Isolation } from '../../io/settings/isolation.js';
import type { Terminal } from '../surroundings/surroundings.js';
import { wrapped } from './wrapped.js';

/** What a command is added to. */
export interface CommandHost {
  program: Command;
  terminal: Terminal;
  /** To be called with the exit code of the command. */
  end: (code: number) => void;
}

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

/** Headings of the list of commands, in its order. */
export const helpGroups = {
  author: 'Write a bot, on this machine alone:',
  platform: 'Play on the platform:',
  hands: 'Know what was played:',
  tools: 'Tools:',
} as const;

/** The argument of every command that takes a bot file. */
export const botFileHelp =
  'TypeScript or JavaScript; exports a class or object with decide(state), or a function that returns one; FILE#NAME takes the bot NAME of several';

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

/** A parser of numbers of seconds that are more than none. */
export function positiveSecondsUpTo(to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(?:\.\d+)?$/.test(text) && value > 0 && value <= to) return value;
    throw new InvalidArgumentError(`Give a number of seconds above 0 and up to ${to}.`);
  };
}

/** A parser of names of files. An empty one is a variable that was not set. */
export function fileArgument(text: string): string {
  if (text === '') throw new InvalidArgumentError('Give the name of a file.');
  return text;
}

export function folderArgument(text: string): string {
  if (text === '') throw new InvalidArgumentError('Give the name of a folder.');
  return text;
}

/** For every command that reads a configuration. */
export const configFile = (): Option =>
  new Option(
    '--config <file>',
    'read this chipzen.toml, and no other (default: the first in ./, ~/.chipzen/ and /etc/chipzen/)',
  ).argParser(fileArgument);

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
  /** The blinds of later hands. */
  schedule: Omit<BlindLevel, 'ante'>[];
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

/** A parser of ports; 0 takes any free one. */
export const port = integer(0, 65_535);

/** How long live matches may go on unless a flag says otherwise. */
export const drainGraceSeconds = 5;

/** The limit of every flag that takes seconds: a day. */
export const maxSeconds = 24 * 60 * 60;

const isolations = {
  process: 'in a process of its own, so that nothing it does hurts anything else',
  worker: 'in a thread of its own, which takes less memory and holds less',
  none: 'in the thread that answers the platform',
} as const satisfies Record<Isolation, string>;

export const isolation = (names: Isolation[]): Option =>
  new Option(
    '--isolate <mode>',
    `the bot of each match plays ${names.map((name) => `${isolations[name]} (${name})`).join('; ')}`,
  )
    .choices(names)
    .default(defaultIsolation);

/** For commands that take one bot file. */
export const botClass = (): Option =>
  new Option(
    '--bot-class <name>',
    'the bot, where the file exports several: the name of the export, or of the class; the same as FILE#NAME',
  );

/** @param otherwise who plays without the flag, in words. */
export const opponentFlag = (otherwise: string): Option =>
  new Option(
    '--opponent <name|file>',
    'house bot or bot file, FILE#NAME where it exports several; repeat it for more seats, six with yours',
  )
    .argParser(listArgument)
    .default([], otherwise);

export const workerMemory = (): Option =>
  new Option(
    '--worker-memory <MB>',
    "most memory of one bot: of its heap, in a process of all it has (default: a quarter of the machine's, 256 to 4096; in a thread what Node allows)",
  ).argParser(integer(16, 1_048_576));

export const watchFlag = (): Option =>
  new Option(
    '--watch',
    'when a file of the bot is saved, play the new code from the next match on; what does not load is not taken (default: what was started plays on)',
  );

/** The name that it takes without one. */
export const storeName = 'store.jsonl';

export const storeFlag = (): Option =>
  new Option(
    '--store [file]',
    `keep what the bot sets in its store in this file, for later sessions; without a name in ${storeName} (default: it ends with the session)`,
  ).argParser(fileArgument);

const helpDefaults = { columns: 80, nameWidth: 20, narrowBelow: 60 } as const;

/**
 * The help below the flags of commands with opponents.
 *
 * @param columns of the terminal. In a narrow one what a bot does stands below its name.
 */
export function houseBotHelp(columns: number = helpDefaults.columns): string {
  const { nameWidth, narrowBelow } = helpDefaults;
  const indent = columns < narrowBelow ? 4 : nameWidth;
  const lines = houseBotNames.flatMap((name) => {
    const [first = '', ...more] = wrapped(houseBotDescriptions[name], columns - 1 - indent);
    const rest = more.map((line) => ' '.repeat(indent) + line);
    const head = `  ${name}`;
    return columns < narrowBelow
      ? [head, ' '.repeat(indent) + first, ...rest]
      : [head.padEnd(nameWidth) + first, ...rest];
  });
  return ['', 'House bots:', ...lines].join('\n');
}
