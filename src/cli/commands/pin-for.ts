/** The copy that `run --pin` plays from. */
import { resolve } from 'node:path';
import { botFile } from '../../io/hosting/bot-module.js';
import type { PinnedBot } from '../../pin/pin-bot.js';
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { storeName } from './arguments.js';
import { type RecordFlags, recordFolderOf } from './record-flags.js';

const defaults = {
  maxLineLength: 1_000,
  /** Most projects are copied before anybody wonders. */
  quietMs: 2_000,
} as const;

/** Flags of `run` that name what the session writes, and those that do not go with a copy. */
export interface PinFlags extends RecordFlags {
  watch?: boolean;
  nats?: string;
  status?: string;
  store?: string | true;
  logFile?: string;
}

/** @throws {OptionError} for flags that do not go together, and a project that cannot be copied. */
export async function pinFor(file: string, flags: PinFlags, io: Terminal): Promise<PinnedBot> {
  if (flags.watch === true)
    throw new OptionError(
      'pin',
      'With --pin what was started plays to the end, with --watch what is saved: leave one out.',
    );
  if (flags.nats !== undefined)
    throw new OptionError('pin', 'With --nats the workers have the bot: its project is not here.');
  const say = (line: string): void =>
    printLine(io.stderr, printable(line, defaults.maxLineLength, io.redact));
  const late = io.clock.setTimeout(
    () => say(`Still copying the project of ${file}. Ctrl-C ends this.`),
    defaults.quietMs,
  );
  const pinned = await copyFor(file, flags, io).finally(() => io.clock.clearTimeout(late));
  const { project, files, bytes } = pinned;
  const size = bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} kB` : `${Math.ceil(bytes / 1024 / 1024)} MB`;
  say(`Pinned: plays from a copy of ${project} (${files} files, ${size}).`);
  return pinned;
}

async function copyFor(file: string, flags: PinFlags, { env }: Terminal): Promise<PinnedBot> {
  const { pinBot, pinsFolder } = await import('../../pin/pin-bot.js');
  const own = [
    recordFolderOf(flags),
    flags.status,
    flags.logFile,
    flags.store === true ? storeName : flags.store,
  ];
  return pinBot({
    file: botFile(file),
    pins: pinsFolder(env),
    cwd: process.cwd(),
    without: own.flatMap((path) => (path === undefined ? [] : [resolve(path)])),
  });
}
