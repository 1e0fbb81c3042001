import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition, InspectionEvent } from 'xstate';

interface Edge {
  source: AnyStateNode;
  eventType: string;
  target: readonly AnyStateNode[] | undefined;
}

const idOf = (edge: Edge, index: number): string => {
  const targets = edge.target?.map((node) => `#${node.id}`).join(', ') ?? '(stays)';
  return `#${edge.source.id} on ${edge.eventType || 'always'} [${index}] -> ${targets}`;
};

function walk(node: AnyStateNode, visit: (node: AnyStateNode) => void): void {
  visit(node);
  for (const child of Object.values(node.states) as AnyStateNode[]) walk(child, visit);
}

/** The transitions of one state in the order of the chart, each with a readable name. */
function transitionsOf(node: AnyStateNode): { name: string; transition: AnyTransitionDefinition }[] {
  const lists: AnyTransitionDefinition[][] = [...node.transitions.values(), node.always ?? []];
  return lists.flatMap((list) =>
    list.map((transition, index) => ({ name: idOf(transition, index), transition })),
  );
}

/** Which states and transitions of a machine were taken, seen through XState's inspection. */
export function transitionCoverage(machine: AnyStateMachine) {
  const states = new Set<string>();
  const transitions = new Map<string, AnyTransitionDefinition>();
  walk(machine.root, (node) => {
    if (node.parent !== undefined) states.add(node.id);
    for (const { name, transition } of transitionsOf(node)) transitions.set(name, transition);
  });
  const nameOf = (taken: AnyTransitionDefinition): string | undefined => {
    // A machine that was given its ports has state nodes of its own: compare by place, not by identity.
    const list = taken.source.transitions.get(taken.eventType) ?? taken.source.always ?? [];
    const index = list.indexOf(taken);
    return index < 0 ? undefined : idOf(taken, index);
  };
  const seenStates = new Set<string>();
  const seenTransitions = new Set<string>();

  return {
    inspect(event: InspectionEvent): void {
      if (event.type !== '@xstate.microstep' && event.type !== '@xstate.snapshot') return;
      const { snapshot } = event as { snapshot: { _nodes?: AnyStateNode[]; machine?: AnyStateMachine } };
      if (snapshot.machine?.id !== machine.id) return;
      for (const node of snapshot._nodes ?? []) seenStates.add(node.id);
      if (event.type !== '@xstate.microstep') return;
      for (const taken of event._transitions) {
        const name = nameOf(taken);
        if (name !== undefined) seenTransitions.add(name);
      }
    },
    missing(): { states: string[]; transitions: string[] } {
      return {
        states: [...states].filter((id) => !seenStates.has(id)),
        transitions: [...transitions.keys()].filter((name) => !seenTransitions.has(name)),
      };
    },
    size: { states: states.size, transitions: transitions.size },
  };
}
