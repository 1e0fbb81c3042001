/** What the tables hold. `compile-machine.ts` says how they are used. */
import type { AnyStateNode, AnyTransitionDefinition, StateValue } from 'xstate';
import type { CompiledAction } from './compiled-action.js';
import type { CompiledGuard } from './compiled-guard.js';

/**
 * A leaf state with its ancestors, and what is the same in every snapshot of a machine that rests there. It is made once
 * for each leaf, and its parts are shared by all those snapshots.
 */
export interface Configuration {
  /** The active states, the root first and the leaf last. */
  readonly nodes: AnyStateNode[];
  readonly value: StateValue;
  readonly tags: Set<string>;
  /** Why no step from or to here can be compiled; null when steps can. */
  readonly unfit: string | null;
  /** By the type of the event; rows are made when the first event of their type comes. */
  readonly rows: Map<string, TableRow>;
}

/**
 * The transitions for an event in a configuration, in the order in which they are asked; a sentence when only XState can
 * tell.
 */
export type TableRow = readonly Candidate[] | string;

/** One of those transitions. */
export interface Candidate {
  readonly guard: CompiledGuard | null;
  /** What taking it does; a sentence when only XState can. */
  readonly plan: TransitionPlan | string;
}

/** What taking a transition does. */
export interface TransitionPlan {
  /** As inspectors are told. */
  readonly transitions: readonly AnyTransitionDefinition[];
  /** Those of the states that are left, of the transition, and of the states that are entered. */
  readonly actions: readonly CompiledAction[];
  readonly next: Configuration;
}
