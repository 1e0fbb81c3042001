/** One line on the terminal that says how far a check is. */
import type { CheckProgress } from '../../check/check-run.js';
import type { CliIo } from '../surroundings/surroundings.js';
import { type ProgressLine, progressLine } from './progress-line.js';

export interface CheckProgressLine extends Omit<ProgressLine, 'draw'> {
  show: (progress: CheckProgress) => void;
}

/** Draws only where standard error is a terminal. */
export function showProgress(io: CliIo): CheckProgressLine {
  const { draw, beside, end } = progressLine(io);
  return { show: ({ done, total, title }) => draw(`${done + 1}/${total}  ${title}`), beside, end };
}
