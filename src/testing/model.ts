/**
 * A machine as a model: what each event leads to, on a time of its own. Nothing runs: no port is called and no action of
 * the machine's own; what it would command its ports is written down instead.
 */

import type { AnyMachineSnapshot, AnyStateMachine, EventFromLogic, InputFrom, SnapshotFrom } from 'xstate';
import { refuseUnknown } from '../protocol/known-names.js';
import { childrenOf } from './actor-names.js';
import { facetsText } from './facets-text.js';
import { checkModel } from './model-checks.js';
import { ModelError } from './model-error.js';
import { createModelRunner } from './model-runner.js';
import type { ChildEvent, ModelCase, ModelState } from './model-state.js';
import { childOfEvent, historyText, timersText, timerText } from './model-text.js';
import type { ModelWorld } from './model-world.js';
import { inDueOrder } from './schedule.js';

export type { ChildEvent, DoneAction, ModelCase, ModelState, ModelTimer, Sent } from './model-state.js';
export { type ModelWorld, modelRandom } from './model-world.js';

/** What a model is made of. */
export interface ModelOptions<Machine extends AnyStateMachine> {
  machine: Machine;
  /** Inputs to start with, by name; some transitions need an option of their own. */
  variants: Readonly<Record<string, (world: ModelWorld) => InputFrom<Machine>>>;
  /** How many steps from the start paths may go in a variant that is there for a few transitions. Default: any. */
  depths?: Readonly<Record<string, number>>;
  /** The events that may come, and the ends of children that are to be played (`ChildEvent`). */
  cases: readonly ModelCase<EventFromLogic<Machine> | ChildEvent>[];
  /**
   * What tells two states apart besides the state value, as plain data: null, booleans, finite numbers, texts, arrays and
   * objects of these. Keep it small: each difference multiplies the number of states. Default: nothing.
   */
  facets?: (snapshot: SnapshotFrom<Machine>) => unknown;
}

/** A machine as a model. */
export interface Model<Machine extends AnyStateMachine = AnyStateMachine> {
  readonly machine: Machine;
  readonly variants: ModelOptions<Machine>['variants'];
  readonly depths: Readonly<Record<string, number>>;
  /** @throws {ModelError} for a variant that does not exist. */
  start(variant: string): ModelState;
  /**
   * @throws {ModelError} when the case waits past a timer.
   * @throws what the machine throws.
   */
  step(state: ModelState, event: ModelCase): ModelState;
  /** What may come in a state: the cases, and the timer that is due first. */
  casesIn(state: ModelState): ModelCase[];
  /**
   * The same text for states that are alike: those of one place (`placeOf`) and the same facets, where the same children
   * are there of those of whose end there are cases.
   *
   * @throws {ModelError} when facets are no plain data.
   */
  keyOf(state: ModelState): string;
  /**
   * Where a state is: its value, the timers that are set in the order in which they are due, and what history nodes
   * remember.
   */
  placeOf(state: ModelState): string;
  /** What `facets` says of a snapshot, as text. */
  facetsOf(snapshot: AnyMachineSnapshot): string;
}

const modelOptionNames: Readonly<Record<keyof ModelOptions<AnyStateMachine>, true>> = {
  machine: true,
  variants: true,
  depths: true,
  cases: true,
  facets: true,
};

/**
 * Makes a model of a machine. Ports need not be provided.
 *
 * @throws {ModelError} when it has no variants, a case has no event, two have one name, or one waits for what is no time.
 */
export function defineModel<Machine extends AnyStateMachine>(options: ModelOptions<Machine>): Model<Machine> {
  refuseUnknown(options, modelOptionNames, 'defineModel');
  const { machine, variants, depths = {}, cases, facets = () => null } = options;
  checkModel({ machine, variants, depths, cases });
  const inputOf = (variant: string, world: ModelWorld): InputFrom<Machine> => {
    const input = variants[variant];
    if (input === undefined) {
      throw new ModelError(
        'variant_unknown',
        `The model of ${machine.id} has no variant "${variant}"; there are ${Object.keys(variants).join(', ')}.`,
      );
    }
    return input(world);
  };
  const runner = createModelRunner(machine, (world) => inputOf(Object.keys(variants)[0] ?? '', world));
  /** Children of which cases tell. */
  const tellers = [...new Set(cases.flatMap(({ event }) => childOfEvent(event)?.name ?? []))];
  const areThere = ({ snapshot, ended }: ModelState): string[] => {
    if (tellers.length === 0) return [];
    const children = childrenOf(snapshot);
    return tellers.filter((name) => children.has(name) && !ended.has(name));
  };
  const facetsOf = (snapshot: AnyMachineSnapshot): string =>
    facetsText(facets(snapshot as SnapshotFrom<Machine>));

  return {
    machine,
    variants,
    depths,
    start: (variant) => runner.start((world) => inputOf(variant, world)),
    step: (state, one) => runner.step(state, one),
    casesIn(state) {
      const [first] = inDueOrder(state.timers);
      const there = areThere(state);
      const possible = cases.filter(({ event, waitMs = 0, when }) => {
        if (first !== undefined && state.atMs + waitMs >= first[1].dueMs) return false;
        const child = childOfEvent(event)?.name;
        if (child !== undefined && !there.includes(child)) return false;
        return when === undefined || when(state.snapshot);
      });
      if (first === undefined) return possible;
      const [timer, { event, dueMs }] = first;
      return [...possible, { name: timerText(first[1]), event, waitMs: dueMs - state.atMs, timer }];
    },
    placeOf,
    keyOf: (state) => [placeOf(state), ...areThere(state), facetsOf(state.snapshot)].join(' '),
    facetsOf,
  };
}

function placeOf({ snapshot, timers, cancels }: ModelState): string {
  const place = JSON.stringify([snapshot.status, snapshot.value]);
  return [place, timersText(timers, cancels), historyText(snapshot)].filter((text) => text !== '').join(' ');
}
