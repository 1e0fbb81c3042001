import type { BotCommand } from '../machines/ports.js';
import type { Turn } from '../poker/bot.js';
import { type LegalAnswer, legalPokerAnswer, legalRawAnswer } from '../poker/legal.js';
import type { JsonObject, TurnRequest, WireAction } from '../protocol/frames.js';
import type { Countdown } from './decision-clock.js';

type AskedTurn = Extract<BotCommand, { type: 'bot.decide' }>;

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
  /** Told when the agent no longer waits for an answer that is still being thought about. */
  onAbandoned: (() => void) | undefined;
  /** The legal form of an answer to it. */
  legal(answer: unknown): LegalAnswer;
  /** The server has started its clock again. */
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
  /** Told each proposal, made legal. */
  onProposal?: (requestId: string, proposal: WireAction) => void;
}

/** What the bot sees. Its signal is made on demand: most bots never look at it. */
class TurnView implements Turn {
  readonly matchId: string;
  readonly requestId: string;
  readonly raw: TurnRequest;
  readonly game: JsonObject | null;
  deadline: number;
  propose: Turn['propose'] = () => undefined;
  #controller: AbortController | undefined;
  #isOver = false;

  constructor(
    { frame, deadlineAt }: AskedTurn,
    { matchId, game }: Pick<OpenTurnOptions, 'matchId' | 'game'>,
  ) {
    this.matchId = matchId;
    this.requestId = frame.request_id;
    this.raw = frame;
    this.game = game;
    this.deadline = deadlineAt;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isOver) this.#controller.abort();
    return this.#controller.signal;
  }

  end(): void {
    this.#isOver = true;
    this.#controller?.abort();
  }
}

export function openTurn(
  command: AskedTurn,
  { matchId, game, askedAt, onProposal }: OpenTurnOptions,
): OpenTurn {
  const { frame, deadlineAt, expiresAt } = command;
  const requestId = frame.request_id;
  const view = new TurnView(command, { matchId, game });
  const legal = (answer: unknown): LegalAnswer =>
    game === null ? legalPokerAnswer(answer, frame) : legalRawAnswer(answer, frame);
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
    closed: false,
    onAbandoned: undefined,
    legal,
    renew(next) {
      turn.deadline = next.deadlineAt;
      turn.expiresAt = next.expiresAt;
      view.deadline = next.deadlineAt;
    },
    close() {
      turn.closed = true;
      view.end();
    },
  };
  view.propose = (answer) => {
    if (turn.closed) return;
    // At once: what the bot does with the object later is its own business.
    turn.proposal = legal(answer).action;
    onProposal?.(requestId, turn.proposal);
  };
  return turn;
}
