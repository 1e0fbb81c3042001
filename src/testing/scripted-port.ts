import { type AnyEventObject, type CallbackActorLogic, fromCallback, type NonReducibleUnknown } from 'xstate';
import { refuseUnknown } from '../protocol/known-names.js';

/** A port that records its commands and tells what the test says. All actors that are started from its logic share it. */
export interface ScriptedPort<Command extends AnyEventObject, Event extends AnyEventObject, Input> {
  readonly logic: CallbackActorLogic<Command, Input>;
  /** Every command so far, of all actors started from this logic. */
  readonly commands: Command[];
  /** The commands since the last call of `take`. */
  take(): Command[];
  /** Tells this event from the newest actor of this logic, or from the one that was started with this `matchId`. */
  tell(event: Event, matchId?: string): void;
  /** Makes the port itself fail at its next command, as a defect in it would. */
  fail(error: Error): void;
  /** Makes the newest actor of this logic fail now. */
  crash(error: Error): void;
  /** Actors of this logic that are running. */
  running(): number;
}

const crashed = 'scripted.crash';

/** Options of `scriptedPort`. */
export interface ScriptedPortOptions<Event extends AnyEventObject> {
  /** Each actor tells this as soon as it is started, for instance `{ type: 'bot.ready' }`. Default: nothing. */
  atStart?: Event;
}

/**
 * A port that a test plays by hand, to put behind a machine: `machine.provide({ actors: { bot: port.logic } })`.
 *
 * @throws {Error} from `tell` and `crash` when no actor of this logic was started.
 */
export function scriptedPort<
  Command extends AnyEventObject,
  Event extends AnyEventObject,
  Input = NonReducibleUnknown,
>(options: ScriptedPortOptions<Event> = {}): ScriptedPort<Command, Event, Input> {
  refuseUnknown(options, { atStart: true }, 'scriptedPort');
  const { atStart } = options;
  const commands: Command[] = [];
  let taken = 0;
  let running = 0;
  const machines = new Map<string | undefined, (event: AnyEventObject) => void>();
  let failure: Error | undefined;
  let failNewest: (() => void) | undefined;
  const logic = fromCallback<Command, Input>(({ input, receive, sendBack, self }) => {
    running += 1;
    failNewest = () => self.send({ type: crashed } as never);
    machines.set(undefined, sendBack);
    machines.set((input as { matchId?: string } | undefined)?.matchId, sendBack);
    receive((command) => {
      if (command.type !== crashed) commands.push(command);
      if (failure !== undefined) throw failure;
    });
    if (atStart !== undefined) sendBack(atStart);
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
    crash(error) {
      if (failNewest === undefined) throw new Error('The port was not started.');
      failure = error;
      failNewest();
    },
    running: () => running,
  };
}
