/**
 * One pace for all scouts of this machine, also for one that is killed and started again: the platform counts requests by
 * address. When the next request may begin is kept in a file.
 */
import { readFileSync } from 'node:fs';
import { lockPath } from '../files/path-lock.js';
import { writeWhole } from '../files/write-whole.js';
import type { RecordGate } from '../platform/record-lane.js';
import { waitFor } from '../platform/waiting.js';
import type { WorldClock } from '../time/clock.js';

const defaults = {
  /** Longer waits are not the platform's: somebody has set the clock. */
  maxWaitMs: 15 * 60_000,
  lockRetryMs: 10,
} as const;

export interface SharedGateOptions {
  /** Its folder exists. */
  path: string;
  /** From a request to the next one of another program, in ms. */
  paceMs: number;
  clock: WorldClock;
  /** Called with how long there is to wait for another program, or for what an earlier run was told. */
  onWait?: (ms: number) => void;
}

export function createSharedGate({ path, paceMs, clock, onWait }: SharedGateOptions): RecordGate {
  const wallNow = () => clock.wallNow?.() ?? clock.now();

  /** @returns how long nobody may enter, in ms; 0: this one has. */
  const tryToEnter = (): number => {
    const left = untilOf(path) - wallNow();
    if (left > 0 && left <= defaults.maxWaitMs) return left;
    keep(path, wallNow() + paceMs);
    return 0;
  };

  return {
    async enter(signal) {
      for (;;) {
        signal.throwIfAborted();
        const lock = await lockPath(path);
        let left: number = defaults.lockRetryMs;
        try {
          if (lock !== null) left = tryToEnter();
        } finally {
          await lock?.release();
        }
        if (left === 0) return;
        if (lock !== null && left > paceMs) onWait?.(left);
        await waitFor(left, clock, signal);
      }
    },
    close(ms) {
      const until = wallNow() + ms;
      const before = untilOf(path);
      const isSane = before - wallNow() <= defaults.maxWaitMs;
      if (!isSane || until > before) keep(path, until);
    },
  };
}

/** Epoch ms on the wall clock; 0 where there is no file, or one that cannot be read. */
function untilOf(path: string): number {
  try {
    const { closedUntil } = JSON.parse(readFileSync(path, 'utf8')) as { closedUntil?: unknown };
    return typeof closedUntil === 'number' && Number.isFinite(closedUntil) ? closedUntil : 0;
  } catch {
    return 0;
  }
}

function keep(path: string, closedUntil: number): void {
  try {
    writeWhole(path, JSON.stringify({ closedUntil }));
  } catch {
    // The pace within this program holds all the same; what cannot be written is told by the matches.
  }
}
