/** How long a process waits at its end for its last lines to be read. */
import type { Clock } from '../../time/clock.js';
import type { Outlet } from './outlet.js';

const defaults = {
  /** Between two checks. */
  lookMs: 10,
  /** The longest wait without progress. */
  patienceMs: { terminal: 30_000, pipe: 30_000, file: 1_000 },
  /** For everything, once the process was told to end. */
  hurriedMs: 1_000,
  /** For everything, where the process ends synchronously: nothing else can run meanwhile. */
  blockedMs: 200,
} as const;

export interface Hurry {
  /** The process was told to end. */
  isHurried: boolean;
  /** Calls the listener when it is told to end later. Returns the function that ends this. */
  onHurry: (listener: () => void) => () => void;
}

export interface EndingOptions extends Hurry {
  clock: Clock;
  /** Milliseconds of a clock that never jumps. */
  now: () => number;
}

/** Resolves when everything was written, or when nothing was taken for too long. */
export async function untilWritten(
  outlets: readonly Outlet[],
  { clock, now, isHurried, onHurry }: EndingOptions,
): Promise<void> {
  let endsAt = Infinity;
  const hurry = (): void => {
    endsAt = Math.min(endsAt, now() + defaults.hurriedMs);
  };
  if (isHurried) hurry();
  const release = onHurry(hurry);
  try {
    const watched = outlets.map((outlet) => ({ outlet, written: outlet.written, since: now() }));
    const isWorthIt = (): boolean =>
      watched.some(
        ({ outlet, since }) => isWaiting(outlet) && now() - since < defaults.patienceMs[outlet.kind],
      );
    while (now() < endsAt && isWorthIt()) {
      await new Promise<void>((resolve) => clock.setTimeout(() => resolve(), defaults.lookMs));
      for (const watch of watched) {
        watch.outlet.retry();
        if (watch.outlet.written === watch.written) continue;
        watch.written = watch.outlet.written;
        watch.since = now();
      }
    }
  } finally {
    release();
  }
}

/** The same for a process that ends now: this blocks for a short time. */
export function writeOut(outlets: readonly Outlet[]): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let waitedMs = 0; waitedMs < defaults.blockedMs; waitedMs += defaults.lookMs) {
    for (const outlet of outlets) outlet.retry();
    if (!outlets.some(({ state }) => state === 'stalled')) return;
    Atomics.wait(pause, 0, 0, defaults.lookMs);
  }
}

function isWaiting({ state }: Outlet): boolean {
  return state === 'stalled' || state === 'failing';
}
