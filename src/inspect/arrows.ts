/** The transitions of a machine that lead somewhere, as they are drawn. */
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';

export interface Arrow {
  from: AnyStateNode;
  to: AnyStateNode;
  event: string;
  /** Empty when nothing guards it. */
  guard: string;
}

function describeEvent(eventType: string): string {
  if (eventType === '') return 'at once';
  const delay = /^xstate\.after\.([^.]+)\./.exec(eventType);
  if (delay !== null) return `after ${delay[1]}`;
  if (eventType.startsWith('xstate.done.actor.match')) return 'a match ends';
  if (eventType.startsWith('xstate.error.actor.match')) return 'a match breaks';
  if (eventType.startsWith('xstate.error.actor.')) return 'a port breaks';
  return eventType;
}

function guardOf({ guard }: AnyTransitionDefinition): string {
  const name = typeof guard === 'string' ? guard : (guard as { type?: string } | undefined)?.type;
  return name === undefined ? '' : ` [${name}]`;
}

/** A compound state that leads to itself starts again: the arrow points to where it starts. */
function entryOf(target: AnyStateNode, from: AnyStateNode): AnyStateNode {
  const start = target.initial?.target[0];
  return start !== undefined && from.path.join().startsWith(target.path.join()) ? start : target;
}

/** Transitions of one state that lead somewhere else. */
export function arrowsOf(node: AnyStateNode): Arrow[] {
  const transitions = [...node.transitions.values(), node.always ?? []].flat();
  return transitions.flatMap((transition) =>
    (transition.target ?? []).map((target: AnyStateNode) => ({
      from: node,
      to: entryOf(target, node),
      event: describeEvent(transition.eventType),
      guard: guardOf(transition),
    })),
  );
}

export const stateNodesOf = (node: AnyStateNode): AnyStateNode[] => Object.values(node.states);

export function allBelow(node: AnyStateNode): AnyStateNode[] {
  return stateNodesOf(node).flatMap((child) => [child, ...allBelow(child)]);
}
