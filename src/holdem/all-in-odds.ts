/** What two hands are worth when both are all-in: every board that can still come is counted. */
import { allCards, type Card, formatCard } from './card.js';
import { numberOfCard } from './card-numbers.js';
import { countBoards } from './count-boards.js';
import { boardsBeforeFlop, matchUpOdds } from './match-up-table.js';

/** Of boards that can still come; what the first hand neither wins nor shares, the second one wins. */
export interface AllInOdds {
  readonly wins: number;
  readonly ties: number;
  readonly boards: number;
}

/** The share of the pot: a board that is split counts half. */
export const shareOfOdds = ({ wins, ties, boards }: AllInOdds): number => (2 * wins + ties) / (2 * boards);

/**
 * Before the flop and with all other cards in the deck they are looked up; else counted.
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
  return allInOddsOf(
    hand.map(numberOfCard),
    other.map(numberOfCard),
    board.map(numberOfCard),
    dead.map(numberOfCard),
  );
}

/** The same of the numbers of cards, their places in `allCards`. */
export function allInOddsOf(
  hand: readonly number[],
  other: readonly number[],
  board: readonly number[],
  dead: readonly number[] = [],
): AllInOdds {
  const known = [...hand, ...other, ...board, ...dead];
  const isWhole = hand.length === 2 && other.length === 2 && [0, 3, 4, 5].includes(board.length);
  if (
    !isWhole ||
    new Set(known).size !== known.length ||
    known.some((card) => allCards[card] === undefined)
  ) {
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
