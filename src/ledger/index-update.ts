/** Brings the tables of an index to what the files are now. Only what is new or changed is read. */
import type { CollectedMatch, CollectionProgress } from '../histories/collection/collected-match.js';
import { type Collection, readCollection } from '../histories/collection/read-collection.js';
import type { OpenIndex } from './duckdb.js';
import type { IndexChanges } from './index-changes.js';
import { appendRows, quoted } from './index-rows.js';
import {
  filesTable,
  handsTable,
  type IndexedFile,
  leftOutTable,
  matchesTable,
  type SeenMatchRow,
  seenTable,
} from './index-tables.js';
import { entriesOf, type MatchEntries } from './rows-of-match.js';
import type { ScannedFile } from './scan-files.js';

const defaults = {
  /** Matches of one transaction: each of its own costs some milliseconds, for the disk. */
  batchMatches: 64,
  batchHands: 20_000,
} as const;

export interface UpdateOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CollectionProgress) => void) | undefined;
  /** Told in a sentence what could not be taken. */
  readonly onTrouble: (sentence: string) => void;
}

interface TakenMatch extends MatchEntries {
  readonly seen: SeenMatchRow;
  readonly files: readonly IndexedFile[];
}

/**
 * A match is in the index in whole, with its files, or not at all, so that it is read again the next time.
 *
 * @throws what the collection or DuckDB throws; what was committed stays.
 */
export async function updateIndex(
  open: OpenIndex,
  { changes, scanned }: { readonly changes: IndexChanges; readonly scanned: readonly ScannedFile[] },
  { signal, onProgress, onTrouble }: UpdateOptions,
): Promise<void> {
  const { matchIds, paths, stale, results } = changes;
  const asScanned = new Map(scanned.map((file) => [file.path, file]));
  const collection = readCollection(paths, {
    signal,
    ...(onProgress && { onProgress }),
    wants: ({ matchId }) => matchId !== null && matchIds.has(matchId),
  });
  /** Whose rows are those of now. */
  const replaced = new Set<string>();
  const taken = new Set<string>();
  let batch: TakenMatch[] = [];
  const flush = async (): Promise<void> => {
    await commitMatches(open, batch, { replaced, onTrouble });
    batch = [];
  };
  for await (const match of collection) {
    const one = takenMatch(match, { asScanned, results, why: whyUnread(collection) });
    for (const { path } of one.files) taken.add(path);
    batch.push(one);
    const hands = batch.reduce((sum, each) => sum + each.hands.length, 0);
    if (batch.length >= defaults.batchMatches || hands >= defaults.batchHands) await flush();
  }
  await flush();
  const why = whyUnread(collection);
  const others = stale.flatMap((path): IndexedFile[] => {
    const file = asScanned.get(path);
    if (file === undefined || taken.has(path)) return [];
    return [{ ...file, matchId: null, why: why.get(path) ?? null }];
  });
  const gone = [...matchIds].filter((matchId) => !replaced.has(matchId));
  const isGone = stale.filter((path) => !taken.has(path));
  await inTransaction(open, async () => {
    await removeMatches(open, gone);
    await removeWhere(open, 'files', 'path', isGone);
    await appendRows(open, filesTable, others);
  });
}

/** By file. */
const whyUnread = ({ unread }: Collection): ReadonlyMap<string, string> =>
  new Map(unread.map(({ file, why }) => [file, why]));

interface TakenTerms {
  readonly asScanned: ReadonlyMap<string, ScannedFile>;
  readonly results: ReadonlyMap<string, string>;
  readonly why: ReadonlyMap<string, string>;
}

function takenMatch(match: CollectedMatch, { asScanned, results, why }: TakenTerms): TakenMatch {
  const entries = entriesOf(match);
  const matchId = entries.matchId;
  const sum = (field: 'torn' | 'damaged'): number =>
    match.lines.reduce((all, lines) => all + lines[field], 0);
  return {
    ...entries,
    seen: { matchId, results: results.get(matchId) ?? '', torn: sum('torn'), damaged: sum('damaged') },
    // What was written since it was scanned is read again the next time.
    files: match.files.flatMap((path) => {
      const file = asScanned.get(path);
      return file === undefined ? [] : [{ ...file, matchId, why: why.get(path) ?? null }];
    }),
  };
}

async function commitMatches(
  open: OpenIndex,
  batch: readonly TakenMatch[],
  { replaced, onTrouble }: { replaced: Set<string>; onTrouble: (sentence: string) => void },
): Promise<void> {
  if (batch.length === 0) return;
  try {
    await inTransaction(open, () => writeMatches(open, batch));
    for (const { seen } of batch) replaced.add(seen.matchId);
  } catch (error) {
    const [first] = batch;
    if (batch.length === 1 && first !== undefined) {
      const { message } = error as Error;
      onTrouble(`Match ${first.seen.matchId} is not in the index: ${message.split('\n')[0]}`);
      return;
    }
    // One that cannot be taken costs no other.
    for (const match of batch) await commitMatches(open, [match], { replaced, onTrouble });
  }
}

async function writeMatches(open: OpenIndex, batch: readonly TakenMatch[]): Promise<void> {
  await removeMatches(
    open,
    batch.map(({ seen }) => seen.matchId),
  );
  await appendRows(
    open,
    seenTable,
    batch.map(({ seen }) => seen),
  );
  await appendRows(
    open,
    matchesTable,
    batch.flatMap(({ rows }) => rows),
  );
  await appendRows(
    open,
    handsTable,
    batch.flatMap(({ hands }) => hands),
  );
  await appendRows(
    open,
    leftOutTable,
    batch.flatMap(({ leftOut }) => leftOut),
  );
  await appendRows(
    open,
    filesTable,
    batch.flatMap(({ files }) => files),
  );
}

async function inTransaction({ connection }: OpenIndex, work: () => Promise<void>): Promise<void> {
  await connection.run('BEGIN TRANSACTION');
  try {
    await work();
    await connection.run('COMMIT');
  } catch (error) {
    // A failed commit has ended the transaction by itself.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function removeMatches(open: OpenIndex, matchIds: readonly string[]): Promise<void> {
  for (const { name } of [seenTable, matchesTable, handsTable, leftOutTable, filesTable])
    await removeWhere(open, name, 'match_id', matchIds);
}

async function removeWhere(
  { connection }: OpenIndex,
  table: string,
  column: string,
  values: readonly string[],
): Promise<void> {
  if (values.length === 0) return;
  await connection.run(`DELETE FROM ${table} WHERE ${column} IN (${values.map(quoted).join(', ')})`);
}
