/** The embedded database of the index, which users install themselves: nothing else of the package needs it. */
import { ConfigError } from '../protocol/errors.js';

export type DuckDb = typeof import('@duckdb/node-api');

const duckDbPackage = '@duckdb/node-api';

/** Settings of every connection: nothing outside the index is read or written, and nothing is fetched. */
const closedOff: Readonly<Record<string, string>> = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  enable_external_access: 'false',
};

/** Why there is no index, as the end of a sentence. */
export class NoIndexError extends ConfigError {
  readonly why: string;

  constructor(why: string, cause?: unknown) {
    super(
      `The index is not available here because ${why}. \`npm install ${duckDbPackage}\` beside chipzen-agent brings it.`,
      {},
      { cause },
    );
    this.why = why;
  }
}

/**
 * @param load for tests.
 * @throws {NoIndexError} where it is not installed, or does not run on this machine.
 */
export async function loadDuckDb(
  load: () => Promise<DuckDb> = () => import('@duckdb/node-api'),
): Promise<DuckDb> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: string };
    const isAbsent = code === 'ERR_MODULE_NOT_FOUND' && message?.includes(duckDbPackage) === true;
    const why = isAbsent
      ? `${duckDbPackage} is not installed`
      : `${duckDbPackage} does not load on this machine (${firstLine(message)})`;
    throw new NoIndexError(why, error);
  }
}

const firstLine = (text: string | undefined): string => (text ?? 'no reason given').split('\n')[0] ?? '';

/** One connection to one file. */
export interface OpenIndex {
  readonly api: DuckDb;
  readonly connection: import('@duckdb/node-api').DuckDBConnection;
  close(): void;
}

/** @throws what DuckDB throws. */
export async function openIndexFile(api: DuckDb, path: string, canWrite: boolean): Promise<OpenIndex> {
  const instance = await api.DuckDBInstance.create(path, {
    access_mode: canWrite ? 'READ_WRITE' : 'READ_ONLY',
    ...closedOff,
  });
  try {
    const connection = await instance.connect();
    return {
      api,
      connection,
      close() {
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}
