/** Adds up rows of the ledger. */
import { clusteredMean, clusterSums, type Estimate } from '../statistics/mean-interval.js';
import type { LedgerRow } from './ledger-row.js';

/** Sums of rows; what each means is told in docs/ledger.md. */
export interface LedgerLine {
  readonly matches: number;
  readonly won: number;
  readonly lost: number;
  /** Matches whose chips are not known. */
  readonly unknown: number;
  readonly abandoned: number;
  readonly hands: number;
  /** Chips of the matches whose chips are known. */
  readonly net: number;
  /** Chips of the hands. */
  readonly handNet: number;
  /** Chips a hand; the interval is that of matches, as their hands hang together. */
  readonly chipsPerHand: Estimate;
  /** Big blinds in a hundred hands, over hands whose level is known. */
  readonly bbPer100: Estimate;
  readonly levelHands: number;
  /** The same with all-ins of two seats, of which there were so many, at what they were worth: the same mean with less luck. */
  readonly adjustedPer100: Estimate;
  readonly adjustedHands: number;
  /** Over matches that have a recording; null: none has. */
  readonly showdowns: number | null;
  readonly showdownsWon: number | null;
  readonly turns: number;
  readonly answeredFor: number;
  readonly timeouts: number;
  readonly corrections: number;
  readonly rejections: number;
  /** Over matches that have a recording; null: none has. */
  readonly errors: number | null;
  readonly resumes: number;
}

const counted = [
  'hands',
  'handNet',
  'levelHands',
  'adjustedHands',
  'showdowns',
  'showdownsWon',
  'turns',
  'answeredFor',
  'timeouts',
  'corrections',
  'rejections',
  'resumes',
] as const satisfies readonly (keyof LedgerRow)[];

/** @param level share of intervals that hold the true value. */
export function ledgerLine(rows: readonly LedgerRow[], level?: number): LedgerLine {
  const sums = Object.fromEntries(counted.map((name) => [name, 0])) as Record<
    (typeof counted)[number],
    number
  >;
  let [won, lost, unknown, abandoned, net] = [0, 0, 0, 0, 0];
  let errors: number | null = null;
  for (const row of rows) {
    for (const name of counted) sums[name] += row[name];
    if (row.net === null) unknown += 1;
    else {
      net += row.net;
      if (row.net > 0) won += 1;
      if (row.net < 0) lost += 1;
    }
    if (row.outcome === 'abandoned') abandoned += 1;
    if (row.errors !== null) errors = (errors ?? 0) + row.errors;
  }
  const areResultsOnly = rows.length > 0 && rows.every(({ source }) => source === 'result');
  const chips = clusterSums(rows, { sumOf: (row) => row.handNet, weightOf: ({ hands }) => hands });
  const blinds = clusterSums(rows, {
    sumOf: ({ levelNet }) => levelNet,
    weightOf: ({ levelHands }) => levelHands,
  });
  const adjusted = clusterSums(rows, {
    sumOf: ({ levelAdjusted }) => levelAdjusted,
    weightOf: ({ levelHands }) => levelHands,
  });
  return {
    matches: rows.length,
    won,
    lost,
    unknown,
    abandoned,
    net,
    ...sums,
    ...(areResultsOnly && { showdowns: null, showdownsWon: null }),
    chipsPerHand: clusteredMean(chips, level),
    bbPer100: times(100, clusteredMean(blinds, level)),
    adjustedPer100: times(100, clusteredMean(adjusted, level)),
    errors,
  };
}

function times(factor: number, { value, error, interval }: Estimate): Estimate {
  return {
    value: value === null ? null : factor * value,
    error: error === null ? null : factor * error,
    interval: interval === null ? null : { low: factor * interval.low, high: factor * interval.high },
  };
}
