/** The threads of one agent: one for each match, and one that is warm for the next match or the next accident. */
import { BadBotError } from '../protocol/errors.js';
import { type BotThread, startThread, type ThreadOptions } from './bot-worker-thread.js';
import type { IoClock } from './clock.js';
import { within } from './time-limit.js';

const defaults = {
  /** A file ends its own loading after 120 s, and a factory; this is for one that blocks its thread. */
  loadLimitMs: 245_000,
} as const;

export interface BotPool {
  /**
   * Starts the first thread, once; resolves when there is a bot in it, or when the pool was closed before.
   *
   * @throws {BadBotError} when there cannot be one.
   */
  prepare(): Promise<void>;
  /** A thread with a bot that was never seated, which may still be loading. */
  take(): BotThread;
  /** Ends every thread; resolves when all of them are gone. */
  close(): Promise<void>;
}

export function createBotPool(options: ThreadOptions, clock: IoClock): BotPool {
  let first: Promise<void> | null = null;
  let spare: BotThread | null = null;
  let closed = false;
  const threads = new Set<BotThread>();

  const tooSlow = () => new BadBotError(`${options.path} blocks its thread while it is loaded.`);

  const start = (): BotThread => {
    const thread = startThread(options);
    threads.add(thread);
    void thread.gone.then(() => threads.delete(thread));
    return thread;
  };

  /** A spare whose bot cannot be made stays one: whoever takes it hears why. One that ends is not replaced before then. */
  const warm = (): void => {
    const thread = start();
    spare = thread;
    thread.hold(false);
  };

  const makeFirst = async (): Promise<void> => {
    const thread = start();
    const made = new Promise<void>((resolve, reject) => {
      thread.listen({
        onMessage(message) {
          if (message.type === 'ready') resolve();
          if (message.type === 'unfit') reject(new BadBotError(message.message, { cause: message.cause }));
        },
        onEnd: ({ message, error }) =>
          reject(new BadBotError(`${options.path} cannot be loaded. ${message}`, { cause: error })),
      });
      // Ended by us, of which nothing is told.
      void thread.gone.then(resolve);
    });
    try {
      await within(defaults.loadLimitMs, clock, made, tooSlow);
    } catch (error) {
      await thread.end();
      throw error;
    }
    if (closed) return;
    thread.hold(false);
    spare = thread;
  };

  return {
    prepare() {
      first ??= makeFirst();
      return first;
    },
    take() {
      const taken = spare === null || spare.hasEnded ? start() : spare;
      taken.hold(false);
      if (!closed) warm();
      return taken;
    },
    async close() {
      closed = true;
      spare = null;
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}
