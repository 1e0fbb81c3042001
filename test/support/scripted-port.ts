import { type AnyEventObject, type CallbackActorLogic, fromCallback, type NonReducibleUnknown } from 'xstate';

/** A port that records what it is commanded and tells what the test says. */
export interface ScriptedPort<Command extends AnyEventObject, Event extends AnyEventObject, Input> {
  readonly logic: CallbackActorLogic<Command, Input>;
  /** Every command so far, of all actors started from this logic. */
  readonly commands: Command[];
  /** The commands since the last call of `take`. */
  take(): Command[];
  /** From the newest actor of this logic, or from the one that was started with this `matchId`. */
  tell(event: Event, matchId?: string): void;
  /** Makes the port itself fail, as a defect in it would. */
  fail(error: Error): void;
  /** Actors of this logic that are running. */
  running(): number;
}

export function scriptedPort<
  Command extends AnyEventObject,
  Event extends AnyEventObject,
  Input = NonReducibleUnknown,
>(): ScriptedPort<Command, Event, Input> {
  const commands: Command[] = [];
  let taken = 0;
  let running = 0;
  const machines = new Map<string | undefined, (event: AnyEventObject) => void>();
  let failure: Error | undefined;
  const logic = fromCallback<Command, Input>(({ input, receive, sendBack }) => {
    running += 1;
    machines.set(undefined, sendBack);
    machines.set((input as { matchId?: string } | undefined)?.matchId, sendBack);
    receive((command) => {
      commands.push(command);
      if (failure !== undefined) throw failure;
    });
    return () => {
      running -= 1;
    };
  });
  return {
    logic,
    commands,
    take() {
      const fresh = commands.slice(taken);
      taken = commands.length;
      return fresh;
    },
    tell(event, matchId) {
      const sendToMachine = machines.get(matchId);
      if (sendToMachine === undefined) throw new Error('The port was not started.');
      sendToMachine(event);
    },
    fail(error) {
      failure = error;
    },
    running: () => running,
  };
}
