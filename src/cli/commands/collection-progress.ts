/** One line on the terminal that says how far the reading of a collection is. */

import type { CollectionProgress } from '../../histories/collection/collected-match.js';
import { count } from '../../io/reports/describe.js';
import type { CliIo } from '../surroundings/surroundings.js';

const defaults = {
  /** Between two lines: each one costs a write. */
  everyMs: 100,
} as const;

const clear = '\r\u001b[K';

export interface CollectionLine {
  show: (progress: CollectionProgress) => void;
  end: () => void;
}

/**
 * Draws only where standard error is a terminal.
 *
 * @param now milliseconds of a clock that never jumps.
 */
export function showCollection(
  { stderr, isErrorTerminal = false }: Pick<CliIo, 'stderr' | 'isErrorTerminal'>,
  now: () => number,
): CollectionLine {
  let drawnAt = Number.NEGATIVE_INFINITY;
  let isDrawn = false;
  return {
    show(progress) {
      if (!isErrorTerminal || now() - drawnAt < defaults.everyMs) return;
      drawnAt = now();
      isDrawn = true;
      stderr.write(`${clear}${textOf(progress)}`);
    },
    end() {
      if (isDrawn) stderr.write(clear);
      isDrawn = false;
    },
  };
}

function textOf({ bytes, totalBytes, files, totalFiles, matches, hands }: CollectionProgress): string {
  const share = totalBytes === 0 ? 100 : Math.floor((100 * bytes) / totalBytes);
  return `${share} %  ${files}/${totalFiles} files, ${count(matches, 'match')}, ${count(hands, 'hand')}`;
}
