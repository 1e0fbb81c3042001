/** What the parts of the queue chart are made with: its types, its ports, and what it can tell them. */
import { type CallbackActorLogic, fromCallback, setup } from 'xstate';
import type { AgentEvent } from '../protocol/events.js';
import { missingPorts } from './ports.js';
import type {
  BookCommand,
  DeskCommand,
  DoorCommand,
  QueueContext,
  QueueInput,
  QueueKeeperEvent,
} from './queue.context.js';

/** The actor behind `desk`: the platform's requests for the queue and for challenges, each with one answer. */
export type DeskLogic = CallbackActorLogic<DeskCommand, undefined>;
/** The actor behind `dayBook`: what is used of the day. */
export type DayBookLogic = CallbackActorLogic<BookCommand, undefined>;
/** The actor behind `door`: the way to the lobby. */
export type DoorLogic = CallbackActorLogic<DoorCommand, undefined>;

const notProvided = (port: string) => (): never => {
  throw new Error(`\`${port}\` actor must be provided: queueMachine.provide({ actors: { ${port}: ... } }).`);
};

/** What guards look at, and actions that make a command or a report. */
export interface QueueMoment {
  context: QueueContext;
  event: QueueKeeperEvent;
}

export const queueBase = setup({
  types: {
    context: {} as QueueContext,
    events: {} as QueueKeeperEvent,
    input: {} as QueueInput,
  },
  actors: {
    desk: fromCallback<DeskCommand, undefined>(notProvided('desk')) as DeskLogic,
    dayBook: fromCallback<BookCommand, undefined>(notProvided('dayBook')) as DayBookLogic,
    door: fromCallback<DoorCommand, undefined>(notProvided('door')) as DoorLogic,
    reporter: missingPorts.reporter,
  },
});

/** Actions that tell a port something. The ids are those that the chart invokes the ports by. */
export const queuePorts = {
  ask: (command: DeskCommand | ((moment: QueueMoment) => DeskCommand)) => queueBase.sendTo('desk', command),
  book: (command: (moment: QueueMoment) => BookCommand) => queueBase.sendTo('dayBook', command),
  report: (event: (moment: QueueMoment) => AgentEvent) => queueBase.sendTo('reporter', event),
};
