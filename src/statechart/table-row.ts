/** The rows of the tables: what an event may do in a configuration, read off the machine's definition. */
import type { AnyStateMachine, AnyStateNode, AnyTransitionDefinition } from 'xstate';
import { type CompiledAction, compileAction } from './compiled-action.js';
import { compileGuard } from './compiled-guard.js';
import { ancestorsOf, isInside } from './configuration.js';
import { candidatesOf } from './event-descriptors.js';
import type { Candidate, Configuration, TableRow, TransitionPlan } from './tables.js';

/** @param configurationOf the configuration with this leaf. */
export function tableRowOf(
  machine: AnyStateMachine,
  configuration: Configuration,
  eventType: string,
  configurationOf: (leaf: AnyStateNode) => Configuration,
): TableRow {
  const row: Candidate[] = [];
  for (const node of configuration.nodes.toReversed()) {
    for (const transition of candidatesOf(node, eventType)) {
      const guard = transition.guard ? compileGuard(transition.guard, machine.implementations.guards) : null;
      if (typeof guard === 'string') return guard;
      row.push({ guard, plan: planOf(machine, configuration, transition, configurationOf) });
      if (guard === null) return row;
    }
  }
  return row;
}

function planOf(
  machine: AnyStateMachine,
  from: Configuration,
  transition: AnyTransitionDefinition,
  configurationOf: (leaf: AnyStateNode) => Configuration,
): TransitionPlan | string {
  const move = moveOf(from, transition);
  if (typeof move === 'string') return move;
  const next = move.leaf === null ? from : configurationOf(move.leaf);
  if (next.unfit !== null) return next.unfit;
  const left = move.exited.flatMap(({ exit }) => exit);
  const actions = [...left, ...transition.actions, ...move.entryActions].map((action) =>
    compileAction(action, machine.implementations),
  );
  const refusal = actions.find((action) => typeof action === 'string');
  if (refusal !== undefined) return refusal;
  return { transitions: [transition], actions: actions as CompiledAction[], next };
}

/** The states that a transition leaves and enters; `leaf` is null when it leaves none. */
interface Move {
  /** The innermost first. */
  exited: readonly AnyStateNode[];
  entryActions: readonly unknown[];
  leaf: AnyStateNode | null;
}

const still: Move = { exited: [], entryActions: [], leaf: null };

/** SCXML's exit and entry sets (https://www.w3.org/TR/scxml/#AlgorithmforSCXMLInterpretation), for one leaf. */
function moveOf({ nodes }: Configuration, transition: AnyTransitionDefinition): Move | string {
  const { source, target: targets, reenter } = transition;
  if (targets === undefined) return still;
  const [target] = targets;
  if (target === undefined || targets.length > 1) return `#${source.id} has a transition to several states`;
  const domain = domainOf(source, target, reenter);
  if (domain === null) return `#${source.id} is the root and is entered again`;

  const exited = nodes.filter((node) => isInside(node, domain)).toReversed();
  const initial = initialStatesIn(target);
  const leaf = initial.at(-1) ?? target;
  // A state that targets itself without being left is not entered. The root is, by a state inside it, though it is not left.
  const targeted = target === source && target === domain ? initial : [target, ...initial];
  const above = ancestorsOf(target).filter((node) => isInside(node, domain));

  const unfit = whyUnfit(exited, [...above, ...targeted]);
  if (unfit !== null) return unfit;
  const entryActions = [
    ...above.flatMap(({ entry }) => entry),
    // The actions of an initial transition belong to a state that was not entered for one of those inside it.
    ...targeted.flatMap((node) => [...node.entry, ...(node.initial?.actions ?? [])]),
  ];
  return { exited, entryActions, leaf };
}

/** The state that a transition stays inside; null when it leaves the root itself. */
function domainOf(source: AnyStateNode, target: AnyStateNode, reenter: boolean): AnyStateNode | null {
  if (!reenter && (target === source || isInside(target, source))) return source;
  const shared = ancestorsOf(target).findLast((ancestor) => isInside(source, ancestor));
  return shared ?? (reenter ? null : source.machine.root);
}

/** The states below this one that are entered with it, down to a leaf. */
function initialStatesIn({ type, initial }: AnyStateNode): AnyStateNode[] {
  const [first] = type === 'compound' ? initial.target : [];
  return first === undefined ? [] : [first, ...initialStatesIn(first)];
}

function whyUnfit(exited: readonly AnyStateNode[], entered: readonly AnyStateNode[]): string | null {
  for (const { id, invoke, states } of exited) {
    if (invoke.length > 0) return `#${id} invokes an actor`;
    if (Object.values<AnyStateNode>(states).some(({ type }) => type === 'history'))
      return `#${id} remembers its history`;
  }
  for (const { id, invoke, type } of entered) {
    if (invoke.length > 0) return `#${id} invokes an actor`;
    if (type !== 'compound' && type !== 'atomic') return `#${id} is ${type}`;
  }
  return null;
}
