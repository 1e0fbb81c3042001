import type { BotCommand } from '../machines/ports.js';
import type { Turn } from '../poker/bot.js';
import type { JsonObject, TurnRequest } from '../protocol/frames.js';

/** One decision: what the bot sees of it, and the clock that runs against it. */
export class OpenTurn implements Turn {
  readonly matchId: string;
  readonly raw: TurnRequest;
  readonly game: JsonObject | null;
  readonly askedAt: number;
  deadline: number;
  expiresAt: number;
  closed = false;
  timer: unknown;
  /** Told when the agent no longer waits for an answer that is still being thought about. */
  onAbandoned: (() => void) | undefined;
  // Made on demand: most bots never look at the signal.
  #controller: AbortController | undefined;

  constructor(
    matchId: string,
    game: JsonObject | null,
    command: Extract<BotCommand, { type: 'bot.decide' }>,
    now: number,
  ) {
    this.matchId = matchId;
    this.game = game;
    this.raw = command.frame;
    this.askedAt = now;
    this.deadline = command.deadlineAt;
    this.expiresAt = command.expiresAt;
  }

  get requestId(): string {
    return this.raw.request_id;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.closed) this.#controller.abort();
    return this.#controller.signal;
  }

  close(): void {
    this.closed = true;
    this.#controller?.abort();
  }
}
