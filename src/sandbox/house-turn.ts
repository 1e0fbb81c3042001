import type { Turn } from '../poker/bot.js';
import type { TurnRequest } from '../protocol/frames.js';

/** One decision of a bot that runs inside the sandbox: what its seat keeps of it, and what the bot is shown. */
export interface HouseTurn {
  readonly request: TurnRequest;
  readonly dealerSeat: number | null;
  /** The bot was asked; before that the turn waits behind hooks. */
  hasBegun: boolean;
  readonly isOver: boolean;
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  /** @param askedAt epoch milliseconds. */
  view(matchId: string, askedAt: number): Turn;
  /** Answered, or nobody waits for an answer any more: fires the signal. */
  close(): void;
}

export function openHouseTurn(request: TurnRequest, dealerSeat: number | null): HouseTurn {
  // Made on demand: most bots look at neither.
  let controller: AbortController | undefined;
  let raw: TurnRequest | undefined;
  let isOver = false;
  let settle: (() => void) | undefined;
  const over = new Promise<void>((resolve) => {
    settle = resolve;
  });

  return {
    request,
    dealerSeat,
    hasBegun: false,
    get isOver() {
      return isOver;
    },
    over,
    view: (matchId, askedAt) => ({
      matchId,
      requestId: request.request_id,
      deadline: request.deadline_ts ?? askedAt + (request.timeout_ms ?? 0),
      get signal() {
        controller ??= new AbortController();
        if (isOver) controller.abort();
        return controller.signal;
      },
      get raw() {
        raw ??= structuredClone(request);
        return raw;
      },
      // No agent stands between this bot and the clock.
      propose: () => undefined,
    }),
    close() {
      isOver = true;
      controller?.abort();
      settle?.();
    },
  };
}
