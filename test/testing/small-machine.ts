/** A machine as it should be and with one thing wrong in it, and what such machines have in common. */
import { type AnyMachineSnapshot, type AnyStateMachine, fromCallback, fromPromise, sendTo } from 'xstate';
import type { ModelCase } from '../../src/testing/model.js';

export interface SmallMachine {
  /** `isRight` is false for the machine with the fault. */
  machine: (isRight: boolean) => AnyStateMachine;
  /** Event types; or whole cases. */
  cases: readonly (string | ModelCase)[];
  facets?: (snapshot: AnyMachineSnapshot) => unknown;
  input?: unknown;
  /** Goals that no path can take. */
  except?: readonly string[];
  /** What the error about the faulty machine says. */
  says: string;
}

export const port = fromCallback(() => () => undefined);
export const job = fromPromise(() => Promise.resolve(null));

export const ended = (id: string, output?: number): ModelCase => ({
  name: `${id} done${output === undefined ? '' : ` with ${output}`}`,
  event: { type: `xstate.done.actor.${id}`, actorId: id, output },
});
export const broke = (id: string): ModelCase => ({
  name: `${id} broke`,
  event: { type: `xstate.error.actor.${id}`, actorId: id, error: new Error('broken') },
});
export const after = (waitMs: number, type: string): ModelCase => ({
  name: `${type} after ${waitMs}`,
  event: { type },
  waitMs,
});

export const log = (type: string) => sendTo('log', { type });
