/** The ledger of a report as tables. */
import { groupsOf, type LedgerGroup } from '../ledger/ledger-groups.js';
import type { LedgerKey } from '../ledger/ledger-keys.js';
import type { LedgerRow } from '../ledger/ledger-row.js';
import { type LedgerLine, ledgerLine } from '../ledger/ledger-sums.js';
import { shortText } from '../playback/page-seat.js';
import { countText, signedText } from './number-text.js';
import type { ReportCell, ReportTable } from './page-data.js';

const limits = { rows: 60, nameLength: 80 } as const;

const orDash = (value: number | null): string => (value === null ? '–' : countText(value));

const columns: readonly { heading: string; cell: (line: LedgerLine) => ReportCell }[] = [
  { heading: 'matches', cell: ({ matches }) => countText(matches) },
  { heading: 'won', cell: ({ won }) => countText(won) },
  { heading: 'hands', cell: ({ hands }) => countText(hands) },
  { heading: 'net chips', cell: ({ net }) => signedText(net) },
  { heading: 'bb/100', cell: ({ bbPer100: { value, interval } }) => estimateCell(value, interval) },
  {
    heading: '95 %',
    cell: ({ bbPer100: { interval } }) =>
      interval === null ? '–' : `${signedText(interval.low, 1)} to ${signedText(interval.high, 1)}`,
  },
  { heading: 'show-downs', cell: ({ showdowns }) => orDash(showdowns) },
  { heading: 'won there', cell: ({ showdownsWon }) => orDash(showdownsWon) },
  { heading: 'answered for', cell: ({ answeredFor }) => countText(answeredFor) },
  { heading: 'errors', cell: ({ errors }) => orDash(errors) },
  { heading: 'resumes', cell: ({ resumes }) => countText(resumes) },
];

function estimateCell(value: number | null, interval: { low: number; high: number } | null): ReportCell {
  return value === null ? '–' : { text: signedText(value, 1), value, interval };
}

const titles: Readonly<Record<LedgerKey, string>> = {
  version: 'By version',
  opponent: 'By opponent',
  format: 'By format',
  day: 'By day',
};

const about =
  'bb/100: big blinds won in a hundred hands. Its interval, at 95 %, takes each match as one value, as its hands hang together: with one match there is none.';

/** One table for each key that tells at least two groups apart, and always by version and opponent. */
export function ledgerTables(rows: readonly LedgerRow[]): ReportTable[] {
  if (rows.length === 0) return [];
  const total = ledgerLine(rows);
  return (['version', 'opponent', 'format', 'day'] as const).flatMap((key): ReportTable[] => {
    const groups = groupsOf(rows, [key]);
    if (groups.length < 2 && (key === 'format' || key === 'day')) return [];
    // Days in their order, the newest ones if there are too many.
    const shown = key === 'day' ? groups.slice(-limits.rows) : groups.slice(0, limits.rows);
    const left = groups.length - shown.length;
    return [
      {
        id: `by-${key}`,
        title: titles[key],
        about: [key === 'version' ? about : '', left > 0 ? `${left} more rows are left out.` : '']
          .filter((text) => text !== '')
          .join(' '),
        columns: [
          { heading: key, isNumber: false },
          ...columns.map(({ heading }) => ({ heading, isNumber: true })),
        ],
        rows: [
          ...shown.map((group) => [nameOf(group), ...columns.map(({ cell }) => cell(group.line))]),
          ...(groups.length > 1 ? [['all', ...columns.map(({ cell }) => cell(total))]] : []),
        ],
      },
    ];
  });
}

const nameOf = ({ names }: LedgerGroup): string => shortText(names.join(', '), limits.nameLength);
