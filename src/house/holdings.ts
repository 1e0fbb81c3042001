/** All pairs of hole cards, and how good they are before the flop. Cards are numbers here, as in the evaluator. */
import { getCardCode } from '@pokertools/evaluator';
import { type Card, formatCard, ranks, suits } from '../holdem/card.js';
import type { GameState } from '../holdem/game-state.js';

/** Two hole cards, as codes. */
export type Holding = readonly [number, number];

/**
 * From the best to the worst, by how often they win against one and against three unknown hands. Pairs, then `s` for
 * suited and `o` for offsuit.
 */
const handOrder = `
AA KK QQ JJ TT 99 AKs AQs 88 AJs AKo KQs ATs AQo KJs 77 AJo KTs A9s KQo QJs ATo A8s QTs KJo 66 K9s A7s JTs KTo QJo
A5s A9o A6s Q9s A4s QTo A8o K8s A3s 55 J9s K9o K7s JTo A2s A7o T9s Q8s K6s A5o A6o J8s Q9o K5s A4o K8o K4s T8s Q7s
44 J9o A3o 98s K3s Q6s K7o T9o J7s K2s A2o Q8o Q5s K6o T7s Q4s 97s J8o 33 K5o J6s 87s Q3s T8o Q7o J5s T6s K4o Q2s
98o Q6o 96s J4s K3o J7o 86s 76s Q5o J3s K2o 22 T7o T5s J2s Q4o 97o 95s T4s 87o 85s 75s 65s Q3o J6o T3s T6o T2s J5o
Q2o 96o 94s 54s J4o 84s 86o 64s 93s 74s 76o J3o 92s T5o 53s 95o J2o T4o 83s 63s 75o 85o 73s 65o 43s 82s T3o 52s T2o
54o 94o 62s 42s 84o 72s 64o 74o 93o 32s 92o 53o 63o 83o 73o 43o 82o 52o 62o 72o 42o 32o`
  .trim()
  .split(/\s+/);

/** All 52. */
export const deck: readonly number[] = suits.flatMap((suit) => ranks.map((rank) => getCardCode(rank + suit)));

/** All 1326, the best ones first. */
export const holdings: readonly Holding[] = handOrder.flatMap(holdingsOf);

const shares: ReadonlyMap<number, number> = sharesByKey();

/** The cards of a Hold'em state; null when they cannot be those of a Hold'em hand. */
export function readCards({ holeCards, board }: GameState): { hole: Holding; board: number[] } | null {
  const [first, second, ...more] = holeCards.map(codeOf);
  const open = board.map(codeOf);
  if (first === undefined || second === undefined || more.length > 0) return null;
  const isDealt = open.length === 0 || (open.length >= 3 && open.length <= 5);
  const isWhole = new Set([first, second, ...open]).size === 2 + open.length;
  return isDealt && isWhole ? { hole: [first, second], board: open } : null;
}

function codeOf(card: Card): number {
  return getCardCode(formatCard(card));
}

/** The share of all hands that are as good as this one or better: from 0.0045 for aces to 1 for three-two offsuit. */
export function handShare([first, second]: Holding): number {
  return shares.get(keyOf(first, second)) ?? 1;
}

/** The best hands that make up this share of all. */
export function bestHoldings(share: number): readonly Holding[] {
  const count = Math.round(Math.min(1, Math.max(0, share)) * holdings.length);
  if (count >= holdings.length) return holdings;
  return (bestBySize[Math.max(1, count)] ??= holdings.slice(0, Math.max(1, count)));
}

/** One list for each size: what is worked out of a list is kept with it. */
const bestBySize: (readonly Holding[] | undefined)[] = [];

function holdingsOf(hand: string): Holding[] {
  const [high = '', low = '', kind] = hand;
  return suits.flatMap((first, i) =>
    suits.flatMap((second, j): Holding[] => {
      const isWanted = kind === undefined ? i < j : (kind === 's') === (i === j);
      return isWanted ? [[getCardCode(high + first), getCardCode(low + second)]] : [];
    }),
  );
}

function sharesByKey(): Map<number, number> {
  const byKey = new Map<number, number>();
  let counted = 0;
  for (const hand of handOrder) {
    const same = holdingsOf(hand);
    counted += same.length;
    for (const [first, second] of same) byKey.set(keyOf(first, second), counted / holdings.length);
  }
  return byKey;
}

function keyOf(first: number, second: number): number {
  return Math.min(first, second) * deck.length + Math.max(first, second);
}
