/** What a process holds on to besides memory. */

const defaults = {
  /** Turns of the event loop in which closed sockets take their leave. */
  patience: 500,
} as const;

/** Passing things of the event loop itself. */
const passing: ReadonlySet<string> = new Set(['Immediate', 'TickObject', 'FSReqCallback', 'FSReqPromise']);

export function heldResources(): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (!passing.has(kind)) held.set(kind, (held.get(kind) ?? 0) + 1);
  }
  return held;
}

/** Waits until no more is held than before. @returns what still is: nothing, in the end. */
export async function untilReleased(before: ReadonlyMap<string, number>): Promise<string[]> {
  const surplus = () =>
    [...heldResources()]
      .map(([kind, count]) => ({ kind, more: count - (before.get(kind) ?? 0) }))
      .filter(({ more }) => more > 0)
      .map(({ kind, more }) => `${more} ${kind}`);
  for (let turn = 0; turn < defaults.patience && surplus().length > 0; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return surplus();
}
