/** The terms of a run: everything that decides what is played, as plain data. */
import type { BlindLevel } from '../holdem/table-types.js';
import type { HouseBotName } from '../house/house-bot-names.js';
import type { ArenaPairing } from './arena-record.js';

/** A bot that any thread or machine with its file can make. */
export type ArenaBotPlace =
  | { readonly kind: 'house'; readonly house: HouseBotName }
  /** `path`: absolute. `exportName`: null where the file says it. */
  | { readonly kind: 'file'; readonly path: string; readonly exportName: string | null }
  /** It was given as an object, a class or a function: it plays on the thread that began the run. */
  | { readonly kind: 'here'; readonly place: number; readonly name: string };

/**
 * What of the luck of cards is taken off: nothing, as of matches; that of all-ins, as a rule; or that of hole cards and streets, too, by
 * a value function that is fixed beforehand.
 */
export type ArenaLuck = 'as played' | 'all-in' | 'aivat';

/** What a run plays. Its file has them, too: a run goes on only with the same terms. */
export interface ArenaTerms {
  /** `deals`: every hand begins with the same stacks. `matches`: a match is played to a bust. */
  readonly mode: 'deals' | 'matches';
  readonly seed: string;
  /** In the order of the command. */
  readonly bots: readonly ArenaBotPlace[];
  /** What bots are called at the table and in results, told apart. */
  readonly names: readonly string[];
  readonly pairings: readonly ArenaPairing[];
  /** Of each pairing. */
  readonly pairs: number;
  /** A block is one match to each of its bots in each leg. */
  readonly pairsPerBlock: number;
  /** Chips. */
  readonly startingStack: number;
  readonly smallBlind: number;
  readonly bigBlind: number;
  /** Of a match. */
  readonly blindSchedule: readonly Omit<BlindLevel, 'ante'>[];
  /** The most hands of a match. */
  readonly maxHands: number;
  /** Milliseconds for a decision. */
  readonly clockMs: number;
  /** Differences of bb/100 that are tested; null: a sequence that may be read at any time. */
  readonly sprt: { readonly low: number; readonly high: number } | null;
  readonly luck: ArenaLuck;
  /** The digest of the value function; null: there is none. */
  readonly valueFunction: string | null;
  /** Blocks tell by position, street and depth, and have the biggest pots. */
  readonly details: boolean;
}

/** The most pairs of a block: it has to fit into a message. */
export const mostPairsPerBlock = 1_000;

/** How many blocks each pairing has. */
export const blocksOf = ({ pairs, pairsPerBlock }: ArenaTerms): number => Math.ceil(pairs / pairsPerBlock);
