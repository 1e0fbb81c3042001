/**
 * Makes `tables/match-ups.br`: of each match-up before the flop how many of the 1,712,304 boards the first hand wins, and how many are
 * split. It takes a few minutes: every board up to suits is dealt once, and all hands that it leaves are put in order on it.
 *
 *     npm run match-ups
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { evaluate, getCardCode } from '@pokertools/evaluator';
import { allCards, formatCard } from '../src/holdem/card.js';
import { matchUpCount, matchUpPlace } from '../src/holdem/match-up-places.js';
import { boardsBeforeFlop, matchUpFile, packMatchUps } from '../src/holdem/match-up-table.js';

const target = fileURLToPath(new URL(`../${matchUpFile}`, import.meta.url));
const codes = allCards.map((card) => getCardCode(formatCard(card)));
const at = (list: ArrayLike<number>, index: number): number => list[index] ?? 0;
const suitOrders = permutations([0, 1, 2, 3]);

/** Two cards each, in a fixed order. */
const hands: (readonly [number, number])[] = [];
for (let high = 1; high < 52; high += 1) for (let low = 0; low < high; low += 1) hands.push([high, low]);
const count = hands.length;

function permutations(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

/** How many boards differ from this one in suits alone; 0 unless it is the first of these. */
function boardsLike(board: readonly number[]): number {
  const own = numberOf(board);
  const like = new Set<number>();
  for (const order of suitOrders) {
    const other = numberOf(board.map((card) => at(order, Math.floor(card / 13)) * 13 + (card % 13)));
    if (other < own) return 0;
    like.add(other);
  }
  return like.size;
}

const numberOf = (board: readonly number[]): number =>
  board.toSorted((a, b) => a - b).reduce((number, card) => number * 52 + card, 0);

/** By first hand and second hand, over all boards that leave both: wins of the first, and splits. */
const wins = new Uint32Array(count * count);
const ties = new Uint32Array(count * count);

function add(counts: Uint32Array, place: number, times: number): void {
  counts[place] = at(counts, place) + times;
}

function countBoard(board: readonly number[], times: number): void {
  const seven = [0, 0, ...board.map((card) => at(codes, card))];
  const order = new Uint32Array(count);
  let left = 0;
  for (let hand = 0; hand < count; hand += 1) {
    const [high, low] = hands[hand] ?? [0, 0];
    if (board.includes(high) || board.includes(low)) continue;
    seven[0] = at(codes, high);
    seven[1] = at(codes, low);
    // The evaluator counts down: the weakest hand comes first.
    order[left] = (7463 - evaluate(seven)) * 2048 + hand;
    left += 1;
  }
  const inOrder = order.subarray(0, left).toSorted();
  const weaker = new Uint16Array(left);
  for (let from = 0; from < left; ) {
    const strength = at(inOrder, from) >>> 11;
    let to = from;
    for (; to < left && at(inOrder, to) >>> 11 === strength; to += 1) weaker[to] = at(inOrder, to) & 2047;
    for (let stronger = from; stronger < to; stronger += 1) {
      const row = at(weaker, stronger) * count;
      for (let other = 0; other < from; other += 1) add(wins, row + at(weaker, other), times);
      for (let other = from; other < to; other += 1) add(ties, row + at(weaker, other), times);
    }
    from = to;
  }
}

let boards = 0;
let kinds = 0;
for (let a = 4; a < 52; a += 1)
  for (let b = 3; b < a; b += 1)
    for (let c = 2; c < b; c += 1)
      for (let d = 1; d < c; d += 1)
        for (let e = 0; e < d; e += 1) {
          const board = [a, b, c, d, e];
          const times = boardsLike(board);
          if (times === 0) continue;
          countBoard(board, times);
          boards += times;
          kinds += 1;
          if (kinds % 5000 === 0) process.stderr.write(`${kinds} of 134,459 boards up to suits\n`);
        }

/** Sums over all match-ups that differ in suits alone, and how many of these there are. */
const sums = Array.from({ length: matchUpCount }, () => ({ wins: 0, losses: 0, ties: 0, alike: 0 }));
for (const [first, hand] of hands.entries())
  for (const [second, other] of hands.entries()) {
    if (hand.some((card) => other.includes(card))) continue;
    const { place, isMirrored } = matchUpPlace(hand, other);
    const sum = sums[place];
    if (sum === undefined) continue;
    const [own, theirs] = [wins[first * count + second] ?? 0, wins[second * count + first] ?? 0];
    sum.wins += isMirrored ? theirs : own;
    sum.losses += isMirrored ? own : theirs;
    sum.ties += ties[first * count + second] ?? 0;
    sum.alike += 1;
  }
const odds = sums.map(({ wins: won, losses, ties: split, alike }) => {
  if (won + losses + split !== alike * boardsBeforeFlop || won % alike !== 0 || split % alike !== 0)
    throw new Error('The boards of a match-up do not add up.');
  return { wins: won / alike, ties: split / alike };
});
const packed = packMatchUps(odds);
writeFileSync(target, packed);
process.stdout.write(
  `${boards} boards (${kinds} up to suits), ${odds.length} match-ups, ${packed.length} bytes: ${target}\n`,
);
