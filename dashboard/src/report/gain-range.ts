import type { GainPoints } from '../../../src/report/gain-line.js';

/**
 * What the axis of a plot reaches: all sums, and the intervals at the end. Those of the first matches are far wider than all
 * that follows, and are cut off; no interval takes more than three times the room of the sums.
 */
export function gainRange(lines: readonly GainPoints[]): [number, number] {
  let [from, to] = [0, 0];
  for (const { sum } of lines)
    for (const value of sum) [from, to] = [Math.min(from, value), Math.max(to, value)];
  const room = Math.max(1, to - from);
  const [least, most] = [from - room, to + room];
  for (const { low, high } of lines) {
    from = Math.min(from, Math.max(least, low.at(-1) ?? from));
    to = Math.max(to, Math.min(most, high.at(-1) ?? to));
  }
  const margin = 0.04 * Math.max(1, to - from);
  return [from - margin, to + margin];
}
