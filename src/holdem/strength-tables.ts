/** What the evaluator says of every hand of five, six or seven cards, up to suits. */
import { evaluate } from '@pokertools/evaluator';

/** Hands without a flush, by how many cards they have of each rank: two digits of base five each, as `rankKeys` adds them up. */
export class RankTable {
  private readonly rows: Int32Array;
  private readonly columns: Uint16Array;
  private readonly strengths: Uint16Array;

  constructor(count: number, { low, high }: Halves) {
    this.columns = high.places;
    this.rows = new Int32Array(low.places.length);
    const strengths: number[] = [];
    const codes = Array.from({ length: count }, () => 0);
    for (let lowCount = 0; lowCount <= count; lowCount += 1) {
      for (const lows of low.byCount[lowCount] ?? []) {
        this.rows[lows.key] = strengths.length;
        for (let at = 0; at < lowCount; at += 1) codes[at] = codeOf(lows.ranks[at] as number, at);
        for (const { ranks } of high.byCount[count - lowCount] ?? []) {
          for (let at = lowCount; at < count; at += 1)
            codes[at] = codeOf(6 + (ranks[at - lowCount] as number), at);
          strengths.push(strengthBy(codes));
        }
      }
    }
    this.strengths = Uint16Array.from(strengths);
  }

  at(ranks: number): number {
    return this.strengths[
      (this.rows[ranks & 0x3fff] as number) + (this.columns[ranks >>> 14] as number)
    ] as number;
  }
}

let halves: Halves | null = null;

/** @param count of the cards: five to seven. */
export function createRankTable(count: number): RankTable {
  halves ??= { low: createHalf(6), high: createHalf(7) };
  return new RankTable(count, halves);
}

/** The evaluator counts down from 7462, the weakest hand, to 1. */
function strengthBy(codes: readonly number[]): number {
  return 7463 - evaluate(codes as number[]);
}

/** Cards of some neighbouring ranks. */
interface RankCounts {
  /** Of each card, counted from the lowest of them on. */
  readonly ranks: readonly number[];
  /** How many there are of each, as digits of base five. */
  readonly key: number;
}

interface Half {
  /** By the number of cards: what is possible. */
  readonly byCount: readonly (readonly RankCounts[])[];
  /** By key: the place in that list. */
  readonly places: Uint16Array;
}

interface Halves {
  /** Twos to sevens. */
  readonly low: Half;
  /** Eights to aces. */
  readonly high: Half;
}

function createHalf(size: number): Half {
  const byCount: RankCounts[][] = Array.from({ length: 8 }, () => []);
  const places = new Uint16Array(5 ** size);
  const add = (rank: number, ranks: readonly number[], key: number): void => {
    if (rank === size) {
      const list = byCount[ranks.length] as RankCounts[];
      places[key] = list.length;
      list.push({ ranks, key });
      return;
    }
    let more = ranks;
    for (let cards = 0; cards <= 4 && more.length <= 7; cards += 1) {
      add(rank + 1, more, key + cards * 5 ** rank);
      more = [...more, rank];
    }
  };
  add(0, [], 0);
  return { byCount, places };
}

/** Suits go round from card to card: those of one rank differ, and no suit comes five times. */
function codeOf(rank: number, at: number): number {
  return (rank << 2) | (at & 3);
}

/** By the ranks of one suit, a bit for each: five of them or more. */
export function createFlushes(): Uint16Array {
  const flushes = new Uint16Array(1 << 13);
  for (let held = 0; held < flushes.length; held += 1) {
    const codes: number[] = [];
    for (let rank = 0; rank < 13; rank += 1) if ((held & (1 << rank)) !== 0) codes.push(rank << 2);
    if (codes.length >= 5 && codes.length <= 7) flushes[held] = strengthBy(codes);
  }
  return flushes;
}
