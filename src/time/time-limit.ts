/** An end for what a bot file may never end. */
import type { Clock } from './clock.js';

/**
 * What the promise resolves with, if that is in time. The timer also keeps the process alive until then.
 *
 * @throws what the promise rejects with, else what `late` makes.
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
