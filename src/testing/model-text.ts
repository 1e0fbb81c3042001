/** Parts of a model's state in words. */
import type { AnyEventObject, AnyMachineSnapshot, AnyStateNode } from 'xstate';
import { actorName } from './actor-names.js';
import type { ModelTimer } from './model-state.js';
import { inDueOrder } from './schedule.js';

/** Which child an event speaks for by its end, if any. */
export function childOfEvent({ type }: AnyEventObject): { name: string; how: 'done' | 'error' } | undefined {
  const [, how, name] = /^xstate\.(done|error)\.actor\.(.+)$/s.exec(type) ?? [];
  return how === undefined || name === undefined ? undefined : { name, how: how as 'done' | 'error' };
}

/** `after.1000.door.ajar` for an `after` transition; others are called delayed, to be told apart from cases. */
export function timerText({ event: { type }, to }: ModelTimer): string {
  if (to !== null) return `delayed ${type} to ${actorName(to)}`;
  return type.startsWith('xstate.after.') ? type.slice('xstate.'.length) : `delayed ${type}`;
}

/**
 * What is armed, in the order in which it comes due. How much time is left is not in it, and more than two of a kind are
 * as two, so that a machine that arms more and more of them has an end.
 */
export function timersText(
  timers: ReadonlyMap<string, ModelTimer>,
  cancels: ReadonlyMap<string, string>,
): string {
  const counts = new Map<string, number>();
  const kept = inDueOrder(timers).flatMap(([key, timer]) => {
    const canBeCancelled = cancels.get(timer.id) === key;
    const text = `${timerText(timer)}${canBeCancelled ? '' : ', for good'}`;
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    return count > 2 ? [] : [text];
  });
  return kept.join('; ');
}

/** Which states history nodes remember. */
export function historyText({ historyValue }: AnyMachineSnapshot): string {
  return Object.entries(historyValue as Record<string, readonly AnyStateNode[]>)
    .map(([id, nodes]) => `${id}: ${nodes.map((node) => node.id).join(', ')}`)
    .toSorted()
    .join('; ');
}
