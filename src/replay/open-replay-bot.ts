/** The bot of a replay, composed as the one of a session. */
import { composeBot } from '../agent/composition.js';
import type { BotSource } from '../bot/bot.js';
import { type BotModule, isBotModule } from '../io/hosting/bot-module.js';
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
  /** Makes the first bot. @throws {BadBotError} */
  prepare(): Promise<void>;
  close(): Promise<unknown>;
}

/** @throws {OptionError | BadBotError} for what cannot be a bot, before it is loaded. */
export function openReplayBot(
  source: BotSource | BotModule,
  { isolate, workerMemoryMb, env, onBotOutput, clock, wallNow }: ReplayBotOptions,
): ReplayBot {
  const mode = isolate ?? (isBotModule(source) ? defaultIsolation : 'none');
  if (!isBotModule(source)) assertBotSource(source);
  const { logic, prepare, close } = composeBot(
    source,
    { isolate: mode, ...(workerMemoryMb !== undefined && { workerMemoryMb }) },
    '',
    { clock, now: () => clock.now(), wallNow, env, onBotOutput },
  );
  return {
    logic,
    isIsolated: mode !== 'none',
    async prepare() {
      if (prepare !== null) await prepare();
      else if (!isBotModule(source)) await tryBot(source, clock);
    },
    close,
  };
}
