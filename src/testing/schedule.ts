/**
 * Timers as XState's scheduler keeps them (5.33, `createSystem`). Each delayed event has a timer of its own. A name of a
 * delayed event leads to the newest of them, until that is cancelled or any of that name has fired; the others can be
 * cancelled no more, not even by the end of the machine.
 */
import type { AnyActorRef, AnyEventObject } from 'xstate';
import { nodeDelayMs } from '../time/max-timer.js';
import type { ModelCase, ModelTimer } from './model-state.js';

/** Delayed events in the order in which they were set. */
export class Schedule {
  readonly timers: Map<string, ModelTimer>;
  /** For each name, the key of the timer that `cancel` takes. */
  readonly newest: Map<string, string>;

  constructor(
    timers: ReadonlyMap<string, ModelTimer> = new Map(),
    newest: ReadonlyMap<string, string> = new Map(),
  ) {
    this.timers = new Map(timers);
    this.newest = new Map(newest);
  }

  set(
    atMs: number,
    {
      event,
      delay,
      id,
      to,
    }: { event: AnyEventObject; delay: number; id?: string | undefined; to: AnyActorRef | null },
  ): void {
    const key = this.#freeKey(id ?? event.type);
    // XState draws a name at random for what has none.
    const name = id ?? `\u0000${key}`;
    this.timers.set(key, { event, dueMs: atMs + nodeDelayMs(delay), id: name, to });
    this.newest.set(name, key);
  }

  cancel(id: string): void {
    const key = this.newest.get(id);
    this.newest.delete(id);
    if (key !== undefined) this.timers.delete(key);
  }

  /** A timer has fired. */
  end(key: string): void {
    const timer = this.timers.get(key);
    if (timer === undefined) return;
    this.timers.delete(key);
    this.newest.delete(timer.id);
  }

  /** What the end of the machine cancels. */
  cancelAll(): void {
    for (const id of this.newest.keys()) this.cancel(id);
  }

  #freeKey(name: string): string {
    let key = name;
    for (let count = 2; this.timers.has(key); count += 1) key = `${name} (${count})`;
    return key;
  }
}

/** Timers with their keys, the one that fires first first; in the same instant, as they were set. */
export function inDueOrder(timers: ReadonlyMap<string, ModelTimer>): [key: string, timer: ModelTimer][] {
  return [...timers].toSorted(([, a], [, b]) => a.dueMs - b.dueMs);
}

/** The key of the timer that a case is about: the one that is due first, or none. */
export function firedBy(
  { timers, atMs }: { timers: ReadonlyMap<string, ModelTimer>; atMs: number },
  { event, waitMs = 0, timer }: ModelCase,
): string | undefined {
  const [first] = inDueOrder(timers);
  if (first === undefined) return undefined;
  const [key, { dueMs, to, event: due }] = first;
  // A case by hand tells it by its event, after its time.
  const isMeant = timer === undefined && to === null && due.type === event.type && atMs + waitMs === dueMs;
  return timer === key || isMeant ? key : undefined;
}
