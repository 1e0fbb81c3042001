import type { Isolation } from '../io/settings/isolation.js';
import { checkOptions } from '../io/settings/option-rules.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { maxTimerMs } from '../time/max-timer.js';
import { replayDefaults } from './replay-defaults.js';
import type { ReplayProgress } from './replay-matches.js';

/** Numbers of hands from the first to the last, both included. */
export type HandRange = readonly [first: number, last: number];

/** Options of `replayHands` and `replayFiles`. */
export interface ReplayHandsOptions {
  /** The bot's seat, by name or number, in hands that do not say whose they are. Not for recordings of a bot. */
  hero?: string | number | undefined;
  /** Only matches against this opponent, whatever the case of its letters. Default: all. */
  opponent?: string | undefined;
  /**
   * Hands of these numbers are compared; the bot is shown those before them, too. Default: all; hands without a number are
   * compared only then.
   */
  hands?: readonly HandRange[] | undefined;
  /**
   * How often each match is played, from 1 to 10,000. Default: 1, and a second time where something differs: nothing is
   * called changed before the bot has said the same twice.
   */
  repeat?: number | undefined;
  /** Milliseconds for a turn whose clock is not told. Default: 2,000. */
  clockMs?: number | undefined;
  /** What the bot of each match plays in. Default: as in `run`, a process for a file; anything else plays in this thread. */
  isolate?: Isolation | undefined;
  /** The most memory of one bot, in MB. Default: as in `run`. */
  workerMemoryMb?: number | undefined;
  /** Ends it early; the report has what was played. */
  signal?: AbortSignal | undefined;
  /** Called after each hand. */
  onProgress?: ((progress: ReplayProgress) => void) | undefined;
  /** The bot's environment, without the variables that name a token. Default: the process's. */
  env?: EnvironmentVariables | undefined;
  /** Called with what a bot in a process or thread of its own writes. Default: it is dropped. */
  onBotOutput?: ((text: string, from: 'stdout' | 'stderr') => void) | undefined;
}

const known: Readonly<Record<keyof ReplayHandsOptions, true>> = {
  hero: true,
  opponent: true,
  hands: true,
  repeat: true,
  clockMs: true,
  isolate: true,
  workerMemoryMb: true,
  signal: true,
  onProgress: true,
  env: true,
  onBotOutput: true,
};

/** @throws {OptionError} for an option that does not exist, or has a value that it cannot have. */
export function assertReplayOptions(options: ReplayHandsOptions, call: string): void {
  refuseUnknown(options, known, call);
  const { isolate, workerMemoryMb, repeat = 1, clockMs = 1, hands = [] } = options;
  checkOptions({ isolate, workerMemoryMb });
  if (!isWithin(repeat, replayDefaults.maxRepeat) || !Number.isInteger(repeat))
    throw new OptionError(
      'repeat',
      `The option repeat must be a whole number from 1 to ${replayDefaults.maxRepeat}.`,
    );
  if (!isWithin(clockMs, maxTimerMs))
    throw new OptionError('clockMs', `The option clockMs must be a number from 1 to ${maxTimerMs}.`);
  if (!hands.every(([first, last]) => Number.isInteger(first) && Number.isInteger(last) && first <= last))
    throw new OptionError(
      'hands',
      'The option hands must be a list of [first, last], such as [[1, 20], [57, 57]].',
    );
}

function isWithin(value: unknown, most: number): boolean {
  return typeof value === 'number' && value >= 1 && value <= most;
}
