import type { Standings } from './facts.js';

/** What decides the place of a seat: how long it lasted, then its chips. */
interface Finish {
  /** The hand in which the seat lost its last chips; infinite while it has some. */
  hand: number;
  /** What it began that hand with, or has now. */
  stack: number;
}

/** Best first; seats that cannot be told apart share a place. */
export function finishingOrder(finishes: readonly Finish[]): Standings['finishingOrder'] {
  return finishes
    .map(({ hand, stack }, seat) => ({
      place:
        1 +
        finishes.filter((other) => other.hand > hand || (other.hand === hand && other.stack > stack)).length,
      seat,
    }))
    .toSorted((a, b) => a.place - b.place || a.seat - b.seat);
}
