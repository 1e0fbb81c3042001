/** The bot of a replay, composed as the one of a session. */
import { composeBot } from '../agent/seat-bot.js';
import type { BotSource } from '../bot/bot.js';
import { type BotModule, isBotModule, pathOfModule } from '../io/hosting/bot-module.js';
import { assertBotSource } from '../io/hosting/create-bot.js';
import { tryBot } from '../io/hosting/try-bot.js';
import { defaultIsolation, type Isolation } from '../io/settings/isolation.js';
import type { BotLogic } from '../machines/ports.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import type { WorldClock } from '../time/clock.js';

export interface ReplayBotOptions {
  isolate?: Isolation | undefined;
  workerMemoryMb?: number | undefined;
  env: EnvironmentVariables;
  onBotOutput: (text: string, from: 'stdout' | 'stderr') => void;
  clock: WorldClock;
  wallNow: () => number;
}

export interface ReplayBot {
  readonly logic: BotLogic;
  /** Each match has a thread or a process of its own, so that several can be played at once. */
  readonly isIsolated: boolean;
  close(): Promise<unknown>;
}

/** Makes the first bot. @throws {OptionError | BadBotError} for what is no bot, or cannot be made. */
export async function openReplayBot(
  source: BotSource | BotModule,
  { isolate, workerMemoryMb, env, onBotOutput, clock, wallNow }: ReplayBotOptions,
): Promise<ReplayBot> {
  const mode = isolate ?? (isBotModule(source) ? defaultIsolation : 'none');
  const isIsolated = mode !== 'none';
  const bot = isIsolated ? source : await loadedHere(source, clock);
  const { logic, prepare, close } = composeBot(
    bot,
    { isolate: mode, ...(workerMemoryMb !== undefined && { workerMemoryMb }) },
    '',
    { clock, now: () => clock.now(), wallNow, env, onBotOutput },
  );
  try {
    await prepare?.();
  } catch (error) {
    await close();
    throw error;
  }
  return { logic, isIsolated, close };
}

async function loadedHere(source: BotSource | BotModule, clock: WorldClock): Promise<BotSource> {
  let bot: BotSource | BotModule = source;
  if (isBotModule(source)) {
    const { loadBot } = await import('../io/hosting/load-bot.js');
    bot = await loadBot(pathOfModule(source), clock, source.export);
  }
  assertBotSource(bot);
  await tryBot(bot, clock);
  return bot;
}
