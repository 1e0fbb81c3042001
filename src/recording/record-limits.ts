/** Removes the oldest recordings of a folder where there are too many. */
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../io/output/outlet.js';
import type { RecordLimits } from './folder-limits.js';
import { readResults } from './read-recording.js';
import { headerIn } from './record-heads.js';
import { resultsName } from './record-names.js';

const defaults = {
  /** A header is far shorter; one with the hashes of thousands of files is not. */
  usualHeadBytes: 16 * 1024,
  headBytes: 1024 * 1024,
  tailBytes: 256,
  /** A file that was not closed is of a live match, perhaps of another process, when it was written to since. */
  liveMs: 60 * 60 * 1000,
} as const;

export interface TidyOptions extends RecordLimits {
  /** Whether this process writes to this file. */
  isOpen: (name: string) => boolean;
  /** Epoch milliseconds of the wall clock. */
  now: number;
}

/** What became of a folder. */
export interface TidiedFolder {
  /** Paths. */
  removed: string[];
  /** Recordings beyond the limits that are kept: nothing else knows of their matches. */
  kept: number;
}

interface FoundRecording {
  path: string;
  /** Of a match that an agent played; its result may be in `results.jsonl`. Null for others. */
  resultOf: string | null;
  bytes: number;
  /** When its match began: a copy has another time of its own. */
  at: number;
  isMatch: boolean;
  isLive: boolean;
}

/**
 * Removes recordings until the limits are kept: the oldest first, never that of a live match, and never one of an agent
 * whose match has no line in `results.jsonl`: that line is what counts of a match stay known by. Files that are no recordings
 * are not touched.
 *
 * @throws the system's error.
 */
export async function tidyRecords(folder: string, options: TidyOptions): Promise<TidiedFolder> {
  const { maxBytes, maxAgeMs, maxMatches, now } = options;
  const found = await recordingsIn(folder, options);
  let bytes = found.reduce((sum, one) => sum + one.bytes, 0);
  let matches = found.filter(({ isMatch }) => isMatch).length;
  const removed: string[] = [];
  let kept = 0;
  let results: ReadonlySet<string> | null = null;
  for (const one of found.toSorted((a, b) => a.at - b.at)) {
    const isTooMany = (one.isMatch && matches > maxMatches) || bytes > maxBytes || now - one.at > maxAgeMs;
    if (one.isLive || !isTooMany) continue;
    if (one.resultOf !== null) {
      results ??= await matchesWithResult(folder);
      if (!results.has(one.resultOf)) {
        kept += 1;
        continue;
      }
    }
    await rm(one.path, { force: true });
    removed.push(one.path);
    bytes -= one.bytes;
    if (one.isMatch) matches -= 1;
  }
  return { removed, kept };
}

async function matchesWithResult(folder: string): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  try {
    for await (const { matchId } of readResults(join(folder, resultsName)).results()) ids.add(matchId);
  } catch (error) {
    // No match has ended yet.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  return ids;
}

async function recordingsIn(folder: string, { isOpen, now }: TidyOptions): Promise<FoundRecording[]> {
  const found: FoundRecording[] = [];
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.jsonl')) continue;
    const path = join(folder, name);
    // It may have been removed meanwhile.
    const one = await recordingAt(path, now).catch(() => null);
    if (one !== null) found.push({ ...one, isLive: one.isLive || isOpen(name) });
  }
  return found;
}

/** Null for a file that is no recording. */
async function recordingAt(path: string, now: number): Promise<FoundRecording | null> {
  const stats = await stat(path);
  if (!stats.isFile()) return null;
  const { size, mtimeMs } = stats;
  const file = await open(path, 'r');
  try {
    const read = async (length: number): Promise<Buffer> => {
      const head = Buffer.alloc(Math.min(size, length));
      await file.read(head, 0, head.length, 0);
      return head;
    };
    const usual = await read(defaults.usualHeadBytes);
    const isCut = usual.length < size && !usual.includes('\n');
    const header = headerIn(isCut ? await read(defaults.headBytes) : usual);
    if (header === null) return null;
    const tail = Buffer.alloc(Math.min(size, defaults.tailBytes));
    await file.read(tail, 0, tail.length, size - tail.length);
    const isEnded = /(?:^|\n)\{"type":"end",[^\n]*\n$/.test(tail.toString());
    const isLive = !isEnded && now - mtimeMs < defaults.liveMs;
    const { at, by, matchId } = header;
    const resultOf = by === 'agent' ? matchId : null;
    return { path, resultOf, bytes: size, at, isMatch: matchId !== null, isLive };
  } finally {
    await file.close();
  }
}
