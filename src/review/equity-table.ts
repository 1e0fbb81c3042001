/** What hands that are known are worth; what has to be drawn is worked out once, whatever the suits are called. */
import { allInOdds, shareOfOdds } from '../holdem/all-in-odds.js';
import { equityOf } from '../holdem/hand-equity.js';

export interface EquityTable {
  /**
   * The share of the pot of the first of these hands: exact, but for three or more before the flop, of which `samples` deals are drawn.
   *
   * @throws RangeError for cards that cannot be.
   */
  shareOfFirst(hands: readonly (readonly string[])[], board: readonly string[]): number;
}

const defaults = {
  /** Boards that are drawn: an error of at most 0.016. */
  samples: 1000,
  /** Entries are forgotten, the oldest first, beyond so many. */
  maxEntries: 200_000,
} as const;

export function createEquityTable({ samples = defaults.samples }: { samples?: number } = {}): EquityTable {
  const known = new Map<string, number>();
  return {
    shareOfFirst(hands, board) {
      const [first, second] = hands;
      if (first !== undefined && second !== undefined && hands.length === 2)
        return shareOfOdds(allInOdds(first, second, { board }));
      if (board.length > 0)
        return equityOf(hands, board, { samples: Number.POSITIVE_INFINITY }).shares[0] ?? 0;
      const named = renamedSuits(hands);
      const key = named.map((cards) => cards.join('')).join(' ');
      const found = known.get(key);
      if (found !== undefined) return found;
      const share = equityOf(named, [], { samples }).shares[0] ?? 0;
      const [oldest] = known.keys();
      if (known.size >= defaults.maxEntries && oldest !== undefined) known.delete(oldest);
      known.set(key, share);
      return share;
    },
  };
}

const rankOrder = '23456789TJQKA';
const suitNames = 'shdc';

/** The same hands with the higher card first, and their suits called s, h, d, c in the order in which they come up. */
function renamedSuits(hands: readonly (readonly string[])[]): string[][] {
  const names = new Map<string, string>();
  return hands.map((cards) =>
    cards
      .toSorted((a, b) => rankOrder.indexOf(b[0] ?? '') - rankOrder.indexOf(a[0] ?? ''))
      .map((card) => {
        const suit = card[1] ?? '';
        const name = names.get(suit) ?? suitNames[names.size] ?? suit;
        names.set(suit, name);
        return `${card[0]}${name}`;
      }),
  );
}
