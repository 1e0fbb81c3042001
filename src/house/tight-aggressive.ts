import { randomUUID } from 'node:crypto';
import { Bot } from '../bot/bot.js';
import { FastRandom } from '../chance/fast-random.js';
import type { BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import { checkOrFold } from './answers.js';
import { readCards } from './holdings.js';
import { decidePostFlop } from './post-flop.js';
import { decidePreFlop } from './pre-flop.js';
import { viewTable } from './table-view.js';

/** Options of `TightAggressiveBot`. */
export interface TightAggressiveOptions {
  /** Default: random. */
  seed?: string;
}

/**
 * Folds most hands and raises the others, more of them in late position and at short tables. After the flop it
 * continues with hands and draws that are worth their price. With a short stack it goes all-in or folds. With the
 * same seed it plays the same turns in the same way.
 */
export class TightAggressiveBot extends Bot {
  private readonly random: FastRandom;

  constructor({ seed = randomUUID() }: TightAggressiveOptions = {}) {
    super();
    this.random = new FastRandom(seed);
  }

  override decide(state: GameState): BotAnswer {
    const cards = readCards(state);
    const view = viewTable(state);
    if (cards === null || view.opponents.length === 0) return checkOrFold(state);
    const { hole, board } = cards;
    return board.length === 0
      ? decidePreFlop(hole, state, view, this.random)
      : decidePostFlop({ hole, board, state, view, random: () => this.random.next() / 2 ** 32 });
  }
}
