import type { BotAnswer } from '../../poker/action.js';
import { Bot } from '../../poker/bot.js';
import type { GameState } from '../../poker/game-state.js';
import { checkOrCall } from './answers.js';

/** Checks when it can, else calls: pays for everything and never bets. */
export class CallingStation extends Bot {
  override decide(state: GameState): BotAnswer {
    return checkOrCall(state);
  }
}
