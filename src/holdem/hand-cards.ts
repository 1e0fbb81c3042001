/** The cards of a hand as numbers: shuffled, proven to be different, and dealt, in the same memory each time. */
import type { FastRandom } from '../chance/fast-random.js';
import { byteAt } from './chip-lists.js';

const deckSize = 52;

export class HandCards {
  /** Those in use, in the order in which they are dealt: a card to each seat, once more round, then the board. */
  readonly cards: Uint8Array;
  /** By seat, two each; of seats that were not dealt in they mean nothing. */
  readonly holeCards: Uint8Array;
  readonly board: Uint8Array = new Uint8Array(5);
  /** In order between two shuffles, so that a deal hangs on its random numbers alone. */
  private readonly deck = Uint8Array.from({ length: deckSize }, (_, card) => card);
  private readonly swaps: Uint8Array;

  constructor(seatCount: number) {
    this.cards = new Uint8Array(2 * seatCount + 5);
    this.swaps = new Uint8Array(2 * seatCount + 5);
    this.holeCards = new Uint8Array(2 * seatCount);
  }

  /** Draws the cards in use and no others; every order is equally likely. */
  shuffle(random: FastRandom, used: number): void {
    const { deck, cards, swaps } = this;
    for (let at = 0; at < used; at += 1) {
      const other = at + random.below(deckSize - at);
      const card = byteAt(deck, other);
      deck[other] = byteAt(deck, at);
      deck[at] = card;
      cards[at] = card;
      swaps[at] = other;
    }
    for (let at = used - 1; at >= 0; at -= 1) {
      const other = byteAt(swaps, at);
      const card = byteAt(deck, other);
      deck[other] = byteAt(deck, at);
      deck[at] = card;
    }
  }

  /** @throws RangeError when they are too few. */
  take(top: ArrayLike<number>, used: number): void {
    if (top.length < used) throw new RangeError(`This hand takes ${used} cards, not ${top.length}.`);
    for (let at = 0; at < used; at += 1) this.cards[at] = top[at] as number;
  }

  /**
   * Evaluators answer with a wrong rank where a card comes twice, without a word.
   *
   * @throws RangeError when the cards in use are not all different.
   */
  requireDifferent(used: number): void {
    let low = 0;
    let high = 0;
    for (let at = 0; at < used; at += 1) {
      const card = byteAt(this.cards, at);
      if (card < 26) low |= 1 << card;
      else high |= 1 << (card - 26);
    }
    if (bitCount(low) + bitCount(high) !== used) {
      throw new RangeError('The cards of a hand are different cards, numbers from 0 to 51.');
    }
  }

  /**
   * One card at a time, the first to the seat left of the button.
   *
   * @param plays by seat, 1 where it is dealt in; `count` of them are.
   */
  give(dealerSeat: number, plays: Uint8Array, count: number): void {
    const { cards, holeCards, board } = this;
    let dealt = 0;
    let seat = dealerSeat;
    for (let step = 0; step < plays.length; step += 1) {
      seat = seat + 1 >= plays.length ? 0 : seat + 1;
      if (byteAt(plays, seat) === 0) continue;
      holeCards[2 * seat] = byteAt(cards, dealt);
      holeCards[2 * seat + 1] = byteAt(cards, count + dealt);
      dealt += 1;
    }
    for (let at = 0; at < 5; at += 1) board[at] = byteAt(cards, 2 * count + at);
  }
}

function bitCount(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
