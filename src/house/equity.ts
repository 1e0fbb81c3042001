/** Estimates how often a hand wins by dealing the unknown cards many times. */
import type { FastRandom } from '../chance/fast-random.js';
import { flushSuitOf, flushTable, rankTableOf } from '../holdem/strength.js';
import { BoardStrengths, codeRanks, codeSuits, rankInSuit } from './code-strength.js';
import { createHeadsUpSampler } from './heads-up-sampler.js';
import { deck, type Holding } from './holdings.js';
import type { Sampler, Spot } from './spot.js';

const limits = {
  /** After so many draws with cards that are taken already, an opponent gets any two remaining cards. */
  maxRedraws: 60,
} as const;

const uint32Range = 2 ** 32;
/** Higher than the number of any deal. */
const visible = 2 ** 31 - 1;

/** @param random the only random source: the same numbers give the same equity. */
export function createSampler(spot: Spot, random: FastRandom): Sampler {
  return createHeadsUpSampler(spot, random) ?? new SpotSampler(spot, random);
}

/** What is drawn of a foe, in lists that are fast to read. */
interface FoeDraw {
  readonly firsts: Uint8Array;
  readonly seconds: Uint8Array;
  readonly picks: number;
  readonly pickiness: number;
}

class SpotSampler implements Sampler {
  samples = 0;
  private won = 0;
  private readonly random: FastRandom;
  private readonly hole: Holding;
  private readonly boardSize: number;
  private readonly foes: readonly FoeDraw[];
  /** For each card the number of the last deal that used it; visible cards are used in every deal. */
  private readonly dealtIn = new Int32Array(deck.length);
  /** The board of a deal, and what it adds up to. */
  private readonly board: Uint8Array;
  private ranks = 0;
  private suits = 0;
  private readonly openRanks: number;
  private readonly openSuits: number;
  private readonly foeFirsts: Uint8Array;
  private readonly foeSeconds: Uint8Array;
  private readonly onBoard: BoardStrengths | null;
  private readonly sevens = rankTableOf(7);

  constructor({ hole, board, foes }: Spot, random: FastRandom) {
    this.random = random;
    this.hole = hole;
    this.boardSize = board.length;
    this.board = Uint8Array.from({ length: 5 }, (_, at) => board[at] ?? 0);
    this.foes = foes.map(({ holdings, picks = 0, pickiness = 1 }) => ({
      ...listsOf(holdings),
      picks: board.length >= 3 ? picks : 0,
      pickiness,
    }));
    this.onBoard = board.length >= 3 ? new BoardStrengths(board) : null;
    this.foeFirsts = new Uint8Array(foes.length);
    this.foeSeconds = new Uint8Array(foes.length);
    for (const card of [...hole, ...board]) this.dealtIn[card] = visible;
    this.openRanks = board.reduce((sum, card) => sum + (codeRanks[card] as number), 0);
    this.openSuits = board.reduce((sum, card) => sum + (codeSuits[card] as number), 0);
  }

  get equity(): number {
    return this.samples === 0 ? 0 : this.won / this.samples;
  }

  deal(count: number): void {
    for (let i = 0; i < count; i += 1) {
      this.won += this.dealOnce();
      this.samples += 1;
    }
  }

  private dealOnce(): number {
    const { foes, foeFirsts, foeSeconds, board, boardSize } = this;
    for (let foe = 0; foe < foes.length; foe += 1) this.drawFoe(foe);
    let ranks = this.openRanks;
    let suits = this.openSuits;
    for (let place = boardSize; place < 5; place += 1) {
      const card = this.drawCard();
      board[place] = card;
      this.take(card);
      ranks += codeRanks[card] as number;
      suits += codeSuits[card] as number;
    }
    this.ranks = ranks;
    this.suits = suits;
    const [first, second] = this.hole;
    const mine = this.strengthOf(first, second);
    let sharers = 1;
    for (let foe = 0; foe < foes.length; foe += 1) {
      const theirs = this.strengthOf(foeFirsts[foe] as number, foeSeconds[foe] as number);
      if (theirs > mine) return 0;
      if (theirs === mine) sharers += 1;
    }
    return 1 / sharers;
  }

  private drawFoe(foe: number): void {
    const { firsts, seconds, picks, pickiness } = this.foes[foe] as FoeDraw;
    this.drawHolding(foe, firsts, seconds);
    for (let pick = 0; pick < picks; pick += 1) {
      if (this.random.next() / uint32Range >= pickiness) continue;
      const first = this.foeFirsts[foe] as number;
      const second = this.foeSeconds[foe] as number;
      this.drawHolding(foe, firsts, seconds);
      const { onBoard } = this;
      if (onBoard === null) continue;
      const other = onBoard.of(this.foeFirsts[foe] as number, this.foeSeconds[foe] as number);
      if (other > onBoard.of(first, second)) continue;
      this.foeFirsts[foe] = first;
      this.foeSeconds[foe] = second;
    }
    this.take(this.foeFirsts[foe] as number);
    this.take(this.foeSeconds[foe] as number);
  }

  private drawHolding(foe: number, firsts: Uint8Array, seconds: Uint8Array): void {
    for (let tries = 0; tries < limits.maxRedraws; tries += 1) {
      const at = this.below(firsts.length);
      const first = firsts[at] as number;
      const second = seconds[at] as number;
      if (!this.isFree(first) || !this.isFree(second)) continue;
      this.foeFirsts[foe] = first;
      this.foeSeconds[foe] = second;
      return;
    }
    const first = this.drawCard();
    let second = this.drawCard();
    while (second === first) second = this.drawCard();
    this.foeFirsts[foe] = first;
    this.foeSeconds[foe] = second;
  }

  private drawCard(): number {
    let card = this.below(deck.length);
    while (!this.isFree(card)) card = this.below(deck.length);
    return card;
  }

  private below(bound: number): number {
    return ((this.random.next() * bound) / uint32Range) | 0;
  }

  private isFree(card: number): boolean {
    return (this.dealtIn[card] as number) <= this.samples;
  }

  /** The deal in progress is number `samples + 1`. */
  private take(card: number): void {
    this.dealtIn[card] = this.samples + 1;
  }

  private strengthOf(first: number, second: number): number {
    const suit = flushSuitOf(this.suits + (codeSuits[first] as number) + (codeSuits[second] as number));
    if (suit === -1) {
      return this.sevens.at(this.ranks + (codeRanks[first] as number) + (codeRanks[second] as number));
    }
    let held = rankInSuit(first, suit) | rankInSuit(second, suit);
    for (let place = 0; place < 5; place += 1) held |= rankInSuit(this.board[place] as number, suit);
    return flushTable()[held] as number;
  }
}

/** The lists of one share of hands are asked for again and again. */
const knownLists = new WeakMap<readonly Holding[], Pick<FoeDraw, 'firsts' | 'seconds'>>();

function listsOf(holdings: readonly Holding[]): Pick<FoeDraw, 'firsts' | 'seconds'> {
  const known = knownLists.get(holdings);
  if (known !== undefined) return known;
  const lists = {
    firsts: Uint8Array.from(holdings, ([first]) => first),
    seconds: Uint8Array.from(holdings, ([, second]) => second),
  };
  knownLists.set(holdings, lists);
  return lists;
}
