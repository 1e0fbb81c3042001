/** What the actions of a step do in a model: commands and timers are written down, and nothing else happens. */
import type { AnyActorRef, AnyEventObject, AnyStateNode, ExecutableActionObject } from 'xstate';
import { actorName } from './actor-names.js';
import type { DoneAction, Sent } from './model-state.js';
import type { Schedule } from './schedule.js';
import { forgetNames } from './stand-ins.js';

/** What a step works on. */
export interface StepRun {
  /** The machine itself. */
  readonly self: AnyActorRef;
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

/** Does what XState 5.33 does when an action of its own is executed; most of it waits until the step is over. */
export function carryOut(run: StepRun, { type, params }: ExecutableActionObject): void {
  const { self, schedule, later, ended, atMs } = run;
  if (type === 'xstate.sendTo') {
    // Its `to` may be resolved only when all children of the step are made.
    const sending = params as {
      to: AnyActorRef;
      event: AnyEventObject;
      id?: string;
      delay?: unknown;
    };
    later.push(() => {
      const { to, event, id, delay } = sending;
      if (typeof delay === 'number') schedule.set(atMs, { event, delay, id, to: to === self ? null : to });
      else deliver(run, to, errorOf(self, event));
    });
  } else if (type === 'xstate.raise') {
    const { event, id, delay } = params as { event: AnyEventObject; id?: string; delay?: unknown };
    if (typeof delay === 'number') later.push(() => schedule.set(atMs, { event, delay, id, to: null }));
  } else if (type === 'xstate.cancel') {
    const { sendId } = params as { sendId: string };
    later.push(() => schedule.cancel(sendId));
  } else if (type === 'xstate.stopChild') {
    const child = params as AnyActorRef | undefined;
    if (child === undefined) return;
    // Before its start an actor executes no action at once, and names in the system stay taken.
    if (!run.isStart) forgetNames([child]);
    if (run.born.has(child)) ended.add(child);
    else later.push(() => ended.add(child));
  } else if (isOwnAction(type)) {
    run.actions.push({ type, params });
  }
}

/** Whether it is an action of the machine's own, or emits an event. */
export const isOwnAction = (type: string): boolean => type === 'xstate.emit' || !type.startsWith('xstate.');

/** Hands an event over; null is the machine itself. */
export function deliver(
  { self, ended, inbox, sent }: StepRun,
  to: AnyActorRef | null,
  event: AnyEventObject,
): void {
  if (to === self || to === null) inbox.push(event);
  else if (!ended.has(to)) sent.push({ to: actorName(to), event });
}

/** An event `xstate.error` is sent as the failure of the machine. */
const errorOf = ({ id }: AnyActorRef, event: AnyEventObject): AnyEventObject =>
  event.type === 'xstate.error'
    ? { type: `xstate.error.actor.${id}`, error: event.data as unknown, actorId: id }
    : event;
