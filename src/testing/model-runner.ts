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
  InspectionEvent,
} from 'xstate';
import { actorName, childrenOf, isNameless, nameChild } from './actor-names.js';
import { heldBackIn, initialNodesOf, takenBy } from './chart.js';
import { carryOut, deliver, type StepRun } from './model-effects.js';
import { ModelError } from './model-error.js';
import type { ModelCase, ModelState } from './model-state.js';
import { childOfEvent, timerText } from './model-text.js';
import { type ModelWorld, modelRandom, modelStartMs } from './model-world.js';
import { firedBy, inDueOrder, Schedule } from './schedule.js';
import { createStagedActor, forgetNames, insidesOf, systemOf, withEveryActor } from './stand-ins.js';

export interface ModelRunner {
  start(inputOf: (world: ModelWorld) => unknown): ModelState;
  step(state: ModelState, one: ModelCase): ModelState;
}

export function createModelRunner(
  machine: AnyStateMachine,
  firstInput: (world: ModelWorld) => unknown,
): ModelRunner {
  let nowMs = modelStartMs;
  const world: ModelWorld = { now: () => nowMs, random: modelRandom };
  const staged = withEveryActor(machine);
  let run: StepRun | undefined;

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
  forgetNames(childrenOf(idle.getSnapshot() as AnyMachineSnapshot).values());

  const scopeOf = (current: StepRun): AnyActorScope => ({
    self: idle,
    id: idle.id,
    sessionId: idle.sessionId,
    system: idle.system,
    logger: () => undefined,
    defer: () => undefined,
    stopChild: () => undefined,
    emit: () => undefined,
    actionExecutor: (action) => carryOut(current, action),
  });

  function note(current: StepRun, event: InspectionEvent): void {
    if (event.type !== '@xstate.microstep' || event.actorRef !== idle) return;
    const { transitions, refusals } = takenBy(current.nodes, event.event, event._transitions);
    current.taken.push(...transitions, ...refusals);
    current.nodes = nodesOf(event.snapshot);
  }

  /** One macrostep, and what it put off. */
  function settle(current: StepRun, snapshot: AnyMachineSnapshot): AnyMachineSnapshot {
    insidesOf(idle)._snapshot = snapshot;
    for (const act of current.later.splice(0)) act();
    if (snapshot.status !== 'active') {
      current.schedule.cancelAll();
      current.inbox.length = 0;
    }
    return snapshot;
  }

  function follow(
    before: Omit<StepRun, 'self' | 'sent' | 'actions' | 'taken' | 'later' | 'inbox' | 'born'> & {
      depth: number;
      there: Iterable<AnyActorRef>;
    },
    first: (current: StepRun, scope: AnyActorScope) => AnyMachineSnapshot,
  ): ModelState {
    const { depth, there, ...rest } = before;
    const lists = { sent: [], actions: [], taken: [], later: [], inbox: [] };
    const current: StepRun = { ...rest, ...lists, self: idle, born: new Set() };
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
      const started = [...current.born].map((child) => actorName(child));
      return {
        snapshot,
        depth,
        atMs,
        timers,
        cancels,
        ended,
        endedActors,
        nameless,
        sent,
        actions,
        started,
        taken,
      };
    } finally {
      run = undefined;
      forgetNames([...there, ...current.born]);
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
          insidesOf(idle)._snapshot = undefined;
          const snapshot = staged.getInitialSnapshot(scope, inputOf(world)) as AnyMachineSnapshot;
          if (snapshot.status === 'error') throw snapshot.error;
          return snapshot;
        },
      ),
    step(state, one) {
      const { snapshot, endedActors } = state;
      const atMs = state.atMs + (one.waitMs ?? 0);
      const fired = firedBy(state, one);
      if (fired === undefined) refuseLate(state, one);
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
        forgetNames([child]);
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

function nodesOf(snapshot: unknown): readonly AnyStateNode[] {
  return (snapshot as { _nodes?: readonly AnyStateNode[] })._nodes ?? [];
}

/** @throws {ModelError} when a timer fires before a case has come. */
function refuseLate({ timers, atMs }: ModelState, { name, waitMs = 0, timer }: ModelCase): void {
  const [first] = inDueOrder(timers);
  if (first === undefined || (timer === undefined && atMs + waitMs < first[1].dueMs)) return;
  throw new ModelError(
    'wait_invalid',
    `"${name}" comes after ${waitMs} ms, but "${timerText(first[1])}" is due first, after ${first[1].dueMs - atMs} ms. ` +
      'Take that step first: it is the last one of casesIn(state).',
  );
}
