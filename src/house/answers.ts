/** Answers that are legal on any table. */
import { Action, type BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import { safeAction } from '../protocol/safe-action.js';
import type { ReadTable } from './table-view.js';

/** Checks if that is legal, else folds. */
export function checkOrFold({ validActions, minRaise }: GameState): BotAnswer {
  const action = safeAction(validActions);
  return action === 'raise' ? Action.raiseTo(minRaise) : { action };
}

/** Checks if that is legal, else calls. */
export function checkOrCall(state: GameState): BotAnswer {
  const { validActions } = state;
  return !validActions.includes('check') && validActions.includes('call')
    ? Action.call()
    : checkOrFold(state);
}

/** Raises to the nearest legal total; checks or calls where no raise is offered. */
export function raiseTo(state: GameState, total: number): BotAnswer {
  const { validActions, minRaise, maxRaise } = state;
  if (!validActions.includes('raise')) return checkOrCall(state);
  return Action.raiseTo(Math.min(maxRaise, Math.max(minRaise, Math.round(total))));
}

/**
 * The same, but goes all-in where the raise would leave few chips.
 *
 * @param commitment the share of the effective stack from which it goes all-in.
 */
export function raiseOrCommit(
  state: GameState,
  { effectiveStack }: ReadTable,
  commitment: number,
  total: number,
): BotAnswer {
  return raiseTo(state, total >= effectiveStack * commitment ? state.maxRaise : total);
}
