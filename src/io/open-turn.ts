import type { BotCommand } from '../machines/ports.js';
import type { BotAnswer } from '../poker/action.js';
import type { Turn } from '../poker/bot.js';
import { type LegalAnswer, legalPokerAnswer, legalRawAnswer } from '../poker/legal.js';
import type { JsonObject, TurnRequest, WireAction } from '../protocol/frames.js';
import type { Countdown } from './decision-clock.js';

/** One decision as the host keeps it: what the bot sees of it, and the clock that runs against it. */
export interface OpenTurn extends Countdown {
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

export function openTurn(
  { frame, deadlineAt, expiresAt }: Extract<BotCommand, { type: 'bot.decide' }>,
  { matchId, game, askedAt, onProposal }: OpenTurnOptions,
): OpenTurn {
  const requestId = frame.request_id;
  // Made on demand: most bots never look at the signal.
  let controller: AbortController | undefined;
  let closed = false;
  const turn: OpenTurn = {
    view: {
      matchId,
      requestId,
      raw: frame,
      game,
      get deadline() {
        return turn.deadline;
      },
      get signal() {
        controller ??= new AbortController();
        if (closed) controller.abort();
        return controller.signal;
      },
      propose(answer: BotAnswer) {
        if (closed) return;
        // At once: what the bot does with the object later is its own business.
        turn.proposal = turn.legal(answer).action;
        onProposal?.(requestId, turn.proposal);
      },
    },
    raw: frame,
    requestId,
    askedAt,
    deadline: deadlineAt,
    expiresAt,
    timer: undefined,
    proposal: undefined,
    missed: false,
    onAbandoned: undefined,
    legal: (answer) => (game === null ? legalPokerAnswer(answer, frame) : legalRawAnswer(answer, frame)),
    get closed() {
      return closed;
    },
    close() {
      closed = true;
      controller?.abort();
    },
  };
  return turn;
}
