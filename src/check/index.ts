/**
 * `chipzen-agent/check`: whether a bot would lose chips to what it meets on the platform (docs/checking.md).
 */

export { checkBot } from './check-bot.js';
export type { CheckOptions } from './check-options.js';
export type {
  BotFinding,
  CheckedTurn,
  CheckFigures,
  CheckGroup,
  CheckPart,
  CheckReport,
  FindingCode,
  FindingWeight,
} from './check-report.js';
export type { CheckProgress } from './check-run.js';
