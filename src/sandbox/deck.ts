/** The deck of one hand: known from its seed, committed to before it is dealt (docs/protocol.md 6). */
import { ranks, suits } from '../poker/card.js';
import { createUint32Stream, drawBelow, sha256 } from './random.js';

const orderedDeck: readonly string[] = suits.flatMap((suit) => ranks.map((rank) => rank + suit));

/** The seed of a hand's deck, 64 hex characters. */
export function deckSeed(matchSeed: string, handNumber: number): string {
  return sha256(`deck:${handNumber}:${matchSeed}`);
}

/** All 52 cards in the order of this seed; every order is equally likely. */
export function shuffledDeck(seed: string): string[] {
  const nextUint32 = createUint32Stream(seed);
  const remaining = [...orderedDeck];
  const shuffled: string[] = [];
  while (remaining.length > 0) {
    shuffled.push(...remaining.splice(drawBelow(remaining.length, nextUint32), 1));
  }
  return shuffled;
}

/** What players are shown before the deal: SHA-256 of the seed's text followed by the 52 cards, in hex. */
export function deckCommitment(seed: string, cards: readonly string[]): string {
  return sha256(seed + cards.join(''));
}
