/** In parallel states one event may choose several transitions, of which only those happen that do not leave the same states. */
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate';

export const isLeaf = ({ type }: AnyStateNode): boolean => type === 'atomic' || type === 'final';

/** The transitions that happen, of those that were chosen (XState, `removeConflictingTransitions`). */
export function withoutPreempted(
  chosen: readonly AnyTransitionDefinition[],
  active: readonly AnyStateNode[],
): AnyTransitionDefinition[] {
  if (chosen.length < 2) return [...chosen];
  let kept: AnyTransitionDefinition[] = [];
  for (const one of chosen) {
    const rivals = kept.filter((other) => haveCommon(leftBy(one, active), leftBy(other, active)));
    // A transition of an inner state goes before one of a state around it.
    if (rivals.some((other) => !isInside(one.source, other.source))) continue;
    kept = [...kept.filter((other) => !rivals.includes(other)), one];
  }
  return kept;
}

/** Whether what was taken left states that this transition would have left. */
export function isPreempted(
  one: AnyTransitionDefinition,
  taken: readonly AnyTransitionDefinition[],
  active: readonly AnyStateNode[],
): boolean {
  return taken.some((other) => haveCommon(leftBy(one, active), leftBy(other, active)));
}

/** The active states that a transition leaves (XState, `computeExitSet`). A history node stands for what it remembers. */
function leftBy(
  { target, source, reenter }: AnyTransitionDefinition,
  active: readonly AnyStateNode[],
): AnyStateNode[] {
  if (target === undefined || target.length === 0) return [];
  const isWithin = target.every((node) => node === source || isInside(node, source));
  const domain = !reenter && isWithin ? source : nearestAround([...target, source]);
  const inside = active.filter((node) => domain === undefined || isInside(node, domain));
  return reenter && domain === source ? [source, ...inside] : inside;
}

function nearestAround([first, ...others]: readonly AnyStateNode[]): AnyStateNode | undefined {
  for (let node = first?.parent; node !== undefined; node = node.parent) {
    const around = node;
    if (others.every((other) => isInside(other, around))) return around;
  }
  return undefined;
}

function isInside(node: AnyStateNode, around: AnyStateNode): boolean {
  for (let outer = node.parent; outer !== undefined; outer = outer.parent) if (outer === around) return true;
  return false;
}

const haveCommon = (some: readonly AnyStateNode[], others: readonly AnyStateNode[]): boolean =>
  some.some((node) => others.includes(node));
