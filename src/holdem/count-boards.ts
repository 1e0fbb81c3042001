/**
 * On how many of the boards that can still come a hand wins against another one.
 *
 * Boards are not dealt one by one: the 1.7 million before the flop are some six thousand choices of ranks, each as often as its suits can be
 * chosen, and those on which a flush is possible, which are counted a second time with the ranks of that suit.
 */
import { flushTable, rankKeys, rankTableOf } from './strength.js';

/** Cards by what strength is made of, of the cards that can still come. */
interface CardsLeft {
  /** By rank: how many there are. */
  readonly counts: readonly number[];
  /** By suit: a bit for each rank. */
  readonly suits: readonly number[];
}

/**
 * @param hand two cards. @param other two more. @param board none, three, four or five.
 * @param known all cards that cannot come, those above too. All are numbers, places in `allCards`.
 */
export function countBoards(
  hand: readonly number[],
  other: readonly number[],
  board: readonly number[],
  known: readonly number[],
): { wins: number; ties: number; boards: number } {
  const left = cardsLeft(known);
  const missing = 5 - board.length;
  const sevens = rankTableOf(7);
  const [own, theirs] = [keysOf([...hand, ...board]), keysOf([...other, ...board])];
  const byRanks = (keys: number): number => Math.sign(sevens.at(own + keys) - sevens.at(theirs + keys));
  let [wins, ties, boards] = [0, 0, 0];
  const add = (outcome: number, count: number): void => {
    if (outcome > 0) wins += count;
    else if (outcome === 0) ties += count;
  };
  eachRanks(left.counts, missing, (keys, count) => {
    boards += count;
    add(byRanks(keys), count);
  });
  for (let suit = 0; suit < 4; suit += 1) {
    const [ownBits, theirBits] = [bitsOf([...hand, ...board], suit), bitsOf([...other, ...board], suit)];
    // A board has three cards or more of one suit at most, so that no board is met twice.
    const fewest = Math.max(0, 5 - Math.max(sizeOf(ownBits), sizeOf(theirBits)));
    if (fewest > missing) continue;
    const others = left.counts.map((count, rank) => count - ((suitBits(left, suit) >> rank) & 1));
    for (let suited = fewest; suited <= missing; suited += 1) {
      const rest = ranksOf(others, missing - suited);
      eachOfSuit(suitBits(left, suit), suited, (bits, suitedKeys) => {
        const ownFlush = flushOf(ownBits | bits);
        const theirFlush = flushOf(theirBits | bits);
        for (const { keys, count } of rest) {
          const all = suitedKeys + keys;
          const a = ownFlush === 0 ? sevens.at(own + all) : ownFlush;
          const b = theirFlush === 0 ? sevens.at(theirs + all) : theirFlush;
          add(byRanks(all), -count);
          add(a - b, count);
        }
      });
    }
  }
  return { wins, ties, boards };
}

function cardsLeft(known: readonly number[]): CardsLeft {
  const suits = Array.from({ length: 4 }, (_, suit) => 0x1fff & ~bitsOf(known, suit));
  const counts = Array.from({ length: 13 }, (_, rank) =>
    suits.reduce((sum, bits) => sum + ((bits >> rank) & 1), 0),
  );
  return { counts, suits };
}

const suitBits = ({ suits }: CardsLeft, suit: number): number => suits[suit] ?? 0;

const keyOf = (card: number): number => rankKeys[card] as number;

const keysOf = (cards: readonly number[]): number => cards.reduce((sum, card) => sum + keyOf(card), 0);

/** The ranks of a suit among cards. */
const bitsOf = (cards: readonly number[], suit: number): number =>
  cards.reduce((bits, card) => (Math.floor(card / 13) === suit ? bits | (1 << (card % 13)) : bits), 0);

/** How many ranks these are. */
function sizeOf(bits: number): number {
  let size = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) size += 1;
  return size;
}

/** The strength of a flush; 0: there are too few cards for one. */
const flushOf = (bits: number): number => flushTable()[bits] as number;

/** By how many there are of a rank, by how many are chosen. */
const choices = [
  [1, 0, 0, 0, 0],
  [1, 1, 0, 0, 0],
  [1, 2, 1, 0, 0],
  [1, 3, 3, 1, 0],
  [1, 4, 6, 4, 1],
] as const;

/** Each choice of ranks, as the sum of their keys, and of how many cards it can be made. */
function eachRanks(
  counts: readonly number[],
  taken: number,
  found: (keys: number, count: number) => void,
): void {
  const choose = (rank: number, missing: number, keys: number, ways: number): void => {
    if (missing === 0) return found(keys, ways);
    if (rank === 13) return;
    const most = Math.min(missing, counts[rank] ?? 0);
    for (let cards = 0; cards <= most; cards += 1) {
      const more = choices[counts[rank] as 0 | 1 | 2 | 3 | 4][cards as 0 | 1 | 2 | 3 | 4];
      choose(rank + 1, missing - cards, keys + cards * keyOf(rank), ways * more);
    }
  };
  choose(0, taken, 0, 1);
}

function ranksOf(counts: readonly number[], taken: number): { keys: number; count: number }[] {
  const list: { keys: number; count: number }[] = [];
  eachRanks(counts, taken, (keys, count) => list.push({ keys, count }));
  return list;
}

/** Each choice of cards of one suit. */
function eachOfSuit(left: number, taken: number, found: (bits: number, keys: number) => void): void {
  const choose = (rank: number, missing: number, bits: number, keys: number): void => {
    if (missing === 0) return found(bits, keys);
    if (rank === 13) return;
    choose(rank + 1, missing, bits, keys);
    if (((left >> rank) & 1) === 1) choose(rank + 1, missing - 1, bits | (1 << rank), keys + keyOf(rank));
  };
  choose(0, taken, 0, 0);
}
