import type { KeptFile, LoadedCode } from '../io/hosting/code/kept-files.js';
import type { BotPool } from '../io/hosting/pool/bot-pool.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import type { StoreHub } from '../store/store-hub.js';
import type { Clock } from '../time/clock.js';

/** What the process provides; tests provide their own. */
export interface World {
  clock: Clock;
  /** Epoch milliseconds that do not jump. */
  now: () => number;
  /** Epoch milliseconds of the wall clock, for times that are shown. Default: `now` where that is given. */
  wallNow: () => number;
  /** Uniform in [0, 1). */
  random: () => number;
  env: EnvironmentVariables;
  /** Called with what bots in threads or processes of their own write to their standard output and error. */
  onBotOutput: (text: string, from: 'stdout' | 'stderr') => void;
  /** The source files of a bot that was loaded on this thread, and the links to them, as they were then. */
  botFiles?: readonly KeptFile[] | undefined;
  /** What the bot keeps, if it was opened before the agent: `threads` have copies of it. */
  store?: StoreHub | undefined;
  /** The bot's threads or processes, if they were started before the agent. */
  threads?: BotPool | undefined;
  /** The true path of a file of a bot that plays from a copy. */
  truePath?: ((path: string) => string) | undefined;
  /** The bot file as it was named, and what was loaded of it on this thread: for recordings. */
  loaded?: LoadedHere | undefined;
}

/** A bot file that was loaded on this thread. */
export interface LoadedHere {
  file: string;
  code: () => LoadedCode;
}
