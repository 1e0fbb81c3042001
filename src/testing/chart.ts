/** A chart as a list of what can be taken in it: its states, its transitions, and both sides of every guard. */
import type { AnyEventObject, AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { candidatesOf } from '../statechart/event-descriptors.js';
import { isLeaf, isPreempted, withoutPreempted } from './preempted.js';

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
    // A history node is only a way to states, and none itself.
    states: nodes
      .filter(({ parent, type }) => parent !== undefined && type !== 'history')
      .map(({ id }) => `#${id}`),
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
  const taken = withoutPreempted(chosen, before);
  const isEventless = chosen.some(({ eventType }) => eventType === '');
  return {
    transitions: taken.map(nameOf),
    refusals: isEventless ? eventlessRefusals(before, chosen) : refusalsOf(before, event.type, chosen),
  };
}

/** Regions are asked one by one, and a state only when nothing in it was chosen (XState, `transitionNode`). */
function refusalsOf(
  active: readonly AnyStateNode[],
  eventType: string,
  chosen: readonly AnyTransitionDefinition[],
): string[] {
  const refusals: string[] = [];
  const isAnsweredIn = (node: AnyStateNode): boolean => {
    const answers = active.filter(({ parent }) => parent === node).map(isAnsweredIn);
    if (answers.includes(true)) return true;
    for (const candidate of candidatesOf(node, eventType)) {
      if (chosen.includes(candidate)) return true;
      if (candidate.guard !== undefined) refusals.push(refusalOf(candidate));
    }
    return false;
  };
  const root = active.find(({ parent }) => parent === undefined);
  if (root !== undefined) isAnsweredIn(root);
  return refusals;
}

/** Each leaf is asked with all states around it (XState, `selectEventlessTransitions`). */
function eventlessRefusals(
  active: readonly AnyStateNode[],
  chosen: readonly AnyTransitionDefinition[],
): string[] {
  return active.filter(isLeaf).flatMap((leaf) => {
    const asked: AnyTransitionDefinition[] = [];
    for (let node: AnyStateNode | undefined = leaf; node !== undefined; node = node.parent) {
      for (const candidate of node.always ?? []) {
        if (chosen.includes(candidate)) return asked.map(refusalOf);
        // One without a guard was enabled, and another region came before it.
        if (candidate.guard === undefined) return asked.map(refusalOf);
        asked.push(candidate);
      }
    }
    // One of these may have been enabled as well, if what was taken leaves the same states.
    return asked.filter((candidate) => !isPreempted(candidate, chosen, active)).map(refusalOf);
  });
}

/** The guards that keep a machine at rest in these states. */
export function heldBackIn(nodes: readonly AnyStateNode[]): string[] {
  return nodes.flatMap((node) => node.always ?? []).map(refusalOf);
}

/** The states in which a machine starts, before any transition without an event. */
export function initialNodesOf(node: AnyStateNode): AnyStateNode[] {
  if (node.type === 'parallel') {
    const regions = (Object.values(node.states) as AnyStateNode[]).filter(({ type }) => type !== 'history');
    return [node, ...regions.flatMap(initialNodesOf)];
  }
  const first = node.type === 'compound' ? (node.initial.target?.[0] as AnyStateNode | undefined) : undefined;
  return first === undefined ? [node] : [node, ...initialNodesOf(first)];
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
