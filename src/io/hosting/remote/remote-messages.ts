/** What an agent and a worker say to each other over NATS: what threads say, and what a network needs besides. */

import type { WireAction } from '../../../protocol/frames.js';
import type { FromThread, ToThread } from '../threads/bot-messages.js';
import type { ThreadEnd } from '../threads/bot-thread.js';

/** Of this language. A worker that speaks another one says so and takes no match. */
export const wireVersion = 1;

/** Asked of the queue group; what the worker says goes to the reply subject, where all it says later goes too. */
export interface Claim {
  version: number;
  matchId: string;
}

/** To the subject of a seat, and to no one else. */
export type ToSeat =
  | Exclude<ToThread, { type: 'seat' }>
  /** The match is this worker's. Until then it may be another's that answered sooner. */
  | { type: 'seat' }
  | { type: 'beat' }
  /** The match needs this worker no more. */
  | { type: 'release' };

/** To the subject of the agent's side of a match. */
export type FromSeat =
  | FromThread
  /** Takes the match: from now on it is spoken to at its seat. */
  | { type: 'claimed'; worker: string }
  | { type: 'refused'; message: string }
  | { type: 'proposal'; requestId: string; proposal: WireAction }
  | { type: 'beat' }
  /** `isDrained`: the worker goes on purpose, and nobody is to blame. */
  | { type: 'end'; end: ThreadEnd; isDrained: boolean };

/** A message of a worker with the subject of the seat it is from: an agent may have asked two. */
export interface Signed {
  seat: string;
  message: FromSeat;
}

export const queueGroup = 'workers';

/** Where matches of bots of this name are offered. */
export const claimSubject = (name: string): string => `chipzen.${name}.claim`;

/** Where the worker that has this seat is spoken to. */
export const seatSubject = (name: string, id: string): string => `chipzen.${name}.seat.${id}`;

/**
 * The message with all its times moved. Clocks of two machines do not agree: times travel as the milliseconds from
 * now, `shiftTimes(message, -now)` there and `shiftTimes(message, now)` here.
 */
export function shiftTimes(message: ToSeat, byMs: number): ToSeat {
  if (message.type !== 'command') return message;
  const { command } = message;
  const moved =
    command.type === 'bot.decide'
      ? { ...command, deadlineAt: command.deadlineAt + byMs, expiresAt: command.expiresAt + byMs }
      : command;
  return { ...message, command: moved, askedAt: message.askedAt + byMs };
}
