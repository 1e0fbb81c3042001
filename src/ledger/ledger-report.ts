/** The answer of the ledger to a question. */
import { fitsLedger, groupsOf, type LedgerFilter, type LedgerGroup } from './ledger-groups.js';
import type { LedgerKey } from './ledger-keys.js';
import type { LedgerRow, LeftOutHand } from './ledger-row.js';
import { type LedgerLine, ledgerLine } from './ledger-sums.js';
import type { LedgerContents } from './read-ledger.js';

/** What has to be known of the sums. All but the first two count rows that the filter lets through. */
export interface LedgerHead {
  /** Matches in the files, each once. */
  readonly matches: number;
  /** Those of them in which no bot of ours is known to have played. */
  readonly foreign: number;
  /** Matches that two or more bots of ours played: they count once for each. */
  readonly shared: number;
  /** Rows of which only the result is known: their hands have no levels. */
  readonly resultsOnly: number;
  /** Rows whose match ended with other chips than its hands: hands that are missing, or a forfeit. */
  readonly differing: number;
  /** Rows whose match nothing tells the end of: their chips are those of the last hand that was recorded. */
  readonly open: number;
  /** Rows whose match ended unseen by us: their chips are what the platform's records tell. */
  readonly told: number;
  /** Hands that were cut off. */
  readonly unfinished: number;
  /** Hands that are in no sum, by cause. `unsound`: their chips do not add up. */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Lines of recordings that a killed process did not finish, and that are damaged. */
  readonly torn: number;
  readonly damaged: number;
  /** Files that are neither recordings nor results. */
  readonly passedOver: number;
  readonly unread: LedgerContents['unread'];
}

export interface LedgerReport {
  readonly by: readonly LedgerKey[];
  readonly head: LedgerHead;
  readonly groups: readonly LedgerGroup[];
  readonly total: LedgerLine;
  /** Those of `head.leftOut`. */
  readonly leftOut: readonly LeftOutHand[];
}

export function ledgerReport(
  contents: LedgerContents,
  { by, filter }: { readonly by: readonly LedgerKey[]; readonly filter: LedgerFilter },
): LedgerReport {
  // In one order, whatever they were read from: sums of fractions depend on it.
  const rows = contents.rows.filter((row) => fitsLedger(row, filter)).toSorted(inOrder);
  const own = new Map<string, LedgerRow[]>();
  for (const row of rows) own.set(row.matchId, [...(own.get(row.matchId) ?? []), row]);
  const leftOut = contents.leftOut
    .filter(({ matchId }) => own.has(matchId))
    .toSorted((a, b) => compareTexts(a.matchId, b.matchId) || (a.handNumber ?? 0) - (b.handNumber ?? 0));
  const { matches, foreign, torn, damaged, passedOver, unread } = contents;
  return {
    by,
    head: {
      matches,
      foreign,
      shared: [...own.values()].filter((group) => group.length > 1).length,
      resultsOnly: rows.filter(({ source }) => source === 'result').length,
      open: rows.filter(({ outcome }) => outcome === 'open').length,
      told: rows.filter(({ toldBy }) => toldBy !== null).length,
      differing: rows.filter(isDiffering).length,
      unfinished: [...own.values()].reduce((sum, [row]) => sum + (row?.unfinished ?? 0), 0),
      leftOut: countsOf(leftOut),
      torn,
      damaged,
      passedOver,
      unread,
    },
    groups: groupsOf(rows, by),
    total: ledgerLine(rows),
    leftOut,
  };
}

const inOrder = (a: LedgerRow, b: LedgerRow): number =>
  (a.startedAt ?? 0) - (b.startedAt ?? 0) ||
  compareTexts(a.matchId, b.matchId) ||
  compareTexts(a.participantId ?? '', b.participantId ?? '');

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const isDiffering = ({ source, net, handNet }: LedgerRow): boolean =>
  source !== 'result' && net !== null && net !== handNet;

/** The most first. */
function countsOf(leftOut: readonly LeftOutHand[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of leftOut) counts.set(code, (counts.get(code) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a));
}
