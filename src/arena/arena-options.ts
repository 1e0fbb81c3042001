/** The options of `runArena`. */
import type { BotSource } from '../bot/bot.js';
import { type FormatName } from '../holdem/match-formats.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import type { Isolation } from '../io/settings/isolation.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import type { ArenaResult } from './arena-result.js';

/**
 * The name of a house bot; the file of a bot, each of whose seats is isolated; or a bot's class or factory, which plays on this
 * thread. An instance is refused: each seat needs a bot of its own.
 */
export type ArenaBot = string | BotModule | BotSource;

export interface ArenaOptions {
  /** Two or more, in the order in which they are compared: results are told of the others less the first. */
  bots: readonly ArenaBot[];
  /**
   * Without it all bots sit at one table. `gauntlet`: the first plays each of the others. `round-robin`: each plays each other.
   */
  pool?: 'gauntlet' | 'round-robin';
  /** Pairs of deals that each pairing plays: each deal once in each seating. Give this or `matches`. */
  deals?: number;
  /** Pairs of matches that each pairing plays: each match once in each seating. */
  matches?: number;
  /** What a match is. Default: `season`. */
  format?: FormatName;
  /** What everybody has at the beginning of each deal, in big blinds. Default: 100. */
  stackBb?: number;
  /** The same seed gives the same result. Default: one of chance, which is in the result. */
  seed?: string;
  /** Threads that play blocks. Default: one less than the machine has cores. */
  jobs?: number;
  /** Where the bots of files run. Default: `process`, as in a session. */
  isolate?: Exclude<Isolation, 'none'>;
  /** MB of one bot. */
  workerMemoryMb?: number;
  /** Milliseconds for a decision. Default: the format's. */
  clockMs?: number;
  /** A file of the pairs that were played: made, or gone on from. Default: none. */
  resume?: string;
  /** Ends it early; what is known then is the result. */
  signal?: AbortSignal;
  /** The surroundings of bots in threads and processes. Default: `process.env`. */
  env?: EnvironmentVariables;
  /** Called from time to time with what is known so far. */
  onProgress?: (soFar: ArenaResult) => void;
  /** Called with what the bots of files write. */
  onBotOutput?: (text: string, from: 'stdout' | 'stderr') => void;
}
