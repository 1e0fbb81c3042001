/** Which bot port a bot gets: on the thread of the agent, in threads or processes of its own, or at workers. */
import type { BotSource } from '../bot/bot.js';
import { type BotModule, isBotModule, pathOfModule } from '../io/hosting/bot-module.js';
import { importedFiles } from '../io/hosting/code/imported-files.js';
import type { KeptFile, LoadedCode } from '../io/hosting/code/kept-files.js';
import { assertBotSource, createBot } from '../io/hosting/create-bot.js';
import { defineBot } from '../io/hosting/local-bot.js';
import type { BotPool, LeftBehind } from '../io/hosting/pool/bot-pool.js';
import { followCode } from '../io/hosting/pool/follow-code.js';
import { defineIsolatedBot, type IsolatedBotOptions } from '../io/hosting/pool/isolated-bot.js';
import { threadsOfModule } from '../io/hosting/pool/module-threads.js';
import { checkRemoteBot, isRemoteBot, type RemoteBot } from '../io/hosting/remote/remote-bot.js';
import { createRemotePool } from '../io/hosting/remote/remote-pool.js';
import { assertMayStart } from '../io/hosting/session-guard.js';
import type { AgentOptions } from '../io/settings/agent-options.js';
import { defaultIsolation, placeOf } from '../io/settings/isolation.js';
import type { BotLogic } from '../machines/ports.js';
import { type BadBotError, OptionError } from '../protocol/errors.js';
import type { CodeChange } from '../protocol/events.js';
import type { Clock } from '../time/clock.js';
import type { World } from './world.js';

/** The bot port, with its preparation and its end. */
export interface SeatedBot {
  logic: BotLogic;
  /** Resolves when the bot could be made; null when that is not known before a match. */
  prepare: (() => Promise<void>) | null;
  /** Calls the listener when a bot that was made turns out to be unusable before it was ever seated. */
  onUnfit?: (listener: (error: BadBotError) => void) => void;
  /** Calls the listener when the bot of a later match cannot be made. */
  onUnmade?: (listener: (error: BadBotError) => void) => void;
  /** What the next match plays; null where that is not known. */
  playing?: () => LoadedCode | null;
  /** Follows its source files from now on; returns the function that ends this. */
  followCode?: (onChange: (change: CodeChange) => void) => () => void;
  /** Ends all threads and processes of the bot. Resolves when they are gone, with those that do not end. */
  close: () => Promise<readonly LeftBehind[]>;
}

/**
 * Checks that a session may begin, and with this bot.
 *
 * @param call the function that begins it, for the message.
 * @throws {BadBotError} when a bot file begins one while it is loaded for another session, and for something that
 * cannot be a bot.
 */
export function assertCanSeat(bot: BotSource | BotModule | RemoteBot, call: string): void {
  assertMayStart(call);
  if (!isBotModule(bot) && !isRemoteBot(bot)) assertBotSource(bot);
}

/**
 * The port for a bot: on this thread, each match in a thread or process of its own, or at workers.
 *
 * @param secret removed from the bot's environment, and masked in its output and errors.
 * @throws {OptionError} when the bot cannot run in the way that the options want.
 */
export function composeBot(
  bot: BotSource | BotModule | RemoteBot,
  {
    isolate = isBotModule(bot) ? defaultIsolation : 'none',
    workerMemoryMb,
    watch = false,
  }: Pick<AgentOptions, 'isolate' | 'workerMemoryMb' | 'watch'>,
  secret: string,
  { clock, now, wallNow, env, onBotOutput, threads, store, botFiles = [] }: Omit<World, 'random'>,
): SeatedBot {
  if (watch && (!isBotModule(bot) || isolate === 'none')) {
    throw new OptionError(
      'watch',
      'Only a bot in a thread or process can be loaded anew: give its file as { module: path or file URL }, with isolate "process" or "worker".',
    );
  }
  const stored = store === undefined ? {} : { store: store.store };
  if (isRemoteBot(bot))
    return isolatedIn(createRemotePool({ ...checkRemoteBot(bot), clock, now }), { clock, now, secret });
  if (!isBotModule(bot)) {
    if (isolate === 'none')
      return {
        logic: defineBot(bot, { clock, now, wallNow, secret, ...stored }),
        prepare: null,
        followCode: (onChange) => tellSaved(() => botFiles, clock, onChange),
        close: async () => [],
      };
    throw new OptionError(
      'isolate',
      `Only a file can be loaded in a thread or a process of its own: give the bot as { module: path or file URL } for isolate "${isolate}".`,
    );
  }
  if (isolate === 'none') {
    const path = pathOfModule(bot);
    let files: readonly KeptFile[] = [];
    let loaded: Promise<BotSource> | null = null;
    const load = async (): Promise<BotSource> => {
      const { loadBot } = await import('../io/hosting/load-bot.js');
      files = importedFiles(path);
      return loadBot(path, clock, bot.export);
    };
    // Once: a later match plays the code of the first one, whatever was saved since.
    const source = async () => {
      loaded ??= load();
      return createBot(await loaded);
    };
    return {
      logic: defineBot(source, { clock, now, wallNow, secret, ...stored }),
      prepare: null,
      followCode: (onChange) => tellSaved(() => files, clock, onChange),
      close: async () => [],
    };
  }
  const pool =
    threads ??
    threadsOfModule(bot, {
      place: placeOf(isolate),
      secret,
      env,
      memoryMb: workerMemoryMb,
      onOutput: onBotOutput,
      store,
      clock,
    });
  return {
    ...isolatedIn(pool, { clock, now, secret }),
    playing: () => pool.playing?.() ?? null,
    followCode: (onChange) => followCode({ pool, clock, takesNew: watch, onChange }),
  };
}

const notAnew =
  'A bot in the thread of the agent cannot be loaded anew: that needs a process or a thread of its own.';

/** Tells that source files of a bot on this thread were saved; nothing is loaded anew there. */
function tellSaved(
  files: () => readonly KeptFile[],
  clock: Clock,
  onChange: (change: CodeChange) => void,
): () => void {
  return followCode({ pool: { code: files }, clock, takesNew: false, whyNever: notAnew, onChange });
}

function isolatedIn(pool: BotPool, parts: Omit<IsolatedBotOptions, 'pool'>): SeatedBot {
  return {
    logic: defineIsolatedBot({ pool, ...parts }),
    prepare: () => pool.prepare(),
    onUnfit: (listener) => pool.onUnfit?.(listener),
    onUnmade: (listener) => pool.onUnmade?.(listener),
    close: () => pool.close(),
  };
}
