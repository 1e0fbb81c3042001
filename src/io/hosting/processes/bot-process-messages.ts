/** The messages between the agent and the process of a bot, in addition to those of threads. */
import type { BotStart, StoreUpdates, ToThread } from '../threads/bot-messages.js';

/** The file descriptors of a bot's process. */
export const fds = { pipe: 3, board: 4 } as const;

export type ProcessMessage =
  | ToThread
  | StoreUpdates
  /** The first message. `clockBase`: see `agentClock`. */
  | { type: 'load'; file: BotStart; hasBoard: boolean; clockBase: number };

const nsPerMs = 1e6;

/** As it is before a bot is there, whose reading of it may be watched. */
const { hrtime } = process;

/** All processes of a machine share the monotonic clock, but each maps it to epoch time on its own. */
const monotonicMs = (): number => Number(hrtime.bigint()) / nsPerMs;

/** The epoch time at which the agent's clock began, for `agentClock`. @param now epoch ms on the agent's clock. */
export const clockBaseOf = (now: () => number): number => now() - monotonicMs();

/** Epoch ms on the agent's clock, in another process. */
export const agentClock = (base: number) => (): number => base + monotonicMs();
