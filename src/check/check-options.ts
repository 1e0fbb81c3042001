import type { Isolation } from '../io/settings/isolation.js';
import { checkOptions } from '../io/settings/option-rules.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { OptionError } from '../protocol/errors.js';
import { refuseUnknown } from '../protocol/known-names.js';
import { maxTimerMs } from '../time/max-timer.js';
import type { CheckProgress } from './check-run.js';

/** Options of `checkBot`. */
export interface CheckOptions {
  /** What the bot of each match plays in. Default: as in `run`, a process for a file; anything else plays in this thread. */
  isolate?: Isolation | undefined;
  /** The most memory of one bot, in MB. Default: as in `run`. */
  workerMemoryMb?: number | undefined;
  /** The most time for the whole check, in ms. Default: 120,000. */
  timeLimitMs?: number | undefined;
  /** The most hands of self-play, from 1 on. Default: 100. */
  hands?: number | undefined;
  /** Called when a part begins. */
  onProgress?: ((progress: CheckProgress) => void) | undefined;
  /** The bot's environment, without the variables that name a token. Default: the process's. */
  env?: EnvironmentVariables | undefined;
  /** Called with what a bot in a process or thread of its own writes. Default: it is dropped. */
  onBotOutput?: ((text: string, from: 'stdout' | 'stderr') => void) | undefined;
}

const known: Readonly<Record<keyof CheckOptions, true>> = {
  isolate: true,
  workerMemoryMb: true,
  timeLimitMs: true,
  hands: true,
  onProgress: true,
  env: true,
  onBotOutput: true,
};

export const checkDefaults = { timeLimitMs: 120_000, hands: 100, maxHands: 10_000 } as const;

/** @throws {OptionError} for an option that does not exist, or has a value that it cannot have. */
export function assertCheckOptions(options: CheckOptions): void {
  refuseUnknown(options, known, 'checkBot');
  const { isolate, workerMemoryMb, timeLimitMs = 1, hands = 1 } = options;
  checkOptions({ isolate, workerMemoryMb });
  requireWithin('timeLimitMs', timeLimitMs, maxTimerMs);
  requireWithin('hands', hands, checkDefaults.maxHands);
}

function requireWithin(option: string, value: unknown, most: number): void {
  if (typeof value === 'number' && value >= 1 && value <= most) return;
  throw new OptionError(option, `The option ${option} must be a number from 1 to ${most}.`);
}
