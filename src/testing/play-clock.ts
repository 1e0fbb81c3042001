import { nodeDelayMs } from '../time/max-timer.js';
import { modelStartMs } from './model-world.js';

/** A clock for one machine that plays a path: timers wait as in Node, and fire only when it is their turn on the path. */
export interface PlayClock {
  setTimeout(fn: () => void, delayMs: number): number;
  clearTimeout(id: unknown): void;
  /** Epoch milliseconds. */
  now(): number;
  /** Lets time pass until then, firing what is due before it. Times are milliseconds since the start. */
  passUntil(atMs: number): void;
  /** Lets time pass until then, firing what is due by then. */
  passTo(atMs: number): void;
  /** Fires the one timer whose turn it is; false when none is due now. */
  fireNext(): boolean;
  /** When each timer is due, the first one first. */
  dues(): number[];
}

export function createPlayClock(): PlayClock {
  let nowMs = 0;
  let nextId = 1;
  const timers = new Map<number, { dueMs: number; fn: () => void }>();

  const inOrder = () => [...timers].toSorted(([, a], [, b]) => a.dueMs - b.dueMs);

  const fireFirst = (isDue: (dueMs: number) => boolean): boolean => {
    const [first] = inOrder();
    if (first === undefined || !isDue(first[1].dueMs)) return false;
    const [id, { dueMs, fn }] = first;
    timers.delete(id);
    nowMs = dueMs;
    fn();
    return true;
  };

  const pass = (atMs: number, isDue: (dueMs: number) => boolean): void => {
    while (fireFirst(isDue));
    nowMs = atMs;
  };

  return {
    setTimeout(fn, delayMs) {
      const id = nextId++;
      timers.set(id, { dueMs: nowMs + nodeDelayMs(delayMs), fn });
      return id;
    },
    clearTimeout: (id) => void timers.delete(id as number),
    now: () => modelStartMs + nowMs,
    passUntil: (atMs) => pass(atMs, (dueMs) => dueMs < atMs),
    passTo: (atMs) => pass(atMs, (dueMs) => dueMs <= atMs),
    fireNext: () => fireFirst((dueMs) => dueMs <= nowMs),
    dues: () => inOrder().map(([, { dueMs }]) => dueMs),
  };
}
