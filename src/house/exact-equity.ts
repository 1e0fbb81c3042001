/** The equity of a hand against one opponent where all can be counted in less time than deals take: before the flop and on the river. */
import { allInOddsOf, shareOfOdds } from '../holdem/all-in-odds.js';
import { OptionError } from '../protocol/errors.js';
import { BoardStrengths, codeNumbers } from './code-strength.js';
import { holdings as allHoldings, type Holding } from './holdings.js';
import type { Foe, Spot } from './spot.js';

/** @returns null where deals have to be drawn (`createSampler`). */
export function exactEquity({ hole, board, foes: [foe, ...others] }: Spot): number | null {
  if (foe === undefined || others.length > 0) return null;
  if (board.length === 0) return beforeFlop(hole, foe);
  return board.length === 5 ? onRiver(hole, board, foe) : null;
}

/** Of a list that is the best holdings up to a place. */
function beforeFlop(hole: Holding, { holdings }: Foe): number | null {
  if (holdings[0] !== allHoldings[0] || holdings.at(-1) !== allHoldings[holdings.length - 1]) return null;
  const sums = sumsOf(hole);
  if (sums === null) return null;
  const count = sums.counts[holdings.length] as number;
  return count === 0 ? null : (sums.shares[holdings.length] as number) / count;
}

interface HoldingSums {
  /** By the number of holdings, the best first: what the hand wins against all of them, and how many have none of its cards. */
  readonly shares: Float64Array;
  readonly counts: Uint16Array;
}

const knownSums = new Map<number, HoldingSums>();

/** Hands that are alike up to suits share one answer, whichever was asked for first. */
function sumsOf([first, second]: Holding): HoldingSums | null {
  const high = Math.max(first >> 2, second >> 2);
  const low = Math.min(first >> 2, second >> 2);
  const isSuited = (first & 3) === (second & 3);
  const key = (high * 13 + low) * 2 + (isSuited ? 1 : 0);
  const known = knownSums.get(key);
  if (known !== undefined) return known;
  const own = [high << 2, (low << 2) | (isSuited ? 0 : 1)];
  if (!hasTable()) return null;
  const shares = new Float64Array(allHoldings.length + 1);
  const counts = new Uint16Array(allHoldings.length + 1);
  for (const [at, holding] of allHoldings.entries()) {
    const isFree = !holding.some((card) => own.includes(card));
    const share = isFree ? shareOfOdds(allInOddsOf(own.map(numberOf), holding.map(numberOf), [])) : 0;
    shares[at + 1] = (shares[at] as number) + share;
    counts[at + 1] = (counts[at] as number) + (isFree ? 1 : 0);
  }
  const sums = { shares, counts };
  knownSums.set(key, sums);
  return sums;
}

/** A bundler may have taken the code out of the package, and left its tables. */
function hasTable(): boolean {
  try {
    allInOddsOf([0, 1], [2, 3], []);
    return true;
  } catch (error) {
    if (error instanceof OptionError) return false;
    throw error;
  }
}

const numberOf = (code: number): number => codeNumbers[code] as number;

function onRiver(
  hole: Holding,
  board: readonly number[],
  { holdings, picks = 0, pickiness = 1 }: Foe,
): number | null {
  const strengths = new BoardStrengths(board);
  const mine = strengths.of(hole[0], hole[1]);
  const seen = new Uint8Array(52);
  for (const card of hole) seen[card] = 1;
  for (const card of board) seen[card] = 1;
  let weaker = 0;
  let equal = 0;
  let count = 0;
  for (const [first, second] of holdings) {
    if (seen[first] === 1 || seen[second] === 1) continue;
    const theirs = strengths.of(first, second);
    count += 1;
    if (theirs < mine) weaker += 1;
    else if (theirs === mine) equal += 1;
  }
  if (count === 0) return null;
  // The best of one hand and those that are dealt again, each of them with this probability.
  const allBelow = (share: number): number => share * (1 - pickiness + pickiness * share) ** picks;
  const below = allBelow(weaker / count);
  return (below + allBelow((weaker + equal) / count)) / 2;
}
