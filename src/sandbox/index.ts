/** `chipzen-agent/sandbox`: the local platform, and its table on its own. */
export type { Control } from './control.js';
export type { ForfeitReason, SandboxEvent } from './events.js';
export { houseBots } from './house-bots.js';
export type { ForcedEnd } from './match-run.js';
export type { DispatchOptions, MatchSummary, PlayOptions } from './matches.js';
export type { SandboxOptions } from './options.js';
export type { NamedBot, Opponent } from './players.js';
export type { NewBot } from './registry.js';
export { createSandbox, type Sandbox } from './server.js';
export {
  type ActionDetails,
  createTable,
  type HistoryEntry,
  IllegalActionError,
  type SeatStanding,
  type Table,
  type TableEvent,
  type TableOptions,
  type TableTurn,
} from './table.js';
export type { BlindLevel, MatchEnded } from './table-types.js';
export type { SandboxClock } from './timers.js';
