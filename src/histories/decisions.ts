/** Each action of a hand with what its seat faced then: reviews, profiles, replays and plots count from these. */
import type { HandAction, SeatAction, Street } from '../holdem/facts.js';
import { type ChipMove, chipsOf, type HandChips } from './hand-chips.js';
import type { HandHistory } from './hand-history.js';
import { type Position, positionsOf } from './positions.js';

/**
 * An action that a seat took in turn: posts are none, and a run-out after an all-in has none. "Before" is always: at the
 * moment it had to act. Amounts are chips.
 */
export interface Decision {
  /** Its place in `hand.history`. */
  readonly index: number;
  readonly seat: number;
  readonly street: Street;
  readonly action: SeatAction;
  /** Somebody else played for the seat, because its clock ran out. */
  readonly isTimeout: boolean;
  readonly position: Position;
  /** What it put in: 0 for a fold and a check. */
  readonly added: number;
  /** What a raise is raised to, on this street; 0 for other actions. */
  readonly raisedTo: number;
  /** It took the last chip of the seat; false where the stack is not known. */
  readonly isAllIn: boolean;
  /** All chips put in before: posts, antes and bets of this street, also the part that nobody has called yet. */
  readonly potBefore: number;
  /**
   * What a call costs: no more than the seat has, and no more than a seat still in can match. 0: it may check.
   */
  readonly toCall: number;
  /**
   * The part of `potBefore` that a call would play for: of each stake as much as the seat's own is with the call, and dead
   * antes. Less than `potBefore` only where the seat cannot cover a bet.
   */
  readonly potInReach: number;
  /** `toCall / (potInReach + toCall)`: the equity at which a call that ends the betting costs nothing. Null: nothing to call. */
  readonly potOdds: number | null;
  /** What the seat has before; null where its stack is not known. */
  readonly stack: number | null;
  /**
   * The most that the seat can still lose: the lesser of its own stack and of what the deepest seat still in can match. What
   * it has to call is a part. Null where the stack of a seat still in is not known.
   */
  readonly effectiveStack: number | null;
  /** Seats still in before, the deciding one included, all-in ones too. */
  readonly seatsIn: number;
  /** Raises on this street before, bets included. Blinds are none: the first raise before the flop is made with 0. */
  readonly raisesBefore: number;
  /** The seat that made the last of them; null: nobody has raised on this street. */
  readonly raiser: number | null;
  /**
   * The seat that made the last raise of the street before this one; null before the flop, and where nobody raised there: a
   * continuation bet is a raise on the flop with `raisesBefore` 0 by the seat that this names.
   */
  readonly raiserBefore: number | null;
  /** The action directly before on the same street, whoever took it; null for the first. Posts are none. */
  readonly previous: HandAction | null;
  /**
   * Another seat has raised on this street since this one acted last, or at all if it has not acted. Heads-up: `previous` is a
   * raise. Posts never count, so that the small blind faces no bet when it opens.
   */
  readonly isFacingBet: boolean;
  /** The board then known: none, three, four or five cards. One list for all decisions of a street. */
  readonly board: readonly string[];
}

const boardSizes: Readonly<Record<Street, number>> = { preflop: 0, flop: 3, turn: 4, river: 5 };

interface StandingSeat {
  readonly position: Position;
  readonly stack: number | null;
  /** Put in, dead antes left out. */
  stake: number;
  left: number;
  isIn: boolean;
}

/**
 * In the order of the history. Nothing is checked: a hand that `problemsOf` finds fault with has decisions that mean nothing.
 *
 * @param chips of the same hand, for a caller that has counted them already.
 */
export function decisionsOf(hand: HandHistory, chips: HandChips = chipsOf(hand)): Decision[] {
  const seats = seatsBefore(hand);
  const everyone = [...seats.values()];
  const decisions: Decision[] = [];
  const { moves, areAntesDead } = chips;
  let pot = 0;
  let dead = 0;
  let seatsIn = everyone.length;
  let street: Street = 'preflop';
  let board: readonly string[] = [];
  let raises = 0;
  let raiser: number | null = null;
  let raiserBefore: number | null = null;
  let previous: HandAction | null = null;

  for (let index = 0; index < moves.length; index += 1) {
    const { entry, added, streetTotal, facing, isAllIn } = moves[index] as ChipMove;
    const { seat, action, isTimeout } = entry;
    const own = seats.get(seat);
    if (own === undefined) continue;
    if (entry.street !== street) {
      raiserBefore = raiser;
      street = entry.street;
      board = hand.board.slice(0, boardSizes[street]);
      raises = 0;
      raiser = null;
      previous = null;
    }
    if (isTurn(action)) {
      const reach = reachOf(own, everyone);
      const owed = facing - (streetTotal - added);
      const toCall = Math.max(0, Math.min(own.left, owed, reach));
      const potInReach = dead + stakesUpTo(own.stake + toCall, everyone);
      const effective = Math.min(own.left, reach);
      decisions.push({
        index,
        seat,
        street,
        action,
        isTimeout,
        position: own.position,
        added,
        raisedTo: action === 'raise' ? entry.amount : 0,
        isAllIn,
        potBefore: pot,
        toCall,
        potInReach,
        potOdds: toCall > 0 ? toCall / (potInReach + toCall) : null,
        stack: own.stack === null ? null : own.left,
        effectiveStack: own.stack !== null && everyone.every(isKnownOrOut) ? effective : null,
        seatsIn,
        raisesBefore: raises,
        raiser,
        raiserBefore,
        previous,
        isFacingBet: raiser !== null && raiser !== seat,
        board,
      });
      previous = entry;
      if (action === 'fold') {
        own.isIn = false;
        seatsIn -= 1;
      } else if (action === 'raise') {
        raises += 1;
        raiser = seat;
      }
    }
    pot += added;
    own.left -= added;
    if (action === 'post_ante' && areAntesDead) dead += added;
    else own.stake += added;
  }
  return decisions;
}

function seatsBefore(hand: HandHistory): Map<number, StandingSeat> {
  const positions = positionsOf(hand);
  const seats = new Map<number, StandingSeat>();
  for (const [index, { seat, stack }] of hand.seats.entries()) {
    seats.set(seat, {
      position: positions[index] ?? 'BTN',
      stack,
      stake: 0,
      left: stack ?? Number.POSITIVE_INFINITY,
      isIn: true,
    });
  }
  return seats;
}

/** What this seat can put in that another seat still in can match. */
function reachOf(own: StandingSeat, everyone: readonly StandingSeat[]): number {
  let reach = 0;
  for (const other of everyone) {
    if (other !== own && other.isIn) reach = Math.max(reach, other.stake + other.left);
  }
  return reach - own.stake;
}

/** Of each stake no more than this, folded seats included. */
function stakesUpTo(most: number, everyone: readonly StandingSeat[]): number {
  let sum = 0;
  for (const { stake } of everyone) sum += Math.min(stake, most);
  return sum;
}

function isKnownOrOut({ stack, isIn }: StandingSeat): boolean {
  return stack !== null || !isIn;
}

function isTurn(action: HandAction['action']): action is SeatAction {
  return action === 'fold' || action === 'check' || action === 'call' || action === 'raise';
}
