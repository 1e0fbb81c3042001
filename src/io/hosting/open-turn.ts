import type { Turn } from '../../bot/bot.js';
import { TurnSignal } from '../../bot/turn-signal.js';
import type { BotAnswer } from '../../holdem/action.js';
import { offerOf } from '../../holdem/game-state.js';
import { legalAnswer } from '../../holdem/legal-answer.js';
import type { BotCommand, BotEvent } from '../../machines/ports.js';
import type { ActionRejected, JsonObject, TurnRequest, WireAction } from '../../protocol/frames.js';
import { type BotNotes, withNote } from './bot-note.js';
import type { Countdown } from './decision-clock.js';
import { legalRawAnswer, type RawLegalAnswer } from './raw-answer.js';

export type AskedTurn = Extract<BotCommand, { type: 'bot.decide' }>;

/** One decision: what the bot sees, and its clock. */
export interface OpenTurn extends Countdown {
  closed: boolean;
  /** The argument that the bot gets. */
  readonly view: Turn;
  readonly raw: TurnRequest;
  readonly requestId: string;
  readonly askedAt: number;
  /** The bot's best answer so far, made legal. */
  proposal: WireAction | undefined;
  /** What the bot noted. */
  notes: BotNotes | null;
  /** The turn was over before the bot's answer. */
  missed: boolean;
  /** The bot was asked; it is asked only once. */
  wasAsked: boolean;
  /** How it ended, to be reported again when the server repeats the turn; null while the bot thinks. */
  outcome: Extract<BotEvent, { type: 'bot.decided' | 'bot.overdue' }> | null;
  /** Called when the answer is no longer needed while the bot still thinks. */
  onAbandoned: (() => void) | undefined;
  /** The legal form of an answer; at tables of other games there may be none. */
  legal(answer: unknown): RawLegalAnswer;
  /** To be called when the server has started its clock again, perhaps of a turn that was considered over. */
  renew(clock: Pick<AskedTurn, 'deadlineAt' | 'expiresAt'>): void;
  /** Aborts the signal: the turn is answered or over. */
  close(): void;
}

/** What a turn has of its match. */
export interface OpenTurnOptions {
  matchId: string;
  /** Converts a time of the machine to the wall clock. */
  onWallClock: (at: number) => number;
  /** Called with each proposal, made legal. */
  onProposal: ((requestId: string, proposal: WireAction) => void) | undefined;
  /** Called with the error of a note that cannot be kept. */
  onBadNote: (error: unknown) => void;
}

/**
 * A class, so that its accessors are the same functions for all turns: an object literal with an accessor gets a
 * hidden class of its own each time, and the garbage of a turn then lives longer. That took half as long as the
 * statechart.
 */
class ShownTurn implements Turn {
  readonly matchId: string;
  readonly requestId: string;
  readonly raw: TurnRequest;
  readonly game: JsonObject | null;
  readonly rejection: ActionRejected | null;
  readonly propose: Turn['propose'];
  readonly note: Turn['note'];
  declare readonly deadline: number;
  declare readonly signal: AbortSignal;
  readonly #turn: HostedTurn;

  constructor(turn: HostedTurn, matchId: string, rejection: ActionRejected | null) {
    this.matchId = matchId;
    this.requestId = turn.requestId;
    this.raw = turn.raw;
    this.game = turn.game;
    this.rejection = rejection;
    // Functions of their own: a bot may take them out of the turn.
    this.propose = (answer) => turn.propose(answer);
    this.note = (given) => turn.note(given);
    this.#turn = turn;
    // Own properties, so that a copy of the turn has them, too. One by one: `defineProperties` takes twice as long.
    Object.defineProperty(this, 'deadline', ShownTurn.#ownDeadline);
    Object.defineProperty(this, 'signal', ShownTurn.#ownSignal);
  }

  // On the wall clock as it is set when the bot reads it; it may be set between two reads.
  static readonly #ownDeadline: PropertyDescriptor & ThisType<ShownTurn> = {
    get() {
      return this.#turn.wallDeadline;
    },
    enumerable: true,
  };

  static readonly #ownSignal: PropertyDescriptor & ThisType<ShownTurn> = {
    get() {
      return this.#turn.signal.signal;
    },
    enumerable: true,
  };
}

/** A class, so that a turn makes no functions that it may never need. */
class HostedTurn implements OpenTurn {
  readonly view: ShownTurn;
  readonly raw: TurnRequest;
  readonly game: JsonObject | null;
  readonly requestId: string;
  readonly askedAt: number;
  readonly signal = new TurnSignal();
  deadline: number;
  expiresAt: number;
  timer: unknown = undefined;
  proposal: WireAction | undefined = undefined;
  notes: BotNotes | null = null;
  missed = false;
  wasAsked = false;
  outcome: OpenTurn['outcome'] = null;
  closed = false;
  onAbandoned: (() => void) | undefined = undefined;
  private readonly options: OpenTurnOptions;

  constructor(command: AskedTurn, askedAt: number, game: JsonObject | null, options: OpenTurnOptions) {
    const { frame, deadlineAt, expiresAt, rejection = null } = command;
    this.raw = frame;
    this.game = game;
    this.requestId = frame.request_id;
    this.askedAt = askedAt;
    this.deadline = deadlineAt;
    this.expiresAt = expiresAt;
    this.options = options;
    this.view = new ShownTurn(this, options.matchId, rejection);
  }

  get wallDeadline(): number {
    return this.options.onWallClock(this.deadline);
  }

  propose(answer: BotAnswer): void {
    if (this.closed) return;
    // Made legal at once: the bot may change the object later.
    const { action } = this.legal(answer);
    if (action === null) return;
    this.proposal = action;
    this.options.onProposal?.(this.requestId, action);
  }

  note(given: JsonObject): void {
    // A late decision is told with its notes, too.
    if (this.outcome !== null) return;
    try {
      this.notes = withNote(this.notes, given);
    } catch (error) {
      this.options.onBadNote(error);
    }
  }

  legal(answer: unknown): RawLegalAnswer {
    return this.game === null ? legalAnswer(answer, offerOf(this.raw)) : legalRawAnswer(answer, this.raw);
  }

  renew({ deadlineAt, expiresAt }: Pick<AskedTurn, 'deadlineAt' | 'expiresAt'>): void {
    this.closed = false;
    this.deadline = deadlineAt;
    this.expiresAt = expiresAt;
  }

  close(): void {
    this.closed = true;
    this.signal.fire();
  }
}

/**
 * @param askedAt epoch ms.
 * @param game what the table's `hello` says about a game that is not poker.
 */
export function openTurn(
  command: AskedTurn,
  askedAt: number,
  game: JsonObject | null,
  options: OpenTurnOptions,
): OpenTurn {
  return new HostedTurn(command, askedAt, game, options);
}
