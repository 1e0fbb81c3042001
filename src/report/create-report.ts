/** Adds matches up to a report. */
import type { CollectedMatch, MatchView } from '../histories/collection/collected-match.js';
import { versionName } from '../ledger/ledger-groups.js';
import type { LedgerHand, LedgerRow } from '../ledger/ledger-row.js';
import { entriesOf } from '../ledger/rows-of-match.js';
import type { PackTerms } from '../playback/match-packer.js';
import { shortText } from '../playback/page-seat.js';
import { version as packageVersion } from '../protocol/version.js';
import { createAnsweredTable } from './answered-table.js';
import { createGainLine, type GainLine } from './gain-line.js';
import { createHandChoice } from './hand-choice.js';
import { handTextsOf } from './hand-texts.js';
import { createLatencyBars } from './latency-bars.js';
import { createLatencyLine } from './latency-line.js';
import { ledgerTables } from './ledger-tables.js';
import { countText } from './number-text.js';
import type { GainGroup, PageData, ReportTable, StatisticsView } from './page-data.js';
import { reportDefaults } from './report-defaults.js';

export interface ReportTerms extends PackTerms {
  readonly title: string;
  /** Epoch milliseconds. */
  readonly madeAt: number;
  /** Most hands that can be played again. Default: 4000. */
  readonly hands?: number;
  /** With the hands in the formats of other programs, where they are not too many. Default: true. */
  readonly withTexts?: boolean;
}

export interface Report {
  add(match: CollectedMatch): void;
  /**
   * @param tables more of them.
   * @param remarks more of what is in no sum.
   */
  data(more?: { tables?: readonly ReportTable[]; remarks?: readonly string[] }): PageData;
}

export function createReport(terms: ReportTerms): Report {
  const { title, madeAt, hands: most = reportDefaults.hands, hideCards = false, withTexts = true } = terms;
  const kept = createHandChoice(most, terms);
  const rows: LedgerRow[] = [];
  const all = createGainLine();
  const opponents = new Map<string, GainLine>();
  const versions = new Map<string, GainLine>();
  const bars = createLatencyBars();
  const line = createLatencyLine();
  const answered = createAnsweredTable();
  const left = new Map<string, number>();
  const names = { foreign: 0, unfinished: 0 };

  function addRow(row: LedgerRow, hands: readonly LedgerHand[]): void {
    rows.push(row);
    all.addMatch(hands);
    const rivals = row.opponents.length === 0 ? 'unknown' : row.opponents.toSorted().join(' + ');
    lineIn(opponents, rivals).addMatch(hands);
    lineIn(versions, versionName(row)).addMatch(hands);
  }

  function addTurns(row: LedgerRow, { decisions }: MatchView): void {
    answered.add(shortText(versionName(row), 60), decisions);
    for (const { latencyMs, clockMs = null, source } of decisions) {
      if (clockMs !== null) bars.budget(clockMs);
      if (latencyMs === null) continue;
      bars.add(latencyMs, source === 'bot');
      line.add(latencyMs, clockMs);
    }
  }

  return {
    add(match) {
      kept.add(match);
      const { rows: own, hands } = entriesOf(match);
      const views = [match, ...match.others].filter(({ by }) => by !== 'platform');
      for (const row of own) {
        const isOwn = ({ participantId }: { participantId: string | null }) =>
          participantId === row.participantId;
        addRow(row, hands.filter(isOwn));
        const view = views.find(isOwn);
        if (view !== undefined) addTurns(row, view);
      }
      if (own.length === 0) names.foreign += 1;
      names.unfinished += match.hands.filter(({ isFinished }) => !isFinished).length;
      for (const { code } of match.refused) left.set(code, (left.get(code) ?? 0) + 1);
    },
    data({ tables = [], remarks = [] } = {}) {
      const matches = kept.matches();
      const shown = matches.reduce((sum, { hands }) => sum + hands.length, 0);
      const hasTexts = withTexts && shown <= reportDefaults.handsWithTexts;
      const answeredTable = answered.table();
      const latency = bars.view();
      const hasLatency = latency.count > 0;
      const { first, last } = spanOf(rows);
      const statistics: StatisticsView = {
        matches: rows.length,
        hands: all.hands,
        firstAt: first,
        lastAt: last,
        remarks: [...remarksOf(names, left), ...remarks.map((text) => shortText(text, 300))],
        gains: [
          { by: 'all', lines: [all.view('all hands')], left: 0 },
          ...(opponents.size > 0 ? [groupOf('opponent', opponents)] : []),
          ...(versions.size > 0 ? [groupOf('version', versions)] : []),
        ],
        latency: hasLatency ? latency : null,
        latencyLine: hasLatency ? line.view() : null,
        tables: [...ledgerTables(rows), ...tables, ...(answeredTable === null ? [] : [answeredTable])],
      };
      return {
        title: shortText(title, 120),
        madeAt,
        package: packageVersion,
        statistics: rows.length === 0 ? null : statistics,
        matches: hasTexts ? matches.map((match) => ({ ...match, texts: handTextsOf(match) })) : matches,
        totalHands: kept.total,
        hidesCards: hideCards,
      };
    },
  };
}

function lineIn(lines: Map<string, GainLine>, name: string): GainLine {
  const known = lines.get(name) ?? createGainLine();
  lines.set(name, known);
  return known;
}

function groupOf(by: GainGroup['by'], lines: ReadonlyMap<string, GainLine>): GainGroup {
  const ordered = [...lines]
    .filter(([, { hands }]) => hands > 0)
    .toSorted(([, a], [, b]) => b.hands - a.hands);
  return {
    by,
    lines: ordered.slice(0, reportDefaults.lines).map(([name, line]) => line.view(shortText(name))),
    left: Math.max(0, ordered.length - reportDefaults.lines),
  };
}

function spanOf(rows: readonly LedgerRow[]): { first: number | null; last: number | null } {
  let [first, last]: [number | null, number | null] = [null, null];
  for (const { startedAt } of rows) {
    if (startedAt === null) continue;
    first = first === null ? startedAt : Math.min(first, startedAt);
    last = last === null ? startedAt : Math.max(last, startedAt);
  }
  return { first, last };
}

const numbered = (count: number, one: string, many: string): string =>
  `${countText(count)} ${count === 1 ? one : many}`;

function remarksOf(
  { foreign, unfinished }: { foreign: number; unfinished: number },
  left: ReadonlyMap<string, number>,
): string[] {
  const remarks: string[] = [];
  if (foreign > 0)
    remarks.push(`${numbered(foreign, 'match', 'matches')} without a bot of yours, in no sum.`);
  if (unfinished > 0) remarks.push(`${numbered(unfinished, 'hand', 'hands')} cut off, in no sum.`);
  for (const [code, count] of left) {
    const why = code === 'unsound' ? 'their chips do not add up' : code;
    remarks.push(`${numbered(count, 'hand', 'hands')} in no sum: ${why}.`);
  }
  return remarks;
}
