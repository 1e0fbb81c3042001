/** What an arena found out: the same shape while it runs and at its end. */
import type { DuelVerdict } from '../statistics/verdict.js';
import type { ArenaAnswers, ArenaLoss, ArenaPairing, BlockTimes } from './arena-record.js';
import type { ArenaTerms } from './arena-terms.js';
import type { ArenaDetails } from './pairing-details.js';

/** A bot of a pairing against one that stands before it in the command: always the later one less the earlier one. */
export interface ArenaContrast {
  /** Numbers in the run. */
  readonly bot: number;
  readonly against: number;
  /** B is `bot`, A is `against`. */
  readonly verdict: DuelVerdict;
  /**
   * The same without the pairs in which a turn was answered for a bot; null where there was none, or the run is not yet at an
   * end.
   */
  readonly undisturbed: DuelVerdict | null;
  /** Of what `bot` won in the first leg of a pair and in the others; null where that does not vary. */
  readonly correlation: number | null;
  /** How much the pairs spread with the luck taken off, and without; null: no value function takes it off. */
  readonly spreads: LuckSpreads | null;
  /** The standard error that as many hands would have without pairs, in bb/100; null of matches. */
  readonly unpairedError: number | null;
  /** What was known after so many pairs, each time some more than before; null: details were not asked for. */
  readonly trail: readonly TrailPoint[] | null;
}

/** Standard deviations of the same pairs, in big blinds a hand; null with fewer than two pairs. */
export interface LuckSpreads {
  /** By the value function: what the verdict counts. */
  readonly luckFree: number | null;
  /** With all-ins at what they were worth, and nothing else. */
  readonly allIn: number | null;
  /** As the chips were won. */
  readonly asPlayed: number | null;
  /**
   * How wide the interval of the verdict would be with all-ins alone adjusted, in bb/100: it hangs on the bound of a hand, too, which is
   * wider without its luck. Null: a test of two differences has none, and before the first pair.
   */
  readonly allInWidth: number | null;
}

/** In the unit of the verdict. */
export interface TrailPoint {
  readonly pairs: number;
  readonly mean: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What the bots of one pairing won of each other. */
export interface PairingResult {
  readonly bots: ArenaPairing;
  /** Whole pairs from the first on: what is counted. */
  readonly pairs: number;
  readonly hands: number;
  readonly contrasts: readonly ArenaContrast[];
  /** By bot of the pairing. */
  readonly answers: readonly ArenaAnswers[];
  /** Bots that were lost, in the order of the pairs; the first of them. */
  readonly losses: readonly ArenaLoss[];
  /** All of them. */
  readonly lostPairs: number;
  /** By bot of the pairing: pairs in which it was lost. */
  readonly lostByBot: readonly number[];
  /** By bot of the pairing. */
  readonly readsClock: readonly boolean[];
  /** Null: not asked for. */
  readonly details: ArenaDetails | null;
}

/** How long one bot took, in milliseconds. */
export interface ArenaTimes extends Omit<BlockTimes, 'counts'> {
  /** Decisions that came in time, and were measured: 0 of house bots. */
  readonly measured: number;
  /** Half of these took so long at most, or 99 of 100; a quarter too much at most. Null: none was measured. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** Why a run ended. */
export type ArenaEnd = 'complete' | 'decided' | 'stopped';

/** What a run says of its bots, or has said until now. */
export interface ArenaResult {
  readonly terms: ArenaTerms;
  readonly pairings: readonly PairingResult[];
  /** Null: it goes on. */
  readonly end: ArenaEnd | null;
  /** The same seed gives the same: nothing was seen that says otherwise. */
  readonly isRepeatable: boolean;
  /** Why not: by cause, then by bot. */
  readonly unrepeatable: readonly UnrepeatableCause[];
  /** By bot of the run: since it began, or went on. */
  readonly times: readonly ArenaTimes[];
  /** Since it began, or went on. */
  readonly elapsedMs: number;
  /** Pairs of all pairings that were played since then. */
  readonly playedNow: number;
  /** Pairs that an earlier run had played. */
  readonly playedBefore: number;
  /** Null: hands were not recorded. */
  readonly recorded: RecordedHands | null;
}

/** `bot`: its number in the run. */
export type UnrepeatableCause =
  | { readonly cause: 'clock'; readonly bot: number }
  | { readonly cause: 'answered for'; readonly bot: number; readonly turns: number }
  /** A block that was played twice came out differently. */
  | { readonly cause: 'unlike' };

/** What was recorded since the run began, or went on. */
export interface RecordedHands {
  /** The absolute path. */
  readonly folder: string;
  /** Legs of blocks, each a match to whoever reads them. */
  readonly matches: number;
}
