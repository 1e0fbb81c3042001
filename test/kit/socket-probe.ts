import { type AnyActorLogic, createActor, createMachine, type EventObject } from 'xstate';
import { createMailbox, type Mailbox } from './mailbox.js';

/** A socket port under a parent that only collects what it tells. */
export interface SocketProbe<Command> {
  send: (command: Command) => void;
  facts: Mailbox<EventObject>;
  /** Stops the port, as its machine would. */
  stop: () => void;
}

export function probeSocket<Command extends EventObject>(
  logic: AnyActorLogic,
  input?: unknown,
): SocketProbe<Command> {
  const facts = createMailbox<EventObject>();
  const machine = createMachine({
    invoke: { id: 'socket', src: logic, input },
    on: { '*': { actions: ({ event }) => facts.push(event) } },
  });
  const actor = createActor(machine).start();
  return {
    send: (command) => actor.getSnapshot().children.socket?.send(command),
    facts,
    stop: () => {
      actor.stop();
    },
  };
}
