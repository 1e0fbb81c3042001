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

/**
 * Control characters, what UTF-8 and XML have no characters for, and what stands for bytes of an argument that are not UTF-8:
 * a path with it is another path.
 */
const unspeakable = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\ufffd]/u;

/** @throws {OptionError} for what no file of a service manager can have in a line. */
export function assertPrintableWords(words: readonly string[]): void {
  if (words.every((word) => !unspeakable.test(word))) return;
  throw new OptionError(
    'service',
    'A path or a flag has a control character in it, or one that is not UTF-8: no service file can say that. Give it another name.',
  );
}

/**
 * By the rules of systemd for names that exist already (`User/Group Name Syntax`), without those that a line of a unit cannot say.
 *
 * @throws {OptionError}
 */
export function assertUserName(user: string): void {
  const isNumber = /^\d+$/.test(user);
  const isName =
    !unspeakable.test(user) &&
    !/^$|[:/]|^[\s-]|[\s\\]$|^\.{1,2}$|^\d+$|[\p{Zl}\p{Zp}]/u.test(user) &&
    Buffer.byteLength(user) <= userNameBytes;
  if (isName || (isNumber && isUserId(user))) return;
  throw new OptionError(
    'as',
    'Give --as the name or number of a user as systemd takes it: without ":" and "/", no "-" at its beginning, no space or backslash at its end.',
  );
}

/** Of `LOGIN_NAME_MAX`. */
const userNameBytes = 255;

/** 65535 and 4294967295 mean "none" to the kernel. */
const isUserId = (text: string): boolean =>
  /^(?:0|[1-9]\d{0,9})$/.test(text) && Number(text) < 0xffff_ffff && Number(text) !== 0xffff;

/**
 * `cmd` puts the value in place of `%NAME%` everywhere, and ends its own quotes at each `"`, whatever the program behind it
 * takes it for: what follows would be read as commands.
 *
 * @throws {OptionError}
 */
export function assertWindowsWords(words: readonly string[]): void {
  if (words.every((word) => !/"|%[^%]+%/.test(word))) return;
  throw new OptionError(
    'service',
    'A path or a flag has a double quote or a %NAME% in it, which the command line of a Windows task cannot have: put it into a file, such as chipzen.toml, or give it another name.',
  );
}
