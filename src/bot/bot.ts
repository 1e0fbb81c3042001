import type { BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import type { MissedTurn } from '../protocol/events.js';
import type {
  JsonObject,
  MatchEnd,
  MatchStart,
  PhaseChange,
  RoundResult,
  RoundStart,
  TurnRequest,
  TurnResult,
} from '../protocol/frames.js';

/** The turn a bot is asked to decide. */
export interface Turn {
  readonly matchId: string;
  readonly requestId: string;
  /**
   * By when the answer must be given, in epoch milliseconds of the wall clock as it is set when this is read; later when
   * the server renews the clock.
   */
  readonly deadline: number;
  /** Fires when the agent no longer waits for this answer: it answered for the bot, or the turn is over. */
  readonly signal: AbortSignal;
  /** The frame as it came. */
  readonly raw: TurnRequest;
  /** What the gateway's `hello` said of a table that is not poker; null or absent on a poker table. */
  readonly game?: JsonObject | null;
  /**
   * The best answer so far: the last one proposed, made legal, goes out if there is no better one by the deadline, or if
   * the bot fails. After the turn is over it changes nothing.
   */
  propose(answer: BotAnswer): void;
}

/** What `onDecisionTimeout` is told: the turn was over before the bot had decided. */
export interface DecisionTimeout extends MissedTurn {
  readonly matchId: string;
  readonly requestId: string;
}

/** What `onReconnected` is told. */
export interface ReconnectInfo {
  readonly matchId: string;
  /** True when this process was started while the match was already under way: earlier hooks never ran. */
  readonly restarted: boolean;
}

/** The hooks of a bot besides `decide`. All run one after the other, in the order of the frames. */
export interface BotHooks {
  onMatchStart?(frame: MatchStart): void | Promise<void>;
  onRoundStart?(frame: RoundStart): void | Promise<void>;
  onTurnResult?(frame: TurnResult): void | Promise<void>;
  onPhaseChange?(frame: PhaseChange): void | Promise<void>;
  onRoundResult?(frame: RoundResult): void | Promise<void>;
  onMatchEnd?(frame: MatchEnd): void | Promise<void>;
  /** Told after each answer that was sent, in milliseconds from `turn_request` to the answer. */
  onDecisionLatency?(latencyMs: number): void | Promise<void>;
  /** The bot was late and was answered for; called when it has come to an end with that turn. */
  onDecisionTimeout?(info: DecisionTimeout): void | Promise<void>;
  /** The connection was lost and is back; there is no second `onMatchStart`. */
  onReconnected?(info: ReconnectInfo): void | Promise<void>;
  /** For tables that are not poker: used instead of `decide`, answered in the table's own terms. */
  decideRaw?(turn: Turn): RawAnswer | Promise<RawAnswer>;
}

/** An answer in the terms of another game (docs/protocol.md 9). */
export interface RawAnswer {
  action: string;
  params?: JsonObject;
}

/**
 * For a bot in a worker thread that has to be replaced: declare both, and the newcomer is given what the bot last kept
 * instead of all that happened in the match.
 */
export interface BotMemory {
  /** What is worth keeping, asked for after each hand: anything that can be cloned to another thread. */
  snapshot?(): unknown;
  /** Given to a new bot before any of its hooks is called. */
  restore?(state: unknown): void | Promise<void>;
}

/** Anything with `decide` can play. */
export interface BotLike extends BotHooks, BotMemory {
  decide(state: GameState, turn: Turn): BotAnswer | Promise<BotAnswer>;
}

/** A bot for tables that are not poker, and for those only. */
export interface RawBot extends BotHooks, BotMemory {
  decide?: undefined;
  decideRaw(turn: Turn): RawAnswer | Promise<RawAnswer>;
}

/**
 * A poker bot. Extend it and write `decide`; every other hook is optional.
 *
 * @example
 * class Caller extends Bot {
 *   decide(state) {
 *     return state.validActions.includes('check') ? Action.check() : Action.call();
 *   }
 * }
 */
export abstract class Bot implements BotLike {
  /** Chooses the action for this turn, at once or as a promise. */
  abstract decide(state: GameState, turn: Turn): BotAnswer | Promise<BotAnswer>;

  onMatchStart(_frame: MatchStart): void | Promise<void> {}
  onRoundStart(_frame: RoundStart): void | Promise<void> {}
  onTurnResult(_frame: TurnResult): void | Promise<void> {}
  onPhaseChange(_frame: PhaseChange): void | Promise<void> {}
  onRoundResult(_frame: RoundResult): void | Promise<void> {}
  onMatchEnd(_frame: MatchEnd): void | Promise<void> {}
  onDecisionLatency(_latencyMs: number): void | Promise<void> {}
  onDecisionTimeout(_info: DecisionTimeout): void | Promise<void> {}
  onReconnected(_info: ReconnectInfo): void | Promise<void> {}
}

/**
 * How a bot is given: a class (one instance per match), an instance or plain object with `decide` (used for every
 * match), or a factory function (called per match). A bare function is always a factory.
 */
export type BotSource = (new () => AnyBot) | AnyBot | (() => AnyBot | Promise<AnyBot>);

export type AnyBot = BotLike | RawBot;
