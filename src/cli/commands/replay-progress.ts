/** One line on the terminal that says how far a replay is. */
import { count } from '../../io/reports/describe.js';
import type { ReplayProgress } from '../../replay/replay-matches.js';
import { systemNow } from '../../time/clock.js';
import type { CliIo } from '../surroundings/surroundings.js';
import { type ProgressLine, progressLine } from './progress-line.js';

const defaults = { pauseMs: 100 } as const;

export interface ReplayProgressLine extends Omit<ProgressLine, 'draw'> {
  show: (progress: ReplayProgress) => void;
}

/** Draws only where standard error is a terminal, some times a second. @param now milliseconds. */
export function showReplayProgress(io: CliIo, now: () => number = systemNow): ReplayProgressLine {
  const { draw, beside, end } = progressLine(io);
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    show({ matches, hands, readShare }) {
      if (now() - drawnAt < defaults.pauseMs) return;
      drawnAt = now();
      const read = readShare === null ? '' : `, ${Math.round(readShare * 100)} % read`;
      draw(`${count(hands, 'hand')} played, ${count(matches, 'match')} done${read}`);
    },
    beside,
    end,
  };
}
