/** What the agent's thread and a bot's thread say to each other: the `bot` port's own words, and what keeps them apart. */
import type { BotCommand, BotEvent, ObservedFrame } from '../../../machines/ports.js';

/** Which bot is loaded. Nothing in it is secret: the bot can read it. */
export interface BotFile {
  /** Absolute path. */
  path: string;
  exportName: string | null;
}

/** What a bot's thread is started with. */
export interface ThreadData extends BotFile {
  /** Where its proposals are read from. */
  board: SharedArrayBuffer;
}

/** What a bot that takes over in the middle of a match is shown of it. */
export interface Recollection {
  /** For the host only: what is true of the table. */
  known: readonly ObservedFrame[];
  /** What the bot before it kept, if it did. */
  snapshot: { state: unknown } | null;
  /** For its hooks. */
  events: readonly BotCommand[];
}

export type ToThread =
  /** Plays this match. */
  | { type: 'seat'; matchId: string }
  | { type: 'revive'; recollection: Recollection }
  /** `askedAt`: when a turn was asked, in epoch ms. `event`: its place among what the bot was shown. */
  | { type: 'command'; command: BotCommand; askedAt: number; event: number }
  /** Answered at once by a thread that is not blocked. */
  | { type: 'probe'; id: number };

export type FromThread =
  /** Its bot is still being loaded and made, and does not keep a core busy meanwhile. */
  | { type: 'waiting' }
  /** The bot was made. */
  | { type: 'ready' }
  /** It could not be made; the error is what it says. */
  | { type: 'unfit'; message: string; cause: unknown }
  | { type: 'fact'; fact: BotEvent }
  /** What the bot keeps, after so many events. */
  | { type: 'snapshot'; event: number; state: unknown }
  | { type: 'revived' }
  | { type: 'alive'; id: number };
