/** Plays a hand again from what a format tells, and so finds the chips that it leaves out. */
import type { HandAction, Street } from '../../holdem/facts.js';
import type { HandLevel } from '../hand-history.js';
import { HandRefusedError } from './hand-refusal.js';

export interface HandWalk {
  readonly history: readonly HandAction[];
  readonly street: Street;
  /** What a seat has to reach on this street to stay in. */
  bet(): number;
  /** What a seat has put in on this street; antes do not count. */
  streetTotal(seat: number): number;
  /** What a seat has put in in the hand, antes included. */
  handTotal(seat: number): number;
  /** Chips in front of a seat; null when its stack is not known. */
  left(seat: number): number | null;
  /** As far as the stack reaches; nothing is noted when nothing is left. */
  post(seat: number, action: 'post_small_blind' | 'post_big_blind' | 'post_ante', amount: number): void;
  open(street: Street): void;
  fold(seat: number, isTimeout?: boolean): void;
  /**
   * A check where nothing is to be called, or else a call as far as the stack reaches.
   *
   * @param told the chips that the format tells, 0 for a check. Default: what has to be.
   */
  checkOrCall(seat: number, isTimeout?: boolean, told?: number): void;
  /** @param total of the street. */
  raiseTo(seat: number, total: number, isTimeout?: boolean): void;
}

/**
 * @param stacks by seat, before the posts; null where it is not known.
 * @param areAntesDead antes are no part of a seat's stake.
 */
export function createWalk(
  stacks: ReadonlyMap<number, number | null>,
  level: HandLevel,
  areAntesDead = false,
): HandWalk {
  const history: HandAction[] = [];
  const folded = new Set<number>();
  const dead = new Map<number, number>();
  const put = new Map<number, number>();
  const onStreet = new Map<number, number>();
  let street: Street = 'preflop';
  let bet = level.bigBlind;

  function left(seat: number): number | null {
    const stack = stacks.get(seat);
    if (stack === undefined) throw new HandRefusedError('unreadable', `Seat ${seat} was not dealt in.`);
    return stack === null ? null : stack - (put.get(seat) ?? 0);
  }

  /** Nobody calls more than another seat can match, as the table has it: it would only come back. */
  function matchable(seat: number): number {
    let reach = 0;
    for (const [other, stack] of stacks) {
      if (other === seat || folded.has(other)) continue;
      reach = Math.max(reach, (stack ?? Number.POSITIVE_INFINITY) - (dead.get(other) ?? 0));
    }
    return Math.max(0, reach - (put.get(seat) ?? 0) + (dead.get(seat) ?? 0));
  }

  const capped = (seat: number, amount: number) => Math.min(amount, left(seat) ?? amount);

  function note(seat: number, action: HandAction['action'], added: number, isTimeout: boolean): void {
    put.set(seat, (put.get(seat) ?? 0) + added);
    if (action === 'post_ante' && areAntesDead) dead.set(seat, added);
    if (action === 'fold') folded.add(seat);
    const total = (onStreet.get(seat) ?? 0) + (action === 'post_ante' ? 0 : added);
    onStreet.set(seat, total);
    bet = Math.max(bet, total);
    history.push({ seat, action, amount: action === 'raise' ? total : added, street, isTimeout });
  }

  return {
    history,
    get street() {
      return street;
    },
    bet: () => bet,
    streetTotal: (seat) => onStreet.get(seat) ?? 0,
    handTotal: (seat) => put.get(seat) ?? 0,
    left,
    post(seat, action, amount) {
      const added = capped(seat, amount);
      if (added > 0) note(seat, action, added, false);
    },
    open(next) {
      street = next;
      onStreet.clear();
      bet = 0;
    },
    fold(seat, isTimeout = false) {
      left(seat);
      note(seat, 'fold', 0, isTimeout);
    },
    checkOrCall(seat, isTimeout = false, told) {
      const missing = Math.max(0, Math.min(bet - (onStreet.get(seat) ?? 0), matchable(seat)));
      const owed = capped(seat, missing);
      // Told to the full bet, which no other seat can match: what is too much comes back.
      const most = capped(seat, Math.max(0, bet - (onStreet.get(seat) ?? 0)));
      if (told !== undefined && told !== owed && told !== most)
        throw new HandRefusedError(
          'unsound',
          `Seat ${seat} calls ${told} on the ${street}, where ${owed} are to be called.`,
        );
      const added = told ?? owed;
      note(seat, added > 0 ? 'call' : 'check', added, isTimeout);
    },
    raiseTo(seat, total, isTimeout = false) {
      left(seat);
      note(seat, 'raise', total - (onStreet.get(seat) ?? 0), isTimeout);
    },
  };
}

/** Blinds first, then antes in the order of the seats, as the table posts them; formats differ in this. */
export function postAll(
  walk: HandWalk,
  posts: {
    readonly small: { readonly seat: number; readonly amount: number };
    readonly big: { readonly seat: number; readonly amount: number };
    /** By seat. */
    readonly antes: ReadonlyMap<number, number>;
  },
): void {
  walk.post(posts.small.seat, 'post_small_blind', posts.small.amount);
  walk.post(posts.big.seat, 'post_big_blind', posts.big.amount);
  for (const [seat, amount] of [...posts.antes].toSorted(([a], [b]) => a - b))
    walk.post(seat, 'post_ante', amount);
}

const streetsBySize: Readonly<Record<number, Street>> = { 3: 'flop', 4: 'turn', 5: 'river' };

/** The street that a board of this size opens. */
export function streetOfBoard(size: number): Street {
  const street = streetsBySize[size];
  if (street === undefined) throw new HandRefusedError('unreadable', `A board has no ${size} cards.`);
  return street;
}
