/** What a path leads to when it is not a regular file: reading a pipe, a device or a socket could wait for ever. */
import type { Stats } from 'node:fs';

const kinds = [
  ['isDirectory', 'a folder'],
  ['isFIFO', 'a named pipe'],
  ['isSocket', 'a socket'],
  ['isCharacterDevice', 'a device'],
  ['isBlockDevice', 'a device'],
] as const satisfies readonly (readonly [keyof Stats, string])[];

/** `a folder`, `a named pipe`; null for a regular file. */
export function oddKindOf(stats: Stats): string | null {
  if (stats.isFile()) return null;
  return kinds.find(([test]) => stats[test]())?.[1] ?? 'no regular file';
}
