/** A house bot at a seat: on the thread of the table, where it is called without a wait. */
import { type BotHooks, type BotLike, matchEndArguments, type Turn } from '../bot/bot.js';
import { hasHook } from '../bot/bot-hooks.js';
import { stateOf } from '../holdem/engine-views.js';
import type { GameState } from '../holdem/game-state.js';
import { legalAnswer, type Offer } from '../holdem/legal-answer.js';
import type { TableTurn } from '../holdem/table-types.js';
import { viewOf } from '../holdem/view-of.js';
import type { HouseBotName } from '../house/house-bot-names.js';
import { houseBots } from '../house/house-bots.js';
import type { ObservedFrame } from '../machines/ports.js';
import { InternalError } from '../protocol/errors.js';
import type { TurnRequest } from '../protocol/frames.js';
import { turnRequest } from '../sandbox/match/wire-of-hand.js';
import { type ArenaAnswer, type ArenaSeat, newSeatTally } from './arena-seat.js';
import { arenaSeed } from './arena-seeds.js';

/** It is never late, so that what it plays hangs on its seed alone. */
const unhurried = { now: () => 0, pause: () => Promise.resolve() };

const never = new AbortController().signal;

const hookOf = {
  hello: null,
  match_start: 'onMatchStart',
  round_start: 'onRoundStart',
  turn_result: 'onTurnResult',
  phase_change: 'onPhaseChange',
  round_result: 'onRoundResult',
} as const satisfies Record<ObservedFrame['type'], keyof BotHooks | null>;

const hookNames = [...Object.values(hookOf).filter((hook) => hook !== null), 'onMatchEnd'] as const;

export interface HouseSeatTerms {
  house: HouseBotName;
  /** Of the run. */
  seed: string;
  seatIndex: number;
  matchId: string;
  clockMs: number;
}

/**
 * A bot without hooks is made anew for each hand, from the pair, the hand and the seat: whoever sits there in the other leg has
 * the same numbers. One that learns plays the whole leg.
 */
export function createHouseArenaSeat({
  house,
  seed,
  seatIndex,
  matchId,
  clockMs,
}: HouseSeatTerms): ArenaSeat {
  const make = houseBots[house];
  if (make === undefined) throw new InternalError(`There is no house bot ${house}.`);
  const tally = newSeatTally();
  let bot: BotLike | null = null;
  let pair = 0;
  let hand = 0;

  const made = (): BotLike => {
    bot ??= make(arenaSeed(seed, 'seat', pair, hand, seatIndex), unhurried);
    return bot;
  };

  const call = (hook: (typeof hookNames)[number], ...given: readonly unknown[]): void => {
    const playing = made();
    if (hasHook(playing, hook))
      (playing[hook] as (...given: readonly unknown[]) => unknown).apply(playing, [...given]);
  };

  const playable = (offer: Offer, chosen: unknown): ArenaAnswer => {
    const { action, correction } = legalAnswer(chosen, offer);
    if (correction !== undefined) tally.corrected += 1;
    return { action, isAnsweredFor: false };
  };

  const decided = (state: GameState, offer: Offer, view: Turn): ArenaAnswer | Promise<ArenaAnswer> => {
    tally.turns += 1;
    const chosen = made().decide(state, view);
    return chosen instanceof Promise
      ? chosen.then((answer) => playable(offer, answer))
      : playable(offer, chosen);
  };

  const hears = hookNames.some((hook) => hasHook(make('', unhurried), hook));
  return {
    hears,
    tally,
    loss: null,
    beginPair(next) {
      pair = next;
    },
    beginHand(next) {
      hand = next;
      if (!hears) bot = null;
    },
    hear(frame) {
      const hook = hookOf[frame.type];
      if (hook !== null) call(hook, frame);
    },
    ask: (turn) => decided(viewOf(turn, seatIndex), turn, new HouseArenaTurn(matchId, turn, clockMs)),
    ...(!hears && {
      askSilent(engine) {
        const state = stateOf(engine, seatIndex);
        return decided(state, state, silentTurn);
      },
    }),
    end(frame) {
      if (hears) call('onMatchEnd', ...matchEndArguments(frame));
    },
  };
}

/** What a house bot sees of a turn beside its state; the frame is made for one that looks at it. */
class HouseArenaTurn implements Turn {
  readonly requestId = '';
  readonly deadline = Number.MAX_SAFE_INTEGER;
  readonly signal = never;
  readonly matchId: string;
  readonly #turn: TableTurn;
  readonly #clockMs: number;

  constructor(matchId: string, turn: TableTurn, clockMs: number) {
    this.matchId = matchId;
    this.#turn = turn;
    this.#clockMs = clockMs;
  }

  get raw(): TurnRequest {
    return turnRequest(this.#turn, {
      requestId: this.requestId,
      clockMs: this.#clockMs,
      deadline: this.deadline,
    });
  }

  propose(): void {}
  note(): void {}
}

/** For bots without hooks, of which none looks at the frame. */
const silentTurn: Turn = {
  matchId: '',
  requestId: '',
  deadline: Number.MAX_SAFE_INTEGER,
  signal: never,
  raw: { type: 'turn_request', request_id: '', valid_actions: [], state: {} } as unknown as TurnRequest,
  propose: () => undefined,
  note: () => undefined,
};
