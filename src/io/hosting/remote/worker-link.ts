/** The agent's link to a worker's seat: sends and receives messages, and notices when the worker is gone. */
import type { OwnTimers } from '../../../time/own-timers.js';
import type { Bus } from './bus.js';
import { type FromSeat, shiftTimes, type ToSeat } from './remote-messages.js';
import { createAssembler, encodeParts, isSigned } from './remote-wire.js';

const defaults = {
  beatMs: 1_000,
  /** After so many beats in a row without a message from the worker it is given up. */
  maxMissedBeats: 3,
} as const;

export interface WorkerLinkOptions {
  bus: Bus;
  /** The subject of the worker's seat. */
  subject: string;
  /** The name of the worker. */
  worker?: string;
  /** The subject of the agent's side. */
  reply: string;
  now: () => number;
  /** Left out for a seat that is not used. */
  watch?: {
    timers: OwnTimers;
    onMessage: (message: FromSeat) => void;
    /** Called with what the worker did, as the end of a sentence. */
    onLost: (why: string) => void;
  };
}

export interface WorkerLink {
  readonly subject: string;
  readonly worker: string | undefined;
  /** @throws {MessageTooLargeError | TypeError} for a message that cannot be sent. */
  send(message: ToSeat): void;
  receive(data: Uint8Array, isUndelivered: boolean): void;
}

export function createWorkerLink({ bus, subject, worker, reply, now, watch }: WorkerLinkOptions): WorkerLink {
  const assemble = createAssembler(isSigned);
  let missed = 0;

  const send = (message: ToSeat): void => {
    for (const part of encodeParts(shiftTimes(message, -now()), bus.maxPayload)) {
      bus.publish(subject, part, reply);
    }
  };

  const beat = (): void => {
    if (missed >= defaults.maxMissedBeats) {
      return watch?.onLost(`has not answered for ${(missed * defaults.beatMs) / 1_000} s`);
    }
    missed += 1;
    send({ type: 'beat' });
    watch?.timers.later(defaults.beatMs, beat);
  };
  watch?.timers.later(defaults.beatMs, beat);

  return {
    subject,
    worker,
    send,
    receive(data, isUndelivered) {
      if (isUndelivered) return watch?.onLost('is gone');
      missed = 0;
      const signed = assemble(data);
      if (signed?.seat === subject) watch?.onMessage(signed.message);
    },
  };
}
