/**
 * The rules of the table a second time, as naively as possible and sharing no code with it: hands are ranked by
 * looking at all subsets of five, pots are split chip by chip, and each turn is worked out from the history alone.
 */
import type { HistoryEntry } from '../../src/sandbox/table.js';

const order = '23456789TJQKA';

/** Category and tie-breakers of five cards, most important first; compare with `compareScores`. */
export function scoreFive(five: readonly string[]): number[] {
  const values = five.map((card) => order.indexOf(card.charAt(0)) + 2).toSorted((a, b) => b - a);
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

/** All ways to take five of the cards: 21 for seven. */
function subsetsOfFive(cards: readonly string[]): string[][] {
  const found: string[][] = [];
  for (let mask = 0; mask < 2 ** cards.length; mask += 1) {
    const subset = cards.filter((_, index) => (mask >> index) % 2 === 1);
    if (subset.length === 5) found.push(subset);
  }
  return found;
}

export function bestScore(cards: readonly string[]): number[] {
  return subsetsOfFive(cards)
    .map(scoreFive)
    .reduce((best, score) => (compareScores(score, best) > 0 ? score : best));
}

export interface NaiveStake {
  seat: number;
  committed: number;
  folded: boolean;
  score: readonly number[];
}

/** Takes one chip after the other from everybody; returns what each seat gets back and what it wins. */
export function naiveSplit(stakes: readonly NaiveStake[]) {
  const left = stakes.map((stake) => stake.committed);
  const pots: { chips: number; contenders: number[] }[] = [];
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
  for (const { chips, contenders } of pots) {
    const winners = contenders.filter((one) =>
      contenders.every((other) => compareScores(stakes[one]!.score, stakes[other]!.score) >= 0),
    );
    for (let chip = 0; chip < chips; chip += 1) won[winners[chip % winners.length]!]! += 1;
  }
  return { returned, won };
}

export interface NaiveTurn {
  seat: number;
  validActions: string[];
  toCall: number;
  minRaise: number;
  maxRaise: number;
}

/** Whose turn it is on this street after this history, and what is legal; null when nobody has a decision left. */
export function naiveTurn(
  phase: string,
  startStacks: readonly number[],
  dealerSeat: number,
  bigBlind: number,
  history: readonly HistoryEntry[],
): NaiveTurn | null {
  const count = startStacks.length;
  const stacks = [...startStacks];
  const out = startStacks.map((stack) => stack === 0);
  const after = (seat: number) => Array.from({ length: count }, (_, step) => (seat + 1 + step) % count);
  let street = '';
  let bets: number[] = [];
  let level = 0;
  let fullRaise = bigBlind;
  let seenLevel: (number | null)[] = [];
  let queue: number[] = [];

  const open = (name: string) => {
    street = name;
    bets = stacks.map(() => 0);
    level = 0;
    fullRaise = bigBlind;
    seenLevel = stacks.map(() => null);
    queue = after(dealerSeat);
  };

  open('preflop');
  for (const { seat, action, amount, phase: at } of history) {
    if (at !== street) open(at);
    if (action === 'post_ante') stacks[seat]! -= amount;
    else if (action.startsWith('post_')) {
      stacks[seat]! -= amount;
      bets[seat]! += amount;
      if (action === 'post_big_blind') {
        level = bigBlind;
        queue = after(seat);
      }
    } else {
      if (action === 'fold') out[seat] = true;
      if (action === 'call') {
        stacks[seat]! -= amount;
        bets[seat]! += amount;
      }
      if (action === 'raise') {
        stacks[seat]! -= amount - bets[seat]!;
        bets[seat] = amount;
        if (amount - level >= fullRaise) fullRaise = amount - level;
        level = amount;
        queue = after(seat).slice(0, -1);
      } else {
        queue = queue.slice(queue.indexOf(seat) + 1);
      }
      seenLevel[seat] = level;
    }
  }
  if (phase !== street) open(phase);

  for (const seat of queue) {
    if (out[seat] || stacks[seat] === 0) continue;
    const others = stacks.map((_, other) => other).filter((other) => other !== seat && !out[other]);
    const reach = Math.max(0, ...others.map((other) => bets[other]! + stacks[other]!));
    const owed = Math.max(0, Math.min(level, reach) - bets[seat]!);
    const someoneCanAnswer = others.some((other) => stacks[other]! > 0);
    const seen = seenLevel[seat] ?? null;
    if (owed === 0 && (seen !== null || !someoneCanAnswer)) continue;
    const total = bets[seat]! + stacks[seat]!;
    const canRaise = someoneCanAnswer && total > level && (seen === null || level - seen >= fullRaise);
    return {
      seat,
      validActions: (owed === 0 ? ['check'] : ['fold', 'call']).concat(canRaise ? ['raise'] : []),
      toCall: Math.min(owed, stacks[seat]!),
      minRaise: canRaise ? Math.min(level + fullRaise, total) : 0,
      maxRaise: canRaise ? total : 0,
    };
  }
  return null;
}
