/** Makes what a bot answered legal, so that a slip of the bot costs chips and never the turn. */
import type { JsonObject, TurnRequest, WireAction } from '../protocol/frames.js';
import { safeAction } from '../protocol/safe-action.js';
import { Action } from './action.js';

/** What goes out, and what was wrong with the answer if it is not what the bot asked for. */
export interface LegalAnswer {
  action: WireAction;
  correction?: { why: string; asked: unknown };
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null;

/** Reads an `Action`, `{ action, params? }`, or `{ action, amount }`; null for anything else. */
function readAnswer(answer: unknown): WireAction | null {
  if (answer instanceof Action) return answer.toWire();
  if (!isObject(answer) || typeof answer.action !== 'string') return null;
  const { action, params, amount } = answer;
  if (isObject(params)) return { action, params };
  return amount === undefined ? { action } : { action, params: { amount } };
}

function describe(answer: unknown): string {
  if (answer === null || answer === undefined || typeof answer === 'number' || typeof answer === 'boolean') {
    return String(answer);
  }
  if (typeof answer === 'string') return `the string ${JSON.stringify(answer.slice(0, 40))}`;
  return Array.isArray(answer) ? 'an array' : `a ${typeof answer} without an action`;
}

/**
 * The legal form of an answer on a poker table (docs/protocol.md 6): an all-in is a raise to the maximum, else a call; a
 * raise is brought into its range; what is not offered becomes the safe action.
 */
export function legalPokerAnswer(answer: unknown, turn: TurnRequest): LegalAnswer {
  const asked = readAnswer(answer);
  const offered = turn.valid_actions;
  if (asked === null) {
    const why = `decide returned ${describe(answer)}, not an action.`;
    return { action: { action: safeAction(offered) }, correction: { why, asked: answer } };
  }
  if (asked.action === 'all_in') return { action: allIn(turn) };
  if (offered.length > 0 && !offered.includes(asked.action)) {
    const why = `${asked.action.slice(0, 40)} is not offered (${offered.join(', ')}).`;
    return { action: { action: safeAction(offered) }, correction: { why, asked } };
  }
  if (asked.action === 'raise') return legalRaise(asked, turn);
  return { action: { action: asked.action } };
}

function allIn({ valid_actions: offered, state }: TurnRequest): WireAction {
  const max = state.max_raise;
  if (offered.includes('raise') && typeof max === 'number' && max > 0) {
    return { action: 'raise', params: { amount: max } };
  }
  return { action: offered.includes('call') ? 'call' : safeAction(offered) };
}

function legalRaise(asked: WireAction, { state }: TurnRequest): LegalAnswer {
  const amount = asked.params?.amount;
  const { min_raise: min, max_raise: max } = state;
  const low = typeof min === 'number' && min > 0 ? min : 1;
  const high = typeof max === 'number' && max > 0 ? Math.max(max, low) : Number.MAX_SAFE_INTEGER;
  const wanted = typeof amount === 'string' ? Number.parseFloat(amount) : amount;
  const total = typeof wanted === 'number' && !Number.isNaN(wanted) ? wanted : low;
  const legal = Math.min(high, Math.max(low, Math.floor(total)));
  const action = { action: 'raise', params: { amount: legal } };
  if (legal === amount) return { action };
  const range =
    high === Number.MAX_SAFE_INTEGER ? `at least ${low}` : `a whole number from ${low} to ${high}`;
  return { action, correction: { why: `A raise is to ${range}; ${legal} was sent.`, asked } };
}

/** The legal form of an answer on any other table (docs/protocol.md 9): its name must be offered, nothing else is known. */
export function legalRawAnswer(answer: unknown, { valid_actions: offered }: TurnRequest): LegalAnswer {
  const asked = readAnswer(answer);
  if (asked !== null && (offered.length === 0 || offered.includes(asked.action))) return { action: asked };
  const what = asked === null ? describe(answer) : asked.action.slice(0, 40);
  const why = `${what} is not offered (${offered.join(', ')}).`;
  return { action: { action: safeAction(offered) }, correction: { why, asked: asked ?? answer } };
}
