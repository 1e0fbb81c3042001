/** How strong hands are on one board, of the evaluator's codes of their cards. */
import { stringifyCardCode } from '@pokertools/evaluator';
import { numberOfCard } from '../holdem/card-numbers.js';
import { flushSuitOf, flushTable, rankKeys, rankTableOf, suitKeys } from '../holdem/strength.js';
import type { RankTable } from '../holdem/strength-tables.js';

/** By code: the place in `allCards`. */
export const codeNumbers: Uint8Array = Uint8Array.from({ length: 52 }, (_, code) =>
  numberOfCard(stringifyCardCode(code)),
);

/** By code: what is added up to a key of `rankTableOf`. */
export const codeRanks = Int32Array.from(codeNumbers, (card) => rankKeys[card] as number);
/** By code: what is added up for `flushSuitOf`. */
export const codeSuits = Int32Array.from(codeNumbers, (card) => suitKeys[card] as number);
/** By code: the suit as `flushSuitOf` counts them. */
const codeSuit = Uint8Array.from(codeNumbers, (card) => Math.floor(card / 13));

/** Two cards with three, four or five that are open. */
export class BoardStrengths {
  private readonly table: RankTable;
  private readonly ranks: number;
  private readonly suits: number;
  private readonly open: readonly number[];

  /** @param open the cards on the board. */
  constructor(open: readonly number[]) {
    let ranks = 0;
    let suits = 0;
    for (const code of open) {
      ranks += codeRanks[code] as number;
      suits += codeSuits[code] as number;
    }
    this.table = rankTableOf(open.length + 2);
    this.ranks = ranks;
    this.suits = suits;
    this.open = open;
  }

  /** Higher wins, from 1 to 7462. */
  of(first: number, second: number): number {
    const suit = flushSuitOf(this.suits + (codeSuits[first] as number) + (codeSuits[second] as number));
    if (suit === -1) {
      return this.table.at(this.ranks + (codeRanks[first] as number) + (codeRanks[second] as number));
    }
    let held = rankInSuit(first, suit) | rankInSuit(second, suit);
    for (const code of this.open) held |= rankInSuit(code, suit);
    return flushTable()[held] as number;
  }
}

/** The bit of a card's rank; 0 where it is of another suit. */
export function rankInSuit(code: number, suit: number): number {
  return codeSuit[code] === suit ? 1 << (code >> 2) : 0;
}
