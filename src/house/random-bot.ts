import { randomUUID } from 'node:crypto';
import { Bot } from '../bot/bot.js';
import { createRandom } from '../chance/random.js';
import { Action, type BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import { checkOrFold } from './answers.js';

/** Options of `RandomBot`. */
export interface RandomBotOptions {
  /** Default: random. */
  seed?: string;
}

/**
 * Plays each legal action with the same probability, and each legal raise total as well. With the same seed it plays
 * the same turns in the same way.
 */
export class RandomBot extends Bot {
  private readonly random: () => number;

  constructor({ seed = randomUUID() }: RandomBotOptions = {}) {
    super();
    this.random = createRandom(seed);
  }

  override decide(state: GameState): BotAnswer {
    const { validActions, minRaise, maxRaise } = state;
    const action = validActions[this.below(validActions.length)];
    if (action === undefined) return checkOrFold(state);
    return action === 'raise' ? Action.raiseTo(minRaise + this.below(maxRaise - minRaise + 1)) : { action };
  }

  private below(bound: number): number {
    return Math.floor(this.random() * bound);
  }
}
