/** What matches and moments are called. */
import type { PackedMatch } from '../../../src/playback/packed-match.js';

/** `against Bob, 1f0c3a2b`. */
export function matchName({ id, seat, opponents, names }: PackedMatch): string {
  const who = opponents.length > 0 ? opponents.join(', ') : names.join(' – ');
  const which = id === null ? '' : `, ${id.slice(0, 8)}`;
  return `${seat === null ? '' : 'against '}${who}${which}`;
}

/** `2026-11-28 14:07`, UTC. */
export const momentOf = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
