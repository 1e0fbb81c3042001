/** What a campaign and the process with its agents say to each other. */
import type { Loss } from '../../src/protocol/events.js';
import type { MatchResult } from '../../src/protocol/results.js';

export type Order =
  /** Starts the agent of a bot; again when it has ended. */
  | { type: 'start'; botId: string; lobbyUrl: string; token: string }
  /** From now on the bot puts in all it has, so that its matches end soon; or plays on quietly. */
  | { type: 'finish'; botId: string; on: boolean };

export type Told =
  | { type: 'ready' }
  /** A connection of a match was lost, or not to be had; `at` is epoch milliseconds. */
  | { type: 'loss'; botId: string; matchId: string; at: number; loss: Loss }
  | { type: 'result'; botId: string; result: MatchResult }
  /** This process could not run for so long, until `at` (epoch milliseconds). */
  | { type: 'stall'; at: number; ms: number }
  /** The session is over. */
  | { type: 'ended'; botId: string; why: string };
