/** What two hands are worth when both are all-in: every board that can still come is counted. */
import { evaluate, getCardCode } from '@pokertools/evaluator';
import { allCards, type Card, formatCard, knownCard } from './card.js';
import { boardsBeforeFlop, matchUpOdds } from './match-up-table.js';

/** Of boards that can still come; what the first hand neither wins nor shares, the second one wins. */
export interface AllInOdds {
  readonly wins: number;
  readonly ties: number;
  readonly boards: number;
}

const codes = allCards.map((card) => getCardCode(formatCard(card)));
const numbers: ReadonlyMap<Card, number> = new Map(allCards.map((card, number) => [card, number]));

/** The share of the pot: a board that is split counts half. */
export const shareOfOdds = ({ wins, ties, boards }: AllInOdds): number => (2 * wins + ties) / (2 * boards);

/**
 * Before the flop and with all other cards in the deck they are looked up; else counted, which takes some 100 us on the flop, and a
 * tenth of a second before it.
 *
 * @param board none, three, four or five cards.
 * @param dead cards that cannot come, such as those of seats that have folded. Default: none.
 * @throws RangeError for another number of cards, for what is no card, and for a card that comes twice.
 */
export function allInOdds(
  hand: readonly (Card | string)[],
  other: readonly (Card | string)[],
  { board, dead = [] }: { board: readonly (Card | string)[]; dead?: readonly (Card | string)[] },
): AllInOdds {
  return allInOddsOf(hand.map(numberOf), other.map(numberOf), board.map(numberOf), dead.map(numberOf));
}

const numberOf = (card: Card | string): number => numbers.get(knownCard(card)) ?? -1;

/** The same of the numbers of cards, their places in `allCards`. */
export function allInOddsOf(
  hand: readonly number[],
  other: readonly number[],
  board: readonly number[],
  dead: readonly number[] = [],
): AllInOdds {
  const known = [...hand, ...other, ...board, ...dead];
  const isWhole = hand.length === 2 && other.length === 2 && [0, 3, 4, 5].includes(board.length);
  if (!isWhole || new Set(known).size !== known.length || known.some((card) => codes[card] === undefined)) {
    const text = [hand, other, board, dead].map((cards) => cards.map(nameOf).join('')).join(' ');
    throw new RangeError(
      `Odds take two hands of two cards and a board of none, three, four or five, all different, not ${text}.`,
    );
  }
  if (board.length === 0 && dead.length === 0)
    return { ...matchUpOdds(hand, other), boards: boardsBeforeFlop };
  return countBoards(hand, other, board, known);
}

const nameOf = (card: number): string => {
  const found = allCards[card];
  return found === undefined ? '?' : formatCard(found);
};

/** Deals all boards. @param known cards that cannot come. */
export function countBoards(
  hand: readonly number[],
  other: readonly number[],
  board: readonly number[],
  known: readonly number[],
): AllInOdds {
  const rest = codes.filter((_, card) => !known.includes(card));
  const place = 2 + board.length;
  const common = [...board.map((card) => codes[card] as number), 0, 0, 0, 0, 0].slice(0, 5);
  const own = [codes[hand[0] as number] as number, codes[hand[1] as number] as number, ...common];
  const theirs = [codes[other[0] as number] as number, codes[other[1] as number] as number, ...common];
  let [wins, ties, boards] = [0, 0, 0];
  const deal = (at: number, from: number): void => {
    if (at === 7) {
      // The evaluator counts down: 1 is the best hand.
      const difference = evaluate(own) - evaluate(theirs);
      boards += 1;
      if (difference < 0) wins += 1;
      else if (difference === 0) ties += 1;
      return;
    }
    for (let next = from; next < rest.length; next += 1) {
      const code = rest[next] as number;
      own[at] = code;
      theirs[at] = code;
      deal(at + 1, next + 1);
    }
  };
  deal(place, 0);
  return { wins, ties, boards };
}
