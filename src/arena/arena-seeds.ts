/** Where every random number of an arena comes from: the seed of the run, what it is for, and where it stands. */
import { sha256 } from '../chance/random.js';

/** What chance is used for. Each use has numbers of its own, so that none of them can shift another. */
export type ChancePurpose = 'deck' | 'seat';

/**
 * A seed of its own for each purpose and place, 64 hex characters: the same whoever plays it, in whatever order.
 *
 * @param places such as the pair, and the seat.
 */
export function arenaSeed(seed: string, purpose: ChancePurpose, ...places: readonly number[]): string {
  return sha256(JSON.stringify(['arena', seed, purpose, ...places]));
}
