/** Where the ledger's rows come from: the files themselves, or the index over them where that is quicker. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { keptFolder } from '../../files/home-folder.js';
import { NoIndexError } from '../../ledger/duckdb.js';
import {
  askIndex,
  IndexBusyError,
  type IndexOptions,
  indexedLedger,
  indexName,
  type SqlAnswer,
} from '../../ledger/ledger-index.js';
import { type LedgerContents, readLedger } from '../../ledger/read-ledger.js';
import { scanFiles } from '../../ledger/scan-files.js';
import { OptionError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { systemNow } from '../../time/clock.js';
import { printLine, type Terminal } from '../surroundings/surroundings.js';
import { showCollection } from './collection-progress.js';

const defaults = {
  /** Collections from this size on get an index: smaller ones are read as quickly. */
  indexFromBytes: 64e6,
  maxLineLength: 400,
} as const;

export interface SourceFlags {
  /** The file of the index; false: none. */
  index?: string | boolean;
}

/** @throws {OptionError} for a path that leads nowhere. */
export async function ledgerContents(
  paths: readonly string[],
  flags: SourceFlags,
  io: Terminal,
): Promise<LedgerContents> {
  const { index } = flags;
  const bytes = scanFiles(paths).reduce((sum, file) => sum + file.bytes, 0);
  const options = index === false ? null : indexOptions(paths, flags, io);
  const isIndexed =
    options !== null &&
    (typeof index === 'string' || bytes >= defaults.indexFromBytes || existsSync(options.file));
  if (isIndexed) {
    try {
      return await withProgress(io, (onProgress) => indexedLedger(paths, { ...options, onProgress }));
    } catch (error) {
      if (error instanceof OptionError && !(error instanceof IndexBusyError)) throw error;
      const { message } = error as Error;
      const why =
        error instanceof NoIndexError
          ? message
          : `The index cannot be used: ${(message.split('\n')[0] ?? '').replace(/[.]?$/, '.')}`;
      tell(io, `${why} Answering from files.`);
    }
  }
  return withProgress(io, (onProgress) => readLedger(paths, { onProgress }));
}

/** @throws {NoIndexError} without a database; {OptionError} for a question that it does not take. */
export async function ledgerSql(
  paths: readonly string[],
  sql: string,
  flags: SourceFlags,
  io: Terminal,
): Promise<SqlAnswer> {
  if (flags.index === false)
    throw new OptionError('sql', '--sql asks the index, which --no-index leaves out: give one of them.');
  if (sql.trim() === '')
    throw new OptionError('sql', '--sql needs a question, such as "SELECT * FROM matches".');
  // A path that leads nowhere is told before the index gets its name from the paths.
  scanFiles(paths);
  const options = indexOptions(paths, flags, io);
  return withProgress(io, (onProgress) => askIndex(paths, sql, { ...options, onProgress }));
}

function indexOptions(paths: readonly string[], { index }: SourceFlags, io: Terminal): IndexOptions {
  const file = typeof index === 'string' ? index : join(keptFolder(io.env), 'ledger', indexName(paths));
  return { file, isNamed: typeof index === 'string', onTrouble: (sentence) => tell(io, sentence) };
}

async function withProgress<Answer>(
  io: Terminal,
  work: (onProgress: NonNullable<IndexOptions['onProgress']>) => Promise<Answer>,
): Promise<Answer> {
  const progress = showCollection(io, systemNow);
  try {
    return await work(progress.show);
  } finally {
    progress.end();
  }
}

function tell(io: Terminal, sentence: string): void {
  printLine(io.stderr, printable(sentence, defaults.maxLineLength, io.redact));
}
