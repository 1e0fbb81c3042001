/** What a service manager is to start, and the limits that all of them are given. */
import { OptionError } from '../protocol/errors.js';

export const serviceDefaults = {
  /** Live matches get it when the service is stopped: longer than any match. Of `--drain-grace`. */
  drainSeconds: 3_600,
  /** Beyond the drain: for threads, recordings and the log. */
  closeSeconds: 60,
  /** The bot has 120 s to be made, and a slow dial does not count. */
  startSeconds: 300,
  /**
   * Between two starts. Longer than anything that a killed session leaves behind is believed, and short beside the 90 s that the
   * platform waits for a bot at its fixture.
   */
  restartSeconds: 30,
  /** Without a sign of life. A bot on the agent's own thread may compute for a turn of 30 s. */
  watchdogSeconds: 180,
} as const;

/** Exit codes that starting again does not help: usage, token, evicted, bot. */
export const finalExitCodes = [2, 3, 5, 6] as const;

export interface ServicePlan {
  /** Of the service: letters, digits, `-`, `_`, `.`. */
  name: string;
  /** Absolute: where `chipzen.toml`, the bot and its `node_modules` are. */
  folder: string;
  /** Absolute paths of the interpreter and of the program. */
  node: string;
  main: string;
  /** Behind the program: `run`, the bot file, flags. */
  args: readonly string[];
  /** Of `args`. */
  drainSeconds: number;
}

/** The whole command. */
export const commandOf = ({ node, main, args }: ServicePlan): string[] => [node, main, ...args];

/** @throws {OptionError} for a name that is none for a file and a service. */
export function assertServiceName(name: string): void {
  if (/^[A-Za-z0-9][\w.-]{0,99}$/.test(name)) return;
  throw new OptionError('name', 'Give a name of letters, digits, "-", "_" and ".", at most 100 of them.');
}

/** @throws {OptionError} for what no file of a service manager can have in a line. */
export function assertPrintableWords(words: readonly string[]): void {
  if (words.every((word) => !/\p{Cc}/u.test(word))) return;
  throw new OptionError(
    'service',
    'A path or a flag has a control character in it: no service file can say that.',
  );
}
