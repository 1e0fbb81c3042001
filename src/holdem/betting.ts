/** The betting of one hand: what each seat may do, and what it does to the chips (docs/protocol.md 6). */
import type { SeatAction } from './facts.js';

/** What a seat may do now; raise limits are totals for the street, 0 when raising is not legal. */
export interface BettingOptions {
  validActions: SeatAction[];
  toCall: number;
  minRaise: number;
  maxRaise: number;
  /** The total of a whole raise, also where the seat has fewer chips. */
  fullRaise: number;
}

interface BettingSeat {
  readonly stack: number;
  /** Chips put in during this hand, but for dead ones. */
  readonly committed: number;
  /** Also true of a seat that is not dealt in. */
  readonly folded: boolean;
}

export interface Betting {
  readonly seats: readonly BettingSeat[];
  /** All chips put in during this hand. */
  pot(): number;
  /** Chips that nobody has to match. */
  dead(): number;
  /** Seats still in the hand. */
  live(): number[];
  /** How many they are; asked after every action. */
  liveCount(): number;
  /** Posts go in as far as the stack reaches; these return the chips that went in. */
  postBlind(seat: number, blind: number): number;
  /** Goes into the pot but not towards the bet; a dead one is nothing that others have to match. */
  postAnte(seat: number, ante: number, isDead?: boolean): number;
  /** The next seat after `seat` that has a decision to make, or null when the street is over. */
  nextToAct(seat: number): number | null;
  optionsOf(seat: number): BettingOptions;
  fold(seat: number): void;
  check(seat: number): void;
  /** Returns the chips added. */
  call(seat: number): number;
  /** `total` for the street, within the limits of `optionsOf`. */
  raiseTo(seat: number, total: number): void;
  openStreet(): void;
}

interface Seat {
  stack: number;
  committed: number;
  folded: boolean;
  streetBet: number;
  /** The bet that this seat last acted on in this street; null when it has not acted. */
  actedAt: number | null;
}

/**
 * @param stacks by seat, before posts.
 * @param playing by seat, whether it is dealt in. Default: every seat with chips.
 */
export function createBetting(
  stacks: readonly number[],
  bigBlind: number,
  playing: readonly boolean[] = stacks.map((stack) => stack > 0),
): Betting {
  const seats = stacks.map(
    (stack, seat): Seat => ({
      stack,
      committed: 0,
      folded: playing[seat] !== true,
      streetBet: 0,
      actedAt: null,
    }),
  );
  let dead = 0;
  // Preflop the bet is the whole big blind, even when the seat that posts it cannot.
  let currentBet = bigBlind;
  let lastRaise = bigBlind;

  const seatAt = (index: number): Seat => {
    const seat = seats[index];
    if (seat === undefined) throw new RangeError(`There is no seat ${index}.`);
    return seat;
  };
  const canBeAnswered = (seat: Seat) => seats.some((other) => other !== seat && canAct(other));

  /**
   * Nobody has to put in more than some opponent can match in this hand: it could only come back. That matters when
   * the big blind is short.
   */
  function toCall(seat: Seat): number {
    let reach = 0;
    for (const other of seats) {
      if (other !== seat && !other.folded) reach = Math.max(reach, other.committed + other.stack);
    }
    return Math.min(seat.stack, Math.max(0, Math.min(currentBet - seat.streetBet, reach - seat.committed)));
  }

  function mustAct(seat: Seat): boolean {
    return canAct(seat) && (toCall(seat) > 0 || (seat.actedAt === null && canBeAnswered(seat)));
  }

  /** A seat that has acted may raise again only when it faces a full raise, made at once or by several all-ins. */
  function mayRaise(seat: Seat): boolean {
    const isReopened = seat.actedAt === null || currentBet - seat.actedAt >= lastRaise;
    return isReopened && seat.streetBet + seat.stack > currentBet && canBeAnswered(seat);
  }

  return {
    seats,
    pot: () => seats.reduce((pot, seat) => pot + seat.committed, dead),
    dead: () => dead,
    live: () => [...seats.keys()].filter((index) => !seatAt(index).folded),
    liveCount: () => seats.reduce((count, seat) => (seat.folded ? count : count + 1), 0),
    postBlind: (seat, blind) => bet(seatAt(seat), blind),
    postAnte(index, ante, isDead = false) {
      const seat = seatAt(index);
      const paid = pay(seat, ante);
      if (isDead) {
        seat.committed -= paid;
        dead += paid;
      }
      return paid;
    },

    nextToAct(seat) {
      for (let step = 1; step <= seats.length; step += 1) {
        const next = (seat + step) % seats.length;
        if (mustAct(seatAt(next))) return next;
      }
      return null;
    },

    optionsOf(index) {
      const seat = seatAt(index);
      const owed = toCall(seat);
      const raise = mayRaise(seat);
      const maxRaise = raise ? seat.streetBet + seat.stack : 0;
      return {
        validActions: actionsOf(owed > 0, raise),
        toCall: owed,
        minRaise: raise ? Math.min(currentBet + lastRaise, maxRaise) : 0,
        maxRaise,
        fullRaise: raise ? currentBet + lastRaise : 0,
      };
    },

    fold(index) {
      seatAt(index).folded = true;
    },

    check(index) {
      seatAt(index).actedAt = currentBet;
    },

    call(index) {
      const seat = seatAt(index);
      seat.actedAt = currentBet;
      return bet(seat, toCall(seat));
    },

    raiseTo(index, total) {
      const seat = seatAt(index);
      lastRaise = Math.max(lastRaise, total - currentBet);
      currentBet = total;
      seat.actedAt = currentBet;
      bet(seat, total - seat.streetBet);
    },

    openStreet() {
      currentBet = 0;
      lastRaise = bigBlind;
      for (const seat of seats) {
        seat.streetBet = 0;
        seat.actedAt = null;
      }
    },
  };
}

function actionsOf(facesBet: boolean, mayRaise: boolean): SeatAction[] {
  const actions: SeatAction[] = facesBet ? ['fold', 'call'] : ['check'];
  if (mayRaise) actions.push('raise');
  return actions;
}

function canAct(seat: Seat): boolean {
  return !seat.folded && seat.stack > 0;
}

/** Chips that are no bet, such as an ante. */
function pay(seat: Seat, chips: number): number {
  const paid = Math.min(chips, seat.stack);
  seat.stack -= paid;
  seat.committed += paid;
  return paid;
}

function bet(seat: Seat, chips: number): number {
  const paid = pay(seat, chips);
  seat.streetBet += paid;
  return paid;
}
