import type { Turn } from '../../bot/bot.js';
import { TurnSignal } from '../../bot/turn-signal.js';
import type { BotAnswer } from '../../holdem/action.js';
import { type LegalAnswer, legalPokerAnswer, legalRawAnswer } from '../../holdem/legal-answer.js';
import type { BotCommand, BotEvent } from '../../machines/ports.js';
import type { JsonObject, TurnRequest, WireAction } from '../../protocol/frames.js';
import type { Countdown } from './decision-clock.js';

export type AskedTurn = Extract<BotCommand, { type: 'bot.decide' }>;

/** One decision as the host keeps it: what the bot sees of it, and the clock that runs against it. */
export interface OpenTurn extends Countdown {
  closed: boolean;
  /** What the bot is given. */
  readonly view: Turn;
  readonly raw: TurnRequest;
  readonly requestId: string;
  readonly askedAt: number;
  /** The bot's best answer so far, made legal. */
  proposal: WireAction | undefined;
  /** It was answered too late after all. */
  missed: boolean;
  /** The bot was asked for it, which happens once. */
  wasAsked: boolean;
  /** How it ended, said again when the server repeats it; null while the bot thinks. */
  outcome: Extract<BotEvent, { type: 'bot.decided' | 'bot.overdue' }> | null;
  /** Told when the agent no longer waits for an answer that is still being thought about. */
  onAbandoned: (() => void) | undefined;
  /** The legal form of an answer to it. */
  legal(answer: unknown): LegalAnswer;
  /** The server has started its clock again, perhaps of a turn that was taken for over. */
  renew(clock: Pick<AskedTurn, 'deadlineAt' | 'expiresAt'>): void;
  /** Answered, or over: fires the signal. */
  close(): void;
}

export interface OpenTurnOptions {
  matchId: string;
  /** What the table's `hello` says of a game that is not poker. */
  game: JsonObject | null;
  /** Epoch ms. */
  askedAt: number;
  /** Where a time of the machine stands on the wall clock. */
  onWallClock: (at: number) => number;
  /** Told each proposal, made legal. */
  onProposal?: (requestId: string, proposal: WireAction) => void;
}

interface ShownTurnParts {
  matchId: string;
  game: JsonObject | null;
  signal: TurnSignal;
  propose: Turn['propose'];
  /** On the wall clock. */
  deadline: () => number;
}

/**
 * A class for the sake of its accessors, which are the same functions for all turns: an object literal with an accessor
 * gets a hidden class of its own each time, and the garbage of a turn then outlives it. That took as long as half of the
 * statechart's work.
 */
class ShownTurn implements Turn {
  readonly matchId: string;
  readonly requestId: string;
  readonly raw: TurnRequest;
  readonly game: JsonObject | null;
  readonly propose: Turn['propose'];
  declare readonly deadline: number;
  declare readonly signal: AbortSignal;
  readonly #signal: TurnSignal;
  readonly #deadline: () => number;

  constructor(frame: TurnRequest, { matchId, game, signal, propose, deadline }: ShownTurnParts) {
    this.matchId = matchId;
    this.requestId = frame.request_id;
    this.raw = frame;
    this.game = game;
    this.propose = propose;
    this.#signal = signal;
    this.#deadline = deadline;
    // Its own, so that a copy of the turn has them too. One by one: all at once takes twice as long.
    Object.defineProperty(this, 'deadline', ShownTurn.#ownDeadline);
    Object.defineProperty(this, 'signal', ShownTurn.#ownSignal);
  }

  // As the clock is set when the bot looks: between two looks it may be set.
  static readonly #ownDeadline: PropertyDescriptor & ThisType<ShownTurn> = {
    get() {
      return this.#deadline();
    },
    enumerable: true,
  };

  static readonly #ownSignal: PropertyDescriptor & ThisType<ShownTurn> = {
    get() {
      return this.#signal.signal;
    },
    enumerable: true,
  };
}

export function openTurn(
  command: AskedTurn,
  { matchId, game, askedAt, onWallClock, onProposal }: OpenTurnOptions,
): OpenTurn {
  const { frame, deadlineAt, expiresAt } = command;
  const requestId = frame.request_id;
  const legal = (answer: unknown): LegalAnswer =>
    game === null ? legalPokerAnswer(answer, frame) : legalRawAnswer(answer, frame);
  const signal = new TurnSignal();
  const propose = (answer: BotAnswer): void => {
    if (turn.closed) return;
    // At once: what the bot does with the object later is its own business.
    turn.proposal = legal(answer).action;
    onProposal?.(requestId, turn.proposal);
  };
  const deadline = (): number => onWallClock(turn.deadline);
  const view = new ShownTurn(frame, { matchId, game, signal, propose, deadline });
  const turn: OpenTurn = {
    view,
    raw: frame,
    requestId,
    askedAt,
    deadline: deadlineAt,
    expiresAt,
    timer: undefined,
    proposal: undefined,
    missed: false,
    wasAsked: false,
    outcome: null,
    closed: false,
    onAbandoned: undefined,
    legal,
    renew(next) {
      turn.closed = false;
      turn.deadline = next.deadlineAt;
      turn.expiresAt = next.expiresAt;
    },
    close() {
      turn.closed = true;
      signal.fire();
    },
  };
  return turn;
}
