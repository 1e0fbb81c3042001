import type { Turn } from '../../bot/bot.js';
import { TurnSignal } from '../../bot/turn-signal.js';
import type { TurnRequest } from '../../protocol/frames.js';

/** One decision of a bot that runs inside the sandbox: its state, and what the bot sees. */
export interface HouseTurn {
  readonly request: TurnRequest;
  /** Whether the bot was asked; before that the turn waits for hooks. */
  hasBegun: boolean;
  isOver: boolean;
  /** Resolves when it is over. */
  readonly over: Promise<void>;
  /**
   * @param askedAt epoch milliseconds.
   * @param onWallClock converts such a time to the wall clock as it is set now.
   */
  view(matchId: string, askedAt: number, onWallClock: (at: number) => number): Turn;
  /** Aborts the signal: the turn is answered or over. */
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

/** A class, because an object literal with accessors gets a hidden class of its own each time. */
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
    // Own properties, so that a copy of the turn has them, too.
    Object.defineProperties(this, ShownHouseTurn.#own);
  }

  // Without an agent there is nobody who would send a proposal or keep a note.
  readonly propose = (): void => undefined;
  readonly note = (): void => undefined;

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
    // Copied when it is read: few bots read it.
    raw: {
      get() {
        this.#raw ??= structuredClone(this.#request);
        return this.#raw;
      },
      enumerable: true,
    },
  };
}
