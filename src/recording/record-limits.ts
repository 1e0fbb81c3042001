/** Removes the oldest recordings of a folder where there are too many. */
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { headerIn } from './record-heads.js';

const defaults = {
  headBytes: 1024 * 1024,
  tailBytes: 256,
  /** A file that was not closed is of a live match, perhaps of another process, when it was written to since. */
  liveMs: 60 * 60 * 1000,
} as const;

/** What a folder may hold. Each limit is over all files in it, whoever wrote them. */
export interface RecordLimits {
  maxBytes: number;
  /** Since the match began. */
  maxAgeMs: number;
  maxMatches: number;
}

export const recordDefaults = { sizeMb: 4_096 } as const;

const bytesPerMb = 1024 * 1024;
const dayMs = 24 * 60 * 60 * 1000;

/** The limits as users give them. */
export interface GivenLimits {
  sizeMb?: number | undefined;
  days?: number | undefined;
  keep?: number | undefined;
}

export function recordLimitsOf({ sizeMb, days, keep }: GivenLimits): RecordLimits {
  return {
    maxBytes: (sizeMb ?? recordDefaults.sizeMb) * bytesPerMb,
    maxAgeMs: (days ?? Number.POSITIVE_INFINITY) * dayMs,
    maxMatches: keep ?? Number.POSITIVE_INFINITY,
  };
}

export interface TidyOptions extends RecordLimits {
  /** Whether this process writes to this file. */
  isOpen: (name: string) => boolean;
  /** Epoch milliseconds of the wall clock. */
  now: number;
}

interface FoundRecording {
  path: string;
  bytes: number;
  /** When its match began: a copy has another time of its own. */
  at: number;
  isMatch: boolean;
  isLive: boolean;
}

/**
 * Removes recordings until the limits are kept: the oldest first, and never that of a live match. Files that are no
 * recordings are not touched.
 *
 * @returns the paths that were removed.
 * @throws the system's error.
 */
export async function tidyRecords(folder: string, options: TidyOptions): Promise<string[]> {
  const { maxBytes, maxAgeMs, maxMatches, now } = options;
  const found = await recordingsIn(folder, options);
  let bytes = found.reduce((sum, one) => sum + one.bytes, 0);
  let matches = found.filter(({ isMatch }) => isMatch).length;
  const removed: string[] = [];
  for (const one of found.toSorted((a, b) => a.at - b.at)) {
    const isTooMany = (one.isMatch && matches > maxMatches) || bytes > maxBytes || now - one.at > maxAgeMs;
    if (one.isLive || !isTooMany) continue;
    await rm(one.path, { force: true });
    removed.push(one.path);
    bytes -= one.bytes;
    if (one.isMatch) matches -= 1;
  }
  return removed;
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
    const head = Buffer.alloc(Math.min(size, defaults.headBytes));
    await file.read(head, 0, head.length, 0);
    const header = headerIn(head);
    if (header === null) return null;
    const tail = Buffer.alloc(Math.min(size, defaults.tailBytes));
    await file.read(tail, 0, tail.length, size - tail.length);
    const isEnded = /(?:^|\n)\{"type":"end",[^\n]*\n$/.test(tail.toString());
    const isLive = !isEnded && now - mtimeMs < defaults.liveMs;
    return { path, bytes: size, at: header.at, isMatch: header.matchId !== null, isLive };
  } finally {
    await file.close();
  }
}
