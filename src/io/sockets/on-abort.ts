/** Many listeners on one `AbortSignal`, for which Node counts one: from the eleventh on it would warn of a leak. */

interface Watched {
  listeners: Set<() => void>;
  unwatch: () => void;
}

const watched = new WeakMap<AbortSignal, Watched>();

/**
 * Calls the listener when the signal is aborted; never for one that was aborted before.
 *
 * @returns the function that takes the listener away.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const { listeners, unwatch } = watched.get(signal) ?? watch(signal);
  // A wrapper of its own: the same function may be given twice.
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
