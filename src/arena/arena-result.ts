/** What an arena found out: the same shape while it runs and at its end. */
import type { Estimate } from '../statistics/mean-interval.js';
import type { ArenaAnswers, ArenaLoss, ArenaPairing, ArenaTimes } from './arena-record.js';
import type { ArenaTerms } from './arena-terms.js';

/** One bot of a pairing against the first bot of it. Always the later bot less the earlier one. */
export interface ArenaContrast {
  /** Numbers in the run. */
  readonly bot: number;
  readonly against: number;
  /**
   * Of deals: big blinds per 100 hands that `bot` wins more than `against` at one table; heads-up that is what it wins. Of
   * matches: the share of matches that it wins. With its 95 % interval, of a run of a size that was fixed before.
   */
  readonly difference: Estimate;
  /** Of a pair: between its legs' results, as `bot` has them; null where they do not vary. Heads-up, negative is good luck shared. */
  readonly correlation: number | null;
  /** The standard error that the same hands have if they are not paired; null with too few. */
  readonly unpairedError: number | null;
}

export interface PairingResult {
  readonly bots: ArenaPairing;
  /** Whole pairs, from the first on: what is counted. */
  readonly pairs: number;
  /** Hands in them. */
  readonly hands: number;
  readonly contrasts: readonly ArenaContrast[];
  /** By bot of the pairing. */
  readonly answers: readonly ArenaAnswers[];
  readonly losses: readonly ArenaLoss[];
}

export interface ArenaResult {
  readonly terms: ArenaTerms;
  readonly pairings: readonly PairingResult[];
  /** All pairs of all pairings are played. */
  readonly isComplete: boolean;
  /** The same seed gives the same: no bot was seen to read a clock, and none was answered for. */
  readonly isRepeatable: boolean;
  /** By bot of the run. */
  readonly times: readonly ArenaTimes[];
  /** Since the run began, or went on. */
  readonly elapsedMs: number;
  /** Pairs of all pairings that were played since then. */
  readonly playedNow: number;
}
