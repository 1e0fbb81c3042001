/**
 * What an arena writes down: blocks of pairs, as plain data that can be written as JSON, sent between threads and machines, and added up. A
 * block is a function of the run's terms and its own index: whoever plays it gets the same, but for `BlockTimes`.
 *
 * Bots are named by their number in the pairing, from 0 in the order of the command, and never by their names: a bot may
 * play itself.
 */

import type { PackedHand } from '../playback/packed-hand.js';
import type { TimeCounts } from './decision-times.js';
import type { DetailGroup } from './detail-groups.js';

/** Who plays whom: the numbers of the bots in the run, in the order of the command. */
export type ArenaPairing = readonly number[];

/** A bot was lost in a pair, or could not begin it. It folded on from there. */
export interface ArenaLoss {
  /** The pair in the run, from 0. */
  readonly pair: number;
  readonly leg: number;
  /** The number of the bot in the pairing. */
  readonly bot: number;
  /** `blocked`, `crashed`, `exited`, `out_of_memory`, `unfit`. */
  readonly why: string;
  /** A sentence. */
  readonly message: string;
}

/** How a bot answered. */
export interface ArenaAnswers {
  /** Turns that it was asked. */
  readonly turns: number;
  /** Turns that were answered for it, because it took too long, or failed. */
  readonly answeredFor: number;
  /** Of these, the turns in which it threw or answered with what cannot be understood. */
  readonly failed: number;
  /** Answers that were not legal, and were made legal. */
  readonly corrected: number;
}

/** What is kept of the hands of a block, however many it has. */
export interface BlockDetails {
  /** By bot: what it won in the hands of each group; a group without a hand is not there. */
  readonly groups: readonly Readonly<Partial<Record<DetailGroup, GroupSums>>>[];
  /** The biggest pots, the biggest first; of equal ones the first. */
  readonly pots: readonly ArenaPot[];
}

/**
 * `ClusterSums` of a group, each pair a cluster, its hands the weight, in their order there: clusters, weight, sum, sum of squares,
 * products, squares of weights. Big blinds, as the verdict counts them.
 */
export type GroupSums = readonly [number, number, number, number, number, number];

export interface ArenaPot {
  readonly pair: number;
  readonly leg: number;
  /** The pot in big blinds, without what nobody called. */
  readonly bigBlinds: number;
  /** Names are numbers of bots in the pairing. */
  readonly hand: PackedHand;
}

/**
 * A block of pairs. A pair is one deck (of a match: one row of decks), played once in each seating: in leg `l` bot `b` of a
 * pairing of `n` sits at seat `(b + l) % n`. It is what can be counted as one observation; the legs of a pair depend on each other.
 */
export interface BlockRecord {
  /** The number of the pairing in the run. */
  readonly pairing: number;
  /** The number of the block in its pairing. */
  readonly block: number;
  /** Its first pair: pair `i` has the same decks in every pairing. */
  readonly firstPair: number;
  readonly pairs: number;
  /** Chips won, by leg, by bot, by pair. Over the bots of a leg they add up to 0. */
  readonly netChips: readonly (readonly (readonly number[])[])[];
  /** The same, without the luck that the terms take off; null: they take none off. */
  readonly adjustedChips: readonly (readonly (readonly number[])[])[] | null;
  /**
   * As `netChips`, with all-ins at what they were worth when the last chip went in. Only where the terms take more luck off, to tell how
   * much that helps.
   */
  readonly allInChips?: readonly (readonly (readonly number[])[])[];
  /** Hands played, by leg, by pair: one of a deal, as many as it took of a match. */
  readonly hands: readonly (readonly number[])[];
  /** By bot. */
  readonly answers: readonly ArenaAnswers[];
  /** Pairs in which a turn was answered for a bot, in their order. */
  readonly disturbedPairs: readonly number[];
  readonly losses: readonly ArenaLoss[];
  /** By bot: it has read a clock, so that it may play the same block differently. */
  readonly readsClock: readonly boolean[];
  /** Not there: it was not asked for. */
  readonly details?: BlockDetails;
}

/** How long one bot took, in milliseconds. It differs from run to run. */
export interface BlockTimes {
  /** That it was asked. */
  readonly turns: number;
  /** All its decisions that came in time together, as measured where the bot runs. */
  readonly thinkMs: number;
  readonly slowestMs: number;
  /** How many of them took how long; empty: none was measured, as of house bots. */
  readonly counts: TimeCounts;
  /** The same as the host sees it: with the way there and back. */
  readonly waitMs: number;
  readonly slowestWaitMs: number;
}

/** A block and how long it took. */
export interface PlayedBlock {
  readonly record: BlockRecord;
  /** By bot. */
  readonly times: readonly BlockTimes[];
  /** Its hands, as `packHands` makes them; not there: they were not asked for. */
  readonly hands?: string;
}
