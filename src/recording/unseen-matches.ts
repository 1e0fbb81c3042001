/** Matches of a folder whose end no session has seen: its process was killed, or its machine slept until they were over. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as eventsPass } from 'node:timers/promises';
import { codeOf } from '../io/output/outlet.js';
import { readResults } from './read-recording.js';
import { firstHeader } from './record-heads.js';
import { ratingsName, resultsName } from './record-names.js';
import { type RecordedResult, type RecordingHeader, recordingSchema } from './recording-shape.js';

const defaults = {
  /** Of recordings without a result so many are looked at, those that were written last. */
  most: 200,
} as const;

export interface UnseenMatch {
  readonly matchId: string;
  /** The last header of the bot that played. */
  readonly header: RecordingHeader;
  /** Its recordings. */
  readonly paths: readonly string[];
  /** What was kept when it was given up; null: nothing was. */
  readonly result: RecordedResult | null;
}

export interface UnseenTerms {
  /** Only matches that this lobby announced: others are of another bot, or another platform. */
  readonly lobby: string;
  /** Only those that were written to since, in epoch milliseconds. */
  readonly since: number;
}

/** A result that leaves nothing to be asked. */
const isSettled = ({ netChips, toldBy }: RecordedResult): boolean =>
  netChips !== null || toldBy !== undefined;

/**
 * Recordings of agents that no result with chips names, the newest first. A match that is still played is one of them.
 *
 * @throws the system's error when the folder cannot be read.
 */
export async function unseenMatches(
  folder: string,
  { lobby, since }: UnseenTerms,
  headerOf: (path: string) => RecordingHeader | null = firstHeader,
): Promise<UnseenMatch[]> {
  const settled = new Set<string>();
  const results = new Map<string, RecordedResult>();
  for await (const result of resultsOf(folder)) {
    if (isSettled(result)) settled.add(keyOf(result));
    results.set(keyOf(result), result);
  }
  const files = new Set([...results].flatMap(([key, { file }]) => (settled.has(key) ? (file ?? []) : [])));
  const unseen = new Map<string, UnseenMatch>();
  for (const name of await newest(folder, since, (one) => !files.has(one))) {
    const path = join(folder, name);
    const header = headerOf(path);
    // A turn of a match that is played meanwhile does not wait for all of them.
    await eventsPass();
    if (header === null || !isOwn(header, lobby)) continue;
    const { matchId } = header;
    const key = keyOf(header);
    if (settled.has(key)) continue;
    const paths = [path, ...(unseen.get(key)?.paths ?? [])];
    unseen.set(key, { matchId, header, paths, result: results.get(key) ?? null });
  }
  return [...unseen.values()];
}

async function* resultsOf(folder: string): AsyncGenerator<RecordedResult, void, undefined> {
  try {
    yield* readResults(join(folder, resultsName)).results();
  } catch (error) {
    // No match has ended yet.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function isOwn(header: RecordingHeader, lobby: string): header is RecordingHeader & { matchId: string } {
  const { by, schema, matchId } = header;
  return by === 'agent' && schema <= recordingSchema && matchId !== null && header.lobby === lobby;
}

async function newest(folder: string, since: number, fits: (name: string) => boolean): Promise<string[]> {
  const names = (await readdir(folder)).filter(
    (name) =>
      name.endsWith('.jsonl') &&
      !name.startsWith('session-') &&
      name !== resultsName &&
      name !== ratingsName &&
      fits(name),
  );
  const found: { name: string; changedAt: number }[] = [];
  for (const name of names) {
    // It may have been removed meanwhile.
    const stats = await stat(join(folder, name)).catch(() => null);
    if (stats?.isFile() && stats.mtimeMs >= since) found.push({ name, changedAt: stats.mtimeMs });
  }
  return found
    .toSorted((a, b) => b.changedAt - a.changedAt)
    .slice(0, defaults.most)
    .map(({ name }) => name);
}

const keyOf = ({
  matchId,
  participantId,
}: {
  matchId: string | null;
  participantId: string | null;
}): string => `${matchId} ${participantId ?? ''}`;
