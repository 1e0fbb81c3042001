/** From the lowest to the highest. */
export const ranks = ['2', '3', '4', '5', '6', '7', '8', '9', 'T', 'J', 'Q', 'K', 'A'] as const;
/** Clubs, diamonds, hearts, spades. */
export const suits = ['c', 'd', 'h', 's'] as const;

/** `2` to `9`, `T`, `J`, `Q`, `K` or `A`. */
export type Rank = (typeof ranks)[number];
/** Clubs, diamonds, hearts or spades. */
export type Suit = (typeof suits)[number];

/**
 * One playing card, for instance `{ rank: 'A', suit: 'h' }`. Cards that this package gives are frozen, and there is one
 * object for each of the 52.
 */
export interface Card {
  readonly rank: Rank;
  readonly suit: Suit;
}

/** All 52: clubs, diamonds, hearts, spades, each from the lowest to the highest. */
export const allCards: readonly Card[] = Object.freeze(
  suits.flatMap((suit) => ranks.map((rank): Card => Object.freeze({ rank, suit }))),
);

/** Put together once: that takes longer than to look it up. */
const texts: ReadonlyMap<Card, string> = new Map(allCards.map((card) => [card, card.rank + card.suit]));
const cardsByText: ReadonlyMap<unknown, Card> = new Map([...texts].map(([card, text]) => [text, card]));

/** Reads `Ah`; returns null for anything that is not a card (docs/protocol.md 6). */
export function parseCard(text: unknown): Card | null {
  return cardsByText.get(text) ?? null;
}

/**
 * Reads `Ah`.
 *
 * @throws RangeError for what is not a card; the message quotes it.
 */
export function cardFromString(text: string): Card {
  const card = parseCard(text);
  if (card === null) throw notACard(text);
  return card;
}

/**
 * Reads `Ah Kd 7c`, cards with spaces between them; empty text is an empty list.
 *
 * @throws RangeError for what is not a card; the message quotes it.
 */
export function parseCards(text: string): Card[] {
  return text.split(/\s+/).flatMap((word) => (word === '' ? [] : knownCard(word)));
}

/**
 * The one object of a card that is named (`Ah`), or that another object with its rank and suit stands for.
 *
 * @throws RangeError for what is not a card; the message quotes it.
 */
export function knownCard(card: Card | string): Card {
  if (typeof card !== 'string' && texts.has(card)) return card;
  const text = typeof card === 'string' ? card : `${card?.rank}${card?.suit}`;
  const found = parseCard(text);
  if (found === null) throw notACard(text);
  return found;
}

/** Programs without types give whatever they have. */
function notACard(text: unknown): RangeError {
  const shown = typeof text === 'string' ? `"${text}"` : typeof text;
  return new RangeError(`A card is a rank and a suit such as Ah, not ${shown}.`);
}

/** Writes `Ah`. */
export function formatCard(card: Card): string {
  return texts.get(card) ?? card.rank + card.suit;
}
