import { randomUUID } from 'node:crypto';
import { Bot } from '../bot/bot.js';
import { FastRandom } from '../chance/fast-random.js';
import type { BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import { checkOrCall, checkOrFold, raiseOrCommit } from './answers.js';
import { bestHoldings, type Holding, handShare, readCards } from './holdings.js';
import { drawingShare, shareBeaten } from './made-hand.js';
import { lookUp, type ReadTable, viewTable } from './table-view.js';

/**
 * How a bot plays, in figures. Lists go by the raises of the street so far, the first entry being for none; the last entry is for
 * so many or more.
 */
export interface PlayingStyle {
  /** The share of hands that it raises before the flop against one opponent; fewer against more. */
  readonly raise: readonly number[];
  /** The share of hands, those that it raises included, that it does not fold before the flop. */
  readonly play: readonly number[];
  /** Chance to win from which it bets or raises after the flop. */
  readonly raiseFrom: readonly number[];
  /** How often it bets and raises with less than that. */
  readonly bluff: readonly number[];
  /** Chance to win, with the next card, from which it calls after the flop. */
  readonly callFrom: readonly number[];
  /** Bets and raises after the flop, as a share of the pot. */
  readonly size: number;
}

const habits = {
  /** For each opponent beyond the first it plays so much less: a fifth of the hands at a full table that it plays heads-up. */
  tighterPerOpponent: 0.8,
  /** The share of hands that it assumes for opponents after the flop. */
  othersHave: 0.7,
  /** In big blinds, with one more for each caller. */
  openTo: 2.5,
  reraiseTimes: 3,
  /** A raise that takes this share of the stack is an all-in. */
  commitment: 0.45,
} as const;

/** Options of `StyleBot`. */
export interface StyleBotOptions {
  /** Default: random. */
  seed?: string;
}

/** Plays in a style, by its cards and the raises before it; the same turns in the same way with the same seed. */
export class StyleBot extends Bot {
  private readonly style: PlayingStyle;
  private readonly random: FastRandom;

  constructor(style: PlayingStyle, { seed = randomUUID() }: StyleBotOptions = {}) {
    super();
    this.style = style;
    this.random = new FastRandom(seed);
  }

  override decide(state: GameState): BotAnswer {
    const cards = readCards(state);
    const view = viewTable(state);
    if (cards === null || view.opponents.length === 0) return checkOrFold(state);
    return cards.board.length === 0
      ? this.preFlop(cards.hole, state, view)
      : this.postFlop(cards.hole, cards.board, state, view);
  }

  private preFlop(hole: Holding, state: GameState, view: ReadTable): BotAnswer {
    const { raises, bigBlind, bet, callers, opponents } = view;
    const { toCall } = state;
    // Compared to shares of a table of two.
    const share = handShare(hole) / habits.tighterPerOpponent ** (opponents.length - 1);
    if (share <= lookUp(this.style.raise, raises)) {
      const total =
        raises === 0 ? (habits.openTo + callers) * bigBlind : (bet + toCall) * habits.reraiseTimes;
      return raiseOrCommit(state, view, habits.commitment, total);
    }
    return share <= lookUp(this.style.play, raises) ? checkOrCall(state) : checkOrFold(state);
  }

  private postFlop(hole: Holding, board: readonly number[], state: GameState, view: ReadTable): BotAnswer {
    const { raises, bet, opponents } = view;
    const { toCall, pot } = state;
    const made = shareBeaten(hole, board, bestHoldings(habits.othersHave)) ** opponents.length;
    // One draw of chance for each turn, so that what it plays later hangs on the turns alone.
    const bluffs = this.random.next() / 2 ** 32 < lookUp(this.style.bluff, raises);
    if (bluffs || made >= lookUp(this.style.raiseFrom, raises)) {
      const total = bet + toCall + this.style.size * (pot + toCall);
      return raiseOrCommit(state, view, habits.commitment, total);
    }
    if (toCall === 0) return checkOrFold(state);
    const needed = lookUp(this.style.callFrom, raises);
    const canCall = made >= needed || made + (1 - made) * drawingShare(hole, board) >= needed;
    return canCall ? checkOrCall(state) : checkOrFold(state);
  }
}
