/** The folder of what was asked for: one file a match, kept for ever, up to a size; the ones used longest ago go first. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import { draftMark, writeWhole } from '../files/write-whole.js';
import { OptionError } from '../protocol/errors.js';
import { maskTokensInJson } from '../protocol/redact.js';
import { isThinner, readScouted, type ScoutedMatch, scoutedText } from './scouted-match.js';

const defaults = {
  maxBytes: 2 * 1024 ** 3,
  /** A draft that is older than this is of a process that was killed. */
  draftMs: 60 * 60_000,
  hashLength: 16,
  maxIdLength: 80,
} as const;

export interface ScoutCacheOptions {
  /** Made where it does not exist. */
  folder: string;
  /** The address that is asked: each has a folder of its own. */
  origin: string;
  /** Most bytes of all matches. Default: 2 GiB. */
  maxBytes?: number;
  /** Epoch milliseconds of the wall clock. */
  wallNow: () => number;
}

export interface ScoutCache {
  /** Of this origin: `gate.json`, the lists, and the folder `matches`. */
  readonly folder: string;
  readonly matches: string;
  /** Whether there is a file of this match, readable or not. */
  has(matchId: string): boolean;
  /** Null: there is none, or it is damaged. It counts as used now. */
  read(matchId: string): ScoutedMatch | null;
  /**
   * @param isForced replace what tells more, too.
   * @returns whether it was written: a match that tells less than what there is is not.
   * @throws the system's error; what there was is there still.
   */
  write(scouted: ScoutedMatch, isForced?: boolean): boolean;
  /** The ids of all matches in it that can be read, in no order; each is read now. */
  all(): Generator<ScoutedMatch, void, undefined>;
  /** How many matches had to go for others. */
  readonly removed: number;
}

interface Kept {
  size: number;
  usedAt: number;
}

/** @throws {OptionError} when the folder cannot be made or read. */
export function openScoutCache(options: ScoutCacheOptions): ScoutCache {
  const { origin, wallNow, maxBytes = defaults.maxBytes } = options;
  const folder = join(options.folder, placeName(origin));
  const matches = join(folder, 'matches');
  let removed = 0;
  const kept = open();
  let total = [...kept.values()].reduce((sum, { size }) => sum + size, 0);

  function open(): Map<string, Kept> {
    try {
      makeFolder(matches, 0o700);
      clearDrafts(folder);
      clearDrafts(matches);
      return new Map(
        readdirSync(matches).flatMap((name) => {
          const stats = name.endsWith('.json')
            ? statSync(join(matches, name), { throwIfNoEntry: false })
            : undefined;
          return stats === undefined ? [] : [[name, { size: stats.size, usedAt: stats.mtimeMs }] as const];
        }),
      );
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
      throw new OptionError('cache', `The cache ${folder} cannot be used (${code}). Choose another folder.`);
    }
  }

  function clearDrafts(path: string): void {
    for (const name of readdirSync(path)) {
      if (!name.includes(draftMark)) continue;
      const draft = join(path, name);
      const stats = statSync(draft, { throwIfNoEntry: false });
      if (stats !== undefined && wallNow() - stats.mtimeMs > defaults.draftMs) rmSync(draft, { force: true });
    }
  }

  function note(name: string, size: number): void {
    total += size - (kept.get(name)?.size ?? 0);
    kept.set(name, { size, usedAt: wallNow() });
  }

  /** The first entries are those of earlier runs, whose order nobody knows: all are looked through. */
  function makeRoom(newest: string): void {
    if (total <= maxBytes) return;
    for (const [name, { size }] of [...kept].toSorted(([, a], [, b]) => a.usedAt - b.usedAt)) {
      if (total <= maxBytes) return;
      if (name === newest) continue;
      rmSync(join(matches, name), { force: true });
      kept.delete(name);
      total -= size;
      removed += 1;
    }
  }

  function readNamed(name: string): ScoutedMatch | null {
    try {
      return readScouted(readFileSync(join(matches, name), 'utf8'));
    } catch {
      // Another scout has made room, or the disk is broken: it is asked for again.
      return null;
    }
  }

  function read(matchId: string): ScoutedMatch | null {
    const name = matchFileName(matchId);
    const scouted = readNamed(name);
    if (scouted?.match.matchId !== matchId) return null;
    const seconds = wallNow() / 1_000;
    try {
      utimesSync(join(matches, name), seconds, seconds);
    } catch {
      // It only goes earlier than it might.
    }
    const entry = kept.get(name);
    if (entry !== undefined) entry.usedAt = wallNow();
    return scouted;
  }

  return {
    folder,
    matches,
    has: (matchId) => kept.has(matchFileName(matchId)),
    read,
    write(scouted, isForced = false) {
      const { matchId } = scouted.match;
      // From the disk: another scout may have written it meanwhile.
      const before = isForced ? null : read(matchId);
      if (before !== null && isThinner(scouted, before)) return false;
      const name = matchFileName(matchId);
      const text = maskTokensInJson(scoutedText(scouted));
      writeWhole(join(matches, name), text);
      note(name, Buffer.byteLength(text));
      makeRoom(name);
      return true;
    },
    *all() {
      for (const name of [...kept.keys()].toSorted()) {
        const scouted = readNamed(name);
        if (scouted !== null) yield scouted;
      }
    },
    get removed() {
      return removed;
    },
  };
}

/** The id itself where it can be a file's name on every system: records are named after their match. */
function matchFileName(matchId: string): string {
  const isPlain = matchId.length <= defaults.maxIdLength && /^[a-z\d][a-z\d_-]*$/.test(matchId);
  return isPlain && !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(matchId)
    ? `${matchId}.json`
    : `m-${hashOf(matchId)}.json`;
}

/** `chipzen.ai`, `127.0.0.1-8001`: what was played somewhere else is no record of this place. */
function placeName(origin: string): string {
  const { host, pathname } = new URL(origin);
  const path = pathname.replace(/^\/|\/$/g, '');
  return [host, path]
    .filter(Boolean)
    .join('-')
    .toLowerCase()
    .replace(/[^a-z\d.-]+/g, '-');
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, defaults.hashLength);
}
