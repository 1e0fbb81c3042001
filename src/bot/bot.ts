import type { BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import type { MissedTurn } from '../protocol/events.js';
import type {
  ActionRejected,
  JsonObject,
  MatchEnd,
  MatchStart,
  PhaseChange,
  RoundResult,
  RoundStart,
  SeatResult,
  TurnRequest,
  TurnResult,
} from '../protocol/frames.js';

import { markBaseBot } from './bot-mark.js';
import { type BotStore, storeOf } from './bot-store.js';
import { createMemoryStore } from './store-map.js';

/** The turn a bot is asked to decide. */
export interface Turn {
  readonly matchId: string;
  readonly requestId: string;
  /**
   * When the answer must be given at the latest, in epoch milliseconds of the wall clock as it is set when this is
   * read. It moves when the server renews the clock.
   */
  readonly deadline: number;
  /** Aborted when the agent no longer waits for this answer: it answered for the bot, or the turn is over. */
  readonly signal: AbortSignal;
  /** The frame as it was received. */
  readonly raw: TurnRequest;
  /** What the gateway's `hello` says about a table that is not poker. Null or absent on a poker table. */
  readonly game?: JsonObject | null;
  /**
   * At a table that is not poker: the server rejected the bot's last answer to this turn, which is asked again in the time
   * that is left. Null or absent when the turn is asked for the first time.
   */
  readonly rejection?: ActionRejected | null;
  /**
   * Gives the best answer so far. The last proposal, made legal, is sent if `decide` has not answered by the
   * deadline, or if the bot fails. A proposal after the end of the turn is ignored.
   */
  propose(answer: BotAnswer): void;
  /**
   * Keeps an object with the decision: in the event `turn.answered` (`turn.late`, `bot.failed`) and in a recording. It is
   * taken as JSON, at once; several notes of a turn become one object. What JSON cannot hold, and more than 16384 characters
   * of it, is reported as `bot.failed` in the hook `note`, once for a match, and the turn goes on. A note after `decide` is
   * over is ignored.
   *
   * @example turn.note({ equity: 0.41, probs: { fold: 0.3, call: 0.7 } });
   */
  note(note: JsonObject): void;
}

/** The argument of `onDecisionTimeout`: the turn was over before the bot had decided. */
export interface DecisionTimeout extends MissedTurn {
  readonly matchId: string;
  readonly requestId: string;
}

/** The argument of `onReconnected`. */
export interface ReconnectInfo {
  readonly matchId: string;
  /** True when this process was started while the match was already being played: earlier hooks never ran. */
  readonly restarted: boolean;
}

/**
 * The first argument of `onMatchEnd`: the `results` of the frame, or the frame itself where it has none. A list that is an
 * object of unknown content as well fits hooks of the official SDK, whose arguments are `Record<string, unknown>`.
 */
export type MatchEndResults = (SeatResult[] & JsonObject) | MatchEnd;

/** The hooks of a bot besides `decide`. All run one after the other, in the order of the frames. */
export interface BotHooks {
  onMatchStart?(frame: MatchStart): void | Promise<void>;
  onRoundStart?(frame: RoundStart): void | Promise<void>;
  onTurnResult?(frame: TurnResult): void | Promise<void>;
  onPhaseChange?(frame: PhaseChange): void | Promise<void>;
  onRoundResult?(frame: RoundResult): void | Promise<void>;
  /** Called with the seats' results and the frame that has them; with the frame alone, twice, when it has no results. */
  onMatchEnd?(results: MatchEndResults, frame: MatchEnd): void | Promise<void>;
  /** Called after each answer that was sent, with the milliseconds from `turn_request` to the answer. */
  onDecisionLatency?(latencyMs: number): void | Promise<void>;
  /** Called when a bot that was late, and was answered for, has finished that turn. */
  onDecisionTimeout?(info: DecisionTimeout): void | Promise<void>;
  /** Called when a lost connection is back. There is no second `onMatchStart`. */
  onReconnected?(info: ReconnectInfo): void | Promise<void>;
  /** For tables that are not poker: called instead of `decide`, and answers in the terms of that table. */
  decideRaw?(turn: Turn): RawAnswer | Promise<RawAnswer>;
}

/** An answer in the terms of another game (docs/protocol.md 9). */
export interface RawAnswer {
  action: string;
  params?: JsonObject;
}

/**
 * For a bot that has to be replaced in another thread or process: with both declared, the new one gets the last
 * snapshot instead of every event of the match.
 */
export interface BotMemory {
  /** Called after each hand. Returns what the bot wants to keep: anything that can be cloned to another thread. */
  snapshot?(): unknown;
  /** Called on a new bot before any of its hooks. */
  restore?(state: unknown): void | Promise<void>;
}

/** What can play poker: anything with `decide`. */
export interface BotLike extends BotHooks, BotMemory {
  decide(state: GameState, turn: Turn): BotAnswer | Promise<BotAnswer>;
}

/** A bot only for tables that are not poker. */
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
  static {
    markBaseBot(this);
    // Not as an accessor of the class: a bot may have a field of its own by this name.
    Object.defineProperty(this.prototype, 'store', {
      get(this: object) {
        return storeOf(this, createMemoryStore);
      },
      set(this: object, value: unknown) {
        Object.defineProperty(this, 'store', { value, configurable: true, enumerable: true, writable: true });
      },
      configurable: true,
    });
  }

  /**
   * What the bot keeps for its other matches and for later sessions (option `store`, `run --store`): there in the
   * constructor and in every hook. Without the option it ends with the session.
   */
  declare readonly store: BotStore;

  /** Chooses the action for this turn, at once or as a promise. */
  abstract decide(state: GameState, turn: Turn): BotAnswer | Promise<BotAnswer>;

  onMatchStart(_frame: MatchStart): void | Promise<void> {}
  onRoundStart(_frame: RoundStart): void | Promise<void> {}
  onTurnResult(_frame: TurnResult): void | Promise<void> {}
  onPhaseChange(_frame: PhaseChange): void | Promise<void> {}
  onRoundResult(_frame: RoundResult): void | Promise<void> {}
  onMatchEnd(_results: MatchEndResults, _frame: MatchEnd): void | Promise<void> {}
  onDecisionLatency(_latencyMs: number): void | Promise<void> {}
  onDecisionTimeout(_info: DecisionTimeout): void | Promise<void> {}
  onReconnected(_info: ReconnectInfo): void | Promise<void> {}
}

/** What `onMatchEnd` is called with. */
export function matchEndArguments(frame: MatchEnd): [results: MatchEndResults, frame: MatchEnd] {
  return [(frame.results as MatchEndResults | undefined) ?? frame, frame];
}

/**
 * How a bot is given: a class (one instance per match), an instance or plain object with `decide` (used for every
 * match), or a factory function (called per match). A bare function is always a factory.
 */
export type BotSource = (new () => AnyBot) | AnyBot | (() => AnyBot | Promise<AnyBot>);

export type AnyBot = BotLike | RawBot;

/** Makes the bot of one match. */
export type BotFactory = () => BotLike;
