import { Bot } from '../bot/bot.js';
import type { BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import { checkOrCall } from './answers.js';

/** Checks when it can, else calls; never bets. */
export class CallingStation extends Bot {
  override decide(state: GameState): BotAnswer {
    return checkOrCall(state);
  }
}
