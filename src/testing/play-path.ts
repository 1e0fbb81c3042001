/** Plays paths of a model against the running machine, with scripted stand-ins for all its ports and children. */
import { AssertionError, deepStrictEqual } from 'node:assert/strict';
import {
  type ActorLogic,
  type AnyActorRef,
  type AnyEventObject,
  type AnyStateMachine,
  createActor,
  type InspectionEvent,
  type Snapshot,
} from 'xstate';
import { createVirtualClock } from '../time/virtual-clock.js';
import { type Model, type ModelCase, type ModelState, modelRandom, type Sent } from './model.js';
import type { ModelPath } from './paths.js';

/** Thrown when the running machine did not do what the model says; `cause` is the assertion with the difference. */
export class PathError extends Error {
  override readonly name = 'PathError';
  readonly code = 'path_failed';
}

/** Options of `playPath`. */
export interface PlayPathOptions {
  /** For instance `chartCoverage(machine).inspect`. */
  inspect?: (event: InspectionEvent) => void;
}

/**
 * Starts the machine of a model on a virtual clock with scripted ports, feeds it the events of a path, and compares after
 * each one: state, commands to ports and children (in order), and the output when it has ended. When the machine is
 * stopped, no timer may be left.
 *
 * @throws {PathError} at the first difference.
 */
export function playPath(model: Model, path: ModelPath, { inspect }: PlayPathOptions = {}): void {
  const clock = createVirtualClock();
  const sent: Sent[] = [];
  const input = model.variants[path.variant]?.({ now: () => clock.now(), random: modelRandom });
  const machine = onScriptedPorts(model.machine, sent);
  const actor = createActor(machine, { input, clock, ...(inspect && { inspect }) });

  const compare = (expected: ModelState, step: string): void => {
    const { status, value, output } = actor.getSnapshot();
    const found = { status, value, output, sent: sent.splice(0) };
    try {
      deepStrictEqual(found, {
        status: expected.snapshot.status,
        value: expected.snapshot.value,
        output: expected.snapshot.output,
        sent: expected.sent,
      });
    } catch (cause) {
      throw new PathError(`${path.title}\nAfter ${step}: ${messageOf(cause)}`, { cause });
    }
  };

  actor.start();
  compare(path.start, 'the start');
  let before = path.start;
  for (const { case: one, state } of path.steps) {
    const { waitMs = 0 } = one;
    if (waitMs > 0) {
      clock.advance(waitMs - 1);
      compare({ ...before, sent: [] }, `the time before "${one.name}"`);
      clock.advance(1);
    }
    give(actor, one);
    compare(state, `"${one.name}"`);
    before = state;
  }
  actor.stop();
  if (clock.pending() > 0) throw new PathError(`${path.title}\nTimers are left: ${clock.pending()}.`);
}

function messageOf(error: unknown): string {
  return error instanceof AssertionError ? error.message : String(error);
}

const finish = 'scripted.finish';
const crash = 'scripted.crash';

/** Makes an event happen. A child ends by itself, other events are told by a port; timers fire on the clock. */
function give(actor: AnyActorRef, { event }: ModelCase): void {
  const { type, actorId, output, error } = event;
  if (type.startsWith('xstate.after.')) return;
  const { children } = actor.getSnapshot() as { children: Record<string, AnyActorRef | undefined> };
  if (type.startsWith('xstate.done.actor.')) children[actorId]?.send({ type: finish, output });
  else if (type.startsWith('xstate.error.actor.')) children[actorId]?.send({ type: crash, error });
  else actor.send(event);
}

type ScriptedState = Snapshot<unknown> & {
  /** What a parent reads of a child that is a machine. */
  context: { turn: null };
  children: Record<string, never>;
};

const shape = { context: { turn: null }, children: {} };

/** The machine with a stand-in for every actor that it can start; what the stand-ins are told goes to `sent`. */
function onScriptedPorts(machine: AnyStateMachine, sent: Sent[]): AnyStateMachine {
  const logic: ActorLogic<ScriptedState, AnyEventObject> = {
    transition(state, event, { self }) {
      if (event.type === finish) return { ...shape, status: 'done', output: event.output, error: undefined };
      if (event.type === crash) return { ...shape, status: 'error', output: undefined, error: event.error };
      if (!event.type.startsWith('xstate.')) sent.push({ to: self.id, event });
      return state;
    },
    getInitialSnapshot: () => ({ ...shape, status: 'active', output: undefined, error: undefined }),
    getPersistedSnapshot: (state) => state,
  };
  const actors = Object.fromEntries(Object.keys(machine.implementations.actors).map((src) => [src, logic]));
  return machine.provide({ actors });
}
