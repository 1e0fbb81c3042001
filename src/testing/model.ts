/**
 * A machine as a model: what each event leads to, on a time of its own. Nothing runs: no port is called and no action of
 * the machine's own; what it would command its ports is written down instead.
 */
import type {
  AnyActorRef,
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateMachine,
  EventFromLogic,
  InputFrom,
  SnapshotFrom,
} from 'xstate';
import { childrenOf } from './actor-names.js';
import { facetsText } from './facets-text.js';
import { ModelError } from './model-error.js';
import { createModelRunner } from './model-runner.js';
import { childOfEvent, historyText, timersText, timerText } from './model-text.js';
import type { ModelWorld } from './model-world.js';
import { inDueOrder, type ModelTimer } from './schedule.js';

export { type ModelWorld, modelRandom } from './model-world.js';

/** One event with one payload, which may come in any state. */
export interface ModelCase<Event extends AnyEventObject = AnyEventObject> {
  /** Unique among the cases; paths are described by it. */
  readonly name: string;
  readonly event: Event;
  /** Time that passes before the event, in milliseconds. Default: 0. */
  readonly waitMs?: number;
  /**
   * Whether it may come now. Default: always. What a child says (`xstate.done.actor.*`, `xstate.error.actor.*`) comes only
   * while that child is there.
   */
  readonly when?: (snapshot: AnyMachineSnapshot) => boolean;
  /** Given by the model to the cases that it adds: the key in `ModelState.timers` of the timer that fires. */
  readonly timer?: string;
}

/** What a model is made of. */
export interface ModelOptions<Machine extends AnyStateMachine> {
  machine: Machine;
  /** Inputs to start with, by name; some transitions need an option of their own. */
  variants: Readonly<Record<string, (world: ModelWorld) => InputFrom<Machine>>>;
  /** How many steps from the start paths may go in a variant that is there for a few transitions. Default: any. */
  depths?: Readonly<Record<string, number>>;
  cases: readonly ModelCase<EventFromLogic<Machine>>[];
  /**
   * What tells two states apart besides the state value, as plain data: null, booleans, finite numbers, texts, arrays and
   * objects of these. Keep it small: each difference multiplies the number of states. Default: nothing.
   */
  facets?: (snapshot: SnapshotFrom<Machine>) => unknown;
}

/** A command to a port or child of the machine. */
export interface Sent {
  /** The id of the port or child. */
  readonly to: string;
  readonly event: AnyEventObject;
}

/** An action of the machine's own, or an event that it emitted (`xstate.emit`, with the event in its params). */
export interface DoneAction {
  readonly type: string;
  readonly params: unknown;
}

/** A state of the model, and what the step into it did. */
export interface ModelState {
  readonly snapshot: AnyMachineSnapshot;
  /** Steps since the start. */
  readonly depth: number;
  /** Milliseconds since the start. */
  readonly atMs: number;
  /** `after` transitions and other delayed events that are armed, in the order in which they were set. */
  readonly timers: ReadonlyMap<string, ModelTimer>;
  /** For each id of delayed events, the key of the timer that `cancel` takes. */
  readonly cancels: ReadonlyMap<string, string>;
  /** Ports and children that have ended: commands to them are lost. */
  readonly ended: ReadonlySet<string>;
  readonly endedActors: ReadonlySet<AnyActorRef>;
  /** Children without an id so far, by whose number they are named. */
  readonly nameless: number;
  readonly sent: readonly Sent[];
  /** Actions of the machine's own and events that it emitted, in their order. */
  readonly actions: readonly DoneAction[];
  /** Names of the transitions that were taken, and of those that guards held back. */
  readonly taken: readonly string[];
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
   * The same text for states that are alike: those of one value and the same facets, in which the same timers are due in
   * the same order, the same states are remembered, and the same children of which cases tell are there.
   *
   * @throws {ModelError} when facets are no plain data.
   */
  keyOf(state: ModelState): string;
  /** What `facets` says of a snapshot, as text. */
  facetsOf(snapshot: AnyMachineSnapshot): string;
}

/**
 * Makes a model of a machine. Ports need not be provided.
 *
 * @throws {ModelError} when two cases have one name, or one waits for what is no time.
 */
export function defineModel<Machine extends AnyStateMachine>(options: ModelOptions<Machine>): Model<Machine> {
  const { machine, variants, depths = {}, cases, facets = () => null } = options;
  check(machine, cases);
  const inputOf = (variant: string, world: ModelWorld): InputFrom<Machine> => {
    const input = variants[variant];
    if (input === undefined) {
      throw new ModelError('variant_unknown', `The model of ${machine.id} has no variant "${variant}".`);
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
    keyOf: (state) => {
      const { snapshot, timers, cancels } = state;
      const place = JSON.stringify([snapshot.status, snapshot.value]).slice(1, -1);
      const rest = [timersText(timers, cancels), historyText(snapshot), areThere(state).join()].map((text) =>
        JSON.stringify(text),
      );
      return `[${[place, facetsOf(snapshot), ...rest].join()}]`;
    },
    facetsOf,
  };
}

function check(machine: AnyStateMachine, cases: readonly ModelCase[]): void {
  const names = new Set<string>();
  for (const { name, waitMs = 0 } of cases) {
    if (names.has(name)) {
      throw new ModelError(
        'case_doubled',
        `Two cases of the model of ${machine.id} have the name "${name}". Paths are described by it: give each its own.`,
      );
    }
    names.add(name);
    if (!(waitMs >= 0 && waitMs < Number.POSITIVE_INFINITY)) {
      throw new ModelError(
        'wait_invalid',
        `The case "${name}" of the model of ${machine.id} waits ${waitMs} ms. Give milliseconds, zero or more.`,
      );
    }
  }
}
