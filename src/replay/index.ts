/**
 * `chipzen-agent/replay`: hands that were played, played again to a bot as it is now (docs/replaying.md).
 */

export { replayFiles } from './replay-files.js';
export { replayHands } from './replay-hands.js';
export type { PlayedAnswer, SeatAnswer } from './replay-match.js';
export type { ReplayProgress } from './replay-matches.js';
export type { HandRange, ReplayHandsOptions } from './replay-options.js';
export type {
  RepeatedAnswer,
  ReplayAgreement,
  ReplayCounts,
  ReplayedDecision,
  ReplayedHand,
  ReplayFault,
  ReplayReport,
  ReplayVerdict,
} from './replay-report.js';
export type { UnplayableCode, UnplayedHand } from './unplayable.js';
