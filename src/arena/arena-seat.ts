/** What plays at a seat of an arena's table, wherever its bot runs. */
import type { HandEngine } from '../holdem/hand-engine.js';
import type { TableTurn } from '../holdem/table-types.js';
import type { ObservedFrame } from '../machines/ports.js';
import type { MatchEnd, WireAction } from '../protocol/frames.js';

/** What a seat does in turn. */
export interface ArenaAnswer {
  readonly action: WireAction;
  /** The bot did not decide: it is the action that risks nothing. */
  readonly isAnsweredFor: boolean;
}

/** What the bot of a seat is lost to, until its pair is over. */
export interface SeatLoss {
  readonly why: string;
  readonly message: string;
}

/** One of them plays one leg of a block, with a bot of its own that has played nothing else. */
export interface ArenaSeat {
  /** Whether its bot has hooks that frames are made for. */
  readonly hears: boolean;
  /** Why its bot is gone; null while it is there. */
  readonly loss: SeatLoss | null;
  readonly tally: SeatTally;
  /** A pair begins. A seat that has lost its bot gets another one. */
  beginPair(pair: number): void | Promise<void>;
  /** A hand of the pair begins: its number there, from 1. */
  beginHand(hand: number): void;
  hear(frame: ObservedFrame): void;
  ask(turn: TableTurn): ArenaAnswer | Promise<ArenaAnswer>;
  /** The same from the engine, for a seat that hears nothing. */
  askSilent?(engine: HandEngine): ArenaAnswer | Promise<ArenaAnswer>;
  /** The match is over, as the bot sees it. Resolves when it has seen that. */
  end(frame: MatchEnd): void | Promise<void>;
}

/** What is counted of a seat while it plays. Times are milliseconds. */
export interface SeatTally {
  turns: number;
  answeredFor: number;
  failed: number;
  corrected: number;
  readsClock: boolean;
  thinkMs: number;
  slowestMs: number;
  /** As `countTime` counts. */
  counts: number[];
  waitMs: number;
  slowestWaitMs: number;
}

export const newSeatTally = (): SeatTally => ({
  turns: 0,
  answeredFor: 0,
  failed: 0,
  corrected: 0,
  readsClock: false,
  thinkMs: 0,
  slowestMs: 0,
  counts: [],
  waitMs: 0,
  slowestWaitMs: 0,
});

/** Where a block stands in the run. */
export interface BlockPlace {
  pairing: number;
  block: number;
}

/** Who is to sit at a seat of one leg. */
export interface SeatPlace extends BlockPlace {
  /** The number of the bot in the run. */
  bot: number;
  leg: number;
  seatIndex: number;
  matchId: string;
}

/** Makes a seat with a bot that has played nothing yet. */
export type OpenSeat = (place: SeatPlace) => ArenaSeat | Promise<ArenaSeat>;
