/** `chipzen-agent/sandbox`: the local platform, and its table on its own. */

// The table is chipzen-agent/holdem. These are its names in version 0.1, kept here for one more (docs/holdem.md).
export type {
  Acted as ActionDetails,
  HandAction as HistoryEntry,
  MatchEnded,
  SeatStanding,
  TableFact as TableEvent,
} from '../holdem/facts.js';
export { IllegalActionError } from '../holdem/illegal-action.js';
export type { FormatName } from '../holdem/match-formats.js';
export { createTable } from '../holdem/table.js';
export type { Table, TableOptions, TableTurn } from '../holdem/table-types.js';
export { CallingStation } from '../house/calling-station.js';
export { EquityBot } from '../house/equity-bot.js';
export { houseBotDescriptions } from '../house/house-bot-names.js';
export { houseBots } from '../house/house-bots.js';
export { RandomBot } from '../house/random-bot.js';
export { TightAggressiveBot } from '../house/tight-aggressive.js';
// `SandboxClock` is its name in version 0.1, kept for one more.
export type { WorldClock, WorldClock as SandboxClock } from '../time/clock.js';
export { createVirtualClock, type VirtualClock } from '../time/virtual-clock.js';
export type { DispatchOptions, MatchSummary, PlayOptions } from './match/matches.js';
export type { NewBot } from './memory/accounts.js';
export { createSandbox, type Sandbox } from './sandbox.js';
export type { Season, SeasonFixture } from './season/fixture-list.js';
export type { DialectName } from './terms/dialect-names.js';
export type { Control, ForcedEnd } from './terms/disturbances.js';
// `BlindLevel` is its name in version 0.1, kept for one more: a level of the table may have antes that no platform has.
export type { PlatformLevel, PlatformLevel as BlindLevel } from './terms/game-options.js';
export type { NamedBot, Opponent } from './terms/players.js';
export type { ForfeitReason, SandboxEvent } from './terms/sandbox-events.js';
export type { SandboxOptions } from './terms/sandbox-options.js';
