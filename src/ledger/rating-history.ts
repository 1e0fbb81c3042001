/** The bot's rating over time, and what each version made of it. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../io/output/outlet.js';
import { OptionError } from '../protocol/errors.js';
import { type RecordedRating, readRatings } from '../recording/ratings-file.js';
import { ratingsName } from '../recording/record-names.js';
import { versionKey, versionName } from './ledger-groups.js';

/** Asked in a row while one version of one bot played. */
export interface RatedVersion {
  readonly version: string;
  readonly botId: string;
  readonly asked: number;
  /** Epoch milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** The last that was told; null: none was. */
  readonly rating: number | null;
  readonly ratingDeviation: number | null;
  /** Since the last rating of the same bot before, or else the first of this one; null: not known. */
  readonly change: number | null;
  /** Rated matches since then, as the platform counts them; null: not known. */
  readonly matches: number | null;
}

/**
 * All that was kept, in the order in which it was asked, each once.
 *
 * @param paths folders of recordings, or files of ratings. A folder without ratings has none.
 * @throws {OptionError} for a path that leads nowhere.
 */
export async function readRatingHistory(paths: readonly string[]): Promise<RecordedRating[]> {
  const found = new Map<string, RecordedRating>();
  for (const path of paths) {
    const file = fileAt(path);
    if (file === null) continue;
    for await (const rating of readRatings(file).ratings())
      found.set(`${rating.botId} ${rating.at} ${rating.matchId}`, rating);
  }
  return [...found.values()].toSorted((a, b) => a.at - b.at);
}

function fileAt(path: string): string | null {
  try {
    if (!statSync(path).isDirectory()) return path;
    const file = join(path, ratingsName);
    return statSync(file, { throwIfNoEntry: false }) === undefined ? null : file;
  } catch (error) {
    throw new OptionError(
      'paths',
      `${path} cannot be read (${codeOf(error)}): give a folder of recordings, or its ${ratingsName}.`,
    );
  }
}

/** A version that plays again after another one has a line of its own. @param history in the order of time. */
export function ratedVersions(history: readonly RecordedRating[]): RatedVersion[] {
  const lines: RecordedRating[][] = [];
  const open = new Map<string, RecordedRating[]>();
  for (const rating of history) {
    const line = open.get(rating.botId);
    const [first] = line ?? [];
    if (line !== undefined && first !== undefined && keyOf(first) === keyOf(rating)) line.push(rating);
    else {
      const own = [rating];
      lines.push(own);
      open.set(rating.botId, own);
    }
  }
  return lines.flatMap((line) => lineAbout(line, history) ?? []);
}

const keyOf = (rating: RecordedRating): string => versionKey({ ...rating, isMixed: false });

function lineAbout(line: readonly RecordedRating[], history: readonly RecordedRating[]): RatedVersion | null {
  const [first] = line;
  const last = line.at(-1);
  if (first === undefined || last === undefined) return null;
  const { botId } = first;
  const before = history.slice(0, history.indexOf(first)).findLast((rating) => rating.botId === botId);
  const rated = line.findLast(({ rating }) => rating !== null);
  const since = (field: 'rating' | 'matchesPlayed'): number | null => {
    const from = before?.[field] ?? line.find((one) => one[field] !== null)?.[field] ?? null;
    const to = line.findLast((one) => one[field] !== null)?.[field] ?? null;
    return from === null || to === null ? null : to - from;
  };
  return {
    version: versionName({ ...first, isMixed: false }),
    botId,
    asked: line.length,
    firstAt: first.at,
    lastAt: last.at,
    rating: rated?.rating ?? null,
    ratingDeviation: rated?.ratingDeviation ?? null,
    change: since('rating'),
    matches: since('matchesPlayed'),
  };
}
