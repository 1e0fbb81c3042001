/** The chips of a hand: what each action put in, what nobody called, and what each seat won. */
import type { HandAction, Payout, Street } from '../holdem/facts.js';
import type { HandHistory } from './hand-history.js';

/** An action with its chips. */
export interface ChipMove {
  readonly entry: HandAction;
  /** Chips that it moves from the stack to the pot. */
  readonly added: number;
  /** What the seat has put in on this street after it; antes do not count. */
  readonly streetTotal: number;
  /** What the seat has put in in the whole hand after it, antes included. */
  readonly handTotal: number;
  /** The bet of the street that it faced. */
  readonly facing: number;
  /** It took the last chip of the seat; false where the stack is not known. */
  readonly isAllIn: boolean;
}

/** A raise where nobody has bet on its street: other words call it a bet. Blinds are bets. */
export const isFirstBet = ({ entry, facing }: ChipMove): boolean =>
  entry.action === 'raise' && facing === 0 && entry.street !== 'preflop';

export interface HandChips {
  /** In the order of the history. */
  readonly moves: readonly ChipMove[];
  /** By the number of the seat. */
  readonly put: ReadonlyMap<number, number>;
  /** Antes that nobody has to match, by seat: those that only some seats post. */
  readonly dead: ReadonlyMap<number, number>;
  /** Antes of this hand's level are such that only some seats post. */
  readonly areAntesDead: boolean;
  /** The part of the deepest stake that nobody matched, folded seats included; null when there is none. */
  readonly uncalled: Payout | null;
  /** All chips put in, without the uncalled ones. */
  readonly pot: number;
  /** By seat, without uncalled chips: what it took out of the pot. Null where a stack is not known. */
  readonly won: ReadonlyMap<number, number> | null;
}

/** What the chips of a hand are counted from. */
export type CountedHand = Pick<HandHistory, 'history' | 'seats' | 'level'>;

/** Counts the chips of a hand. Nothing is checked: `problemsOf` does that. */
export function chipsOf(hand: CountedHand): HandChips {
  const stacks = new Map(hand.seats.map(({ seat, stack }) => [seat, stack]));
  const put = new Map<number, number>(hand.seats.map(({ seat }) => [seat, 0]));
  const antes = new Map<number, number>();
  const posted = new Map<number, number>();
  const onStreet = new Map<number, number>();
  let street: Street = 'preflop';
  let bet = 0;
  const moves = hand.history.map((entry): ChipMove => {
    const { seat, action, amount } = entry;
    if (entry.street !== street) {
      street = entry.street;
      onStreet.clear();
      bet = 0;
    }
    const before = onStreet.get(seat) ?? 0;
    const added = action === 'raise' ? amount - before : amount;
    const isAnte = action === 'post_ante';
    const streetTotal = isAnte ? before : before + added;
    const handTotal = (put.get(seat) ?? 0) + added;
    if (isAnte) antes.set(seat, (antes.get(seat) ?? 0) + added);
    // A big blind that is posted short is still the bet.
    const isPost = action.startsWith('post_');
    if (isPost) posted.set(seat, handTotal);
    const facing = isPost || street !== 'preflop' ? bet : Math.max(bet, hand.level.bigBlind);
    onStreet.set(seat, streetTotal);
    put.set(seat, handTotal);
    bet = Math.max(bet, streetTotal);
    const isAllIn = added > 0 && handTotal === (stacks.get(seat) ?? null);
    return { entry, added, streetTotal, handTotal, facing, isAllIn };
  });
  const areAntesDead = hand.level.ante > 0 && !areAntesEven(hand, { antes, posted, put });
  const dead = areAntesDead ? antes : new Map<number, number>();
  const uncalled = uncalledOf(put, dead);
  const pot = [...put.values()].reduce((sum, chips) => sum + chips, 0) - (uncalled?.amount ?? 0);
  return { moves, put, dead, areAntesDead, uncalled, pot, won: wonOf(hand.seats, put, uncalled) };
}

/** Everybody posts the ante, or is all-in for less: it counts as a part of the stake then, as the table has it. */
function areAntesEven(
  { seats, level, history }: CountedHand,
  { antes, posted, put }: Readonly<Record<'antes' | 'posted' | 'put', ReadonlyMap<number, number>>>,
): boolean {
  const isEven = seats.every(
    ({ seat, stack }) => antes.get(seat) === level.ante || posted.get(seat) === stack,
  );
  if (!isEven || antes.size !== 1 || seats.length !== 2) return isEven;
  // Heads-up with one ante, the other seat is all-in with its blind: what it got tells whether the ante was the pot's. After
  // a fold it got all of it anyway; but who can fold there posted the small blind, and an ante of one seat is the big blind's.
  if (history.some(({ action }) => action === 'fold')) return true;
  const short = seats.find(({ seat }) => !antes.has(seat));
  if (short === undefined || short.stack === null || short.stackAfter === null) return true;
  // What the other one has in, its ante included, may be less than the blind.
  const other = [...put].find(([seat]) => seat !== short.seat)?.[1] ?? 0;
  const matched = Math.min(short.stack, other);
  return [short.stack - matched, short.stack, short.stack + matched].includes(short.stackAfter);
}

function uncalledOf(put: ReadonlyMap<number, number>, dead: ReadonlyMap<number, number>): Payout | null {
  const stakes = [...put].map(([seat, chips]) => ({ seat, live: chips - (dead.get(seat) ?? 0) }));
  const [deepest, next] = stakes.toSorted((a, b) => b.live - a.live);
  if (deepest === undefined || next === undefined || deepest.live === next.live) return null;
  return { seat: deepest.seat, amount: deepest.live - next.live };
}

/** What a seat won follows from its stacks: no line of a source has to be believed. */
function wonOf(
  seats: HandHistory['seats'],
  put: ReadonlyMap<number, number>,
  uncalled: Payout | null,
): ReadonlyMap<number, number> | null {
  const won = new Map<number, number>();
  for (const { seat, stack, stackAfter } of seats) {
    if (stack === null || stackAfter === null) return null;
    const back = seat === uncalled?.seat ? uncalled.amount : 0;
    won.set(seat, stackAfter - stack + (put.get(seat) ?? 0) - back);
  }
  return won;
}
