/** What files and folders tell the ledger. */
import type { CollectionProgress } from '../histories/collection/collected-match.js';
import { readCollection } from '../histories/collection/read-collection.js';
import type { LedgerRow, LeftOutHand } from './ledger-row.js';
import { entriesOf } from './rows-of-match.js';
import { isOwnOther } from './scan-files.js';

/** Files of a collection that were not read in whole. */
export interface ReadFaults {
  /** Lines that a process which was killed has left without their end. */
  readonly torn: number;
  readonly damaged: number;
  /** Files that are neither recordings nor results: a ledger counts nothing of them. */
  readonly passedOver: number;
  /** Each file that could not be read, and why. */
  readonly unread: readonly { readonly file: string; readonly why: string }[];
}

export interface LedgerContents extends ReadFaults {
  readonly rows: readonly LedgerRow[];
  readonly leftOut: readonly LeftOutHand[];
  /** Matches, each once. */
  readonly matches: number;
  /** Those in which no bot of ours is known to have played. */
  readonly foreign: number;
}

export interface ReadLedgerOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: CollectionProgress) => void) | undefined;
}

/**
 * Reads all of them.
 *
 * @throws {OptionError} for a path that leads nowhere.
 */
export async function readLedger(
  paths: readonly string[],
  { signal, onProgress }: ReadLedgerOptions = {},
): Promise<LedgerContents> {
  let passedOver = 0;
  const collection = readCollection(paths, {
    signal,
    ...(onProgress && { onProgress }),
    // Files of hands in other formats do not tell which bot played.
    wants: ({ matchId, files }) => {
      if (matchId === null) passedOver += files.filter(({ path }) => !isOwnOther(path)).length;
      return matchId !== null;
    },
  });
  const rows: LedgerRow[] = [];
  const leftOut: LeftOutHand[] = [];
  let [matches, foreign, torn, damaged] = [0, 0, 0, 0];
  for await (const match of collection) {
    const entries = entriesOf(match);
    rows.push(...entries.rows);
    leftOut.push(...entries.leftOut);
    matches += 1;
    if (entries.rows.length === 0) foreign += 1;
    for (const lines of match.lines) {
      torn += lines.torn;
      damaged += lines.damaged;
    }
  }
  return { rows, leftOut, matches, foreign, torn, damaged, passedOver, unread: collection.unread };
}
