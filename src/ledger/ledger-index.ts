/**
 * The index of a collection: the same rows that its files give, in a database that answers at once. It can be made anew from
 * the files at any time. Nobody holds it open between questions, and it is never written to in place: a copy is brought up to
 * date beside it, and takes its name.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../files/make-folder.js';
import type { CollectionProgress } from '../histories/collection/collected-match.js';
import { codeOf } from '../io/output/outlet.js';
import { OptionError } from '../protocol/errors.js';
import { type DuckDb, loadDuckDb, type OpenIndex, openIndexFile } from './duckdb.js';
import { indexChanges } from './index-changes.js';
import { objectsIn } from './index-rows.js';
import {
  createStatements,
  filesTable,
  indexSchema,
  leftOutTable,
  matchesTable,
  seenTable,
} from './index-tables.js';
import { updateIndex } from './index-update.js';
import { type IndexValue, indexValue } from './index-values.js';
import type { LedgerContents } from './read-ledger.js';
import { isOwnOther, scanFiles } from './scan-files.js';

export interface IndexOptions {
  /** Where the index is, or is to be. */
  readonly file: string;
  /**
   * The user named the file: one that is no index stays, whatever it is. Default: it has a name of ours, and what does not
   * open is made anew.
   */
  readonly isNamed?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CollectionProgress) => void) | undefined;
  /** Told in a sentence what was wrong with the index, and what was done about it. */
  readonly onTrouble?: ((sentence: string) => void) | undefined;
  /** For tests. */
  readonly load?: (() => Promise<DuckDb>) | undefined;
}

export interface SqlAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly IndexValue[])[];
}

/** The name of an index in a folder of them: each collection has one of its own. */
export function indexName(paths: readonly string[]): string {
  const real = [...new Set(paths.map((path) => realpathSync(path)))].toSorted();
  return `${createHash('sha256').update(real.join('\n')).digest('hex').slice(0, 16)}.duckdb`;
}

/**
 * The rows of the collection, from its index, which is brought up to date before.
 *
 * @throws {NoIndexError} where there is no database.
 * @throws {IndexBusyError} while another program has the index open to write.
 * @throws what the collection throws.
 */
export async function indexedLedger(
  paths: readonly string[],
  options: IndexOptions,
): Promise<LedgerContents> {
  return withIndex(paths, options, contentsOf);
}

/**
 * Asks the index a question in SQL (docs/ledger.md has its tables). It reads nothing but the index, and changes nothing.
 *
 * @throws as `indexedLedger`; {OptionError} for a question that the database does not take.
 */
export async function askIndex(
  paths: readonly string[],
  sql: string,
  options: IndexOptions,
): Promise<SqlAnswer> {
  return withIndex(paths, options, async ({ connection }) => {
    try {
      const reader = await connection.runAndReadAll(sql);
      return {
        columns: reader.deduplicatedColumnNames(),
        rows: reader.getRows().map((row) => row.map(indexValue)),
      };
    } catch (error) {
      // What is printed is one line: the database sets the question beneath its message, with a mark under the fault.
      const message = (error as Error).message.replace(/\s*\^\s*$/, '').replace(/\s*\n\s*/g, ' ');
      throw new OptionError('sql', `The question was not understood: ${message}`);
    }
  });
}

/** Another program has the index open to write. */
export class IndexBusyError extends OptionError {}

async function withIndex<Answer>(
  paths: readonly string[],
  options: IndexOptions,
  ask: (open: OpenIndex) => Promise<Answer>,
): Promise<Answer> {
  const { file, load } = options;
  const api = await loadDuckDb(load);
  const scanned = scanFiles(paths);
  makeFolder(dirname(file));
  const present = await openFor(api, file, options);
  if (present !== null) {
    try {
      const changes = await changesOf(present, scanned);
      if (changes.isNone) return await ask(present);
    } finally {
      present.close();
    }
  }
  const beside = await openBeside(api, options);
  try {
    const changes = await changesOf(beside.open, scanned);
    await updateIndex(
      beside.open,
      { changes, scanned },
      { ...options, onTrouble: options.onTrouble ?? ignore },
    );
    await beside.open.connection.run('CHECKPOINT');
  } finally {
    beside.open.close();
  }
  const open = await openIndexFile(api, takeName(beside.path, options), false);
  try {
    return await ask(open);
  } finally {
    open.close();
  }
}

/** @returns where the index is now: some systems do not replace a file that is open elsewhere. */
function takeName(path: string, { file, onTrouble = ignore }: IndexOptions): string {
  try {
    renameSync(path, file);
    return file;
  } catch (error) {
    onTrouble(`The index ${file} was not replaced (${codeOf(error)}): the next question does it.`);
    return path;
  }
}

const ignore = (): void => undefined;

const changesOf = async (open: OpenIndex, scanned: Parameters<typeof indexChanges>[0]) =>
  indexChanges(scanned, { files: await objectsIn(open, filesTable), seen: await objectsIn(open, seenTable) });

/** An index that another version made. */
class OtherSchemaError extends Error {}

/** The index to read; null when there is none, or none that can be used, which is removed then. */
async function openFor(
  api: DuckDb,
  file: string,
  { isNamed = false, onTrouble = ignore }: IndexOptions,
): Promise<OpenIndex | null> {
  if (!existsSync(file)) return null;
  try {
    return await openSound(api, file, false);
  } catch (error) {
    const message = (error as Error).message.split('\n')[0] ?? '';
    if (isLock(message))
      throw new IndexBusyError('index', `The index ${file} is in use by another program (${message}).`);
    if (isNamed && !(error instanceof OtherSchemaError) && statSync(file).size > 0)
      throw new OptionError(
        'index',
        `${file} is no index of the ledger, or a damaged one (${message}): remove it, or name another file.`,
      );
    onTrouble(`The index ${file} cannot be used (${message}): it is made anew from the files.`);
    removeIndex(file);
    return null;
  }
}

const isLock = (message: string): boolean => /\block\b|being used by another process/i.test(message);

/** @throws what DuckDB throws, also for an index of another schema. */
async function openSound(api: DuckDb, path: string, canWrite: boolean): Promise<OpenIndex> {
  const open = await openIndexFile(api, path, canWrite);
  try {
    const reader = await open.connection.runAndReadAll('SELECT schema FROM about');
    const [[schema = null] = []] = reader.getRows();
    if (schema !== indexSchema)
      throw new OtherSchemaError(`it is of schema ${String(schema)}, not ${indexSchema}`);
    return open;
  } catch (error) {
    open.close();
    throw error;
  }
}

/**
 * An index of this process alone, to be brought up to date: what a killed process has left, or else a copy of the index, or
 * else an empty one.
 */
async function openBeside(
  api: DuckDb,
  { file, onTrouble = ignore }: IndexOptions,
): Promise<{ path: string; open: OpenIndex }> {
  const path = `${file}.${process.pid}.building`;
  removeIndex(path);
  if (!adopt(file, path) && existsSync(file)) copyFileSync(file, path);
  if (existsSync(path)) {
    try {
      return { path, open: await openSound(api, path, true) };
    } catch (error) {
      const [message = ''] = (error as Error).message.split('\n');
      onTrouble(`What was begun of the index cannot be used (${message}): it is made anew from the files.`);
      removeIndex(path);
    }
  }
  const open = await openIndexFile(api, path, true);
  for (const statement of createStatements) await open.connection.run(statement);
  return { path, open };
}

/** Takes over what a process that was killed has begun, and removes the rest of such. @returns whether there was any. */
function adopt(file: string, path: string): boolean {
  const folder = dirname(file);
  const left = readdirSync(folder).flatMap((name) => {
    const [, pid] = name.startsWith(`${basename(file)}.`) ? (/\.(\d+)\.building$/.exec(name) ?? []) : [];
    return pid === undefined || isAlive(Number(pid)) ? [] : [join(folder, name)];
  });
  let isTaken = false;
  for (const each of left) {
    try {
      if (isTaken) removeIndex(each);
      else {
        // Whoever moves the log has the file: a second process finds none.
        if (existsSync(walOf(each))) renameSync(walOf(each), walOf(path));
        renameSync(each, path);
        isTaken = true;
      }
    } catch {
      removeIndex(walOf(path));
    }
  }
  return isTaken;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const walOf = (path: string): string => `${path}.wal`;

function removeIndex(path: string): void {
  rmSync(path, { force: true });
  rmSync(walOf(path), { force: true });
}

async function contentsOf(open: OpenIndex): Promise<LedgerContents> {
  const reader = await open.connection.runAndReadAll(
    `SELECT count(*), coalesce(sum(torn), 0), coalesce(sum(damaged), 0),
       count(*) FILTER (match_id NOT IN (SELECT match_id FROM matches)) FROM seen`,
  );
  const [[matches = 0, torn = 0, damaged = 0, foreign = 0] = []] = reader
    .getRows()
    .map((row) => row.map((value) => Number(indexValue(value))));
  const others = await objectsIn(open, filesTable);
  const unread = await open.connection.runAndReadAll('SELECT path, why FROM files WHERE why IS NOT NULL');
  return {
    rows: await objectsIn(open, matchesTable),
    leftOut: await objectsIn(open, leftOutTable),
    matches,
    foreign,
    torn,
    damaged,
    passedOver: others.filter(
      ({ path, matchId, why }) => matchId === null && why === null && !isOwnOther(path),
    ).length,
    unread: unread.getRows().map(([file, why]) => ({ file: String(file), why: String(why) })),
  };
}
