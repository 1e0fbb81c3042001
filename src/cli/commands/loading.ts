/** Loads a bot file for a command. */

import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LoadedHere } from '../../agent/world.js';
import type { BotSource } from '../../bot/bot.js';
import { type BotModule, botFile } from '../../io/hosting/bot-module.js';
import { keepFiles } from '../../io/hosting/code/kept-files.js';
import { keepCode } from '../../io/hosting/code/serve-code.js';
import { loadBot } from '../../io/hosting/load-bot.js';
import { type BotPool, withoutDecide } from '../../io/hosting/pool/bot-pool.js';
import { makeBot } from '../../io/hosting/try-bot.js';
import { BadBotError, OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { type CliIo, printLine } from '../surroundings/surroundings.js';

const defaults = {
  /** After this time a line says what is being waited for. */
  quietMs: 2_000,
  maxPathLength: 200,
} as const;

/** What a command was told of its bot. */
export interface BotChoice {
  file: string;
  /** Of the bots that the file exports. */
  botClass?: string | undefined;
}

/**
 * Reads `FILE` and `FILE#NAME`, which is the same as `FILE` with `--bot-class NAME`. What is a file as it stands has no
 * name in it.
 *
 * @throws {OptionError} when both name a bot.
 */
export function chosenBot(text: string, botClass?: string): BotChoice {
  const at = text.lastIndexOf('#');
  if (at <= 0 || at === text.length - 1 || existsSync(resolve(text))) return { file: text, botClass };
  const named = text.slice(at + 1);
  if (botClass !== undefined && botClass !== named) {
    const both = printable(
      `${named} behind the file, and ${botClass} with --bot-class`,
      defaults.maxPathLength,
    );
    throw new OptionError('bot class', `Two bots are named: ${both}. Leave one of them out.`);
  }
  return { file: text.slice(0, at), botClass: named };
}

/**
 * Loads the bot in this thread.
 *
 * @param onLate called when the file starts a session of its own later, which is refused. Default: prints a warning.
 * @throws {OptionError | BadBotError} as `loadBot`.
 */
export function loadHere(
  choice: BotChoice,
  io: CliIo,
  onLate: (refusal: BadBotError) => void = ({ message }) => printLine(io.stderr, `warning: ${message}`),
): Promise<BotSource> {
  const { file, botClass } = chosenBot(choice.file, choice.botClass);
  return announceLoading(file, io, () => runHere(io, () => loadBot(file, io.clock, botClass, onLate)));
}

/** Keeps what is loaded of a bot file in this thread from now on, for a recording. */
export function keepLoaded(file: string): LoadedHere {
  const kept = keepFiles();
  keepCode(kept, () => undefined);
  const path = botFile(file);
  const real = realpathSync(path);
  return {
    file: path,
    code: () => ({ file: real, files: kept.all().filter(({ form }) => form === 'source') }),
  };
}

/** The bot for threads and processes. @throws {OptionError} when there is no such file. */
export function moduleOf(choice: BotChoice): BotModule {
  const { file, botClass } = chosenBot(choice.file, choice.botClass);
  return { module: botFile(file), ...(botClass !== undefined && { export: botClass }) };
}

interface TriedBot {
  file: string;
  source: BotSource;
  needsDecide?: boolean | undefined;
}

/** Makes one bot in this thread, to check that it can be made. @throws {BadBotError} as `makeBot`. */
export async function tryHere({ file, source, needsDecide = false }: TriedBot, io: CliIo): Promise<void> {
  const made = await announceLoading(file, io, () => runHere(io, () => makeBot(source, io.clock)));
  if (needsDecide && made.decide === undefined)
    throw new BadBotError(withoutDecide(botFile(chosenBot(file).file)));
}

/** Leaves signals to the system meanwhile: code of a bot file may block this thread, and then no handler would run. */
async function runHere<T>(io: CliIo, run: () => Promise<T>): Promise<T> {
  const listenAgain = io.leaveSignalsToSystem();
  try {
    return await run();
  } finally {
    listenAgain();
  }
}

/** Waits for the first bot in a thread of its own. @throws {BadBotError} when it cannot be made. */
export function prepareThreads(file: string, threads: BotPool, io: CliIo): Promise<void> {
  return announceLoading(file, io, () => threads.prepare());
}

async function announceLoading<T>(
  file: string,
  { clock, stderr }: CliIo,
  load: () => Promise<T>,
): Promise<T> {
  const timer = clock.setTimeout(
    () =>
      printLine(
        stderr,
        `Still loading ${printable(file, defaults.maxPathLength)}, for up to 120 s. Ctrl-C ends this.`,
      ),
    defaults.quietMs,
  );
  try {
    return await load();
  } finally {
    clock.clearTimeout(timer);
  }
}
