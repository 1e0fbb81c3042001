/** Describes what was thrown. Bots may throw anything, also values that cannot be shown. */
import { messageOf } from '../../protocol/message-of.js';
import { authorPlaceOf, authorStackOf } from './author-place.js';

/**
 * One line: the name of the error, the first line of its message, and the place that a parser gives in the second
 * line.
 */
export function describeFailure(error: unknown): string {
  try {
    if (!(error instanceof Error)) return messageOf(error);
    const [first = '', second = ''] = error.message.split('\n');
    const kind = error.name === 'Error' ? '' : `${error.name}: `;
    const what = kind + first.trim();
    return /:\d+:\d+$/.test(second) ? `${what.replace(/\.$/, '')} at ${second.trim()}` : what;
  } catch {
    return 'an error without a text';
  }
}

/** The same with the line of the author's own source, where that is known and not said yet. */
export function describeFailureAt(error: unknown): string {
  const what = describeFailure(error);
  const place = authorPlaceOf(error);
  return place === null || /:\d+:\d+$/.test(what) ? what : `${what} (${place})`;
}

/** The stack of the error and those of its causes, line by line. */
export function stackOf(error: unknown, maxCauses: number): string[] {
  try {
    if (!(error instanceof Error) || maxCauses < 0) return [];
    const cause = error.cause === undefined ? [] : ['caused by:', ...stackOf(error.cause, maxCauses - 1)];
    return [...authorStackOf(error.stack ?? '').split('\n'), ...cause];
  } catch {
    return [];
  }
}
