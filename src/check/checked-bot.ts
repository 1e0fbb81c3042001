/** The bot of a check, composed as the one of a session, and watched. */
import { composeBot } from '../agent/seat-bot.js';
import type { BotSource } from '../bot/bot.js';
import { type BotModule, isBotModule } from '../io/hosting/bot-module.js';
import { assertBotSource } from '../io/hosting/create-bot.js';
import { threadsOfModule } from '../io/hosting/pool/module-threads.js';
import { defaultMemoryMb } from '../io/hosting/processes/bot-process-command.js';
import { tryBot } from '../io/hosting/try-bot.js';
import { defaultIsolation, type Isolation, placeOf } from '../io/settings/isolation.js';
import type { BotLogic } from '../machines/ports.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { systemClock, systemNow } from '../time/clock.js';
import { type LoopListener, watchPool } from './loop-watch.js';
import { watchSource } from './watched-source.js';

export interface CheckedBotOptions {
  isolate?: Isolation | undefined;
  workerMemoryMb?: number | undefined;
  env: EnvironmentVariables;
  onBotOutput: (text: string, from: 'stdout' | 'stderr') => void;
}

export interface CheckedBot {
  logic: BotLogic;
  /** What it runs in; null: this thread. */
  place: 'process' | 'thread' | null;
  /** In MB; null: none but the process's own. */
  memoryLimitMb: number | null;
  /** Makes the first bot. @throws BadBotError */
  prepare(): Promise<void>;
  close(): Promise<unknown>;
}

/** @throws {OptionError | BadBotError} for what cannot be a bot, before it is loaded. */
export function openCheckedBot(
  source: BotSource | BotModule,
  { isolate, workerMemoryMb, env, onBotOutput }: CheckedBotOptions,
  listener: LoopListener,
): CheckedBot {
  const world = { clock: systemClock, now: systemNow, wallNow: Date.now, env, onBotOutput };
  const mode = isolate ?? (isBotModule(source) ? defaultIsolation : 'none');
  if (!isBotModule(source) || mode === 'none') {
    if (!isBotModule(source)) assertBotSource(source);
    const here = isBotModule(source) ? source : watchSource(source, systemClock, listener);
    const { logic, close } = composeBot(here, { isolate: mode }, '', world);
    return {
      logic,
      place: null,
      memoryLimitMb: null,
      prepare: async () => {
        if (!isBotModule(source)) await tryBot(source, systemClock);
      },
      close,
    };
  }
  const place = placeOf(mode);
  const pool = threadsOfModule(source, {
    place,
    secret: '',
    env,
    memoryMb: workerMemoryMb,
    onOutput: onBotOutput,
    clock: systemClock,
  });
  const threads = watchPool(pool, systemClock, listener);
  const { logic } = composeBot(
    source,
    { isolate: mode, ...(workerMemoryMb !== undefined && { workerMemoryMb }) },
    '',
    {
      ...world,
      threads,
    },
  );
  return {
    logic,
    place,
    memoryLimitMb: workerMemoryMb ?? (place === 'process' ? defaultMemoryMb() : null),
    prepare: () => threads.prepare(),
    close: () => threads.close(),
  };
}
