import type { Turn } from '../../bot/bot.js';
import { TurnSignal } from '../../bot/turn-signal.js';
import type { TurnRequest } from '../../protocol/frames.js';

/** One decision of a bot that runs inside the sandbox: what its seat keeps of it, and what the bot is shown. */
export interface HouseTurn {
  readonly request: TurnRequest;
  /** The bot was asked; before that the turn waits behind hooks. */
  hasBegun: boolean;
  isOver: boolean;
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  /**
   * @param askedAt epoch milliseconds.
   * @param onWallClock where such a time stands on the wall clock as that is set now.
   */
  view(matchId: string, askedAt: number, onWallClock: (at: number) => number): Turn;
  /** Answered, or nobody waits for an answer any more: fires the signal. */
  close(): void;
}

export function openHouseTurn(request: TurnRequest): HouseTurn {
  const signal = new TurnSignal();
  let settle: (() => void) | undefined;
  const over = new Promise<void>((resolve) => {
    settle = resolve;
  });

  const turn: HouseTurn = {
    request,
    hasBegun: false,
    isOver: false,
    over,
    view(matchId, askedAt, onWallClock) {
      const deadline = request.deadline_ts ?? askedAt + (request.timeout_ms ?? 0);
      return new ShownHouseTurn(request, signal, matchId, () => onWallClock(deadline));
    },
    close() {
      turn.isOver = true;
      signal.fire();
      settle?.();
    },
  };
  return turn;
}

/** A class, since an object literal with accessors gets a hidden class of its own each time. */
class ShownHouseTurn implements Turn {
  readonly matchId: string;
  readonly requestId: string;
  declare readonly deadline: number;
  declare readonly signal: AbortSignal;
  declare readonly raw: TurnRequest;
  readonly #request: TurnRequest;
  readonly #signal: TurnSignal;
  readonly #deadline: () => number;
  #raw: TurnRequest | undefined;

  constructor(request: TurnRequest, signal: TurnSignal, matchId: string, deadline: () => number) {
    this.matchId = matchId;
    this.requestId = request.request_id;
    this.#deadline = deadline;
    this.#request = request;
    this.#signal = signal;
    // Its own, so that a copy of the turn has them too.
    Object.defineProperties(this, ShownHouseTurn.#own);
  }

  // No agent stands between this bot and the clock.
  readonly propose = (): void => undefined;

  static readonly #own: PropertyDescriptorMap & ThisType<ShownHouseTurn> = {
    deadline: {
      get() {
        return this.#deadline();
      },
      enumerable: true,
    },
    signal: {
      get() {
        return this.#signal.signal;
      },
      enumerable: true,
    },
    // Copied when it is looked at: few bots do.
    raw: {
      get() {
        this.#raw ??= structuredClone(this.#request);
        return this.#raw;
      },
      enumerable: true,
    },
  };
}
