/** Plays paths of a model against the running machine, with scripted stand-ins for all its ports and children. */

import { AssertionError, deepStrictEqual } from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { AnyActorRef, AnyMachineSnapshot, InspectionEvent } from 'xstate';
import { refuseUnknown } from '../protocol/known-names.js';
import { actorName, childrenOf, isNameless, nameChild } from './actor-names.js';
import { comparable } from './comparable.js';
import { expectedLook, type Look, lookAt } from './look.js';
import type { DoneAction, Model, ModelCase, ModelState, Sent } from './model.js';
import { isOwnAction } from './model-effects.js';
import { childOfEvent, timerText } from './model-text.js';
import { modelRandom } from './model-world.js';
import type { ModelPath } from './paths.js';
import { createPlayClock, type PlayClock } from './play-clock.js';
import { firedBy, inDueOrder, Schedule } from './schedule.js';
import {
  crashEvent,
  createStagedActor,
  finishEvent,
  hasStopped,
  type SystemInsides,
  stopStaged,
  withEveryActor,
} from './stand-ins.js';

/** Thrown when the running machine did not do what the model says; `cause` is the assertion with the difference, or what it threw. */
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
 * each one: state, tags and facets; commands to ports and children, actions of its own and emitted events, each in order;
 * which children were started, which are there, and what they were made of; the output when it has ended, and the error.
 * At the end of the path the same timers must be set, and when the machine is stopped, only those may be left that XState
 * leaves.
 *
 * @throws {PathError} at the first difference.
 */
export function playPath(model: Model, path: ModelPath, options: PlayPathOptions = {}): void {
  refuseUnknown(options, { inspect: true }, 'playPath');
  const { inspect } = options;
  const player = startMachine(model, path.variant, inspect);
  const { clock } = player;

  const compare = (state: ModelState, step: string): void => {
    const error = player.failure();
    if (error !== undefined && state.snapshot.status !== 'error') {
      throw new PathError(`${path.title}\nAfter ${step}: the machine failed: ${messageOf(error)}`, {
        cause: error,
      });
    }
    expectSame(step, lookOf(step), expectedLook(model, state));
  };

  /** Facets that a wrong machine makes unreadable are a difference, too. */
  const lookOf = (step: string): Look => {
    try {
      return player.look();
    } catch (cause) {
      throw new PathError(`${path.title}\nAfter ${step}: no facets. ${messageOf(cause)}`, { cause });
    }
  };

  const expectSame = (step: string, found: object, expected: object): void => {
    const [foundParts, expectedParts] = differingParts(comparable(found), comparable(expected));
    const parts = Object.keys(expectedParts);
    if (parts.length === 0) return;
    try {
      deepStrictEqual(foundParts, expectedParts);
    } catch (cause) {
      const what = `${parts.join(', ')} not as in the model`;
      throw new PathError(`${path.title}\nAfter ${step}: ${what}. ${messageOf(cause)}`, { cause });
    }
  };

  compare(path.start, 'the start');
  let before = path.start;
  for (const { case: one, state } of path.steps) {
    const isTimer = one.timer !== undefined || firedBy(before, one) !== undefined;
    if (state.atMs > before.atMs) {
      if (isTimer) clock.passUntil(state.atMs);
      else clock.passTo(state.atMs);
      compare(silent(before), `the time before "${one.name}"`);
    }
    if (!isTimer) player.give(one);
    else if (!clock.fireNext()) throw new PathError(`${path.title}\nAfter "${one.name}": no timer was due.`);
    compare(state, `"${one.name}"`);
    before = state;
  }

  const [next] = inDueOrder(before.timers);
  if (next !== undefined) clock.passUntil(next[1].dueMs);
  const moment = next === undefined ? 'the last step' : `the time before "${timerText(next[1])}"`;
  compare(silent(before), moment);
  const dues = inDueOrder(before.timers).map(([, { dueMs }]) => dueMs);
  expectSame(moment, { 'timers due': clock.dues() }, { 'timers due': dues });

  player.stop();
  const rest = new Schedule(before.timers, before.cancels);
  rest.cancelAll();
  const left = clock.dues().length - rest.timers.size;
  if (left !== 0) throw new PathError(`${path.title}\nTimers are left: ${left}.`);
}

const silent = (state: ModelState): ModelState => ({ ...state, sent: [], actions: [], started: [] });

function messageOf(error: unknown): string {
  if (error instanceof AssertionError) return error.message;
  return error instanceof Error && error.message !== '' ? error.message : String(error);
}

/** Of both what is not the same in them, so that a difference is not lost among what is alike. */
function differingParts(found: unknown, expected: unknown): [found: object, expected: object] {
  const pairs = Object.entries(expected as object).map(
    ([part, value]) => [part, (found as Record<string, unknown>)[part], value as unknown] as const,
  );
  const differing = pairs.filter(([, one, other]) => !isDeepStrictEqual(one, other));
  return [
    Object.fromEntries(differing.map(([part, one]) => [part, one])),
    Object.fromEntries(differing.map(([part, , other]) => [part, other])),
  ];
}

/** A machine that runs. */
interface Player {
  readonly clock: PlayClock;
  /** Makes the event of a case happen. */
  give(one: ModelCase): void;
  /** Where it is, and what it did since the last look. */
  look(): Look;
  /** What it failed with, if it did. */
  failure(): unknown;
  stop(): void;
}

function startMachine(
  model: Model,
  variant: string,
  inspect: ((event: InspectionEvent) => void) | undefined,
): Player {
  const clock = createPlayClock();
  const sent: Sent[] = [];
  const actions: DoneAction[] = [];
  const started: string[] = [];
  let nameless = 0;
  let self: AnyActorRef | undefined;
  let deliver: SystemInsides['_relay'] | undefined;

  const actor = createStagedActor(withEveryActor(model.machine), {
    input: model.variants[variant]?.({ now: () => clock.now(), random: modelRandom }),
    clock,
    inspect(event) {
      if (event.type === '@xstate.action' && event.actorRef === self) {
        const { type, params } = event.action;
        if (isOwnAction(type)) actions.push({ type, params });
      }
      inspect?.(event);
    },
    onChild(child) {
      if (isNameless(child)) nameChild(child, (nameless += 1));
      started.push(actorName(child));
    },
    relay(handOver, machine) {
      self = machine;
      deliver = handOver;
      return (source, target, event) => {
        if (target === machine) {
          // An action of the machine's own that sends it an event by hand stands for the world outside, as a port does.
          if (source !== undefined) handOver(source, target, event);
        } else if (source !== machine) handOver(source, target, event);
        // A machine that has stopped tells its parent so, which is no command.
        else if (!hasStopped(target) && !hasStopped(machine)) {
          sent.push({ to: actorName(target), event });
          handOver(source, target, event);
        }
      };
    },
  });
  const snapshotOf = () => actor.getSnapshot() as AnyMachineSnapshot;
  // Somebody listens, so that an error is not thrown at the process.
  actor.subscribe({ error: () => undefined });
  actor.start();

  return {
    clock,
    give({ event }) {
      const end = childOfEvent(event);
      if (end === undefined) {
        deliver?.(undefined, actor, event);
        return;
      }
      const child = childrenOf(snapshotOf()).get(end.name);
      const { output, error } = event;
      child?.send(end.how === 'done' ? { type: finishEvent, output } : { type: crashEvent, error });
    },
    look: () => ({
      ...lookAt(model, snapshotOf()),
      sent: sent.splice(0),
      actions: actions.splice(0),
      started: started.splice(0),
    }),
    failure: () => (snapshotOf().status === 'error' ? snapshotOf().error : undefined),
    stop: () => stopStaged(actor),
  };
}
