/**
 * Makes what a bot answered legal, so that a slip of the bot costs chips and never the turn: the same for a bot on the
 * platform, for a house bot, and for `table.act` where it is asked to.
 */
import { isObject } from '../protocol/checks.js';
import type { WireAction } from '../protocol/frames.js';
import { safeAction } from '../protocol/safe-action.js';

const defaults = {
  /** Taken as legal when a turn does not say what is; a server that disagrees says it in its rejection. */
  offered: ['fold', 'check', 'call', 'raise'],
  maxQuotedLength: 40,
  maxQuotedActions: 8,
} as const;

/** What goes out, and what was wrong with the answer if it is not what the bot asked for. */
export interface LegalAnswer {
  action: WireAction;
  /** `asked` is plain data, whatever the bot returned: it is logged, written and kept. */
  correction?: { why: string; asked: unknown };
}

type Correction = NonNullable<LegalAnswer['correction']>;

/** What a turn offers; a `GameState` and a `TableTurn` are such offers. */
export interface Offer {
  /** Empty where the server does not say it: then fold, check, call and raise are taken as legal. */
  readonly validActions: readonly string[];
  /** Smallest total to raise to on this street, in chips. */
  readonly minRaise?: number | undefined;
  /** Largest total; undefined or 0 where it is not known. */
  readonly maxRaise?: number | undefined;
}

interface PokerAnswer {
  action: string;
  /** Unknown until it is checked. */
  amount: unknown;
}

/** Reads an `Action`, `{ action, params? }`, or `{ action, amount }`; null for anything else. */
function readPokerAnswer(answer: unknown): PokerAnswer | null {
  try {
    if (!isObject(answer)) return null;
    // Read once each: what comes from a getter may be another thing the next time.
    const { action, params, amount } = answer;
    if (typeof action !== 'string') return null;
    return { action, amount: (isObject(params) ? params.amount : undefined) ?? amount };
  } catch {
    // Getters and proxies throw what they like.
    return null;
  }
}

const cut = (text: string): string => text.slice(0, defaults.maxQuotedLength);

function describe(value: unknown): string {
  if (typeof value === 'string') return `the string ${JSON.stringify(cut(value))}`;
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  return typeof value === 'object' && value !== null ? 'an object' : cut(String(value));
}

/** What JSON can hold stays what it is. */
const plain = (value: unknown): unknown => {
  if (typeof value === 'string') return cut(value);
  return value === null || typeof value === 'boolean' || Number.isFinite(value) ? value : describe(value);
};

/** @param hook that returned it. */
export const notAnAction = (hook: string, answer: unknown): Correction => ({
  why: `${hook} returned ${describe(answer)}, not an action.`,
  asked: plain(answer),
});

export function notOffered(action: string, offered: readonly string[]): string {
  const list = offered.slice(0, defaults.maxQuotedActions).map(cut).join(', ');
  const hint = offered.includes(action.toLowerCase()) ? ' Names of actions are in lower case.' : '';
  return `${cut(action)} is not offered (${list}).${hint}`;
}

/**
 * The legal form of an answer on a poker table (docs/protocol.md 6): an all-in is a raise to the maximum, else a call; a
 * raise is brought into its range; what is not offered becomes the safe action. Never throws.
 */
export function legalAnswer(answer: unknown, turn: Offer): LegalAnswer {
  const asked = readPokerAnswer(answer);
  if (asked === null) return corrected(turn, notAnAction('decide', answer));
  const offered = offeredBy(turn);
  const name = asked.action === 'all_in' ? allInName(turn) : asked.action;
  if (!offered.includes(name)) {
    return corrected(turn, { why: notOffered(asked.action, offered), asked: plainAnswer(asked) });
  }
  if (name !== 'raise') return { action: { action: name } };
  return asked.action === 'all_in' ? { action: raiseTo(raiseRange(turn).high) } : legalRaise(asked, turn);
}

function offeredBy({ validActions: offered }: Offer): readonly string[] {
  return offered.length > 0 ? offered : defaults.offered;
}

const raiseTo = (amount: number): WireAction => ({ action: 'raise', params: { amount } });

function plainAnswer({ action, amount }: PokerAnswer): WireAction {
  if (amount === undefined) return { action: cut(action) };
  return { action: cut(action), params: { amount: plain(amount) } };
}

/** The safe action; a raise that is the only thing on offer is as small as it can be. */
function corrected(turn: Offer, correction: Correction): LegalAnswer {
  const name = safeAction(offeredBy(turn));
  return { action: name === 'raise' ? raiseTo(raiseRange(turn).low) : { action: name }, correction };
}

function allInName(turn: Offer): string {
  const offered = offeredBy(turn);
  if (offered.includes('raise') && raiseRange(turn).known) return 'raise';
  return offered.includes('call') ? 'call' : 'all_in';
}

const isChips = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value) && value >= 1;

/** Whole chips. A maximum below the minimum is the whole stack of a short one, and what counts. */
function raiseRange({ minRaise: min, maxRaise: max }: Offer): { low: number; high: number; known: boolean } {
  const known = isChips(max);
  const high = known ? Math.min(Math.floor(max), Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER;
  const low = isChips(min) ? Math.min(Math.ceil(min), high) : 1;
  return { low, high, known };
}

function asNumber(amount: unknown): number {
  if (typeof amount === 'string') return Number.parseFloat(amount);
  return typeof amount === 'number' || typeof amount === 'bigint' ? Number(amount) : Number.NaN;
}

function legalRaise(asked: PokerAnswer, turn: Offer): LegalAnswer {
  const { low, high, known } = raiseRange(turn);
  const { amount } = asked;
  const wanted = asNumber(amount);
  const legal = Number.isNaN(wanted) ? low : Math.min(high, Math.max(low, Math.floor(wanted)));
  const action = raiseTo(legal);
  if (legal === amount) return { action };
  const range = known ? `a whole number from ${low} to ${high}` : `a whole number from ${low} on`;
  return { action, correction: { why: notInRange(range, amount), asked: plainAnswer(asked) } };
}

function notInRange(range: string, amount: unknown): string {
  if (amount === undefined) return `A raise names its amount, ${range}.`;
  return `A raise is to ${range}, not to ${typeof amount === 'bigint' ? `${cut(String(amount))}n` : describe(amount)}.`;
}
