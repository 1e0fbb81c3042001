/** Functions that users plug in, called so that none of them can hurt a match or another one. */
import { messageOf } from '../../protocol/message-of.js';
import { printable } from '../../protocol/redact.js';

const defaults = { maxErrorLength: 200 } as const;

/** What is called with each of something; what it returns counts only if it is a promise that fails. */
export type Listener<T> = (told: T) => unknown;

/**
 * Returns the function that calls a listener. It never throws, and a promise that the listener returns is never left without
 * a handler.
 *
 * @param report called at the first failure of each listener, with what was thrown, fit to show.
 */
export function onFirstFailure<T>(
  report: (listener: Listener<T>, why: string) => void,
): (listener: Listener<T>, told: T) => void {
  const failed = new WeakSet<Listener<T>>();

  function contain(listener: Listener<T>, error: unknown): void {
    if (failed.has(listener)) return;
    failed.add(listener);
    report(listener, printable(messageOf(error), defaults.maxErrorLength));
  }

  return (listener, told) => {
    try {
      const returned = listener(told);
      // An async listener fails later, where nobody would catch it.
      if (returned instanceof Promise) returned.catch((error: unknown) => contain(listener, error));
    } catch (error) {
      contain(listener, error);
    }
  };
}
