/** A bot's answer to the turn of an engine. */
import { readAction, readLegalized } from './asked-action.js';
import { validActionsNow } from './engine-views.js';
import type { HandEngine } from './hand-engine.js';
import type { ActOptions } from './table-types.js';

/**
 * Plays what a bot answered for the seat in turn, as `table.act` does.
 *
 * @throws IllegalActionError as `table.act`.
 */
export function answerTurn(
  engine: HandEngine,
  answer: unknown,
  { isTimeout = false, legalize = false }: ActOptions = {},
): void {
  const { toCall, minRaise, maxRaise, betting } = engine;
  const options = {
    validActions: validActionsNow(engine),
    toCall,
    minRaise,
    maxRaise,
    fullRaise: betting.fullRaise,
  };
  const { action, total } = legalize ? readLegalized(answer, options) : readAction(answer, options);
  switch (action) {
    case 'fold':
      return engine.fold(isTimeout);
    case 'check':
      return engine.check(isTimeout);
    case 'call':
      return engine.call(isTimeout);
    case 'raise':
      return engine.raiseTo(total, isTimeout);
  }
}
