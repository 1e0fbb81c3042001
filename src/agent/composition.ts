/** The composition root: the only place that gives the machines their ports. */

import type { BotSource } from '../bot/bot.js';
import { type BotModule, isBotModule, pathOfModule } from '../io/hosting/bot-module.js';
import { assertBotSource, createBot } from '../io/hosting/create-bot.js';
import { defineBot } from '../io/hosting/local-bot.js';
import type { BotPool, LeftBehind } from '../io/hosting/pool/bot-pool.js';
import { defineIsolatedBot, type IsolatedBotOptions } from '../io/hosting/pool/isolated-bot.js';
import { threadsOfModule } from '../io/hosting/pool/module-threads.js';
import { checkRemoteBot, isRemoteBot, type RemoteBot } from '../io/hosting/remote/remote-bot.js';
import { createRemotePool } from '../io/hosting/remote/remote-pool.js';
import { assertMayStart } from '../io/hosting/session-guard.js';
import type { AgentOptions } from '../io/settings/agent-options.js';
import { defaultIsolation, placeOf } from '../io/settings/isolation.js';
import type { Proxy } from '../io/sockets/environment-proxy.js';
import type { FrameTap } from '../io/sockets/frame-tap.js';
import { defineLobbySocket } from '../io/sockets/lobby-socket.js';
import { defineMatchSocket, type MatchCredential } from '../io/sockets/match-socket.js';
import { lobbyMachine } from '../machines/lobby.js';
import { matchMachine } from '../machines/match.js';
import type { BotLogic, ReporterLogic } from '../machines/ports.js';
import { type BadBotError, OptionError } from '../protocol/errors.js';
import type { Clock } from '../time/clock.js';

/** What the outer world gives; tests give their own. */
export interface World {
  clock: Clock;
  /** Epoch milliseconds that do not jump. */
  now: () => number;
  /** Epoch milliseconds of the wall clock: what is shown. Default: `now` where that is given. */
  wallNow: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  env: NodeJS.ProcessEnv;
  /** Told what bots in threads or processes of their own write to their standard output and error. */
  onBotOutput: (text: string, from: 'stdout' | 'stderr') => void;
  /** The bot's threads or processes, when somebody has started them before there was an agent. */
  threads?: BotPool | undefined;
}

/** What the bot port is, and what comes before and after it. */
export interface SeatedBot {
  logic: BotLogic;
  /** Resolves when a bot could be made; null when that shows only at the table. */
  prepare: (() => Promise<void>) | null;
  /** Calls the listener when a bot that was made turns out to be unfit before it was ever seated. */
  onUnfit?: (listener: (error: BadBotError) => void) => void;
  /** Ends all that belongs to the bot; resolves when it is gone, or with what does not go. */
  close: () => Promise<readonly LeftBehind[]>;
}

interface Parts {
  bot: BotLogic;
  userAgent: string;
  proxy: Proxy | null;
  reporter: ReporterLogic;
  /** Told the frames of all connections. */
  tap: FrameTap;
  /** Aborting it ends every socket, whatever became of the machines. */
  signal: AbortSignal;
  world: Pick<World, 'clock' | 'now' | 'wallNow'>;
}

/**
 * Whether somebody may begin a session, and with this as its bot.
 *
 * @param call what they call to begin it, for the message.
 * @throws {BadBotError} when a bot file begins one while it is loaded for another session, and for what cannot be a bot.
 */
export function assertCanSeat(bot: BotSource | BotModule | RemoteBot, call: string): void {
  assertMayStart(call);
  if (!isBotModule(bot) && !isRemoteBot(bot)) assertBotSource(bot);
}

/**
 * The port for a bot: on this thread, each match in a thread or process of its own, or at workers.
 *
 * @param secret kept out of what the bot sees as its environment, prints, and says of itself.
 * @throws {OptionError} when the bot cannot be had in the way that was asked for.
 */
export function composeBot(
  bot: BotSource | BotModule | RemoteBot,
  {
    isolate = isBotModule(bot) ? defaultIsolation : 'none',
    workerMemoryMb,
  }: Pick<AgentOptions, 'isolate' | 'workerMemoryMb'>,
  secret: string,
  { clock, now, wallNow, env, onBotOutput, threads }: Omit<World, 'random'>,
): SeatedBot {
  if (isRemoteBot(bot))
    return isolatedIn(createRemotePool({ ...checkRemoteBot(bot), clock, now }), { clock, now, secret });
  if (!isBotModule(bot)) {
    if (isolate === 'none')
      return { logic: defineBot(bot, { clock, now, wallNow, secret }), prepare: null, close: async () => [] };
    throw new OptionError(
      'isolate',
      `Only a file can be loaded in a thread or a process of its own: give the bot as { module: path or file URL } for isolate "${isolate}".`,
    );
  }
  if (isolate === 'none') {
    const path = pathOfModule(bot);
    const source = async () =>
      createBot(await (await import('../io/hosting/load-bot.js')).loadBot(path, clock, bot.export));
    return {
      logic: defineBot(source, { clock, now, wallNow, secret }),
      prepare: null,
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
      clock,
    });
  return isolatedIn(pool, { clock, now, secret });
}

function isolatedIn(pool: BotPool, parts: Omit<IsolatedBotOptions, 'pool'>): SeatedBot {
  return {
    logic: defineIsolatedBot({ pool, ...parts }),
    prepare: () => pool.prepare(),
    onUnfit: (listener) => pool.onUnfit?.(listener),
    close: () => pool.close(),
  };
}

/** The match machine with real ports. */
export function composeMatch(
  credential: MatchCredential,
  { bot, userAgent, proxy, reporter, tap, signal, world }: Parts,
) {
  const { clock, now, wallNow } = world;
  return matchMachine.provide({
    actors: {
      matchSocket: defineMatchSocket({ credential, userAgent, proxy, tap, clock, now, wallNow, signal }),
      bot,
      reporter,
    },
  });
}

/** The lobby machine with real ports, and real matches as its children. */
export function composeLobby(token: string, parts: Parts) {
  const { userAgent, proxy, reporter, tap, signal, world } = parts;
  const { clock, now, wallNow } = world;
  return lobbyMachine.provide({
    actors: {
      lobbySocket: defineLobbySocket({ token, userAgent, proxy, tap, clock, now, wallNow, signal }),
      reporter,
      match: composeMatch({ kind: 'bot', token }, parts),
    },
  });
}
