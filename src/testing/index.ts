/**
 * `chipzen-agent/testing`: for a bot, turns that never change and matches without a server; for the statecharts, models,
 * paths through them, and what to play the paths with.
 */

export { createVirtualClock, type VirtualClock, VirtualTimeError } from '../time/virtual-clock.js';
export type { ChartGoals } from './chart.js';
export {
  type ChartCoverage,
  CoverageError,
  type CoverageLimits,
  chartCoverage,
  type Missing,
} from './coverage.js';
export { lobbyCases, lobbyFacts } from './lobby-cases.js';
export { type LobbyModelOptions, lobbyModel } from './lobby-model.js';
export { matchCases, matchFacts } from './match-cases.js';
export { type MatchModelOptions, matchModel } from './match-model.js';
export {
  type ChildEvent,
  type DoneAction,
  defineModel,
  type Model,
  type ModelCase,
  type ModelOptions,
  type ModelState,
  type ModelTimer,
  type ModelWorld,
  modelRandom,
  type Sent,
} from './model.js';
export { ModelError, type ModelErrorCode } from './model-error.js';
export { casePaths, edgePaths, type ModelPath, type PathStep } from './paths.js';
export {
  type BotMistake,
  type PlayedHands,
  type PlayHandsOptions,
  type PlayingBot,
  playHands,
} from './play-hands.js';
// `PlayOptions` is its name in version 0.1, kept for one more.
export {
  PathError,
  type PlayPathOptions,
  type PlayPathOptions as PlayOptions,
  playPath,
} from './play-path.js';
export { queueCases } from './queue-cases.js';
export { queueModel } from './queue-model.js';
export { type ScriptedPort, type ScriptedPortOptions, scriptedPort } from './scripted-port.js';
export { caseFixture, seasonCases } from './season-cases.js';
export { seasonModel } from './season-model.js';
export type { PathOptions } from './traversal.js';
export { type BotTurn, type TurnSetup, turnOf } from './turn-of.js';
