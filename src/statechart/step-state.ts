import type { AnyActorScope, AnyEventObject } from 'xstate';
import type { Configuration } from './tables.js';
import type { MachineState } from './xstate-internals.js';

/** A step on its way: what the actions that were executed so far have made of context and children. */
export class StepState {
  readonly event: AnyEventObject;
  readonly scope: AnyActorScope;
  context: MachineState['context'];
  children: MachineState['children'];
  private readonly from: Configuration;
  private readonly before: MachineState;
  /** A snapshot with this context and these children; null until somebody asks for it. */
  private between: MachineState | null;
  private isChanged = false;

  constructor(before: MachineState, from: Configuration, event: AnyEventObject, scope: AnyActorScope) {
    this.event = event;
    this.scope = scope;
    this.context = before.context;
    this.children = before.children;
    this.from = from;
    this.before = before;
    this.between = before;
  }

  /** The snapshot between two actions, which is made only when one of them looks at it. */
  snapshot(): MachineState {
    this.between ??= withParts(this.before, this.from, this.context, this.children);
    return this.between;
  }

  assign(context: MachineState['context'], children: MachineState['children']): void {
    this.context = context;
    this.children = children;
    this.between = null;
    this.isChanged = true;
  }

  /** The snapshot that an action of XState has made of the one between. */
  replace(snapshot: MachineState): void {
    if (snapshot === this.between) return;
    this.assign(snapshot.context, snapshot.children);
    this.between = snapshot;
  }

  /** The snapshot after the step: the one before it when nothing has changed, as XState does. */
  end(next: Configuration): MachineState {
    if (!this.isChanged && next === this.from) return this.before;
    return withParts(this.before, next, this.context, this.children);
  }
}

/** A snapshot as XState makes them, with the parts that are the same in all snapshots of a configuration. */
function withParts(
  { status, output, error, machine, historyValue, matches, hasTag, can, getMeta, toJSON }: MachineState,
  { nodes, value, tags }: Configuration,
  context: MachineState['context'],
  children: MachineState['children'],
): MachineState {
  return {
    status,
    output,
    error,
    machine,
    context,
    _nodes: nodes,
    value,
    tags,
    children,
    historyValue,
    matches,
    hasTag,
    can,
    getMeta,
    toJSON,
  } as MachineState;
}
