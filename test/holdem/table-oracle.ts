/**
 * The rules of the table a second time, as naively as possible and sharing no code with it. Here: hands are ranked by
 * looking at all subsets of five, pots are split chip by chip. The betting is in table-oracle-hand.ts, the match in
 * table-oracle-match.ts.
 */
const order = '23456789TJQKA';

const valueOf = (card: string) => order.indexOf(card.charAt(0)) + 2;

/** Category and tie-breakers of five cards, most important first; compare with `compareScores`. */
export function scoreFive(five: readonly string[]): number[] {
  const values = five.map(valueOf).toSorted((a, b) => b - a);
  const groups = [...new Set(values)]
    .map((value) => [values.filter((other) => other === value).length, value] as const)
    .toSorted((a, b) => b[0] - a[0] || b[1] - a[1]);
  const shape = groups.map(([count]) => count).join('');
  const tie = groups.map(([, value]) => value);
  const isFlush = new Set(five.map((card) => card.charAt(1))).size === 1;
  const run = values.join(',');
  const isWheel = run === '14,5,4,3,2';
  const isStraight = isWheel || values.every((value, index) => value === values[0]! - index);
  const high = isWheel ? [5] : [values[0]!];
  if (isStraight && isFlush) return [8, ...high];
  if (shape === '41') return [7, ...tie];
  if (shape === '32') return [6, ...tie];
  if (isFlush) return [5, ...tie];
  if (isStraight) return [4, ...high];
  if (shape === '311') return [3, ...tie];
  if (shape === '221') return [2, ...tie];
  if (shape === '2111') return [1, ...tie];
  return [0, ...tie];
}

export const categoryNames = [
  'High Card',
  'Pair',
  'Two Pair',
  'Three of a Kind',
  'Straight',
  'Flush',
  'Full House',
  'Four of a Kind',
  'Straight Flush',
];

export function compareScores(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

/** All ways to take so many of these, those that do without the last ones first. */
export function subsets<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) =>
    subsets(items.slice(0, index), size - 1).map((others) => [...others, item]),
  );
}

/** The best five of five to seven cards with their score; of equal ones those that come first in the list. */
export function bestFive(cards: readonly string[]): { five: string[]; score: number[] } {
  const found =
    knownBest.get(cards.join()) ??
    subsets(cards, 5)
      .map((five) => ({ five, score: scoreFive(five) }))
      .reduce((best, next) => (compareScores(next.score, best.score) > 0 ? next : best));
  knownBest.set(cards.join(), found);
  return found;
}

/** Tests of betting show the same hands over and over. */
const knownBest = new Map<string, { five: string[]; score: number[] }>();

/** As a show-down lists them: what there is most of first, then high cards, the ace of a wheel last. */
export function inPlayOrder(five: readonly string[]): string[] {
  const [category, high] = scoreFive(five);
  const isWheel = (category === 4 || category === 8) && high === 5;
  const height = (card: string) => (isWheel && valueOf(card) === 14 ? 1 : valueOf(card));
  const alike = (card: string) => five.filter((other) => valueOf(other) === valueOf(card)).length;
  return [4, 3, 2, 1].flatMap((count) =>
    five.filter((card) => alike(card) === count).toSorted((a, b) => height(b) - height(a)),
  );
}

export interface NaiveStake {
  committed: number;
  folded: boolean;
  score: readonly number[];
}

export interface NaiveTerms {
  /** Chips for everybody who did not fold. Default: 0. */
  dead?: number;
  /** All seats, the first to get an odd chip first. Default: the lowest seat first. */
  oddChips?: readonly number[];
}

export interface NaivePot {
  amount: number;
  eligible: number[];
  winners: { seat: number; amount: number }[];
}

/** Takes one chip after the other from everybody; returns by seat what comes back uncalled and what is won. */
export function naiveSplit(
  stakes: readonly NaiveStake[],
  { dead = 0, oddChips = stakes.map((_, seat) => seat) }: NaiveTerms = {},
): {
  returned: number[];
  won: number[];
  pots: NaivePot[];
} {
  const left = stakes.map((stake) => stake.committed);
  const live = [...stakes.keys()].filter((index) => !stakes[index]!.folded);
  const pots = dead > 0 ? [{ chips: dead, contenders: live }] : [];
  const returned = stakes.map(() => 0);
  for (;;) {
    const givers = left.flatMap((chips, index) => (chips > 0 ? [index] : []));
    if (givers.length === 0) break;
    for (const giver of givers) left[giver]! -= 1;
    const contenders = givers.filter((giver) => !stakes[giver]!.folded);
    const last = pots.at(-1);
    if (givers.length === 1 && contenders.length === 1) returned[givers[0]!]! += 1;
    else if (last && (contenders.length === 0 || contenders.join() === last.contenders.join())) {
      last.chips += givers.length;
    } else pots.push({ chips: givers.length, contenders });
  }
  const won = stakes.map(() => 0);
  const shared = pots.map(({ chips, contenders }): NaivePot => {
    const winners = contenders
      .filter((one) =>
        contenders.every((other) => compareScores(stakes[one]!.score, stakes[other]!.score) >= 0),
      )
      .map((seat) => ({ seat, amount: 0 }));
    const inTurn = oddChips.flatMap((seat) => winners.filter((one) => one.seat === seat));
    for (let chip = 0; chip < chips; chip += 1) inTurn[chip % winners.length]!.amount += 1;
    for (const { seat, amount } of winners) won[seat]! += amount;
    return { amount: chips, eligible: contenders, winners };
  });
  return { returned, won, pots: shared };
}
