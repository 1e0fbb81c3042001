/**
 * A bot file that starts a session itself, as a script does at its end, must not do so where it is loaded for another
 * one: the two would evict each other. Every copy of this package in the process, or the thread, asks here.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { BadBotError } from '../../protocol/errors.js';

const defaults = {
  /** After its loading a file is watched for so long; watching slows down every promise of the process. */
  watchMs: 10_000,
} as const;

type Check = (call: string) => void;

/** Of all copies, whatever their version: each check throws when it is a bot file that asks. */
const checks = ((globalThis as { [key: symbol]: unknown })[Symbol.for('chipzen-agent.session-checks')] ??=
  new Set()) as Set<Check>;

/** @throws {BadBotError} when it is code of a bot file that makes this call. */
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
/** In a bot's own thread: there nobody else can ask. */
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
 * From now on whatever runs in this thread is code of that bot file.
 *
 * @param onLate told of each call that comes when the file is loaded.
 */
export function sealThread(path: string, onLate: Loading['onLate']): void {
  sealed = { path, isLoaded: false, refusal: null, onLate };
}

/** The refusal of the file that is loaded here; the file itself may have caught it. */
export const refusalSoFar = (): BadBotError | null => current()?.refusal ?? null;

/**
 * Loads a bot file, or makes its bot.
 *
 * @param onLate told when the file asks for a session after it was loaded, for instance from a timer. The call throws.
 * @throws {BadBotError} when it has asked before, whether or not that call was caught.
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

/** @returns what lets go of it, a while later. */
function watch(): () => void {
  watched += 1;
  const unwatch = (): void => {
    watched -= 1;
    if (watched === 0) loadings.disable();
  };
  return () => void setTimeout(unwatch, defaults.watchMs).unref();
}
