/** What a machine inside a running agent was told and did, seen through XState's inspection. */
import type { AnyStateMachine, AnyStateNode, InspectionEvent } from 'xstate';
import { heldBackIn, initialNodesOf, takenBy } from '../../src/testing/chart.js';
import { createMailbox } from '../kit/mailbox.js';

/** One event that the machine took, and what came of it. */
export interface LogEntry {
  event: string;
  status: string;
  value: unknown;
  taken: string[];
  context: unknown;
}

/** @param isWatched which of the actors; the first one that fits is followed. */
export function machineLog(isWatched: (actorId: string, machineId: string) => boolean) {
  const entries = createMailbox<LogEntry>();
  let watched: unknown;
  let nodes: readonly AnyStateNode[] = [];
  let taken: string[] = [];
  return {
    next: () => entries.next(),
    inspect(event: InspectionEvent): void {
      if (event.type !== '@xstate.microstep' && event.type !== '@xstate.snapshot') return;
      const { snapshot, actorRef } = event as unknown as {
        snapshot: {
          _nodes?: AnyStateNode[];
          machine?: AnyStateMachine;
          status: string;
          value: unknown;
          context: unknown;
        };
        actorRef: { id: string };
      };
      if (snapshot.machine === undefined) return;
      if (watched === undefined && isWatched(actorRef.id, snapshot.machine.id)) watched = actorRef;
      if (watched !== actorRef) return;
      if (event.type === '@xstate.microstep') {
        if (nodes.length === 0) nodes = initialNodesOf(snapshot.machine.root);
        const { transitions, refusals } = takenBy(nodes, event.event, event._transitions);
        taken.push(...transitions, ...refusals);
      }
      nodes = snapshot._nodes ?? [];
      if (event.type !== '@xstate.snapshot') return;
      const { status, value, context } = snapshot;
      if (status === 'active') taken.push(...heldBackIn(nodes));
      entries.push({ event: event.event.type, status, value, taken, context });
      taken = [];
    },
  };
}

/** The next entry of this event; events that the machine did not answer at all are passed over. */
export async function nextEntry(log: ReturnType<typeof machineLog>, event: string): Promise<LogEntry> {
  for (;;) {
    const entry = await log.next();
    const answered = entry.taken.some((name) => !name.includes(' held back by '));
    if (entry.event === event || answered || entry.event === 'xstate.init') return entry;
  }
}
