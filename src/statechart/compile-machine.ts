/**
 * A machine whose steps are looked up instead of worked out.
 *
 * XState works out for every event what the machine's definition fixes once and for all: which transitions may be taken,
 * which states they leave and enter, which actions belong to that, what the new state value is. The tables here hold it.
 * A `Configuration` stands for a leaf state with its ancestors, and has what all snapshots that rest there share: active
 * states, value, tags. Its rows (`table-row.ts`) say for a type of event which transitions are asked in which order, each with
 * its guard, its actions from the innermost exit to the last entry, and the configuration that it leads to. A step
 * (`step.ts`) asks guards, executes actions, and makes one snapshot.
 *
 * What the tables do not know, XState does: the start, the stop and the restoring of a snapshot, and steps with parallel
 * states, history, `enqueueActions`, transitions without an event, invoked actors or final states on the way, or a guard
 * that throws. Handing a step over is always right:
 *
 * - Nothing has happened before: it is decided before the first action is executed. Only guards are asked again, and the
 *   answer that counts is the one that XState gets.
 * - Nothing has to be translated: a snapshot of a compiled step has the same parts as one of XState's and belongs to the
 *   same machine, so either can make the next step, in any order.
 * - Nothing is remembered between steps but the tables, which are made of the definition alone. They are shared by all
 *   actors of the machine, in all systems.
 *
 * `test/statechart` holds that nobody can tell the difference, with two exceptions. One is wanted: the children of a child
 * that fails are stopped (`stop-children.ts`). The other is the price of tables: guards and actions that are put into
 * `machine.implementations` by hand, and not by `provide`, are not seen once a table has the old ones.
 */
import type { AnyActorScope, AnyEventObject, AnyStateMachine, AnyStateNode } from 'xstate';
import type { CopyContext } from './assign.js';
import { configurationAt } from './configuration.js';
import { chosenOf, take } from './step.js';
import { stoppingItsChildren } from './stop-children.js';
import { tableRowOf } from './table-row.js';
import type { Configuration, TableRow } from './tables.js';
import { inspectMicrostep, type MachineState } from './xstate-internals.js';

const defaults = {
  /** Rows of a configuration that are kept: types of events can be made up without end. */
  rows: 256,
} as const;

export interface CompileOptions {
  /** Called with a reason for every step that XState does. Default: nobody is told. */
  onInterpreted?: (why: string) => void;
  /**
   * Copies the machine's context for an `assign`, property by property in their order. A function that names them takes a
   * fifth of the time of one that does not know them. Default: such a one, `Object.assign`.
   */
  copyContext?: CopyContext;
}

/**
 * The same machine, with ports and all other implementations provided, for `createActor` or as the `src` of a child. Its
 * snapshots belong to the machine that was given, and `provide` gives a plain machine again.
 */
export function compileMachine<Machine extends AnyStateMachine>(
  machine: Machine,
  { onInterpreted, copyContext }: CompileOptions = {},
): Machine {
  const configurations = new Map<AnyStateNode, Configuration>();
  /** Most steps begin where the one before has ended. */
  let newest: Configuration | null = null;
  const configurationOf = (leaf: AnyStateNode): Configuration => {
    const known = configurations.get(leaf);
    if (known !== undefined) return known;
    const made = configurationAt(leaf);
    configurations.set(leaf, made);
    return made;
  };

  /** The configuration that a snapshot rests in; a sentence when its next step cannot be compiled. */
  function restingIn(snapshot: MachineState): Configuration | string {
    if (snapshot.status !== 'active') return `the machine is ${snapshot.status}`;
    if (snapshot.machine !== machine) return 'the snapshot belongs to another machine';
    if (!snapshot.context) return 'the machine has no context';
    if (newest?.nodes === snapshot._nodes) return newest;
    const configuration = configurationOf(snapshot._nodes.at(-1) as AnyStateNode);
    if (configuration.unfit !== null) return configuration.unfit;
    if (!isSame(configuration.nodes, snapshot._nodes)) return 'the states are in another order';
    newest = configuration;
    return configuration;
  }

  function rowFor(configuration: Configuration, eventType: string): TableRow {
    const known = configuration.rows.get(eventType);
    if (known !== undefined) return known;
    const row = tableRowOf(machine, configuration, eventType, configurationOf);
    // Types that come again are soon back; those that were made up are not.
    if (configuration.rows.size >= defaults.rows) configuration.rows.clear();
    configuration.rows.set(eventType, row);
    return row;
  }

  /** @returns a sentence when XState has to do this step. */
  function step(snapshot: MachineState, event: AnyEventObject, scope: AnyActorScope): MachineState | string {
    const { type } = event;
    if (typeof type !== 'string') return 'the type of the event is no text';
    if (isSpecial(type)) return `${type} is no event of an author's`;
    const configuration = restingIn(snapshot);
    if (typeof configuration === 'string') return configuration;
    const row = rowFor(configuration, type);
    if (typeof row === 'string') return row;
    let chosen: ReturnType<typeof chosenOf>;
    try {
      chosen = chosenOf(row, snapshot, event);
    } catch {
      return 'a guard throws';
    }
    if (chosen === null) {
      if (type.startsWith('xstate.error.actor')) return 'nothing handles the error of an actor';
      inspectMicrostep(scope, event, snapshot, []);
      return snapshot;
    }
    const { plan } = chosen;
    if (typeof plan === 'string') return plan;
    const after = take(plan, { from: configuration, snapshot, event, scope, copyContext });
    inspectMicrostep(scope, event, after, plan.transitions);
    return after;
  }

  const neverCompiled = (machine.options.maxIterations ?? 1) < 1 ? 'maxIterations allows no step' : null;

  return stoppingItsChildren(machine, (snapshot, event, scope) => {
    const after = neverCompiled ?? step(snapshot as MachineState, event, scope);
    if (typeof after !== 'string') return after as typeof snapshot;
    onInterpreted?.(after);
    return machine.transition(snapshot, event, scope);
  });
}

/** What XState sends to stop and to start a machine, and the type that is no event's. */
const isSpecial = (type: string): boolean => type === 'xstate.stop' || type === 'xstate.init' || type === '*';

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one === other || (one.length === other.length && one.every((item, index) => item === other[index]));
}
