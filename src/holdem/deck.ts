/** The deck of one hand: known from its seed, committed to before it is dealt (docs/protocol.md 6). */

import { createUint32Stream, drawBelow, sha256 } from '../chance/random.js';
import { ranks, suits } from './card.js';

export interface Deck {
  /** All 52, in the order in which they are dealt. */
  readonly cards: readonly string[];
  /** What players are shown before the deal. */
  readonly commitment: string;
}

const orderedDeck: readonly string[] = suits.flatMap((suit) => ranks.map((rank) => rank + suit));

/** The seed of a hand's deck, 64 hex characters. */
export function deckSeed(matchSeed: string, handNumber: number): string {
  return sha256(`deck:${handNumber}:${matchSeed}`);
}

/** All 52 cards in the order of this seed; every order is equally likely. */
export function shuffledDeck(seed: string): string[] {
  const nextUint32 = createUint32Stream(seed);
  const remaining = [...orderedDeck];
  return orderedDeck.map((_, taken) => take(remaining, drawBelow(orderedDeck.length - taken, nextUint32)));
}

/** `splice` for one card, which the shuffle would spend most of its time in. */
function take(cards: string[], index: number): string {
  const card = cards[index] ?? '';
  for (let at = index + 1; at < cards.length; at += 1) cards[at - 1] = cards[at] ?? '';
  cards.pop();
  return card;
}

/**
 * The deck of this seed with these cards on top.
 *
 * @throws RangeError when one of them is no card or comes twice.
 */
export function createDeck(seed: string, top: readonly string[] = []): Deck {
  const shuffled = shuffledDeck(seed);
  const chosen = new Set(top);
  if (chosen.size !== top.length || top.some((card) => !shuffled.includes(card))) {
    throw new RangeError(`The cards on top of a deck are different cards, these are "${top.join(' ')}".`);
  }
  const cards = top.length > 0 ? [...top, ...shuffled.filter((card) => !chosen.has(card))] : shuffled;
  return { cards, commitment: deckCommitment(seed, cards) };
}

/** SHA-256 of the seed's text followed by the 52 cards, in hex. */
export function deckCommitment(seed: string, cards: readonly string[]): string {
  return sha256(seed + cards.join(''));
}
