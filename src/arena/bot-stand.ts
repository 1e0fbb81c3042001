/**
 * The thread or process that the bots of one seat play in, one after the other: it is started once and kept, and another one is
 * started only where a bot was lost, or the file exports the bot itself.
 */

import type { PlaceCode } from '../io/hosting/code/bot-code.js';
import { isCodeMessage } from '../io/hosting/code/code-messages.js';
import type { KeptFile } from '../io/hosting/code/kept-files.js';
import { withoutDecide } from '../io/hosting/pool/bot-pool.js';
import { startProcess } from '../io/hosting/processes/bot-process.js';
import type { FromThread } from '../io/hosting/threads/bot-messages.js';
import type { BotThread } from '../io/hosting/threads/bot-thread.js';
import { startThread } from '../io/hosting/threads/worker-thread.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { BadBotError } from '../protocol/errors.js';
import { createStoreHub } from '../store/store-hub.js';
import { systemClock } from '../time/clock.js';
import { within } from '../time/time-limit.js';

const defaults = { loadLimitMs: 121_000 } as const;

export interface StandOptions {
  path: string;
  exportName: string | null;
  /** The code as it was loaded first, so that all stands of a bot evaluate the same. */
  files: readonly KeptFile[];
  /** Takes what is loaded. Default: it is dropped. */
  code?: PlaceCode;
  place: BotThread['place'];
  memoryMb: number | null;
  env: EnvironmentVariables;
  onOutput: (text: string, from: 'stdout' | 'stderr') => void;
}

export interface BotStand {
  /**
   * A thread with a bot that has played nothing.
   *
   * @throws {BadBotError} when the bot cannot be made.
   */
  open(matchId: string): Promise<BotThread>;
  close(): Promise<void>;
}

export function createBotStand(options: StandOptions): BotStand {
  let thread: BotThread | null = null;
  let isInstance = false;

  const start = async (): Promise<BotThread> => {
    const { path, exportName, files, place, memoryMb, env, onOutput } = options;
    const started = (place === 'process' ? startProcess : startThread)({
      path,
      exportName,
      code: options.code ?? { files: [...files], take: isCodeMessage },
      store: createStoreHub({ onTrouble: () => undefined }),
      env,
      memoryMb,
      isSeeded: true,
      onUnfit: () => undefined,
      onOutput,
    });
    try {
      const { isRawOnly = false, ...made } = await untilReady(started, path);
      if (isRawOnly) throw new BadBotError(withoutDecide(path));
      isInstance = made.isInstance === true;
    } catch (error) {
      void started.end();
      throw error;
    }
    return started;
  };

  return {
    async open(matchId) {
      if (thread !== null && (isInstance || thread.hasEnded)) {
        void thread.end();
        thread = null;
      }
      if (thread !== null) {
        thread.post({ type: 'reseat', matchId });
        return thread;
      }
      thread = await start();
      thread.post({ type: 'seat', matchId });
      return thread;
    },
    async close() {
      await thread?.end();
      thread = null;
    },
  };
}

type Ready = Extract<FromThread, { type: 'ready' }>;

function untilReady(thread: BotThread, path: string): Promise<Ready> {
  const ready = new Promise<Ready>((resolve, reject) => {
    thread.listen({
      onMessage(message) {
        if (message.type === 'ready') resolve(message);
        if (message.type === 'unfit') reject(new BadBotError(message.message, { cause: message.cause }));
      },
      onEnd: ({ message, error }) =>
        reject(new BadBotError(`${path} cannot be loaded. ${message}`, { cause: error })),
    });
  });
  return within(
    defaults.loadLimitMs,
    systemClock,
    ready,
    () => new BadBotError(`${path} has not ended loading after ${defaults.loadLimitMs / 1_000} s.`),
  );
}
