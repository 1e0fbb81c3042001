/**
 * What the amounts of raises in a record mean: the chips that they add, or the total of the street. Sources differ, and
 * for one of them nobody knows; the chips of the hand show it (docs/protocol.md 7).
 */
import type { ChipAction } from './chip-walk.js';
import { isDeadPost, walkChips } from './chip-walk.js';

/**
 * `added` and `total` were settled by the chips. `either`: no raise of the hand has two meanings. `unknown`: the chips
 * leave it open.
 */
export type RaiseMeaning = 'added' | 'total' | 'either' | 'unknown';

/** Chips by seat. */
export type ChipsBySeat = Readonly<Record<number, number>>;

export interface RecordedChips {
  actions: readonly ChipAction[];
  /** Null: not told. */
  startingStacks: ChipsBySeat | null;
  stacksAfter: ChipsBySeat | null;
}

/** What one hand shows by itself. */
export function meaningOf(hand: RecordedChips): RaiseMeaning {
  return findingOf(hand).meaning;
}

interface Finding {
  meaning: RaiseMeaning;
  /** The losses of seats show it. Calls alone may be of a seat that was all-in for less, where no stacks are told. */
  isProven: boolean;
}

function findingOf(hand: RecordedChips): Finding {
  const added = walkChips(hand.actions, 'added');
  const total = walkChips(hand.actions, 'total');
  if (added.every((step, index) => step.added === total[index]?.added))
    return { meaning: 'either', isProven: true };
  const [asAdded, asTotal] = [contradictions(hand, 'added'), contradictions(hand, 'total')];
  // What each seat lost is proof; a call that does not match the bet is a hint.
  for (const kind of ['losses', 'calls'] as const) {
    if (asAdded[kind] !== asTotal[kind])
      return { meaning: asAdded[kind] < asTotal[kind] ? 'added' : 'total', isProven: kind === 'losses' };
  }
  return { meaning: 'unknown', isProven: false };
}

interface Contradictions {
  losses: number;
  calls: number;
}

function contradictions(hand: RecordedChips, meaning: 'added' | 'total'): Contradictions {
  const steps = walkChips(hand.actions, meaning);
  const put = new Map<number, number>();
  let calls = 0;
  for (const [index, step] of steps.entries()) {
    const { seat, action } = hand.actions[index] ?? { seat: -1, action: '' };
    const chips = (put.get(seat) ?? 0) + step.added;
    put.set(seat, chips);
    const stack = hand.startingStacks?.[seat];
    const isAllIn = stack !== undefined && chips >= stack;
    if (step.added < 0 || (stack !== undefined && chips > stack)) calls += 1;
    else if (action === 'call' && step.streetTotal !== step.betBefore && !isAllIn) calls += 1;
    else if (action === 'raise' && step.streetTotal <= step.betBefore && !isAllIn) calls += 1;
  }
  return { losses: wrongLosses(hand, put), calls };
}

/**
 * Seats whose loss is certain, and not what they put in: whoever folded, and in a hand of two whoever has less than
 * before, who loses what the other one has matched.
 */
function wrongLosses(
  { actions, startingStacks, stacksAfter }: RecordedChips,
  put: Map<number, number>,
): number {
  if (startingStacks === null || stacksAfter === null) return 0;
  const seats = Object.keys(startingStacks).map(Number);
  const folded = new Set(actions.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
  const dead = deadPosts(actions);
  const matched = Math.min(...seats.map((seat) => put.get(seat) ?? 0));
  // An ante of the big blind alone is lost whole, and matched by nobody.
  const live = Math.min(...seats.map((seat) => (put.get(seat) ?? 0) - (dead.get(seat) ?? 0)));
  return seats.filter((seat) => {
    const [before, after] = [startingStacks[seat], stacksAfter[seat]];
    if (before === undefined || after === undefined) return false;
    const lost = before - after;
    if (folded.has(seat)) return lost !== (put.get(seat) ?? 0);
    return seats.length === 2 && lost > 0 && lost !== matched && lost !== live + (dead.get(seat) ?? 0);
  }).length;
}

/** By seat: antes and other posts that count towards no bet. */
function deadPosts(actions: readonly ChipAction[]): Map<number, number> {
  const dead = new Map<number, number>();
  for (const { seat, action, amount } of actions)
    if (isDeadPost(action)) dead.set(seat, (dead.get(seat) ?? 0) + amount);
  return dead;
}

/**
 * The meaning in each hand of one record. A hand that leaves it open, or only hints at it, has that of most others.
 *
 * @param usual what the source is known to mean, where the chips do not say otherwise; null: it is not known.
 */
export function meaningsOf(hands: readonly RecordedChips[], usual: 'added' | 'total' | null): RaiseMeaning[] {
  const found = hands.map(findingOf);
  const count = (wanted: RaiseMeaning): number => found.filter(({ meaning }) => meaning === wanted).length;
  const [added, total] = [count('added'), count('total')];
  const more = added > total ? 'added' : 'total';
  // One hand alone may be that of a call all-in for less.
  const isClear = Math.abs(added - total) >= (usual === null ? 1 : 2);
  const most = isClear ? more : usual;
  const isAgreed = added === 0 || total === 0;
  return found.map(({ meaning, isProven }) => {
    if (isProven) return meaning;
    if (meaning === 'unknown') return (isAgreed ? most : usual) ?? 'unknown';
    return most ?? meaning;
  });
}
