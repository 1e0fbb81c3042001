/** What the agent and the process of a bot agree on, besides what threads do. */
import type { BotFile, ToThread } from '../threads/bot-messages.js';

/** What a process is given as open files. */
export const fds = { pipe: 3, board: 4 } as const;

export type ProcessMessage =
  | ToThread
  /** The first one. `clockBase`: see `agentClock`. */
  | { type: 'load'; file: BotFile; hasBoard: boolean; clockBase: number };

const nsPerMs = 1e6;

/** All processes of a machine count the same monotonic milliseconds, but each has its own idea of what time they began at. */
const monotonicMs = (): number => Number(process.hrtime.bigint()) / nsPerMs;

/** Where the agent's clock began, for `agentClock`. @param now epoch ms on it. */
export const clockBaseOf = (now: () => number): number => now() - monotonicMs();

/** Epoch ms on the agent's clock, in another process. */
export const agentClock = (base: number) => (): number => base + monotonicMs();
