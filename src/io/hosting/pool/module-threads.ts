/** From a bot file to the threads or processes that its bots play in. */

import { createMask } from '../../../protocol/redact.js';
import { createStoreHub, type StoreHub } from '../../../store/store-hub.js';
import type { Clock } from '../../../time/clock.js';
import { withoutSecrets } from '../../settings/config.js';
import { type BotModule, pathOfModule } from '../bot-module.js';
import { createMaskedOutput } from '../masked-output.js';
import { botEntry } from '../threads/bot-entry.js';
import type { BotThread, ThreadOptions } from '../threads/bot-thread.js';
import { type BotPool, createBotPool } from './bot-pool.js';

interface ModuleThreadsOptions extends Pick<ThreadOptions, 'env' | 'cwd' | 'onOutput'> {
  place: BotThread['place'];
  /** Removed from the bot's environment and masked in its output. Empty: variables are removed by their names only. */
  secret: string;
  /** `workerMemoryMb` of the agent's options. */
  memoryMb?: number | undefined;
  clock: Clock;
  /** What its bots have as `store`. Default: one that ends with the threads. */
  store?: StoreHub | undefined;
  /** As of `createBotPool`. */
  needsDecide?: boolean;
}

/**
 * Threads or processes for the bots of this file; none is started yet.
 *
 * @throws {OptionError} when there is no such file, and in a bundle that lacks what a thread or a process starts with.
 */
export function threadsOfModule(
  bot: BotModule,
  {
    place,
    secret,
    env,
    cwd,
    memoryMb,
    onOutput,
    clock,
    store = createStoreHub(),
    needsDecide,
  }: ModuleThreadsOptions,
): BotPool {
  botEntry(place);
  const mask = createMask([secret]);
  const output = {
    stdout: createMaskedOutput(mask, (text) => onOutput(text, 'stdout')),
    stderr: createMaskedOutput(mask, (text) => onOutput(text, 'stderr')),
  };
  const pool = createBotPool(
    {
      place,
      needsDecide,
      path: pathOfModule(bot),
      store,
      exportName: bot.export ?? null,
      env: withoutSecrets(env, secret),
      cwd,
      memoryMb: memoryMb ?? null,
      onOutput: (text, from) => output[from].write(text),
    },
    clock,
  );
  return {
    ...pool,
    async close() {
      const left = await pool.close();
      output.stdout.end();
      output.stderr.end();
      return left;
    },
  };
}
