/**
 * The messages between the agent's thread and a bot's thread: those of the `bot` port, and some for the thread
 * itself.
 */

import type { StoreChange } from '../../../bot/store-map.js';
import type { BotCommand, BotEvent, ObservedFrame } from '../../../machines/ports.js';
import type { StoreUpdate } from '../../../store/store-replica.js';
import type { KeptFile } from '../code/kept-files.js';

/** Which bot is loaded. It contains no secret: the bot can read it. */
export interface BotFile {
  /** Absolute path. */
  path: string;
  exportName: string | null;
}

/** Which bot is loaded, and the code of it that earlier threads or processes have loaded. */
export interface BotStart extends BotFile {
  code: readonly KeptFile[];
  /** Its random numbers come from seeds that it is sent, and whether it reads a clock is told: `{ type: 'chance' }`. */
  isSeeded?: boolean;
  /** What its copy of the store begins with. */
  store: [string, string][];
}

/** The `workerData` of a bot's thread. */
export interface ThreadData extends BotStart {
  /** The memory from which its proposals are read. */
  board: SharedArrayBuffer;
}

/** What a bot that takes over during a match gets of its past. */
export interface Recollection {
  /** The facts about the table, for the host only. */
  known: readonly ObservedFrame[];
  /** The last snapshot of the bot before it, if there is one. */
  snapshot: { state: unknown } | null;
  /** The events for its hooks. */
  events: readonly BotCommand[];
}

/** What a thread or process has taken so far. */
export interface ThreadUse {
  /** Heap and buffers now. */
  memoryBytes: number;
  /** Of the whole process since it began, in ms. */
  cpuMs: number;
}

export type ToThread =
  /** The bot is to play this match. */
  | { type: 'seat'; matchId: string }
  /** The match before is over. A new bot of the same code is to play this one; nothing of the other's store is left. */
  | { type: 'reseat'; matchId: string }
  /** Of a seeded bot: what `Math.random` goes on with, and that a clock which is read from now on is told. */
  | { type: 'chance'; seed: string }
  | { type: 'revive'; recollection: Recollection }
  /**
   * `askedAt`: when a turn was asked, in epoch ms; left out: when it arrives. `event`: the number of this event in the match.
   */
  | { type: 'command'; command: BotCommand; askedAt?: number; event: number }
  /** A thread that is not blocked answers it at once. `measures`: with its use of the machine. */
  | { type: 'probe'; id: number; measures?: boolean }
  /** Several in one, as sending takes longer than what is sent. */
  | { type: 'batch'; messages: ToThread[] };

/** For the copy of the store, to a thread or process on this machine. */
export interface StoreUpdates {
  type: 'store';
  updates: StoreUpdate[];
}

/** A change of the store, which a thread or process posts apart from everything else. */
export interface StoreMessage {
  type: 'store';
  change: StoreChange;
}

/** What a thread or process posts, apart from the code that it loads and the store. */
export type FromThread =
  /** The bot is still being loaded or made, but does not use a core meanwhile. */
  | { type: 'waiting' }
  /**
   * The bot was made. Of `isRawOnly` it has `decideRaw` and no `decide`. Of `isInstance` the file exports the bot itself, so
   * that there is no other one for a `reseat`. `name` is that of its class, where that has one.
   */
  | { type: 'ready'; isRawOnly?: boolean; isInstance?: boolean; name?: string }
  /** The bot could not be made; with the error. */
  | { type: 'unfit'; message: string; cause: unknown }
  | { type: 'fact'; fact: BotEvent }
  /** A snapshot of the bot after this event. */
  | { type: 'snapshot'; event: number; state: unknown }
  | { type: 'revived' }
  /** A seeded bot has read a clock. */
  | { type: 'clock' }
  | { type: 'alive'; id: number; use?: ThreadUse };
