/** Cards as numbers from 0 to 51: their places in `allCards`. */
import { getCardCode } from '@pokertools/evaluator';
import { allCards, type Card, formatCard, knownCard } from './card.js';

const numbers: ReadonlyMap<Card, number> = new Map(allCards.map((card, number) => [card, number]));

/** By number: what the evaluator calls the card. */
export const evaluatorCodes: Uint8Array = Uint8Array.from(allCards, (card) => getCardCode(formatCard(card)));

/**
 * @param card or its name, such as `Ah`.
 * @throws RangeError for what is not a card; the message quotes it.
 */
export function numberOfCard(card: Card | string): number {
  return numbers.get(knownCard(card)) as number;
}

/** @throws RangeError for what is no number from 0 to 51. */
export function cardOfNumber(number: number): Card {
  const card = allCards[number];
  if (card === undefined) throw new RangeError(`A card's number is from 0 to 51, not ${number}.`);
  return card;
}
