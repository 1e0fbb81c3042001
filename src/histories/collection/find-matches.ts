/** Finds which matches files and folders hold, by their headers and results alone. */
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { oddKindOf } from '../../files/file-kind.js';
import { draftMark } from '../../files/write-whole.js';
import { codeOf } from '../../io/output/outlet.js';
import { ConfigError, OptionError } from '../../protocol/errors.js';
import { newerSchema, readResults } from '../../recording/read-recording.js';
import { firstHeader, wrongEncoding } from '../../recording/record-heads.js';
import { ratingsName, resultsName } from '../../recording/record-names.js';
import type { RecordedResult, RecordingHeader } from '../../recording/recording-shape.js';

/** A file that was not read, and why. */
export interface UnreadFile {
  readonly file: string;
  /** A sentence. */
  readonly why: string;
}

/**
 * A sentence on a file that cannot be read.
 *
 * @throws the error, if it is not about the file.
 */
export function whyUnread(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && 'syscall' in error) return `It cannot be read (${codeOf(error)}).`;
  throw error;
}

export interface FoundFile {
  readonly path: string;
  readonly bytes: number;
  /** When it was last written to, in epoch milliseconds. */
  readonly changedAt: number;
}

/** The recordings of one bot, or of a local platform, in the order in which they were begun. */
export interface FoundView {
  readonly by: 'agent' | 'platform';
  readonly participantId: string | null;
  readonly files: readonly FoundFile[];
}

export interface FoundMatch {
  readonly matchId: string;
  /** Epoch milliseconds of the first record; null: unknown. */
  readonly startedAt: number | null;
  /** Bots of ours first, in the order in which their recordings began, then the platform. */
  readonly views: readonly FoundView[];
  /** The oldest first, each once. */
  readonly results: readonly RecordedResult[];
  readonly files: readonly FoundFile[];
}

/** What files and folders hold. */
export interface Findings {
  /** In the order in which they began. */
  readonly matches: readonly FoundMatch[];
  /** Files that are no recordings, in the order in which they were named. */
  readonly handFiles: readonly FoundFile[];
  /** Recordings of what belongs to no match, with ratings; and results. */
  readonly otherFiles: readonly { readonly path: string; readonly kind: 'session' | 'results' }[];
}

interface Recorded {
  readonly file: FoundFile;
  readonly header: RecordingHeader & { readonly matchId: string };
}

/**
 * Looks at the first line of each file, and reads the results.
 *
 * @throws {OptionError} for a path that leads nowhere.
 */
export async function findMatches(
  paths: readonly string[],
  { signal, unread }: { signal: AbortSignal | undefined; unread: UnreadFile[] },
): Promise<Findings> {
  const files = paths.flatMap(filesAt);
  const recordings = new Map<string, Recorded[]>();
  const resultFiles = new Set<string>();
  const handFiles: FoundFile[] = [];
  const sessions: string[] = [];
  const seen = new Set<string>();
  /** Of files that were named, not of their folders: other matches of the folder were not asked for. */
  const beside = new Set<string>();
  for (const { path, isNamed } of files) {
    signal?.throwIfAborted();
    const file = foundFile(path);
    const real = file === null ? path : realpathSync(path);
    if (file === null || seen.has(real)) continue;
    seen.add(real);
    if (isResults(path)) {
      resultFiles.add(path);
      continue;
    }
    if (basename(path) === ratingsName) {
      sessions.push(path);
      continue;
    }
    const header = firstHeader(path);
    if (header === null) {
      const inUtf16 = wrongEncoding(path);
      if (inUtf16 === null) handFiles.push(file);
      else unread.push({ file: path, why: inUtf16 });
      continue;
    }
    if (header.matchId === null) {
      sessions.push(path);
      continue;
    }
    const why = newerSchema(path, header);
    if (why !== null) {
      unread.push({ file: path, why });
      continue;
    }
    const { matchId } = header;
    recordings.set(matchId, [...(recordings.get(matchId) ?? []), { file, header: { ...header, matchId } }]);
    if (isNamed) beside.add(join(dirname(path), resultsName));
  }
  const results = new Map<string, RecordedResult[]>();
  const takeResults = async (path: string, isAsked: (matchId: string) => boolean): Promise<void> => {
    const inUtf16 = wrongEncoding(path);
    if (inUtf16 !== null) {
      unread.push({ file: path, why: inUtf16 });
      return;
    }
    try {
      for await (const result of readResults(path).results()) {
        if (!isAsked(result.matchId)) continue;
        const known = results.get(result.matchId) ?? [];
        const isThere = known.some(
          (one) => one.at === result.at && one.participantId === result.participantId,
        );
        if (!isThere) results.set(result.matchId, [...known, result]);
      }
    } catch (error) {
      unread.push({ file: path, why: whyUnread(error) });
    }
  };
  for (const path of resultFiles) await takeResults(path, () => true);
  for (const path of beside) {
    if (resultFiles.has(path) || foundFile(path) === null) continue;
    await takeResults(path, (matchId) => recordings.has(matchId));
  }
  const matchIds = new Set([...recordings.keys(), ...results.keys()]);
  const matches = [...matchIds]
    .map((matchId) => foundMatch(matchId, recordings.get(matchId) ?? [], results.get(matchId) ?? []))
    .toSorted((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0) || (a.matchId < b.matchId ? -1 : 1));
  const otherFiles = [
    ...sessions.map((path) => ({ path, kind: 'session' as const })),
    ...[...resultFiles].map((path) => ({ path, kind: 'results' as const })),
  ];
  return { matches, handFiles, otherFiles };
}

function foundMatch(
  matchId: string,
  recordings: readonly Recorded[],
  results: readonly RecordedResult[],
): FoundMatch {
  const views = new Map<string, Recorded[]>();
  for (const one of recordings.toSorted((a, b) => a.header.at - b.header.at)) {
    const { by, participantId } = one.header;
    const key = `${by} ${participantId ?? ''}`;
    views.set(key, [...(views.get(key) ?? []), one]);
  }
  const found = [...views.values()].flatMap((files): FoundView[] => {
    const [first] = files;
    if (first === undefined) return [];
    const { by, participantId } = first.header;
    return [{ by, participantId, files: files.map(({ file }) => file) }];
  });
  const times = [...recordings.map(({ header }) => header.at), ...results.map(({ startedAt }) => startedAt)];
  return {
    matchId,
    startedAt: times.length === 0 ? null : Math.min(...times),
    views: [...found.filter(({ by }) => by === 'agent'), ...found.filter(({ by }) => by !== 'agent')],
    results: results.toSorted((a, b) => a.at - b.at),
    files: found.flatMap(({ files }) => files),
  };
}

const isResults = (path: string): boolean => path.endsWith(resultsName);

/** Hidden files, and drafts that a killed process has left behind. */
const isPassedOver = (name: string): boolean => name.startsWith('.') || name.includes(draftMark);

/** Null for what is no file, or was removed meanwhile. */
function foundFile(path: string): FoundFile | null {
  try {
    const stats = statSync(path);
    return stats.isFile() ? { path, bytes: stats.size, changedAt: stats.mtimeMs } : null;
  } catch {
    return null;
  }
}

/** @throws {OptionError} */
function filesAt(path: string): { path: string; isNamed: boolean }[] {
  let entries: Dirent[];
  try {
    const stats = statSync(path);
    if (!stats.isDirectory()) {
      const kind = oddKindOf(stats);
      if (kind !== null) throw new OptionError('files', `${path} is ${kind}, not a file of hands.`);
      return [{ path, isNamed: true }];
    }
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error instanceof OptionError) throw error;
    throw new OptionError(
      'files',
      `${path} cannot be read (${codeOf(error)}): give the path of a file or folder of hands.`,
    );
  }
  return (
    entries
      // Where a link leads to is looked at with the file.
      .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && !isPassedOver(entry.name))
      .map(({ name }) => ({ path: join(path, name), isNamed: false }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1))
  );
}
