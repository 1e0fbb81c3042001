/** What PokerStars text calls a hand: `a pair of Kings`. */
import { type Card, ranks } from '../../holdem/card.js';
import type { HandRank } from '../../holdem/hand-rank.js';

const singular = [
  'Deuce',
  'Three',
  'Four',
  'Five',
  'Six',
  'Seven',
  'Eight',
  'Nine',
  'Ten',
  'Jack',
  'Queen',
  'King',
  'Ace',
] as const;

export function rankPhrase({ name, best }: HandRank): string {
  const one = (index: number) => nameOf(best[index]);
  const many = (index: number) => (one(index) === 'Six' ? 'Sixes' : `${one(index)}s`);
  switch (name) {
    case 'High Card':
      return `high card ${one(0)}`;
    case 'Pair':
      return `a pair of ${many(0)}`;
    case 'Two Pair':
      return `two pair, ${many(0)} and ${many(2)}`;
    case 'Three of a Kind':
      return `three of a kind, ${many(0)}`;
    case 'Straight':
      return `a straight, ${one(4)} to ${one(0)}`;
    case 'Flush':
      return `a flush, ${one(0)} high`;
    case 'Full House':
      return `a full house, ${many(0)} full of ${many(3)}`;
    case 'Four of a Kind':
      return `four of a kind, ${many(0)}`;
    case 'Straight Flush':
      return one(0) === 'Ace' ? 'a Royal Flush' : `a straight flush, ${one(4)} to ${one(0)}`;
  }
}

function nameOf(card: Card | undefined): string {
  return card === undefined ? '' : (singular[ranks.indexOf(card.rank)] ?? '');
}
