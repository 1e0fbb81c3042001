/** Whether the version with one label is better than that with another, as recorded matches tell it. */
import { type DuelVerdict, VerdictKeeper } from '../statistics/verdict.js';
import { fitsLedger, type LedgerFilter } from './ledger-groups.js';
import type { LedgerRow } from './ledger-row.js';
import { type LedgerLine, ledgerLine } from './ledger-sums.js';

/** What was played against the same opponents with the same format. */
export interface OpponentMix {
  /** Names, with ` + ` between those of a larger table. */
  readonly opponent: string;
  readonly format: string;
  readonly a: MixShare;
  readonly b: MixShare;
  /** Matches of both that were set against each other. */
  readonly pairs: number;
}

export interface MixShare {
  readonly matches: number;
  readonly won: number;
  /** Of all matches of the version. */
  readonly share: number;
}

export interface LabelComparison {
  readonly labels: { readonly a: string; readonly b: string };
  readonly verdict: DuelVerdict;
  /** Of all matches of a version, whoever the opponents were. */
  readonly a: LedgerLine;
  readonly b: LedgerLine;
  /** The most pairs first. */
  readonly mix: readonly OpponentMix[];
  /** Matches whose end is not known; they are not compared. */
  readonly open: number;
  /** Matches in which they were opponents: none of them is a matched pair. */
  readonly met: number;
}

/** Null for a match whose chips are not known, or that has no end. */
function scoreOf({ net, outcome }: LedgerRow): number | null {
  if (net === null || outcome === 'open') return null;
  return net > 0 ? 1 : net < 0 ? 0 : 0.5;
}

interface ScoredMatch {
  readonly row: LedgerRow;
  readonly score: number;
}

/**
 * The first match of one version against an opponent is set against the first of the other against the same opponent, and so
 * on: so the verdict is of the versions, and not of whom they met. Pairs count in the order in which they were complete.
 */
export function compareLabels(
  rows: readonly LedgerRow[],
  labels: { readonly a: string; readonly b: string },
  filter: Omit<LedgerFilter, 'label'> = {},
): LabelComparison {
  const chosen = (label: string): LedgerRow[] =>
    rows.filter((row) => !row.isMixed && fitsLedger(row, { ...filter, label })).toSorted(inTime);
  const all = { a: chosen(labels.a), b: chosen(labels.b) };
  const scored = { a: withScores(all.a), b: withScores(all.b) };
  const groups = { a: byOpponent(scored.a), b: byOpponent(scored.b) };
  const names = [...new Set([...groups.a.keys(), ...groups.b.keys()])];
  const pairs = names.flatMap((name) => pairsOf(groups.a.get(name) ?? [], groups.b.get(name) ?? []));
  const keeper = new VerdictKeeper({ values: 'matched pairs' });
  for (const { difference } of pairs.toSorted((x, y) => x.at - y.at)) keeper.add(difference);
  return {
    labels,
    verdict: keeper.verdict(),
    a: ledgerLine(all.a),
    b: ledgerLine(all.b),
    mix: names
      .map((name) => mixOf(groups.a.get(name) ?? [], groups.b.get(name) ?? [], scored))
      .toSorted((x, y) => y.pairs - x.pairs || y.a.matches + y.b.matches - x.a.matches - x.b.matches),
    open: all.a.length + all.b.length - scored.a.length - scored.b.length,
    met: metIn(all.a, all.b),
  };
}

function metIn(a: readonly LedgerRow[], b: readonly LedgerRow[]): number {
  const matches = new Set(b.map(({ matchId }) => matchId));
  return a.filter(({ matchId }) => matches.has(matchId)).length;
}

const inTime = (a: LedgerRow, b: LedgerRow): number =>
  (a.startedAt ?? 0) - (b.startedAt ?? 0) || (a.matchId < b.matchId ? -1 : 1);

function withScores(rows: readonly LedgerRow[]): ScoredMatch[] {
  return rows.flatMap((row) => {
    const score = scoreOf(row);
    return score === null ? [] : [{ row, score }];
  });
}

const opponentOf = ({ opponents }: LedgerRow): string =>
  opponents.length === 0 ? 'unknown' : opponents.toSorted().join(' + ');

function byOpponent(matches: readonly ScoredMatch[]): Map<string, ScoredMatch[]> {
  const groups = new Map<string, ScoredMatch[]>();
  for (const match of matches) {
    const key = `${opponentOf(match.row)}\n${match.row.format}`;
    const group = groups.get(key) ?? [];
    group.push(match);
    groups.set(key, group);
  }
  return groups;
}

function pairsOf(
  a: readonly ScoredMatch[],
  b: readonly ScoredMatch[],
): { readonly difference: number; readonly at: number }[] {
  return a.slice(0, b.length).map((match, index) => {
    const other = b[index] as ScoredMatch;
    return {
      difference: other.score - match.score,
      at: Math.max(match.row.startedAt ?? 0, other.row.startedAt ?? 0),
    };
  });
}

function mixOf(
  a: readonly ScoredMatch[],
  b: readonly ScoredMatch[],
  all: { readonly a: readonly ScoredMatch[]; readonly b: readonly ScoredMatch[] },
): OpponentMix {
  const row = (a[0] ?? b[0])?.row;
  const partOf = (part: readonly ScoredMatch[], whole: readonly ScoredMatch[]): MixShare => ({
    matches: part.length,
    won: part.filter(({ score }) => score === 1).length,
    share: whole.length === 0 ? 0 : part.length / whole.length,
  });
  return {
    opponent: row === undefined ? 'unknown' : opponentOf(row),
    format: row?.format ?? 'unknown',
    a: partOf(a, all.a),
    b: partOf(b, all.b),
    pairs: Math.min(a.length, b.length),
  };
}
