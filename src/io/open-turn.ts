import type { BotCommand } from '../machines/ports.js';
import type { Turn } from '../poker/bot.js';
import type { JsonObject, TurnRequest } from '../protocol/frames.js';

/** One decision as the host keeps it: what the bot sees of it, and the clock that runs against it. */
export interface OpenTurn {
  /** What the bot is given. */
  readonly view: Turn;
  readonly raw: TurnRequest;
  readonly requestId: string;
  readonly askedAt: number;
  /** When the agent answers in the bot's place; later when the clock is renewed. */
  deadline: number;
  /** When the server's own clock runs out. */
  expiresAt: number;
  timer: unknown;
  /** Told when the agent no longer waits for an answer that is still being thought about. */
  onAbandoned: (() => void) | undefined;
  readonly closed: boolean;
  /** Answered, or over: fires the signal. */
  close(): void;
}

/** @param game what the table's `hello` says of a game that is not poker. */
export function openTurn(
  matchId: string,
  game: JsonObject | null,
  { frame, deadlineAt, expiresAt }: Extract<BotCommand, { type: 'bot.decide' }>,
  now: number,
): OpenTurn {
  // Made on demand: most bots never look at the signal.
  let controller: AbortController | undefined;
  let closed = false;
  const turn: OpenTurn = {
    view: {
      matchId,
      requestId: frame.request_id,
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
    },
    raw: frame,
    requestId: frame.request_id,
    askedAt: now,
    deadline: deadlineAt,
    expiresAt,
    timer: undefined,
    onAbandoned: undefined,
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
