/** What a seat asks for, as the table plays it. */

import type { WireAction } from '../protocol/frames.js';
import type { Action } from './action.js';
import type { BettingOptions } from './betting.js';
import type { SeatAction } from './facts.js';
import { IllegalActionError } from './illegal-action.js';
import { legalAnswer } from './legal-answer.js';

export interface AskedAction {
  readonly action: SeatAction;
  /** Of a raise: the total to raise to, within the limits. */
  readonly total: number;
}

/**
 * Reads an answer to a turn. An `Action.allIn()` is a raise to the maximum, else a call; the wire has no such action, so
 * that a plain `{ action: 'all_in' }` is refused. A raise beyond its limits is moved to the nearest one.
 *
 * @throws IllegalActionError when it is not offered, or is a raise without a whole amount.
 */
export function readAction(answer: unknown, turn: BettingOptions): AskedAction {
  const { action, params } = wireOf(answer, turn);
  const offered = turn.validActions.find((name) => name === action);
  if (offered === undefined) {
    throw new IllegalActionError(
      'action_not_allowed',
      `"${action}" is not possible here; legal are ${turn.validActions.join(', ')}.`,
    );
  }
  return { action: offered, total: offered === 'raise' ? raiseTotal(params?.['amount'], turn) : 0 };
}

/** The same for whatever a bot returned, made legal by the rules of `legalAnswer`. */
export function readLegalized(answer: unknown, turn: BettingOptions): AskedAction {
  return readAction(legalAnswer(answer, turn).action, turn);
}

function wireOf(answer: unknown, turn: BettingOptions): WireAction {
  if (isAction(answer))
    return answer.action === 'all_in' ? legalAnswer(answer, turn).action : answer.toWire();
  if (isWire(answer)) return answer;
  throw new IllegalActionError(
    'action_not_allowed',
    `An answer is an Action or { action, params? }, not ${typeof answer}.`,
  );
}

/** Also one of another copy of this package. */
function isAction(answer: unknown): answer is Action {
  return isWire(answer) && 'toWire' in answer && typeof answer.toWire === 'function';
}

function isWire(answer: unknown): answer is WireAction {
  return (
    typeof answer === 'object' && answer !== null && 'action' in answer && typeof answer.action === 'string'
  );
}

function raiseTotal(amount: unknown, { minRaise, maxRaise }: BettingOptions): number {
  if (typeof amount !== 'number' || !Number.isInteger(amount)) {
    throw new IllegalActionError(
      'bad_amount',
      'A raise needs `params.amount`, a whole number of chips to raise to.',
    );
  }
  return Math.min(Math.max(amount, minRaise), maxRaise);
}
