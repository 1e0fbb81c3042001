/** The messages between an agent and a worker over NATS: those of threads, and some that a network needs. */

import type { WireAction } from '../../../protocol/frames.js';
import type { FromThread, ToThread } from '../threads/bot-messages.js';
import type { ThreadEnd } from '../threads/bot-thread.js';

/** The version of these messages. A worker with another version says so and takes no match. */
export const wireVersion = 1;

/** Sent to the queue group. The worker's answer and all its later messages go to the reply subject. */
export interface Claim {
  version: number;
  matchId: string;
}

/** Messages to the subject of a seat. */
export type ToSeat =
  | Exclude<ToThread, { type: 'seat' }>
  /** This worker gets the match. Until then another one that answered sooner may get it. */
  | { type: 'seat' }
  | { type: 'beat' }
  /** The match no longer needs this worker. */
  | { type: 'release' };

/** Messages to the subject of the agent's side of a match. */
export type FromSeat =
  | FromThread
  /** The worker takes the match: further messages go to its seat. */
  | { type: 'claimed'; worker: string }
  | { type: 'refused'; message: string }
  | { type: 'proposal'; requestId: string; proposal: WireAction }
  | { type: 'beat' }
  /** `isDrained`: the worker was told to stop, so the bot is not to blame. */
  | { type: 'end'; end: ThreadEnd; isDrained: boolean };

/** A message of a worker with the subject of its seat: an agent may have asked two workers. */
export interface Signed {
  seat: string;
  message: FromSeat;
}

export const queueGroup = 'workers';

/** The subject where matches of bots with this name are offered. */
export const claimSubject = (name: string): string => `chipzen.${name}.claim`;

/** The subject of the worker that has this seat. */
export const seatSubject = (name: string, id: string): string => `chipzen.${name}.seat.${id}`;

/**
 * The message with all its times shifted. The clocks of two machines differ, so times are sent relative to now:
 * `shiftTimes(message, -now)` at the sender and `shiftTimes(message, now)` at the receiver.
 */
export function shiftTimes(message: ToSeat, byMs: number): ToSeat {
  if (message.type !== 'command') return message;
  const { command, askedAt } = message;
  const moved =
    command.type === 'bot.decide'
      ? { ...command, deadlineAt: command.deadlineAt + byMs, expiresAt: command.expiresAt + byMs }
      : command;
  return { ...message, command: moved, ...(askedAt !== undefined && { askedAt: askedAt + byMs }) };
}
