/** Everything that files and folders hold, match by match: each once, however many of them have it. */
import { lastResult } from '../../recording/read-recording.js';
import type { RecordedResult } from '../../recording/recording-shape.js';
import { createKnownHands } from '../formats/known-hands.js';
import type { CollectedMatch, CollectionProgress, MatchView } from './collected-match.js';
import { type FoundFile, type FoundMatch, findMatches, type UnreadFile, whyUnread } from './find-matches.js';
import { handsOfMatch } from './match-hands.js';
import { emptyReport, type FileReport, matchesOfFile } from './read-hand-file.js';
import { type ReadView, readView } from './read-view.js';

/** What is read of files and folders, and who is told of it. */
export interface CollectionOptions {
  /** Ends the reading: the iteration throws its reason. */
  signal?: AbortSignal | undefined;
  /** Called after each match, and within long files. */
  onProgress?: (progress: CollectionProgress) => void;
  /** Whether to read this, before anything of it is read but first lines. Default: everything is read. */
  wants?: (found: WantedFiles) => boolean;
  /** For ACPC lines: the text of a game definition. Default: none. */
  game?: string | null | undefined;
  /** For answers of `/hands`, which tell no stacks: what every seat began with. Default: not known. */
  startingStack?: number | null | undefined;
}

/** What may be read or left out as a whole. */
export interface WantedFiles {
  /** Of recordings and results; null for a file in another format, which may have many matches. */
  readonly matchId: string | null;
  readonly files: readonly FoundFile[];
}

/** Matches, each once, as they are read: iterate over it, and look at the rest when that is over. */
export interface Collection extends AsyncIterable<CollectedMatch> {
  /** Files that could not be read, and why; whole when the iteration is over. */
  readonly unread: readonly UnreadFile[];
  /** What became of each file that was read; whole as above. */
  readonly reports: readonly FileReport[];
}

/**
 * Reads the matches that files and folders hold: recordings in the order in which they began, then files in other formats as
 * they are named. One match at a time is in memory. A folder stands for the files directly in it. The first iteration reads;
 * there is no second one.
 *
 * Each match comes once. The bot of ours whose recording began first is who tells it; other bots of ours that recorded it,
 * and the local platform, are its `others`, and complete hands that the first could not record. A hand of a file in another
 * format that came before is left out and counted.
 *
 * @throws {OptionError} for a path that leads nowhere.
 */
export function readCollection(paths: readonly string[], options: CollectionOptions = {}): Collection {
  const unread: UnreadFile[] = [];
  const reports: FileReport[] = [];
  return { unread, reports, [Symbol.asyncIterator]: () => matchesOf(paths, options, { unread, reports }) };
}

interface Told {
  readonly unread: UnreadFile[];
  readonly reports: FileReport[];
}

async function* matchesOf(
  paths: readonly string[],
  { signal, onProgress, wants = () => true, game, startingStack }: CollectionOptions,
  { unread, reports }: Told,
): AsyncGenerator<CollectedMatch, void, undefined> {
  const found = await findMatches(paths, { signal, unread });
  const matches = found.matches.filter(wants);
  const handFiles = found.handFiles.filter((file) => wants({ matchId: null, files: [file] }));
  const known = createKnownHands();
  const files = [...matches.flatMap((match) => match.files), ...handFiles];
  const progress = {
    bytes: 0,
    totalBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    files: 0,
    totalFiles: files.length,
    matches: 0,
    hands: 0,
  };
  const tell = (match: CollectedMatch | null): void => {
    if (match !== null && !match.isContinued) progress.matches += 1;
    progress.hands += match?.hands.length ?? 0;
    onProgress?.({ ...progress });
  };

  for (const { path, kind } of found.otherFiles) reports.push(emptyReport(path, kind));
  for (const match of matches) {
    signal?.throwIfAborted();
    const collected = await readMatch(match, { signal, unread });
    progress.bytes += match.files.reduce((sum, { bytes }) => sum + bytes, 0);
    progress.files += match.files.length;
    tell(collected);
    if (collected === null) continue;
    reports.push(...reportsOf(collected));
    if (handFiles.length > 0) for (const hand of collected.hands) known.take(hand);
    yield collected;
  }
  for (const { path, bytes } of handFiles) {
    signal?.throwIfAborted();
    const before = progress.bytes;
    const terms = {
      game: game ?? null,
      startingStack: startingStack ?? null,
      known,
      signal,
      onReport: (report: FileReport) => reports.push(report),
      onBytes: (read: number) => {
        progress.bytes = before + Math.min(read, bytes);
        onProgress?.({ ...progress });
      },
    };
    try {
      for await (const match of matchesOfFile(path, terms)) {
        tell(match);
        yield match;
      }
    } catch (error) {
      signal?.throwIfAborted();
      unread.push({ file: path, why: whyUnread(error) });
    }
    progress.bytes = before + bytes;
    progress.files += 1;
    onProgress?.({ ...progress });
  }
}

/** The first file of a match stands for its hands. */
function reportsOf({ files, hands, refused, remarks }: CollectedMatch): FileReport[] {
  return files.map((file, index) =>
    index > 0
      ? { ...emptyReport(file, 'recording'), toldBy: files[0] ?? file }
      : {
          file,
          kind: 'recording',
          blocks: hands.length + refused.length,
          hands: hands.length,
          repeated: 0,
          refused: [...refused],
          remarks: new Map(remarks),
        },
  );
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
    isContinued: false,
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
  const result = lastResult(results);
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
