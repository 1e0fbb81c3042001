/** The decks of deals: of a pair the same in each of its legs, and in every pairing. */
import { FastRandom } from '../chance/fast-random.js';
import { cardOfNumber } from '../holdem/card-numbers.js';
import { type Deck, deckCommitment } from '../holdem/deck.js';
import { arenaSeed } from './arena-seeds.js';

const cardsOfDeck = 52;

export class ArenaDecks {
  readonly #seed: string;
  readonly #random = new FastRandom('');
  readonly #numbers = new Uint8Array(cardsOfDeck);

  /** @param seed of the run. */
  constructor(seed: string) {
    this.#seed = seed;
  }

  /** The first cards, as numbers. The list is used again for the next deck. */
  top(pair: number, cards: number): Uint8Array {
    const numbers = this.#numbers;
    for (let at = 0; at < cardsOfDeck; at += 1) numbers[at] = at;
    this.#random.seed(arenaSeed(this.#seed, 'deck', pair));
    for (let at = 0; at < cards; at += 1) {
      const other = at + this.#random.below(cardsOfDeck - at);
      const card = numbers[other] as number;
      numbers[other] = numbers[at] as number;
      numbers[at] = card;
    }
    return numbers;
  }

  /** All of it, for tables that tell it. */
  deck(pair: number): Deck {
    const cards = Array.from(this.top(pair, cardsOfDeck - 1), cardOfNumber);
    return { cards, commitment: deckCommitment(arenaSeed(this.#seed, 'deck', pair), cards) };
  }
}
