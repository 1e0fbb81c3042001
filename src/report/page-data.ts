/** What a page of a report gets: plain data, all text printable. */
import type { PackedMatch } from '../playback/packed-match.js';
import type { Interval } from '../statistics/interval.js';
import type { GainView } from './gain-line.js';
import type { LatencyView } from './latency-bars.js';
import type { LatencyLineView } from './latency-line.js';

/** A cell of a table; one with an interval is drawn as well. */
export type ReportCell =
  | string
  | { readonly text: string; readonly value: number; readonly interval: Interval | null };

export interface ReportTable {
  readonly id: string;
  readonly title: string;
  /** What has to be known to read it; empty: nothing. */
  readonly about: string;
  readonly columns: readonly { readonly heading: string; readonly isNumber: boolean }[];
  readonly rows: readonly (readonly ReportCell[])[];
}

/** Lines of one plot. */
export interface GainGroup {
  /** What they stand for: all hands, an opponent each, a version each. */
  readonly by: 'all' | 'opponent' | 'version';
  /** The most hands first. */
  readonly lines: readonly GainView[];
  /** Lines that were left out because there are too many. */
  readonly left: number;
}

/** A figure that is read first. */
export interface ReportTile {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}

/** A difference as it was known after so many deals or pairs of matches; as many numbers in each list. */
export interface VerdictTrail {
  readonly name: string;
  readonly unit: string;
  readonly n: readonly number[];
  readonly mean: readonly (number | null)[];
  /** Bounds that hold at all times at once; null: none. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

export interface StatisticsView {
  readonly matches: number;
  readonly hands: number;
  /** Of the first and the last match, in epoch milliseconds; null: unknown. */
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** What is in no sum, a sentence each. */
  readonly remarks: readonly string[];
  readonly gains: readonly GainGroup[];
  /** Null: no turn of ours is recorded. */
  readonly latency: LatencyView | null;
  readonly latencyLine: LatencyLineView | null;
  readonly tables: readonly ReportTable[];
  /** In place of those that are made of the sums above. */
  readonly tiles?: readonly ReportTile[];
  /** Of an arena. */
  readonly trails?: readonly VerdictTrail[];
}

export interface PageData {
  readonly title: string;
  /** Epoch milliseconds. */
  readonly madeAt: number;
  /** The version of this package. */
  readonly package: string;
  /** Null: it is a file of hands and nothing else. */
  readonly statistics: StatisticsView | null;
  readonly matches: readonly PackedMatch[];
  /** Of all matches that were read: `matches` may have a part of them. */
  readonly totalHands: number;
  /** The hands are the biggest pots alone. Default: the newest are among them. */
  readonly areBiggest?: boolean;
  /** Hole cards that were not shown are left out. */
  readonly hidesCards: boolean;
}
