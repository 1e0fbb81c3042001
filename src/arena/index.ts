/**
 * `chipzen-agent/arena`: bots that play each other on the same decks, in pairs, and what that says of them (docs/arena.md).
 */

export type {
  ArenaBot,
  ArenaNats,
  ArenaOptions,
  ArenaPool,
  ArenaStart,
  ArenaUntil,
} from './arena-options.js';
export type { ArenaAnswers, ArenaLoss, ArenaPairing } from './arena-record.js';
export type {
  ArenaContrast,
  ArenaEnd,
  ArenaResult,
  ArenaTimes,
  PairingResult,
  RecordedHands,
} from './arena-result.js';
export type { ArenaBotPlace, ArenaTerms } from './arena-terms.js';
export { ArenaWriteError } from './arena-write-error.js';
export { runArena } from './run-arena.js';
