/** Answers that are legal on any table. */
import { Action, type BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import { safeAction } from '../protocol/safe-action.js';
import type { ReadTable } from './table-view.js';

/** Stays in for nothing if it can, else gives up. */
export function checkOrFold({ validActions, minRaise }: GameState): BotAnswer {
  const action = safeAction(validActions);
  return action === 'raise' ? Action.raiseTo(minRaise) : { action };
}

/** Stays in for as little as possible. */
export function checkOrCall(state: GameState): BotAnswer {
  const { validActions } = state;
  return !validActions.includes('check') && validActions.includes('call')
    ? Action.call()
    : checkOrFold(state);
}

/** Raises to the legal total that is nearest, or stays in where no raise is offered. */
export function raiseTo(state: GameState, total: number): BotAnswer {
  const { validActions, minRaise, maxRaise } = state;
  if (!validActions.includes('raise')) return checkOrCall(state);
  return Action.raiseTo(Math.min(maxRaise, Math.max(minRaise, Math.round(total))));
}

/**
 * The same, or an all-in where the raise would leave little behind.
 *
 * @param commitment the part of the stack, as far as an opponent can match it, from which it is an all-in.
 */
export function raiseOrCommit(
  state: GameState,
  { effectiveStack }: ReadTable,
  commitment: number,
  total: number,
): BotAnswer {
  return raiseTo(state, total >= effectiveStack * commitment ? state.maxRaise : total);
}
