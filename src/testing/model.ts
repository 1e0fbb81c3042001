/**
 * A machine as a model: what each event leads to, on a time of its own. Nothing runs: no actor is started and no port is
 * called; what the machine would command its ports is written down instead.
 */
import {
  type AnyActorRef,
  type AnyActorScope,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  createActor,
  type EventFromLogic,
  type ExecutableActionObject,
  type InputFrom,
  type InspectionEvent,
  type SnapshotFrom,
} from 'xstate';
import { heldBackIn, takenBy } from './chart.js';

const defaults = {
  /** As a virtual clock begins. */
  startMs: 1_700_000_000_000,
} as const;

/** Jitter of the largest share takes nothing off a delay, so reconnect delays are those of the policy. */
export const modelRandom = (): number => 1 - Number.EPSILON;

/** Clock and chance of a machine: given by the model, and again by whoever plays its paths. */
export interface ModelWorld {
  /** Epoch milliseconds. */
  now: () => number;
  /** Uniform in [0, 1); a constant, so that paths can be played again. */
  random: () => number;
}

/** One event with one payload, which may come in any state. */
export interface ModelCase<Event extends AnyEventObject = AnyEventObject> {
  /** Unique among the cases; paths are described by it. */
  readonly name: string;
  readonly event: Event;
  /** Time that passes before the event, in milliseconds. Default: 0. */
  readonly waitMs?: number;
  /** Whether it may come now. Default: always. */
  readonly when?: (snapshot: AnyMachineSnapshot) => boolean;
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
   * What tells two states apart besides the state value, as plain data. Keep it small: each difference multiplies the
   * number of states. Default: nothing.
   */
  facets?: (snapshot: SnapshotFrom<Machine>) => unknown;
}

/** A command to a port or child of the machine. */
export interface Sent {
  /** The id of the port or child. */
  readonly to: string;
  readonly event: AnyEventObject;
}

interface Timer {
  readonly event: AnyEventObject;
  readonly dueMs: number;
}

/** A state of the model, and what the step into it did. */
export interface ModelState {
  readonly snapshot: AnyMachineSnapshot;
  /** Steps since the start. */
  readonly depth: number;
  /** Milliseconds since the start. */
  readonly atMs: number;
  /** `after` transitions that are armed. */
  readonly timers: ReadonlyMap<string, Timer>;
  /** Ports and children that have ended: commands to them are lost. */
  readonly ended: ReadonlySet<string>;
  readonly sent: readonly Sent[];
  /** Names of the transitions that were taken, and of those that guards held back. */
  readonly taken: readonly string[];
}

/** A machine as a model. */
export interface Model<Machine extends AnyStateMachine = AnyStateMachine> {
  readonly machine: Machine;
  readonly variants: ModelOptions<Machine>['variants'];
  readonly depths: Readonly<Record<string, number>>;
  /** @throws {Error} for a variant that does not exist. */
  start(variant: string): ModelState;
  step(state: ModelState, event: ModelCase): ModelState;
  /** What may come in a state: the cases, and the timer that is due first. */
  casesIn(state: ModelState): ModelCase[];
  /** The same text for states that are alike. */
  keyOf(state: ModelState): string;
}

/** Makes a model of a machine. Ports need not be provided. */
export function defineModel<Machine extends AnyStateMachine>(options: ModelOptions<Machine>): Model<Machine> {
  const { machine, variants, depths = {}, cases, facets = () => null } = options;
  let nowMs: number = defaults.startMs;
  const world: ModelWorld = { now: () => nowMs, random: modelRandom };
  const inputOf = (variant: string): InputFrom<Machine> => {
    const input = variants[variant];
    if (input === undefined) throw new Error(`The model of ${machine.id} has no variant "${variant}".`);
    return input(world);
  };

  let onMicrostep: ((event: InspectionEvent) => void) | undefined;
  /** Lends its system and its inspection to the steps; it is never started. */
  const idle = createActor(machine, {
    input: inputOf(Object.keys(variants)[0] ?? ''),
    inspect: (event) => onMicrostep?.(event),
  });

  /** Runs one step of the machine and writes down what it did. */
  function follow(
    before: Pick<ModelState, 'depth' | 'atMs' | 'timers' | 'ended'> & { nodes: readonly AnyStateNode[] },
    run: (scope: AnyActorScope) => AnyMachineSnapshot,
  ): ModelState {
    nowMs = defaults.startMs + before.atMs;
    const effects = { atMs: before.atMs, timers: new Map(before.timers), ended: new Set(before.ended) };
    const sent: Sent[] = [];
    const taken: string[] = [];
    let { nodes } = before;
    onMicrostep = (event) => {
      if (event.type !== '@xstate.microstep') return;
      const { transitions, refusals } = takenBy(nodes, event.event, event._transitions);
      taken.push(...transitions, ...refusals);
      nodes = nodesOf(event.snapshot);
    };
    const snapshot = run({
      self: idle,
      id: idle.id,
      sessionId: idle.sessionId,
      system: idle.system,
      logger: () => undefined,
      defer: () => undefined,
      stopChild: () => undefined,
      emit: () => undefined,
      actionExecutor: (action) => execute(action, { ...effects, sent }),
    });
    if (snapshot.status === 'active') taken.push(...heldBackIn(nodesOf(snapshot)));
    giveNamesBack(snapshot);
    return { ...effects, depth: before.depth, snapshot, sent, taken };
  }

  /** No child ever ends here, so its `systemId` would stay taken and the next child could not have it. */
  function giveNamesBack(snapshot: AnyMachineSnapshot): void {
    const { _unregister } = idle.system as unknown as { _unregister: (actor: AnyActorRef) => void };
    for (const child of Object.values(snapshot.children) as AnyActorRef[]) _unregister(child);
  }

  return {
    machine,
    variants,
    depths,
    start: (variant) =>
      follow({ depth: 0, atMs: 0, timers: new Map(), ended: new Set(), nodes: [] }, (scope) =>
        machine.getInitialSnapshot(scope, inputOf(variant)),
      ),
    step(state, { event, waitMs = 0 }) {
      const timers = new Map(state.timers);
      if (timers.get(event.type)?.dueMs === state.atMs + waitMs) timers.delete(event.type);
      const [, childId] = /^xstate\.(?:done|error)\.actor\.(.+)$/.exec(event.type) ?? [];
      const ended = new Set(childId === undefined ? state.ended : [...state.ended, childId]);
      return follow(
        { depth: state.depth + 1, atMs: state.atMs + waitMs, timers, ended, nodes: nodesOf(state.snapshot) },
        (scope) => machine.transition(state.snapshot, event, scope),
      );
    },
    casesIn(state) {
      const [first] = [...state.timers.values()].toSorted((a, b) => a.dueMs - b.dueMs);
      const leftMs = first === undefined ? Number.POSITIVE_INFINITY : first.dueMs - state.atMs;
      const possible = cases.filter(
        ({ waitMs = 0, when }) => waitMs < leftMs && (when === undefined || when(state.snapshot)),
      );
      if (first === undefined) return possible;
      const { type } = first.event;
      return [...possible, { name: type.replace(/^xstate\./, ''), event: first.event, waitMs: leftMs }];
    },
    keyOf: ({ snapshot }) =>
      JSON.stringify([snapshot.status, snapshot.value, facets(snapshot as SnapshotFrom<Machine>)]),
  };
}

function nodesOf(snapshot: unknown): readonly AnyStateNode[] {
  return (snapshot as { _nodes?: readonly AnyStateNode[] })._nodes ?? [];
}

/** The built-in actions whose effects a model keeps: commands to others, and timers. */
function execute(
  { type, params }: ExecutableActionObject,
  {
    atMs,
    timers,
    ended,
    sent,
  }: { atMs: number; timers: Map<string, Timer>; ended: Set<string>; sent: Sent[] },
): void {
  if (type === 'xstate.sendTo') {
    const { to, targetId, event } = params as {
      to: { id: string };
      targetId?: string;
      event: AnyEventObject;
    };
    const id = targetId ?? to.id;
    if (!ended.has(id)) sent.push({ to: id, event });
  } else if (type === 'xstate.spawnChild') {
    ended.delete((params as { actorRef: { id: string } }).actorRef.id);
  } else if (type === 'xstate.raise') {
    const { event, id, delay } = params as { event: AnyEventObject; id?: string; delay?: number };
    if (delay !== undefined) timers.set(id ?? event.type, { event, dueMs: atMs + delay });
  } else if (type === 'xstate.cancel') {
    timers.delete((params as { sendId: string }).sendId);
  }
}
