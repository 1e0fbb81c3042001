/** The files of a collection as they lie there, without a look into them. */
import { type Dirent, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../io/output/outlet.js';
import { OptionError } from '../protocol/errors.js';
import { readResults } from '../recording/read-recording.js';
import { ratingsName, resultsName } from '../recording/record-names.js';

export interface ScannedFile {
  readonly path: string;
  readonly bytes: number;
  /** Epoch milliseconds. */
  readonly changedAt: number;
  /** It was named, and not only its folder. */
  readonly isNamed: boolean;
  /** Results beside a file that was named: those of other matches were not asked for. */
  readonly isBeside: boolean;
}

/**
 * The files that paths name, and those directly in folders that they name.
 *
 * @throws {OptionError} for a path that leads nowhere.
 */
export function scanFiles(paths: readonly string[]): ScannedFile[] {
  const files = new Map<string, ScannedFile>();
  const add = (path: string, isNamed: boolean, isBeside = false): void => {
    const stats = statOf(path);
    const known = files.get(path);
    if (stats === null || (known !== undefined && !known.isBeside)) return;
    files.set(path, { path, bytes: stats.size, changedAt: stats.mtimeMs, isNamed, isBeside });
  };
  for (const path of paths) {
    const entries = entriesIn(path);
    if (entries === null) {
      add(path, true);
      if (!isResults(path)) add(join(dirname(path), resultsName), true, true);
    } else
      for (const { name } of entries.filter(
        (entry) => (entry.isFile() || entry.isSymbolicLink()) && !entry.name.startsWith('.'),
      ))
        add(join(path, name), false);
  }
  return [...files.values()];
}

export const isResults = (path: string): boolean => path.endsWith(resultsName);

/** Files of a folder of recordings that are of no match, by their names. */
export const isOwnOther = (path: string): boolean =>
  isResults(path) || basename(path) === ratingsName || /^session-.*\.jsonl$/.test(basename(path));

function statOf(path: string): Stats | null {
  try {
    const stats = statSync(path);
    return stats.isFile() ? stats : null;
  } catch {
    // It was removed meanwhile, or is a link that leads nowhere.
    return null;
  }
}

/** Null for a file. */
function entriesIn(path: string): Dirent[] | null {
  try {
    return statSync(path).isDirectory() ? readdirSync(path, { withFileTypes: true }) : null;
  } catch (error) {
    throw new OptionError(
      'files',
      `${path} cannot be read (${codeOf(error)}): give the path of a file or folder of hands.`,
    );
  }
}

/** For each match which results it has, as text that is the same as long as they are. */
export async function resultKeys(files: readonly ScannedFile[]): Promise<Map<string, string>> {
  const found = new Map<string, Set<string>>();
  for (const { path } of files.filter((file) => isResults(file.path))) {
    try {
      for await (const { matchId, at, participantId } of readResults(path).results())
        found.set(matchId, (found.get(matchId) ?? new Set()).add(`${at} ${participantId}`));
    } catch {
      // The collection tells which files it could not read.
    }
  }
  return new Map([...found].map(([matchId, results]) => [matchId, [...results].toSorted().join('\n')]));
}
