/** Calls functions of users so that none of them can harm a match or another one. */
import { messageOf } from '../../protocol/message-of.js';
import { printable } from '../../protocol/redact.js';

const defaults = { maxErrorLength: 200 } as const;

/** A function that is called with each event or frame. What it returns matters only if it is a promise that rejects. */
export type Listener<T> = (item: T) => unknown;

/**
 * Returns the function that calls a listener. It never throws, and handles the rejection of a promise that the
 * listener returns.
 *
 * @param report called at the first failure of each listener, with a printable text of what was thrown.
 */
export function onFirstFailure<T>(
  report: (listener: Listener<T>, why: string) => void,
): (listener: Listener<T>, item: T) => void {
  const failed = new WeakSet<Listener<T>>();

  function fail(listener: Listener<T>, error: unknown): void {
    if (failed.has(listener)) return;
    failed.add(listener);
    report(listener, printable(messageOf(error), defaults.maxErrorLength));
  }

  return (listener, item) => {
    try {
      const returned = listener(item);
      // An async listener fails later, where nothing else would catch it.
      if (returned instanceof Promise) returned.catch((error: unknown) => fail(listener, error));
    } catch (error) {
      fail(listener, error);
    }
  };
}
