/** A time limit for code of a bot file that may never end. */
import type { Clock } from './clock.js';

/**
 * Resolves with what the promise resolves with, if it does so in time. The timer keeps the process alive until then.
 *
 * @throws what the promise rejects with; what `late` returns when the time is over.
 */
export async function within<T>(
  limitMs: number,
  clock: Clock,
  pending: PromiseLike<T>,
  late: () => Error,
): Promise<T> {
  let timer: unknown;
  try {
    return await Promise.race([
      pending,
      new Promise<never>((_resolve, reject) => {
        timer = clock.setTimeout(() => reject(late()), limitMs);
      }),
    ]);
  } finally {
    clock.clearTimeout(timer);
  }
}
