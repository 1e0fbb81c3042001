/** Seats and actions as the page shows them, whichever side they are seen from. */
import { printable } from '../protocol/redact.js';
import type { SeatView } from './shown-table.js';

const defaults = { maxTextLength: 40 } as const;

/** A name or a word of a stranger: printable, and short. */
export function shortText(text: string, maxLength: number = defaults.maxTextLength): string {
  return printable(text, maxLength);
}

const verbs: Readonly<Record<string, string>> = {
  post_small_blind: 'small blind',
  post_big_blind: 'big blind',
  post_ante: 'ante',
  raise: 'raise to',
};

/**
 * `raise to 120`, `bet 120`, `call 20`, `fold`.
 *
 * @param isBet it is the first bet of its street, which platforms call a raise, too.
 */
export function describeAction(action: string, amount: number, isBet = false): string {
  const verb = isBet ? 'bet' : (verbs[action] ?? action.replaceAll('_', ' '));
  return amount > 0 ? `${verb} ${amount}` : verb;
}

/** A seat before its first hand. */
export function newSeat(seat: number, name: string, isSelf: boolean): SeatView {
  return {
    seat,
    name,
    isSelf,
    stack: null,
    bet: 0,
    cards: [],
    folded: false,
    isDealer: false,
    isActing: false,
    last: null,
    won: null,
    rank: null,
  };
}
