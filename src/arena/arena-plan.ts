/** In which order blocks are played. */
import type { BlockPlace } from './arena-seat.js';
import { type ArenaTerms, blocksOf } from './arena-terms.js';

const defaults = {
  /** Of one pairing in a row: its bots have threads of their own, which are started anew for it. */
  dealsInARow: 1_000,
  matchesInARow: 10,
} as const;

/**
 * Every block once, pairing by pairing in turn, so that all of them have as many.
 *
 * @param played how many blocks of each pairing there are already.
 */
export function* blockPlaces(terms: ArenaTerms, played: readonly number[]): Generator<BlockPlace> {
  const blocks = blocksOf(terms);
  const inARow = terms.pairings.length === 1 ? blocks : blocksInARow(terms);
  for (let from = 0; from < blocks; from += inARow) {
    for (const pairing of terms.pairings.keys()) {
      const first = Math.max(from, played[pairing] ?? 0);
      for (let block = first; block < Math.min(blocks, from + inARow); block += 1) yield { pairing, block };
    }
  }
}

const blocksInARow = ({ mode, pairsPerBlock }: ArenaTerms): number =>
  mode === 'deals' ? Math.ceil(defaults.dealsInARow / pairsPerBlock) : defaults.matchesInARow;
