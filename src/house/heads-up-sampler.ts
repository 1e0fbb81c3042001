/**
 * Deals against one opponent on an open board, where equity takes nearly all of its time: what cannot come is taken out once, and not
 * drawn and dropped in every deal.
 */
import type { FastRandom } from '../chance/fast-random.js';
import { flushSuitOf, flushTable, rankTableOf } from '../holdem/strength.js';
import { BoardStrengths, codeRanks, codeSuits, rankInSuit } from './code-strength.js';
import { deck } from './holdings.js';
import type { Foe, Sampler, Spot } from './spot.js';

const defaults = {
  /** Numbers that are drawn at once. */
  drawnAtOnce: 256,
} as const;

const perUint32 = 2 ** -32;
/** Of a card that is not dealt. */
const none = -1;

/** @returns null where there is another number of opponents, no board, or no hand that the opponent can hold. */
export function createHeadsUpSampler(spot: Spot, random: FastRandom): Sampler | null {
  const { board, foes } = spot;
  const [foe, ...others] = foes;
  if (foe === undefined || others.length > 0 || board.length < 3) return null;
  const sampler = new HeadsUpSampler(spot, foe, random);
  return sampler.hands === 0 ? null : sampler;
}

class HeadsUpSampler implements Sampler {
  samples = 0;
  /** How many the opponent can hold. */
  readonly hands: number;
  /** Halves of pots. */
  private won = 0;
  private readonly random: FastRandom;
  private readonly drawn = new Uint32Array(defaults.drawnAtOnce);
  private next: number = defaults.drawnAtOnce;
  private readonly board: readonly number[];
  private readonly missing: number;
  private readonly first: number;
  private readonly second: number;
  /** The sums of keys of the board, and of the own cards. */
  private readonly openRanks: number;
  private readonly openSuits: number;
  private readonly ownRanks: number;
  private readonly ownSuits: number;
  private readonly picks: number;
  private readonly pickiness: number;
  /** Cards that can still come. */
  private readonly left: Uint8Array;
  /** By hand that the opponent can hold: its cards, and how good it is on the board as it lies. */
  private readonly firsts: Uint8Array;
  private readonly seconds: Uint8Array;
  private readonly strengths: Uint16Array;
  private readonly sevens = rankTableOf(7);

  constructor(
    { hole, board }: Pick<Spot, 'hole' | 'board'>,
    { holdings, picks = 0, pickiness = 1 }: Foe,
    random: FastRandom,
  ) {
    this.random = random;
    this.board = board;
    this.missing = 5 - board.length;
    [this.first, this.second] = hole;
    this.picks = picks;
    this.pickiness = pickiness;
    this.openRanks = sumAt(codeRanks, board);
    this.openSuits = sumAt(codeSuits, board);
    this.ownRanks = sumAt(codeRanks, hole);
    this.ownSuits = sumAt(codeSuits, hole);
    const isSeen = new Uint8Array(deck.length);
    for (const card of [...hole, ...board]) isSeen[card] = 1;
    this.left = Uint8Array.from(deck.filter((card) => isSeen[card] === 0));
    this.firsts = new Uint8Array(holdings.length);
    this.seconds = new Uint8Array(holdings.length);
    this.strengths = new Uint16Array(picks > 0 ? holdings.length : 0);
    const onBoard = new BoardStrengths(board);
    let hands = 0;
    for (const [first, second] of holdings) {
      if (isSeen[first] === 1 || isSeen[second] === 1) continue;
      this.firsts[hands] = first;
      this.seconds[hands] = second;
      if (picks > 0) this.strengths[hands] = onBoard.of(first, second);
      hands += 1;
    }
    this.hands = hands;
  }

  get equity(): number {
    return this.samples === 0 ? 0 : this.won / 2 / this.samples;
  }

  deal(count: number): void {
    for (let deal = 0; deal < count; deal += 1) this.won += this.dealOnce();
    this.samples += count;
  }

  private dealOnce(): number {
    const { first, second, missing, sevens } = this;
    const hand = this.drawHand();
    const theirFirst = this.firsts[hand] as number;
    const theirSecond = this.seconds[hand] as number;
    let turn = none;
    let river = none;
    let ranks = this.openRanks;
    let suits = this.openSuits;
    if (missing > 0) {
      do river = this.drawCard();
      while (river === theirFirst || river === theirSecond);
      ranks += codeRanks[river] as number;
      suits += codeSuits[river] as number;
    }
    if (missing > 1) {
      do turn = this.drawCard();
      while (turn === theirFirst || turn === theirSecond || turn === river);
      ranks += codeRanks[turn] as number;
      suits += codeSuits[turn] as number;
    }
    const theirRanks = ranks + (codeRanks[theirFirst] as number) + (codeRanks[theirSecond] as number);
    const theirSuits = suits + (codeSuits[theirFirst] as number) + (codeSuits[theirSecond] as number);
    const ownFlush = flushSuitOf(suits + this.ownSuits);
    const theirFlush = flushSuitOf(theirSuits);
    const mine =
      ownFlush === -1
        ? sevens.at(ranks + this.ownRanks)
        : this.flushOf(ownFlush, [first, second, turn, river]);
    const theirs =
      theirFlush === -1
        ? sevens.at(theirRanks)
        : this.flushOf(theirFlush, [theirFirst, theirSecond, turn, river]);
    if (mine > theirs) return 2;
    return mine === theirs ? 1 : 0;
  }

  /** Once for each of its bets the opponent is dealt another hand with some probability, and keeps the better one. */
  private drawHand(): number {
    let hand = this.below(this.hands);
    for (let pick = 0; pick < this.picks; pick += 1) {
      if (this.uint32() * perUint32 >= this.pickiness) continue;
      const other = this.below(this.hands);
      if ((this.strengths[other] as number) > (this.strengths[hand] as number)) hand = other;
    }
    return hand;
  }

  private drawCard(): number {
    return this.left[this.below(this.left.length)] as number;
  }

  private below(bound: number): number {
    return (this.uint32() * bound * perUint32) | 0;
  }

  private uint32(): number {
    if (this.next === defaults.drawnAtOnce) {
      this.random.drawInto(this.drawn);
      this.next = 0;
    }
    return this.drawn[this.next++] as number;
  }

  private flushOf(suit: number, cards: readonly number[]): number {
    let held = 0;
    for (const card of cards) if (card !== none) held |= rankInSuit(card, suit);
    for (const card of this.board) held |= rankInSuit(card, suit);
    return flushTable()[held] as number;
  }
}

const sumAt = (keys: Int32Array, cards: readonly number[]): number =>
  cards.reduce((sum, card) => sum + (keys[card] as number), 0);
