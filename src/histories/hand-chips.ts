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

export interface HandChips {
  /** In the order of the history. */
  readonly moves: readonly ChipMove[];
  /** By the number of the seat. */
  readonly put: ReadonlyMap<number, number>;
  /** The part of the deepest stake that nobody matched, folded seats included; null when there is none. */
  readonly uncalled: Payout | null;
  /** All chips put in, without the uncalled ones. */
  readonly pot: number;
  /** By seat, without uncalled chips: what it took out of the pot. Null where a stack is not known. */
  readonly won: ReadonlyMap<number, number> | null;
}

/** Counts the chips of a hand. Nothing is checked: `problemsOf` does that. */
export function chipsOf(hand: Pick<HandHistory, 'history' | 'seats'>): HandChips {
  const stacks = new Map(hand.seats.map(({ seat, stack }) => [seat, stack]));
  const put = new Map<number, number>(hand.seats.map(({ seat }) => [seat, 0]));
  const dead = new Map<number, number>();
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
    const isDead = action === 'post_ante';
    const streetTotal = isDead ? before : before + added;
    const handTotal = (put.get(seat) ?? 0) + added;
    if (isDead) dead.set(seat, (dead.get(seat) ?? 0) + added);
    const facing = bet;
    onStreet.set(seat, streetTotal);
    put.set(seat, handTotal);
    bet = Math.max(bet, streetTotal);
    const isAllIn = added > 0 && handTotal === (stacks.get(seat) ?? null);
    return { entry, added, streetTotal, handTotal, facing, isAllIn };
  });
  const uncalled = uncalledOf(put, dead);
  const pot = [...put.values()].reduce((sum, chips) => sum + chips, 0) - (uncalled?.amount ?? 0);
  return { moves, put, uncalled, pot, won: wonOf(hand.seats, put, uncalled) };
}

/** Antes are matched by nobody and called by everybody. */
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
