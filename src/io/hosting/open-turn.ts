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

export interface OpenTurnOptions {
  matchId: string;
  /** What the table's `hello` says about a game that is not poker. */
  game: JsonObject | null;
  /** Epoch ms. */
  askedAt: number;
  /** Converts a time of the machine to the wall clock. */
  onWallClock: (at: number) => number;
  /** Called with each proposal, made legal. */
  onProposal?: (requestId: string, proposal: WireAction) => void;
  /** Called with the error of a note that cannot be kept. */
  onBadNote: (error: unknown) => void;
}

interface ShownTurnParts {
  matchId: string;
  game: JsonObject | null;
  rejection: ActionRejected | null;
  signal: TurnSignal;
  propose: Turn['propose'];
  note: Turn['note'];
  /** In epoch ms of the wall clock. */
  deadline: () => number;
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
  readonly #signal: TurnSignal;
  readonly #deadline: () => number;

  constructor(frame: TurnRequest, parts: ShownTurnParts) {
    const { matchId, game, rejection, signal, propose, note, deadline } = parts;
    this.matchId = matchId;
    this.requestId = frame.request_id;
    this.raw = frame;
    this.game = game;
    this.rejection = rejection;
    this.propose = propose;
    this.note = note;
    this.#signal = signal;
    this.#deadline = deadline;
    // Own properties, so that a copy of the turn has them, too. One by one: `defineProperties` takes twice as long.
    Object.defineProperty(this, 'deadline', ShownTurn.#ownDeadline);
    Object.defineProperty(this, 'signal', ShownTurn.#ownSignal);
  }

  // On the wall clock as it is set when the bot reads it; it may be set between two reads.
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
  { matchId, game, askedAt, onWallClock, onProposal, onBadNote }: OpenTurnOptions,
): OpenTurn {
  const { frame, deadlineAt, expiresAt, rejection = null } = command;
  const requestId = frame.request_id;
  const legal = (answer: unknown): RawLegalAnswer =>
    game === null ? legalAnswer(answer, offerOf(frame)) : legalRawAnswer(answer, frame);
  const signal = new TurnSignal();
  const propose = (answer: BotAnswer): void => {
    if (turn.closed) return;
    // Made legal at once: the bot may change the object later.
    const { action } = legal(answer);
    if (action === null) return;
    turn.proposal = action;
    onProposal?.(requestId, action);
  };
  const note: Turn['note'] = (given) => {
    // A late decision is told with its notes, too.
    if (turn.outcome !== null) return;
    try {
      turn.notes = withNote(turn.notes, given);
    } catch (error) {
      onBadNote(error);
    }
  };
  const deadline = (): number => onWallClock(turn.deadline);
  const view = new ShownTurn(frame, { matchId, game, rejection, signal, propose, note, deadline });
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
    notes: null,
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
