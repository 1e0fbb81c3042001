/** Many listeners behind one listener of an `AbortSignal`: Node warns of a leak from the eleventh on. */

interface Watched {
  listeners: Set<() => void>;
  unwatch: () => void;
}

const watched = new WeakMap<AbortSignal, Watched>();

/**
 * Calls the listener when the signal is aborted; never if it was aborted before.
 *
 * @returns the function that removes the listener.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const { listeners, unwatch } = watched.get(signal) ?? watch(signal);
  // A wrapper for each call: the same function may be given twice.
  const own = (): void => listener();
  listeners.add(own);
  return () => {
    if (listeners.delete(own) && listeners.size === 0) unwatch();
  };
}

function watch(signal: AbortSignal): Watched {
  const listeners = new Set<() => void>();
  const abort = (): void => {
    unwatch();
    for (const listener of listeners) listener();
  };
  const unwatch = (): void => {
    signal.removeEventListener('abort', abort);
    if (watched.get(signal)?.listeners === listeners) watched.delete(signal);
  };
  signal.addEventListener('abort', abort);
  watched.set(signal, { listeners, unwatch });
  return { listeners, unwatch };
}
