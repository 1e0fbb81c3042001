/** The options of `runArena`. */
import type { BotSource } from '../bot/bot.js';
import type { FormatName } from '../holdem/match-formats.js';
import type { BotModule } from '../io/hosting/bot-module.js';
import type { Isolation } from '../io/settings/isolation.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import type { ArenaResult } from './arena-result.js';

/**
 * The name of a house bot; the file of a bot, each of whose seats is isolated; or a bot's class or factory, which plays on this
 * thread, without other jobs.
 */
export type ArenaBot = string | BotModule | BotSource;

/** Options of `runArena`. Amounts are big blinds or chips, as their names say. */
export interface ArenaOptions {
  /** Two or more, in the order in which they are compared: results are always of a later one less an earlier one. */
  bots: readonly ArenaBot[];
  /**
   * `gauntlet`: the first plays each of the others. `round-robin`: each plays each other. Default: all of them sit at one table.
   */
  pool?: ArenaPool;
  /** Pairs of deals that each pairing plays: each deal once in each seating. Give this or `matches`. */
  deals?: number;
  /** Matches that each pairing plays, up to a whole pair: each once in each seating. */
  matches?: number;
  /** What a match is; of deals only its blinds and clock. Default: `season`. */
  format?: FormatName;
  /** What everybody has at the beginning of each deal, in big blinds. Default: 100. */
  stackBb?: number;
  /**
   * Deals that are one match to a bot, with its hooks, its store and what it has learned; they count whole or not at all. At most 1,000.
   * Default: 100.
   */
  dealsPerMatch?: number;
  /** The same seed gives the same result. Default: one of chance, which is in the result. */
  seed?: string;
  /** Threads that play blocks. Default: one less than the machine has cores, as far as there is memory for their bots. */
  jobs?: number;
  /** Where the bots of files run. Default: `process`, as in a session. */
  isolate?: Exclude<Isolation, 'none'>;
  /** MB of one bot. Default: as in a session. */
  workerMemoryMb?: number;
  /** Milliseconds for a decision. Default: the format's. */
  clockMs?: number;
  /** `false`: chips of all-ins count as they were won. Only of deals. Default: true, they count at what they were worth. */
  allIn?: boolean;
  /** Takes the luck of hole cards and streets off, too, by a value function. Only of deals between two bots. Default: no. */
  aivat?: boolean;
  /** Ends the run when every comparison is decided so. Default: no, all pairs are played. */
  until?: ArenaUntil;
  /**
   * A test of two differences, in big blinds per 100 hands, in place of a sequence that may be read at any time.
   * Default: none.
   */
  sprt?: { low: number; high: number };
  /** A file of the pairs that were played: made, or gone on from. Default: none. */
  resume?: string;
  /** Tells by position, ending and depth of the stacks what each bot won, with the biggest pots. Default: no. */
  details?: boolean;
  /**
   * A folder to record the hands in, as recordings of matches with their results (docs/records.md): made, or added to. Default: none.
   */
  record?: string;
  /** Workers on any number of machines play, and this one plays nothing. Default: no. */
  nats?: ArenaNats;
  /** Ends the run early; what is known then is the result. */
  signal?: AbortSignal;
  /** The surroundings of bots in threads and processes. Default: `process.env`. */
  env?: EnvironmentVariables;
  /** Called twice a second with what is known so far. */
  onProgress?: (soFar: ArenaResult) => void;
  /** Called before the first block, with how it will be played. */
  onStart?: (start: ArenaStart) => void;
  /** Called with what the bots of files write. */
  onBotOutput?: (text: string, from: 'stdout' | 'stderr') => void;
  /** Called with what goes wrong with a bot, in a sentence. @param bot its number. */
  onBotTrouble?: (bot: number, sentence: string) => void;
  /** Called with what happens to workers and their server, and what is missing among recorded hands, in a sentence. */
  onNotice?: (sentence: string) => void;
}

/** The server that leads to workers: `chipzen-agent worker --arena`. */
export interface ArenaNats {
  /** `nats://[user:password@]host[:port]`, `nats://TOKEN@...` or `tls://...`; with JetStream. */
  url: string;
  /** By which arenas and workers find each other: 1 to 64 letters, digits, `-` and `_`. Default: `arena`. */
  name?: string;
  /** A worker that plays nothing of a block for so long loses it to another one. Default: `clockMs` and 30,000 more. */
  giveBackMs?: number;
}

/** Who plays whom, where not all sit at one table. */
export type ArenaPool = 'gauntlet' | 'round-robin';

/** `decided`: better or worse, passed or failed. */
export type ArenaUntil = 'better' | 'worse' | 'decided';

/** How a run is played. */
export interface ArenaStart {
  readonly jobs: number;
  /** Threads or processes of bots in one job. */
  readonly botsPerJob: number;
  /** MB that they take together, about, if bots are small. */
  readonly memoryMb: number;
  /** Pairs that the file had already. */
  readonly playedBefore: number;
  /** Where workers take blocks from, in place of jobs; null: it is played here. */
  readonly fleet: { readonly server: string; readonly run: string } | null;
}

export const arenaOptionNames: Readonly<Record<keyof ArenaOptions, true>> = {
  bots: true,
  pool: true,
  deals: true,
  matches: true,
  format: true,
  stackBb: true,
  dealsPerMatch: true,
  seed: true,
  jobs: true,
  isolate: true,
  workerMemoryMb: true,
  clockMs: true,
  until: true,
  sprt: true,
  resume: true,
  allIn: true,
  aivat: true,
  details: true,
  record: true,
  nats: true,
  signal: true,
  env: true,
  onProgress: true,
  onStart: true,
  onBotOutput: true,
  onBotTrouble: true,
  onNotice: true,
};
