/** Which rows of the ledger are asked for, and how they are put together. */
import { utcDayOf } from '../time/utc-day.js';
import type { LedgerKey } from './ledger-keys.js';
import type { LedgerRow } from './ledger-row.js';
import { type LedgerLine, ledgerLine } from './ledger-sums.js';

/** What tells a version from others. */
export type NamedVersion = Pick<LedgerRow, 'isMixed' | 'hash' | 'label' | 'git'>;

export interface LedgerFilter {
  /** One of the opponents, in whatever case. */
  readonly opponent?: string | undefined;
  readonly label?: string | undefined;
  /** Matches that began then or later, in epoch milliseconds; those without a time are left out. */
  readonly since?: number | undefined;
}

export interface LedgerGroup {
  /** In the order of the keys that were asked for; `unknown` where a match does not tell. */
  readonly names: readonly string[];
  /** Of all rows, if they are of one version. */
  readonly version: Pick<LedgerRow, 'hash' | 'label' | 'git'> | null;
  /** Epoch milliseconds of the first and the last match; null: unknown. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  readonly line: LedgerLine;
}

const unknown = 'unknown';
const shortHash = 8;

export function fitsLedger({ opponents, label, startedAt }: LedgerRow, filter: LedgerFilter): boolean {
  const { opponent, since } = filter;
  if (filter.label !== undefined && label !== filter.label) return false;
  if (since !== undefined && (startedAt === null || startedAt < since)) return false;
  return opponent === undefined || opponents.some((name) => name.toLowerCase() === opponent.toLowerCase());
}

/**
 * Groups of rows that have the same names: versions in the order in which they first played, days in their order, the others
 * by how much was played.
 */
export function groupsOf(rows: readonly LedgerRow[], by: readonly LedgerKey[]): LedgerGroup[] {
  const groups = new Map<string, { names: string[]; rows: LedgerRow[] }>();
  for (const row of rows) {
    const keys = by.map((key) => keyOf(row, key));
    const id = keys.join('\n\n');
    const group = groups.get(id) ?? { names: by.map((key) => nameOf(row, key)), rows: [] };
    groups.set(id, group);
    group.rows.push(row);
  }
  const firstOf = firstTimes(rows);
  const compare = (a: { names: string[]; rows: LedgerRow[] }, b: typeof a): number => {
    for (const [index, key] of by.entries()) {
      const [left, right] = [a.names[index] ?? '', b.names[index] ?? ''];
      if (left === right) continue;
      if (key === 'day') return left < right ? -1 : 1;
      const [of, to] = [a.rows[0], b.rows[0]];
      if (key === 'version' && of !== undefined && to !== undefined)
        return (
          (firstOf.get(versionKey(of)) ?? 0) - (firstOf.get(versionKey(to)) ?? 0) || (left < right ? -1 : 1)
        );
      return b.rows.length - a.rows.length || (left < right ? -1 : 1);
    }
    return 0;
  };
  return [...groups.values()].toSorted(compare).map(({ names, rows: own }) => ({ names, ...aboutRows(own) }));
}

function aboutRows(rows: readonly LedgerRow[]): Omit<LedgerGroup, 'names'> {
  const times = rows.flatMap(({ startedAt }) => startedAt ?? []);
  const isOne = new Set(rows.map(versionKey)).size === 1;
  const [first] = rows;
  return {
    version: isOne && first !== undefined ? { hash: first.hash, label: first.label, git: first.git } : null,
    firstAt: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    lastAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    line: ledgerLine(rows),
  };
}

function firstTimes(rows: readonly LedgerRow[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>();
  for (const row of rows) {
    const key = versionKey(row);
    const at = row.startedAt ?? Number.POSITIVE_INFINITY;
    first.set(key, Math.min(first.get(key) ?? Number.POSITIVE_INFINITY, at));
  }
  return first;
}

/** The hash is a version's identity, and git a remark; two labels on one code are two versions to whoever set them. */
export function versionKey({ isMixed, hash, git, label }: NamedVersion): string {
  return isMixed ? 'mixed' : `${hash ?? git}\n${label}`;
}

function keyOf(row: LedgerRow, key: LedgerKey): string {
  return key === 'version' ? versionKey(row) : nameOf(row, key);
}

function nameOf(row: LedgerRow, key: LedgerKey): string {
  switch (key) {
    case 'version':
      return versionName(row);
    case 'opponent':
      return row.opponents.length === 0 ? unknown : row.opponents.toSorted().join(' + ');
    case 'format':
      return row.format;
    case 'day':
      return row.startedAt === null ? unknown : utcDayOf(row.startedAt);
  }
}

/** The label, and as much of hash and commit as tells versions apart at a glance. */
export function versionName({ isMixed, hash, label, git }: NamedVersion): string {
  if (isMixed) return 'mixed';
  const code = hash?.slice(0, shortHash) ?? null;
  const commit = git === null ? null : `git ${git.slice(0, shortHash)}${git.endsWith('+') ? '+' : ''}`;
  const words = [label, code, code === null ? commit : null].filter((word) => word !== null);
  return words.length === 0 ? unknown : words.join(' ');
}
