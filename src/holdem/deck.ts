/** The deck of one hand: known from its seed, committed to before it is dealt (docs/protocol.md 6). */

import { createUint32Stream, drawBelow, sha256 } from '../chance/random.js';
import { allCards, type Card, formatCard, knownCard } from './card.js';

/** The deck of one hand. */
export interface Deck {
  /** All 52, in the order in which they are dealt. */
  readonly cards: readonly Card[];
  /** What players are shown before the deal: 64 hex characters. */
  readonly commitment: string;
}

/** The seed of a hand's deck, 64 hex characters. */
export function deckSeed(matchSeed: string, handNumber: number): string {
  return sha256(`deck:${handNumber}:${matchSeed}`);
}

/** All 52 cards in the order of this seed; every order is equally likely. */
export function shuffledDeck(seed: string): Card[] {
  const nextUint32 = createUint32Stream(seed);
  const remaining = [...allCards];
  const cards: Card[] = [];
  for (let left = allCards.length; left > 0; left -= 1) {
    const drawn = drawBelow(left, nextUint32);
    cards.push(remaining[drawn] as Card);
    // `splice` for one card, which the shuffle would spend most of its time in.
    for (let at = drawn + 1; at < left; at += 1) remaining[at - 1] = remaining[at] as Card;
  }
  return cards;
}

/**
 * The deck of this seed with these cards on top.
 *
 * @param top cards, or their names such as `Ah`. Default: none.
 * @throws RangeError when one of them is not a card or comes twice.
 */
export function createDeck(seed: string, top: readonly (Card | string)[] = []): Deck {
  const shuffled = shuffledDeck(seed);
  const chosen = new Set(top.map(knownCard));
  if (chosen.size !== top.length) {
    throw new RangeError(
      `The cards on top of a deck are different cards, these are "${top.map(textOf).join(' ')}".`,
    );
  }
  const cards = top.length > 0 ? [...chosen, ...shuffled.filter((card) => !chosen.has(card))] : shuffled;
  return { cards, commitment: deckCommitment(seed, cards) };
}

function textOf(card: Card | string): string {
  return typeof card === 'string' ? card : formatCard(card);
}

/** SHA-256 of the seed's text followed by the 52 cards, in hex. */
export function deckCommitment(seed: string, cards: readonly Card[]): string {
  let text = seed;
  for (const card of cards) text += formatCard(card);
  return sha256(text);
}
