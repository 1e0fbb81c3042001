/** Reads chips, streets and actions of records, in which any field may be something else. */
import type { HandAction } from '../../holdem/facts.js';
import { wholeOf } from '../../platform/fields.js';
import { isObject } from '../../protocol/checks.js';
import type { JsonObject } from '../../protocol/frames.js';
import { actionCalled, streetCalled } from '../action-words.js';

/** A list of chips by seat; null when one is none. */
export function chipsIn(value: unknown): number[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const chips = value.map(wholeOf);
  return chips.every((each) => each !== null) ? chips : null;
}

/** The names that frames and facts have for the same. */
export const wireNames = { street: 'phase', isTimeout: 'is_timeout' } as const;
export const factNames = { street: 'street', isTimeout: 'isTimeout' } as const;

type Names = typeof wireNames | typeof factNames;

/** Null for what is no action of Hold'em. */
export function actionIn(entry: JsonObject, names: Names): HandAction | null {
  const action = actionCalled(entry['action']);
  const [seat, street] = [wholeOf(entry['seat']), streetCalled(entry[names.street])];
  const amount = wholeOf(entry['amount'] ?? 0);
  if (action === null || seat === null || street === null || amount === null) return null;
  return { seat, action, amount, street, isTimeout: entry[names.isTimeout] === true };
}

/** Null for a list with an entry that is no action of Hold'em: half a history is none. */
export function actionsIn(value: unknown, names: Names): HandAction[] | null {
  if (!Array.isArray(value)) return null;
  const actions: HandAction[] = [];
  for (const entry of value as readonly unknown[]) {
    const action = isObject(entry) ? actionIn(entry, names) : null;
    if (action === null) return null;
    actions.push(action);
  }
  return actions;
}
