/** Runs the user's hooks one after the other, catches what they throw, and limits the time that it waits for each. */
import type { BotEvent } from '../../machines/ports.js';
import { messageOf } from '../../protocol/message-of.js';
import type { OwnTimers } from '../../time/own-timers.js';
import { authorPlaceOf } from './author-place.js';
import { isThenable } from './create-bot.js';
import { createSerialQueue, type SerialQueue } from './serial-queue.js';

const defaults = {
  /** How long the other hooks and turns wait for an async hook. */
  hookLimitMs: 10_000,
} as const;

export interface HookRunner {
  /** The queue of hooks and decisions. */
  readonly queue: SerialQueue;
  /** Runs user code now. Returns or resolves when it is over, or when it takes too long; never throws. */
  run(hook: string, call: () => unknown): void | Promise<void>;
  /** The same without a time limit. */
  runUnlimited(hook: string, call: () => unknown): void | Promise<void>;
  failed(hook: string, error: unknown, more?: Partial<Extract<BotEvent, { type: 'bot.failed' }>>): void;
}

export function createHookRunner(timers: OwnTimers, report: (event: BotEvent) => void): HookRunner {
  const failed: HookRunner['failed'] = (hook, error, more) => {
    report({
      type: 'bot.failed',
      hook,
      message: messageOf(error),
      place: authorPlaceOf(error),
      error,
      ...more,
    });
  };

  const runUnlimited: HookRunner['runUnlimited'] = (hook, call) => {
    try {
      const pending = call();
      if (isThenable(pending)) {
        return Promise.resolve(pending).then(
          () => undefined,
          (error: unknown) => failed(hook, error),
        );
      }
    } catch (error) {
      failed(hook, error);
    }
    return undefined;
  };

  /** A hook that never ends must not keep the bot from all later turns. */
  const untilTooLong = (hook: string, pending: Promise<void>): Promise<void> =>
    new Promise((resolve) => {
      const limit = timers.later(defaults.hookLimitMs, () => {
        report({ type: 'bot.slow', hook, waitedMs: defaults.hookLimitMs });
        resolve();
      });
      void pending.then(() => {
        timers.cancel(limit);
        resolve();
      });
    });

  return {
    queue: createSerialQueue(),
    run(hook, call) {
      const pending = runUnlimited(hook, call);
      return pending === undefined ? undefined : untilTooLong(hook, pending);
    },
    runUnlimited,
    failed,
  };
}
