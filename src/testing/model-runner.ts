/**
 * Steps of a machine as XState makes them (5.33, `Actor`), without an actor that runs: actions are written down, what they
 * put off until the step is over is done in that order, and events of the machine to itself are further steps.
 */
import type {
  AnyActorRef,
  AnyActorScope,
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyStateNode,
  ExecutableActionObject,
  InspectionEvent,
} from 'xstate';
import { actorName, childrenOf, isNameless, nameChild } from './actor-names.js';
import { heldBackIn, initialNodesOf, takenBy } from './chart.js';
import { ModelError } from './model-error.js';
import type { DoneAction, ModelCase, ModelState, Sent } from './model-state.js';
import { childOfEvent, timerText } from './model-text.js';
import { type ModelWorld, modelRandom, modelStartMs } from './model-world.js';
import { inDueOrder, Schedule } from './schedule.js';
import { createStagedActor, insidesOf, systemOf, withEveryActor } from './stand-ins.js';

export interface ModelRunner {
  start(inputOf: (world: ModelWorld) => unknown): ModelState;
  step(state: ModelState, one: ModelCase): ModelState;
}

/** What a step works on. */
interface Run {
  readonly isStart: boolean;
  readonly atMs: number;
  readonly schedule: Schedule;
  readonly ended: Set<AnyActorRef>;
  /** Children that were made in this step. */
  readonly born: Set<AnyActorRef>;
  readonly sent: Sent[];
  readonly actions: DoneAction[];
  readonly taken: string[];
  /** Put off until the step is over. */
  readonly later: (() => void)[];
  /** Events of the machine to itself. */
  readonly inbox: AnyEventObject[];
  nodes: readonly AnyStateNode[];
  nameless: number;
}

export function createModelRunner(
  machine: AnyStateMachine,
  firstInput: (world: ModelWorld) => unknown,
): ModelRunner {
  let nowMs = modelStartMs;
  const world: ModelWorld = { now: () => nowMs, random: modelRandom };
  const staged = withEveryActor(machine);
  let run: Run | undefined;

  /** Lends its system and its inspection to the steps; it is never started. */
  const idle = createStagedActor(staged, {
    input: firstInput(world),
    inspect: (event) => run && note(run, event),
    onChild(child) {
      if (run === undefined) return;
      run.born.add(child);
      if (isNameless(child)) nameChild(child, (run.nameless += 1));
    },
    // Whoever sends by hand, and not by an action of XState's, does so from the outside.
    relay: () => () => undefined,
  });
  letGo(childrenOf(idle.getSnapshot() as AnyMachineSnapshot).values());

  /** Names in the system are those of the children that are there, whatever state was followed before. */
  function letGo(children: Iterable<AnyActorRef>): void {
    for (const child of children) systemOf(idle)._unregister(child);
  }

  const scopeOf = (current: Run): AnyActorScope => ({
    self: idle,
    id: idle.id,
    sessionId: idle.sessionId,
    system: idle.system,
    logger: () => undefined,
    defer: () => undefined,
    stopChild: () => undefined,
    emit: () => undefined,
    actionExecutor: (action) => execute(current, action),
  });

  function execute(current: Run, { type, params }: ExecutableActionObject): void {
    const { schedule, later, ended, atMs } = current;
    if (type === 'xstate.sendTo') {
      // Its `to` may be resolved only when all children of the step are made.
      const sending = params as unknown as {
        to: AnyActorRef;
        event: AnyEventObject;
        id?: string;
        delay?: unknown;
      };
      later.push(() => {
        const { to, event, id, delay } = sending;
        if (typeof delay === 'number') schedule.set(atMs, { event, delay, id, to: to === idle ? null : to });
        else deliver(current, to, errorOf(event));
      });
    } else if (type === 'xstate.raise') {
      const { event, id, delay } = params as { event: AnyEventObject; id?: string; delay?: unknown };
      if (typeof delay === 'number') later.push(() => schedule.set(atMs, { event, delay, id, to: null }));
    } else if (type === 'xstate.cancel') {
      const { sendId } = params as { sendId: string };
      later.push(() => schedule.cancel(sendId));
    } else if (type === 'xstate.stopChild') {
      const child = params as unknown as AnyActorRef | undefined;
      if (child === undefined) return;
      // Before its start an actor executes no action at once, and names in the system stay taken.
      if (!current.isStart) letGo([child]);
      if (current.born.has(child)) ended.add(child);
      else later.push(() => ended.add(child));
    } else if (type === 'xstate.emit' || !type.startsWith('xstate.')) {
      current.actions.push({ type, params });
    }
  }

  /** `escalate`, as it was called, is an event of this name to the parent. */
  const errorOf = (event: AnyEventObject): AnyEventObject =>
    event.type === 'xstate.error'
      ? { type: `xstate.error.actor.${idle.id}`, error: event.data as unknown, actorId: idle.id }
      : event;

  function deliver({ ended, inbox, sent }: Run, to: AnyActorRef | null, event: AnyEventObject): void {
    if (to === idle || to === null) inbox.push(event);
    else if (!ended.has(to)) sent.push({ to: actorName(to), event });
  }

  function note(current: Run, event: InspectionEvent): void {
    if (event.type !== '@xstate.microstep' || event.actorRef !== idle) return;
    const { transitions, refusals } = takenBy(current.nodes, event.event, event._transitions);
    current.taken.push(...transitions, ...refusals);
    current.nodes = nodesOf(event.snapshot);
  }

  /** One macrostep, and what it put off. */
  function settle(current: Run, snapshot: AnyMachineSnapshot): AnyMachineSnapshot {
    insidesOf(idle)._snapshot = snapshot;
    for (const act of current.later.splice(0)) act();
    if (snapshot.status !== 'active') {
      current.schedule.cancelAll();
      current.inbox.length = 0;
    }
    return snapshot;
  }

  function follow(
    before: Omit<Run, 'sent' | 'actions' | 'taken' | 'later' | 'inbox' | 'born'> & {
      depth: number;
      there: Iterable<AnyActorRef>;
    },
    first: (current: Run, scope: AnyActorScope) => AnyMachineSnapshot,
  ): ModelState {
    const { depth, there, ...rest } = before;
    const current: Run = { ...rest, born: new Set(), sent: [], actions: [], taken: [], later: [], inbox: [] };
    run = current;
    nowMs = modelStartMs + current.atMs;
    try {
      const scope = scopeOf(current);
      let snapshot = settle(current, first(current, scope));
      for (let event = current.inbox.shift(); event !== undefined; event = current.inbox.shift()) {
        snapshot = settle(current, staged.transition(snapshot, event, scope) as AnyMachineSnapshot);
      }
      if (snapshot.status === 'active') current.taken.push(...heldBackIn(nodesOf(snapshot)));
      const { schedule, ended: endedActors, nameless, sent, actions, taken, atMs } = current;
      const ended = new Set(
        [...childrenOf(snapshot)].flatMap(([name, child]) => (endedActors.has(child) ? name : [])),
      );
      const { timers, newest: cancels } = schedule;
      return { snapshot, depth, atMs, timers, cancels, ended, endedActors, nameless, sent, actions, taken };
    } finally {
      run = undefined;
      letGo([...there, ...current.born]);
    }
  }

  return {
    start: (inputOf) =>
      follow(
        {
          isStart: true,
          depth: 0,
          there: [],
          atMs: 0,
          schedule: new Schedule(),
          ended: new Set(),
          nameless: 0,
          nodes: initialNodesOf(staged.root),
        },
        (_current, scope) => {
          const snapshot = staged.getInitialSnapshot(scope, inputOf(world)) as AnyMachineSnapshot;
          if (snapshot.status === 'error') throw snapshot.error;
          return snapshot;
        },
      ),
    step(state, one) {
      const { snapshot, endedActors } = state;
      const atMs = state.atMs + (one.waitMs ?? 0);
      const fired = timerOf(state, one);
      const schedule = new Schedule(state.timers, state.cancels);
      const ended = new Set(endedActors);
      if (fired !== undefined) schedule.end(fired);
      const children = childrenOf(snapshot);
      for (const child of children.values()) {
        const { systemId } = child as { systemId?: string };
        if (systemId !== undefined && !ended.has(child)) systemOf(idle)._set(systemId, child);
      }
      insidesOf(idle)._snapshot = snapshot;
      const timer = fired === undefined ? undefined : state.timers.get(fired);
      const { event, child } = timer === undefined ? realEvent(one.event, children) : { event: timer.event };
      if (child !== undefined) {
        ended.add(child);
        letGo([child]);
      }
      return follow(
        {
          isStart: false,
          depth: state.depth + 1,
          there: children.values(),
          atMs: timer?.dueMs ?? atMs,
          schedule,
          ended,
          nameless: state.nameless,
          nodes: nodesOf(snapshot),
        },
        (current, scope) => {
          if (timer !== undefined && timer.to !== null) {
            deliver(current, timer.to, event);
            return snapshot;
          }
          // What comes to a machine that has ended is lost.
          if (snapshot.status !== 'active') return snapshot;
          return staged.transition(snapshot, event, scope) as AnyMachineSnapshot;
        },
      );
    },
  };
}

/** The end of a child, as XState tells it: with the number of a child without an id, which a case cannot know. */
function realEvent(
  event: AnyEventObject,
  children: ReadonlyMap<string, AnyActorRef>,
): { event: AnyEventObject; child?: AnyActorRef | undefined } {
  const end = childOfEvent(event);
  if (end === undefined) return { event };
  const child = children.get(end.name);
  if (child === undefined || !isNameless(child)) return { event, child };
  return { event: { ...event, type: `xstate.${end.how}.actor.${child.id}`, actorId: child.id }, child };
}

/**
 * The key of the timer that a case is about.
 *
 * @throws {ModelError} when another timer fires before it.
 */
function timerOf(
  { timers, atMs }: ModelState,
  { name, event, waitMs = 0, timer }: ModelCase,
): string | undefined {
  const [first] = inDueOrder(timers);
  if (first === undefined) return undefined;
  const [key, { dueMs, to, event: due }] = first;
  if (timer === key) return key;
  // A case by hand for the timer that is due: its event, after its time.
  if (timer === undefined && atMs + waitMs === dueMs && to === null && due.type === event.type) return key;
  if (timer === undefined && atMs + waitMs < dueMs) return undefined;
  throw new ModelError(
    'wait_invalid',
    `"${name}" comes after ${timer === undefined ? waitMs : 'more'} ms, but "${timerText(first[1])}" is due first, after ` +
      `${dueMs - atMs} ms. Take that step first: it is the last one of casesIn(state).`,
  );
}

function nodesOf(snapshot: unknown): readonly AnyStateNode[] {
  return (snapshot as { _nodes?: readonly AnyStateNode[] })._nodes ?? [];
}
