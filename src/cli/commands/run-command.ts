/** `chipzen-agent run`: keeps a bot seated until it is told to stop. */

import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BotSource } from '../../bot/bot.js';
import { type BotModule, isBotModule } from '../../io/hosting/bot-module.js';
import { importedFiles } from '../../io/hosting/code/imported-files.js';
import { createMaskedOutput, type MaskedOutput } from '../../io/hosting/masked-output.js';
import type { BotPool } from '../../io/hosting/pool/bot-pool.js';
import { threadsOfModule } from '../../io/hosting/pool/module-threads.js';
import type { RemoteBot } from '../../io/hosting/remote/remote-bot.js';
import type { ChipzenConfig } from '../../io/settings/agent-options.js';
import { configPaths, loadChipzenConfig, resolveToken } from '../../io/settings/config.js';
import { placeOf } from '../../io/settings/isolation.js';
import type { PinnedBot } from '../../pin/pin-bot.js';
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { createStoreHub, type StoreHub } from '../../store/store-hub.js';
import { systemNow } from '../../time/clock.js';
import { liveScreenOf } from '../live/live-terminal.js';
import { watchStrays } from '../surroundings/stray-errors.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { storeName } from './arguments.js';
import { withLog } from './command-log.js';
import { maxLineLength } from './event-lines.js';
import { chosenBot, keepLoaded, loadHere, moduleOf } from './loading.js';
import { pinFor } from './pin-for.js';
import { recordFolderOf } from './record-flags.js';
import type { RunFlags } from './run-options.js';
import { playSession, type RunSurroundings } from './run-session.js';

/**
 * Runs the session and prints it to `io`.
 *
 * @returns the exit code of a session that ended well.
 * @throws whatever ends a session badly.
 */
export async function run(bot: string | undefined, flags: RunFlags, io: Terminal): Promise<number> {
  if (bot === undefined) return runBot(undefined, flags, io);
  const { file, botClass } = chosenBot(bot, flags.botClass);
  const named = botClass === undefined ? flags : { ...flags, botClass };
  if (flags.pin !== true) return runBot(file, named, io);
  const pinned = await pinFor(file, named, io);
  try {
    return await runBot(pinned.file, named, io, pinned);
  } finally {
    const kept = await pinned.close();
    if (kept !== null) printLine(io.stderr, printable(kept, maxLineLength, io.redact));
  }
}

async function runBot(
  file: string | undefined,
  flags: RunFlags,
  io: Terminal,
  pinned?: PinnedBot,
): Promise<number> {
  const warn = (message: string) =>
    printLine(io.stderr, printable(`warning: ${message}`, maxLineLength, io.redact));
  if (flags.token !== undefined) {
    warn(
      'Other users of this machine can see --token in the list of processes. Set CHIPZEN_EXTBOT_TOKEN instead.',
    );
  }
  const strays = watchStrays(flags.safeMode, io);
  const screen = flags.json === true || flags.dashboard !== undefined ? undefined : liveScreenOf(io);
  // Imported only when needed: it has large tables of the width of characters.
  const live = screen && (await import('../live/live-view.js')).openLiveView(screen, io, systemNow);
  try {
    return await withLog('run', flags, io, (logger) =>
      play(file, flags, { io, strays, warn, live, logger, pinned }),
    );
  } finally {
    live?.close();
    strays.release();
  }
}

/**
 * @returns the bot. A bot that is to be isolated is not loaded in this process.
 * @throws {OptionError | BadBotError}
 */
async function botOf(
  file: string | undefined,
  { nats, natsName, isolate, botClass, record }: RunFlags,
  { io, strays }: RunSurroundings,
): Promise<BotSource | BotModule | RemoteBot> {
  if (nats !== undefined) {
    if (botClass !== undefined)
      throw new OptionError('bot class', 'With --nats the workers have the bot: give them --bot-class.');
    if (file === undefined) return { nats, name: natsName };
    throw new OptionError('bot file', 'With --nats the workers have the bot file: leave it out here.');
  }
  if (file === undefined) {
    const taken = typeof record === 'string' && existsSync(record) && statSync(record).isFile();
    const instead = taken ? ` --record took ${record} for its folder: put the bot file before --record.` : '';
    throw new OptionError('bot file', `Name a bot file, or workers with --nats.${instead}`);
  }
  return isolate === 'none'
    ? loadHere({ file, botClass }, io, (refusal) => strays.fail(refusal))
    : moduleOf({ file, botClass });
}

/** Bots' output goes to standard error, because standard output is for the agent's. It is masked as one text. */
const botOutput = (io: Terminal): MaskedOutput =>
  createMaskedOutput(io.mask, (text) => void io.stderr.write(text));

interface ThreadSettings {
  secret: string;
  output: MaskedOutput;
  io: Terminal;
  store: StoreHub;
  /** Of the bot. */
  cwd: string | undefined;
}

/**
 * Starts the first thread, so that its bot is made while this thread still loads the agent. Starting the agent
 * reports errors of the bot.
 */
function startThreads(
  bot: BotModule,
  { isolate, workerMemory, needsDecide }: RunFlags,
  { secret, output, io, store, cwd }: ThreadSettings,
): BotPool {
  const { env, clock } = io;
  const threads = threadsOfModule(bot, {
    place: placeOf(isolate),
    secret,
    env,
    memoryMb: workerMemory,
    onOutput: (text) => output.write(text),
    store,
    clock,
    cwd,
    ...(needsDecide === true && { needsDecide }),
  });
  threads.prepare().catch(() => undefined);
  return threads;
}

async function play(file: string | undefined, flags: RunFlags, around: RunSurroundings): Promise<number> {
  const { io, warn, pinned } = around;
  const isKept = file !== undefined && flags.isolate === 'none' && recordFolderOf(flags) !== undefined;
  const loaded = isKept ? keepLoaded(file) : undefined;
  // As they are before they are loaded here.
  const botFiles = file !== undefined && flags.isolate === 'none' ? importedFiles(resolve(file)) : undefined;
  const bot = await botOf(file, flags, around);
  const config = configOf(flags, io, warn);
  const secret = resolveToken(flags.token, config, io.env) ?? '';
  io.hide(secret);
  const output = botOutput(io);
  const store = createStoreHub({ path: storePathOf(flags) });
  await store.open();
  const threads =
    secret !== '' && isBotModule(bot)
      ? startThreads(bot, flags, { secret, output, io, store, cwd: pinned?.cwd })
      : undefined;
  try {
    return await playSession(
      { file, bot, botFiles },
      { flags, config, secret, output, threads, loaded, store },
      around,
    );
  } finally {
    // Needed when no agent was made that would have ended them.
    await threads?.close();
    await store.close();
    output.end();
  }
}

/** @throws {OptionError} for bots that are not here. */
function storePathOf({ store, nats }: RunFlags): string | null {
  if (store !== undefined && nats !== undefined)
    throw new OptionError('store', 'With --nats each worker has a store of its own: give --store to them.');
  return store === true ? storeName : (store ?? null);
}

function configOf(
  { config }: RunFlags,
  { env }: Terminal,
  onWarning: (message: string) => void,
): ChipzenConfig | null {
  if (config === null) return null;
  const isRequired = config !== undefined;
  return loadChipzenConfig(isRequired ? [config] : configPaths(env), { onWarning, isRequired });
}
