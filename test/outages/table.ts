/** Accounts of one or several builds, summed up for people. */
import { type Account, verdictOn } from './account.js';

/** The accounts of one build. */
export interface Side {
  name: string;
  accounts: readonly Account[];
}

interface Sum {
  outages: number;
  matches: number;
  lost: number;
  late: number;
  substituted: number;
  /** Milliseconds, from the shortest. */
  back: number[];
}

const seconds = (ms: number | undefined): string => (ms === undefined ? '-' : (ms / 1_000).toFixed(1));

export function sumOf(accounts: readonly Account[]): Sum {
  const verdicts = accounts.map(verdictOn);
  return {
    outages: new Set(accounts.map(({ outage }) => outage.number)).size,
    matches: accounts.length,
    lost: verdicts.filter((verdict) => verdict === 'lost').length,
    late: verdicts.filter((verdict) => verdict === 'late').length,
    substituted: accounts.reduce((sum, { substituted }) => sum + substituted, 0),
    back: accounts.flatMap(({ backAfterMs }) => backAfterMs ?? []).toSorted((a, b) => a - b),
  };
}

/** The columns of one build; `head` are their names. */
const head = ['outages', 'matches', 'lost', 'late', 'timed out', 'back p50', 'max'] as const;

function cells(accounts: readonly Account[]): string[] {
  const { outages, matches, lost, late, substituted, back } = sumOf(accounts);
  const counts = [outages, matches, lost, late, substituted].map(String);
  return [...counts, seconds(back[Math.floor(back.length / 2)]), seconds(back.at(-1))];
}

const columns: readonly { title: string; keyOf: (account: Account) => string }[] = [
  {
    title: 'leg',
    keyOf: ({ outage: { match, lobby } }) =>
      match === null ? 'lobby' : lobby === null ? 'gateway' : 'lobby and gateway',
  },
  {
    title: 'moment',
    keyOf: ({ outage: { point } }) => (point === 'dial' ? 'before the first dial' : 'during play'),
  },
  {
    title: 'how long',
    keyOf({ outage: { ms } }) {
      const from = Math.floor(ms / 5_000) * 5;
      return `${String(from).padStart(2)} to ${from + 5} s`;
    },
  },
  {
    title: 'how the match was cut',
    keyOf: ({ outage: { match, point } }) =>
      match === null ? '(lobby only)' : point === 'dial' ? '(not yet dialed)' : match.cut.name,
  },
  {
    title: 'what its dials met',
    keyOf: ({ outage: { match } }) => match?.meeting.name ?? '(lobby only)',
  },
];

/** One table for each way to look at it, the sum last. Times are seconds. */
export function tables(sides: readonly Side[]): string[] {
  const views = [...columns, { title: 'all', keyOf: () => 'all' }];
  return views.flatMap(({ title, keyOf }) => {
    const keys = [...new Set(sides.flatMap(({ accounts }) => accounts.map(keyOf)))].toSorted((a, b) =>
      a.localeCompare(b, 'en', { numeric: true }),
    );
    const rows = keys.map((key) => [
      key,
      ...sides.flatMap(({ accounts }) => cells(accounts.filter((account) => keyOf(account) === key))),
    ]);
    return [...layOut([title, ...sides.flatMap(() => head)], rows, sides), ''];
  });
}

function layOut(names: readonly string[], rows: readonly string[][], sides: readonly Side[]): string[] {
  const widths = names.map((name, column) =>
    Math.max(name.length, column === 0 ? 44 : 0, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const padded = column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0);
        return column > 0 && (column - 1) % head.length === 0 ? `| ${padded}` : padded;
      })
      .join('  ');
  const sideWidth = (side: number): number =>
    head.reduce((sum, _, column) => sum + (widths[1 + side * head.length + column] ?? 0) + 2, 0);
  const top = sides
    .map(({ name }, side) => `| ${name}`.padEnd(sideWidth(side) + 2))
    .join('')
    .trimEnd();
  return [`${''.padEnd(widths[0] ?? 0)}  ${top}`, line(names), ...rows.map(line)];
}
