import { onAbort } from '../network/on-abort.js';
import type { Clock } from '../time/clock.js';

/**
 * Resolves after this time on the clock.
 *
 * @throws the reason of the signal, as soon as it is aborted.
 */
export function waitFor(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  return untilAborted(signal, (resolve) => {
    const timer = clock.setTimeout(resolve, ms);
    return () => clock.clearTimeout(timer);
  });
}

/**
 * Resolves when the promise is settled, however it is.
 *
 * @throws the reason of the signal, as soon as it is aborted.
 */
export function waitUntil(settled: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return untilAborted(signal, (resolve) => {
    settled.then(resolve, resolve);
    return () => undefined;
  });
}

function untilAborted(signal: AbortSignal, begin: (resolve: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const end = begin(() => {
      forget();
      resolve();
    });
    const forget = onAbort(signal, () => {
      end();
      reject(signal.reason as Error);
    });
  });
}
