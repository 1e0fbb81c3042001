import { randomUUID } from 'node:crypto';
import { Action, type BotAnswer } from '../../poker/action.js';
import { Bot } from '../../poker/bot.js';
import type { GameState } from '../../poker/game-state.js';
import { createRandom } from '../random.js';
import { checkOrFold } from './answers.js';

/** Options of `RandomBot`. */
export interface RandomBotOptions {
  /** Default: another one each time. */
  seed?: string;
}

/**
 * Plays each legal action as often as any other, and any legal raise as often as any other. The same seed plays the
 * same turns the same way.
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
