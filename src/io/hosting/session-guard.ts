/**
 * A bot file may start a session itself, like a script. When it is loaded for another session it must not: the two
 * would evict each other. Every copy of this package in the process or thread asks here.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { BadBotError } from '../../protocol/errors.js';

const defaults = {
  /** How long a file is watched after it was loaded. Watching slows down every promise of the process. */
  watchMs: 10_000,
} as const;

type Check = (call: string) => void;

/** The checks of all copies of the package, whatever their version. A check throws when code of a bot file calls it. */
const checks = ((globalThis as { [key: symbol]: unknown })[Symbol.for('chipzen-agent.session-checks')] ??=
  new Set()) as Set<Check>;

/** @throws {BadBotError} when code of a bot file makes this call. */
export function assertMayStart(call: string): void {
  for (const check of checks) check(call);
}

interface Loading {
  path: string;
  isLoaded: boolean;
  refusal: BadBotError | null;
  onLate: (refusal: BadBotError) => void;
}

const loadings = new AsyncLocalStorage<Loading>();
let watched = 0;
/** Set in a bot's own thread, where all code is the bot's. */
let sealed: Loading | null = null;

const current = (): Loading | undefined => sealed ?? loadings.getStore();

checks.add((call) => {
  const loading = current();
  if (loading === undefined) return;
  const refusal = new BadBotError(
    `${loading.path} starts a session of its own: it calls ${call}. What loads a bot file does that. Take the call out, or start the file itself with node.`,
  );
  loading.refusal ??= refusal;
  if (loading.isLoaded) loading.onLate(refusal);
  throw refusal;
});

/**
 * Treats all code in this thread as code of that bot file from now on.
 *
 * @param onLate called for each such call after the file was loaded.
 */
export function sealThread(path: string, onLate: Loading['onLate']): void {
  sealed = { path, isLoaded: false, refusal: null, onLate };
}

/** The refusal of the file that is being loaded; the file itself may have caught it. */
export const refusalSoFar = (): BadBotError | null => current()?.refusal ?? null;

/**
 * Loads a bot file, or makes its bot.
 *
 * @param onLate called when the file starts a session after it was loaded, for instance from a timer. The call in the
 * file throws.
 * @throws {BadBotError} when it starts a session while it is loaded, whether or not it catches the error.
 */
export async function guardLoading<T>(
  path: string,
  load: () => Promise<T>,
  onLate: Loading['onLate'] = () => undefined,
): Promise<T> {
  const loading = sealed ?? { path, isLoaded: false, refusal: null, onLate };
  loading.isLoaded = false;
  const watching = sealed === null ? watch() : () => undefined;
  try {
    const loaded = await (sealed === null ? loadings.run(loading, load) : load());
    if (loading.refusal !== null) throw loading.refusal;
    return loaded;
  } catch (error) {
    throw loading.refusal ?? error;
  } finally {
    loading.isLoaded = true;
    watching();
  }
}

/** @returns the function that ends the watch, a while later. */
function watch(): () => void {
  watched += 1;
  const unwatch = (): void => {
    watched -= 1;
    if (watched === 0) loadings.disable();
  };
  return () => void setTimeout(unwatch, defaults.watchMs).unref();
}
