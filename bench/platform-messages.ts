/** What the load and the platform's process say to each other. */
import type { SandboxOptions } from '../src/sandbox/index.js';

/** The name of a house bot, or the place of a remote bot in `bots`. */
export type Lineup = readonly (string | number)[];

export interface PlatformSetup {
  options: Pick<
    SandboxOptions,
    'speed' | 'seed' | 'startingStack' | 'smallBlind' | 'bigBlind' | 'maxHands' | 'decisionTimeoutMs'
  >;
  /** Remote bots to be added. */
  bots: number;
}

export type Command =
  | { type: 'open'; setup: PlatformSetup }
  /** With `isEndless` a match that is over is followed by another one of the same players. */
  | { type: 'play'; lineups: readonly Lineup[]; isEndless: boolean }
  /** Forgets what was measured so far. */
  | { type: 'reset' }
  | { type: 'report' };

export type Answer =
  | { type: 'opened'; url: string; bots: { botId: string; token: string; lobbyUrl: string }[] }
  /** Every match of `play` is under way. */
  | { type: 'playing' }
  /** Every match of `play` is over. */
  | { type: 'idle' }
  | { type: 'reset' }
  | { type: 'report'; report: PlatformReport };

/** In milliseconds. */
export interface Spread {
  p50: number;
  p99: number;
  max: number;
}

/** Since the last `reset`; what was missed counts from the start. */
export interface PlatformReport {
  elapsedMs: number;
  /** CPU time of the whole process. */
  cpuMs: number;
  rssMiB: number;
  hands: number;
  matchesEnded: number;
  turns: number;
  /** Turns that the platform had to play. */
  substituted: number;
  /** Connections that went away while they were needed, a missed ping among the causes. */
  dropped: number;
  faults: number;
  /** How late the platform's own timers fired. */
  timersLate: Spread;
  /** `monitorEventLoopDelay`, without the interval that it waits itself. */
  loopDelay: Spread;
}
