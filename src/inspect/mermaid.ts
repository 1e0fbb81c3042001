/** Draws a machine as a Mermaid state diagram, from the machine itself. */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { type Arrow, allBelow, arrowsOf, stateNodesOf } from './arrows.js';

const idOf = (node: AnyStateNode): string => node.path.join('_');

function drawStates(node: AnyStateNode, indent: string): string[] {
  return stateNodesOf(node).flatMap((child) => {
    const declared = `${indent}state "${child.key}" as ${idOf(child)}`;
    if (stateNodesOf(child).length === 0) return [declared];
    const initial = child.initial?.target[0];
    const start = initial === undefined ? [] : [`${indent}  [*] --> ${idOf(initial)}`];
    return [`${declared} {`, ...drawStates(child, `${indent}  `), ...start, `${indent}}`];
  });
}

/** One arrow for each pair of states; an event that leads along it under several guards stands there once. */
function drawArrows(arrows: Arrow[], indent: string): string[] {
  const pairs = new Map<string, Map<string, string>>();
  for (const { from, to, event, guard } of arrows) {
    const pair = `${indent}${idOf(from)} --> ${idOf(to)}`;
    const events = pairs.get(pair) ?? new Map<string, string>();
    pairs.set(pair, events.set(event, events.has(event) ? '' : guard));
  }
  return [...pairs].map(
    ([pair, events]) => `${pair}: ${[...events].map((label) => label.join('')).join('<br/>')}`,
  );
}

/** The diagram, without what holds in every state. */
export function drawMermaid({ root }: AnyStateMachine): string {
  const states = allBelow(root);
  // The parts of a parallel state all begin.
  const begins = root.type === 'parallel' ? stateNodesOf(root) : (root.initial.target?.slice(0, 1) ?? []);
  const finals = states.filter(({ type, parent }) => type === 'final' && parent === root);
  return [
    'stateDiagram-v2',
    ...drawStates(root, '  '),
    ...begins.map((node) => `  [*] --> ${idOf(node)}`),
    ...drawArrows(states.flatMap(arrowsOf), '  '),
    ...finals.map((node) => `  ${idOf(node)} --> [*]`),
  ].join('\n');
}
