/** From the lowest to the highest. */
export const ranks = ['2', '3', '4', '5', '6', '7', '8', '9', 'T', 'J', 'Q', 'K', 'A'] as const;
/** Clubs, diamonds, hearts, spades. */
export const suits = ['c', 'd', 'h', 's'] as const;

export type Rank = (typeof ranks)[number];
export type Suit = (typeof suits)[number];

/** One playing card, for instance `{ rank: 'A', suit: 'h' }`. */
export interface Card {
  readonly rank: Rank;
  readonly suit: Suit;
}

const rankSet: ReadonlySet<string> = new Set(ranks);
const suitSet: ReadonlySet<string> = new Set(suits);

/** Reads `Ah`; returns null for anything that is not a card (docs/protocol.md 6). */
export function parseCard(text: unknown): Card | null {
  if (typeof text !== 'string' || text.length !== 2) return null;
  const rank = text.charAt(0);
  const suit = text.charAt(1);
  return rankSet.has(rank) && suitSet.has(suit) ? { rank: rank as Rank, suit: suit as Suit } : null;
}

/** Writes `Ah`. */
export function formatCard(card: Card): string {
  return card.rank + card.suit;
}
