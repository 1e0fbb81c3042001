/** What has to be read again, because the files are others than those that the index was made of. */
import { firstHeader } from '../recording/record-heads.js';
import type { IndexedFile, SeenMatchRow } from './index-tables.js';
import { isResults, resultKeys, type ScannedFile } from './scan-files.js';

export interface IndexChanges {
  /** Nothing: the index is as the files are. */
  readonly isNone: boolean;
  /** Matches that are new, changed or gone. */
  readonly matchIds: ReadonlySet<string>;
  /** All files of these matches, other files that are new or changed, and results. */
  readonly paths: readonly string[];
  /** Files that are no more, or no more what they were. */
  readonly stale: readonly string[];
  /** The results of each match, as the index keeps them. */
  readonly results: ReadonlyMap<string, string>;
}

export async function indexChanges(
  scanned: readonly ScannedFile[],
  { files, seen }: { readonly files: readonly IndexedFile[]; readonly seen: readonly SeenMatchRow[] },
): Promise<IndexChanges> {
  const indexed = new Map<string, IndexedFile[]>();
  for (const file of files) indexed.set(file.path, [...(indexed.get(file.path) ?? []), file]);
  const present = new Set(scanned.map(({ path }) => path));
  const changed = scanned.filter((file) => {
    const [known] = indexed.get(file.path) ?? [];
    return known === undefined || known.bytes !== file.bytes || known.changedAt !== file.changedAt;
  });
  const gone = [...indexed.keys()].filter((path) => !present.has(path));
  const stale = [...gone, ...changed.map(({ path }) => path)];
  if (stale.length === 0) return { isNone: true, matchIds: new Set(), paths: [], stale, results: new Map() };
  const matchIds = new Set(stale.flatMap((path) => idsOf(indexed.get(path))));
  for (const { path } of changed.filter((file) => !isResults(file.path))) {
    const matchId = firstHeader(path)?.matchId ?? null;
    if (matchId !== null) matchIds.add(matchId);
  }
  const results = await resultKeys(scanned);
  const known = new Map(seen.map((match) => [match.matchId, match.results]));
  // Results beside a file that was named tell only of its match.
  const asked = await resultKeys(scanned.filter(({ isBeside }) => !isBeside));
  for (const matchId of new Set([...known.keys(), ...asked.keys()]))
    if ((known.get(matchId) ?? '') !== (results.get(matchId) ?? '')) matchIds.add(matchId);
  const ofMatches = [...indexed].flatMap(([path, rows]) =>
    present.has(path) && idsOf(rows).some((matchId) => matchIds.has(matchId)) ? [path] : [],
  );
  const paths = new Set(
    [...ofMatches, ...changed.map(({ path }) => path)].filter((path) => !isResults(path)),
  );
  // As the collection takes results beside named files by itself, those are not named.
  const resultFiles = scanned.filter(({ path, isBeside }) => isResults(path) && !isBeside);
  return {
    isNone: false,
    matchIds,
    paths: [...paths, ...resultFiles.map(({ path }) => path)],
    stale,
    results,
  };
}

const idsOf = (rows: readonly IndexedFile[] | undefined): string[] =>
  (rows ?? []).flatMap(({ matchId }) => matchId ?? []);
