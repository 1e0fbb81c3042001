/** What one hand won or lost, which no frame says: what is paid out less what was put in (docs/protocol.md 6). */
import { isObject } from '../protocol/checks.js';
import type { JsonObject } from '../protocol/frames.js';

/**
 * @param result of `round_result`.
 * @returns the chips of this seat; null where history and payouts do not tell them, or do not match each other.
 */
export function netChipsOfHand(result: JsonObject, seat: number | null): number | null {
  if (seat === null) return null;
  const put = chipsPutIn(result['action_history']);
  const paid = chipsPaid(result['payouts']);
  if (put === null || paid === null || sum(put) !== sum(paid)) return null;
  return (paid.get(seat) ?? 0) - (put.get(seat) ?? 0);
}

type ChipsBySeat = Map<number, number>;

const sum = (chips: ChipsBySeat): number => [...chips.values()].reduce((all, one) => all + one, 0);

const add = (chips: ChipsBySeat, seat: number, amount: number): void =>
  void chips.set(seat, (chips.get(seat) ?? 0) + amount);

function chipsPaid(payouts: unknown): ChipsBySeat | null {
  if (!Array.isArray(payouts)) return null;
  const paid: ChipsBySeat = new Map();
  for (const entry of payouts as unknown[]) {
    if (!isObject(entry) || !isChips(entry['seat']) || !isChips(entry['amount'])) return null;
    add(paid, entry['seat'], entry['amount']);
  }
  return paid;
}

/** A raise tells the total of its street, everything else the chips that were added. An ante is no part of that total. */
function chipsPutIn(history: unknown): ChipsBySeat | null {
  if (!Array.isArray(history) || history.length === 0) return null;
  const put: ChipsBySeat = new Map();
  let onStreet: ChipsBySeat = new Map();
  let street: unknown = null;
  for (const entry of history as unknown[]) {
    if (!isObject(entry)) return null;
    const { seat, action, amount = 0, phase } = entry;
    if (!isChips(seat) || !isChips(amount)) return null;
    if (phase !== street) onStreet = new Map();
    street = phase;
    const added = action === 'raise' ? amount - (onStreet.get(seat) ?? 0) : amount;
    if (action !== 'post_ante') add(onStreet, seat, added);
    add(put, seat, added);
  }
  return put;
}

const isChips = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
