/** Everything that files and folders hold, match by match: each once, however many of them have it. */
import type { RecordedResult } from '../../recording/recording-shape.js';
import type { CollectedMatch, CollectionProgress, MatchView } from './collected-match.js';
import { type FoundMatch, findMatches, type UnreadFile } from './find-matches.js';
import { handsOfMatch } from './match-hands.js';
import { type ReadView, readView } from './read-view.js';

export interface CollectionOptions {
  /** Ends the reading: the iteration throws its reason. */
  signal?: AbortSignal;
  /** Called after each match. */
  onProgress?: (progress: CollectionProgress) => void;
  /** Whether to read this match, before anything of it is read but its name. Default: all are read. */
  wants?: (match: FoundMatch) => boolean;
}

export interface Collection extends AsyncIterable<CollectedMatch> {
  /** Files that could not be read, and why; whole when the iteration is over. */
  readonly unread: readonly UnreadFile[];
}

/**
 * Reads the matches that files and folders hold, in the order in which they began: one at a time is in memory. A folder
 * stands for the files directly in it. The first iteration reads; there is no second one.
 *
 * Each match comes once. The bot of ours whose recording began first is who tells it; other bots of ours that recorded it,
 * and the local platform, are its `others`, and complete hands that the first could not record.
 *
 * @throws {OptionError} for a path that leads nowhere.
 */
export function readCollection(paths: readonly string[], options: CollectionOptions = {}): Collection {
  const unread: UnreadFile[] = [];
  return { unread, [Symbol.asyncIterator]: () => matchesOf(paths, options, unread) };
}

async function* matchesOf(
  paths: readonly string[],
  { signal, onProgress, wants = () => true }: CollectionOptions,
  unread: UnreadFile[],
): AsyncGenerator<CollectedMatch, void, undefined> {
  const found = await findMatches(paths, { signal, unread });
  const wanted = found.filter(wants);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
  const bytesOf = ({ files }: FoundMatch): number => sum(files.map(({ bytes }) => bytes));
  const totalBytes = sum(wanted.map(bytesOf));
  const totalFiles = sum(wanted.map(({ files }) => files.length));
  let progress = { bytes: 0, files: 0, matches: 0, hands: 0 };
  for (const match of wanted) {
    signal?.throwIfAborted();
    const collected = await readMatch(match, { signal, unread });
    progress = {
      bytes: progress.bytes + bytesOf(match),
      files: progress.files + match.files.length,
      matches: progress.matches + (collected === null ? 0 : 1),
      hands: progress.hands + (collected?.hands.length ?? 0),
    };
    onProgress?.({ ...progress, totalBytes, totalFiles });
    if (collected !== null) yield collected;
  }
}

/** Null when none of its files could be read. */
async function readMatch(
  { matchId, views, results, startedAt }: FoundMatch,
  { signal, unread }: { signal: AbortSignal | undefined; unread: UnreadFile[] },
): Promise<CollectedMatch | null> {
  const bots = new Set(views.flatMap((view) => (view.by === 'agent' ? [view.participantId] : [])));
  // A bot whose recording does not tell its id has the results that no other one has.
  const isOf = (result: RecordedResult, id: string | null): boolean =>
    id === null ? !bots.has(result.participantId) : result.participantId === id;
  const read: ReadView[] = [];
  for (const { participantId, by, files } of views) {
    const own = by === 'agent' ? results.filter((result) => isOf(result, participantId)) : [];
    const view = await readView(
      files.map(({ path }) => path),
      { results: own, signal, onUnread: (file, why) => unread.push({ file, why }) },
    );
    if (view.lines.length > 0) read.push(view);
  }
  const [main] = read;
  const kept = new Set(read.flatMap(({ view }) => view.results));
  const others = [
    ...read.slice(1).map(({ view }) => view),
    ...viewsOfResults(results.filter((result) => !kept.has(result))),
  ];
  const view = main?.view ?? others.shift();
  if (view === undefined) return null;
  const { hands, refused, remarks } = handsOfMatch(
    read.map(({ seen }) => seen),
    { matchId, source: view.by === 'platform' ? 'sandbox' : 'recording' },
  );
  const names = new Map(read.toReversed().flatMap(({ seen }) => [...seen.names]));
  const players = [...names].toSorted(([a], [b]) => a - b).map(([seat, name]) => ({ seat, name }));
  const rivals = players.filter(({ seat }) => seat !== view.seat).map(({ name }) => name);
  return {
    ...view,
    matchId,
    files: read.flatMap(({ lines }) => lines.map(({ file }) => file)),
    startedAt,
    players,
    opponents: view.seat === null || rivals.length === 0 ? (view.result?.opponents ?? []) : rivals,
    hands,
    refused,
    remarks,
    others,
    lines: read.flatMap(({ lines }) => lines),
  };
}

/** Matches of which only the result was kept. */
function viewsOfResults(results: readonly RecordedResult[]): MatchView[] {
  const byBot = new Map<string, RecordedResult[]>();
  for (const result of results)
    byBot.set(result.participantId, [...(byBot.get(result.participantId) ?? []), result]);
  return [...byBot.values()].map(viewOf);
}

function viewOf(results: readonly RecordedResult[]): MatchView {
  const result = results.at(-1) ?? null;
  return {
    by: 'agent',
    participantId: result?.participantId ?? null,
    header: null,
    headers: [],
    result,
    results,
    seat: result?.seat ?? null,
    netChips: result?.netChips ?? null,
    decisions: [],
    resumes: result?.resumes ?? 0,
    losses: [],
    lostRecords: 0,
    isClosed: false,
  };
}
