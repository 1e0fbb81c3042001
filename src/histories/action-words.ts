/** What records of the platform call actions and streets. */
import type { HandAction, Street } from '../holdem/facts.js';

const actions: ReadonlyMap<unknown, HandAction['action']> = new Map([
  ['post_small_blind', 'post_small_blind'],
  ['post_big_blind', 'post_big_blind'],
  ['post_ante', 'post_ante'],
  ['fold', 'fold'],
  ['check', 'check'],
  ['call', 'call'],
  ['raise', 'raise'],
  ['bet', 'raise'],
]);

const streets: ReadonlySet<unknown> = new Set(['preflop', 'flop', 'turn', 'river'] satisfies Street[]);

/** Null for what is no action of No-Limit Hold'em. */
export const actionCalled = (word: unknown): HandAction['action'] | null => actions.get(word) ?? null;

/** Null for what is no street. */
export const streetCalled = (word: unknown): Street | null => (streets.has(word) ? (word as Street) : null);
