/** A chart as a list of what can be taken in it: its states, its transitions, and both sides of every guard. */
import type { AnyEventObject, AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';

/** Everything in a chart that paths should take, by readable names. */
export interface ChartGoals {
  /** All states by their ids: `#match.playing.deciding`. */
  readonly states: readonly string[];
  /** `#match.playing.deciding on bot.overdue [0] -> #match.playing.watching`; `[0]` is its place under that event. */
  readonly transitions: readonly string[];
  /** Transitions that their guards refuse: `<transition> held back by isOpenTurn`. */
  readonly refusals: readonly string[];
}

/** What one step took. */
export interface TakenTransition {
  transitions: string[];
  refusals: string[];
}

/** The states, transitions and guards of a machine. */
export function goalsOf(machine: AnyStateMachine): ChartGoals {
  const nodes = allBelow(machine.root);
  const transitions = nodes.flatMap(allTransitionsOf);
  return {
    states: nodes.filter(({ parent }) => parent !== undefined).map(({ id }) => `#${id}`),
    transitions: transitions.map(nameOf),
    refusals: transitions.filter(({ guard }) => guard !== undefined).map(refusalOf),
  };
}

/**
 * What a microstep took, and which guards held other transitions back before it. A state is asked before its parents,
 * and its transitions in the order of the chart.
 *
 * @param before the active states before the microstep.
 * @param chosen the transitions it took; empty when nothing answered the event.
 */
export function takenBy(
  before: readonly AnyStateNode[],
  event: AnyEventObject,
  chosen: readonly AnyTransitionDefinition[],
): TakenTransition {
  const taken: TakenTransition = { transitions: chosen.map(nameOf), refusals: [] };
  const eventless = chosen.some(({ eventType }) => eventType === '');
  for (const leaf of before.filter((node) => Object.keys(node.states).length === 0)) {
    for (const candidate of candidatesOf(leaf, eventless ? null : event.type)) {
      if (chosen.includes(candidate)) break;
      if (candidate.guard !== undefined) taken.refusals.push(refusalOf(candidate));
    }
  }
  return taken;
}

/** The guards that keep a machine at rest in these states. */
export function heldBackIn(nodes: readonly AnyStateNode[]): string[] {
  return nodes.flatMap((node) => node.always ?? []).map(refusalOf);
}

/** The transitions for this event, from the state outward; for null, those without an event. */
function* candidatesOf(leaf: AnyStateNode, eventType: string | null): Generator<AnyTransitionDefinition> {
  for (let node: AnyStateNode | undefined = leaf; node !== undefined; node = node.parent) {
    if (eventType === null) {
      yield* node.always ?? [];
      continue;
    }
    const fitting = [...node.transitions.keys()].filter((descriptor) => fits(descriptor, eventType));
    // The closest descriptor is asked first.
    fitting.sort((a, b) => b.length - a.length);
    for (const descriptor of fitting) yield* node.transitions.get(descriptor) ?? [];
  }
}

function fits(descriptor: string, eventType: string): boolean {
  if (descriptor === '*' || descriptor === eventType) return true;
  return descriptor.endsWith('.*') && eventType.startsWith(descriptor.slice(0, -1));
}

function allBelow(node: AnyStateNode): AnyStateNode[] {
  return [node, ...(Object.values(node.states) as AnyStateNode[]).flatMap(allBelow)];
}

function allTransitionsOf(node: AnyStateNode): AnyTransitionDefinition[] {
  return [...[...node.transitions.values()].flat(), ...(node.always ?? [])];
}

// `machine.provide` makes new state nodes, so transitions are told apart by their names, not by identity.
function nameOf(transition: AnyTransitionDefinition): string {
  const { source, eventType } = transition;
  const siblings = source.transitions.get(eventType) ?? source.always ?? [];
  const targets = transition.target?.map((node) => `#${node.id}`).join(', ') ?? '(stays)';
  return `#${source.id} on ${eventType || 'always'} [${siblings.indexOf(transition)}] -> ${targets}`;
}

function refusalOf(transition: AnyTransitionDefinition): string {
  const { guard } = transition;
  const name =
    typeof guard === 'string' ? guard : ((guard as { type?: string } | undefined)?.type ?? 'a guard');
  return `${nameOf(transition)} held back by ${name}`;
}
