/** What a state says about the opponents: who is still in, who acts when, who has raised. */
import type { GameState, HistoryAction } from '../holdem/game-state.js';

export interface OpponentView {
  seat: number;
  stack: number;
  /** What it has put in on this street. */
  bet: number;
  /** Its raises before the flop. */
  raisesPreflop: number;
  /** It has put chips in before the flop, other than by a post. */
  entered: boolean;
  /** Its bets and raises after the flop. */
  bets: number;
  /** It has acted on this street, posts aside. */
  hasActed: boolean;
}

export interface ReadTable {
  /** Chips; 1 when nobody posted. */
  bigBlind: number;
  /** Dealt in and not folded, in seat order. */
  opponents: readonly OpponentView[];
  /** Opponents who act after this seat on later streets; 0: this seat acts last. */
  later: number;
  /** What this seat has put in on this street. */
  bet: number;
  /** Raises on this street, the opening bet included. */
  raises: number;
  /** Who raised last on this street. */
  lastRaiser: number | null;
  /** This seat raised last before the flop. */
  hasInitiative: boolean;
  /** Calls on this street since its last raise. */
  callers: number;
  /** The most that this seat can win from or lose to one opponent, chips of this street included. */
  effectiveStack: number;
}

/**
 * Reads the view from one state only, so that it also works after a reconnect in the middle of a hand. A seat without
 * chips and without an action in this hand is out of the match: a seat that is all-in has put chips in.
 */
export function viewTable(state: GameState): ReadTable {
  const { yourSeat, yourStack, actionHistory, phase, dealerSeat, opponentStacks } = state;
  const street = actionHistory.filter((entry) => entry.phase === phase);
  const folded = new Set(actionHistory.filter(({ action }) => action === 'fold').map(({ seat }) => seat));
  const inHand = new Set(actionHistory.map(({ seat }) => seat));
  const opponents = opponentStacks.flatMap((stack, index): OpponentView[] => {
    const seat = index < yourSeat ? index : index + 1;
    if (folded.has(seat) || (stack === 0 && !inHand.has(seat))) return [];
    const own = actionHistory.filter((entry) => entry.seat === seat);
    const preflop = own.filter((entry) => entry.phase === 'preflop');
    return [
      {
        seat,
        stack,
        bet: betOf(seat, street),
        raisesPreflop: preflop.filter(isRaise).length,
        entered: preflop.some((entry) => isRaise(entry) || entry.action === 'call'),
        bets: own.filter((entry) => isRaise(entry) && entry.phase !== 'preflop').length,
        hasActed: street.some((entry) => entry.seat === seat && !isPost(entry)),
      },
    ];
  });
  const seats = opponentStacks.length + 1;
  /** The place in the order of action: the seat left of the button is 0. */
  const place = (seat: number) => (seat - dealerSeat - 1 + 2 * seats) % seats;
  const lastRaise = street.findLastIndex(isRaise);
  const raisedPreflop = actionHistory.findLast((entry) => isRaise(entry) && entry.phase === 'preflop');
  const bet = betOf(yourSeat, street);
  return {
    bigBlind: Math.max(1, ...actionHistory.filter(isBlind).map(({ amount }) => amount ?? 0)),
    opponents,
    later: opponents.filter(({ seat }) => place(seat) > place(yourSeat)).length,
    bet,
    raises: street.filter(isRaise).length,
    lastRaiser: street[lastRaise]?.seat ?? null,
    hasInitiative: raisedPreflop?.seat === yourSeat,
    callers: street.slice(lastRaise + 1).filter(({ action }) => action === 'call').length,
    effectiveStack: Math.min(
      yourStack + bet,
      Math.max(0, ...opponents.map((opponent) => opponent.stack + opponent.bet)),
    ),
  };
}

function isRaise({ action }: HistoryAction): boolean {
  return action === 'raise';
}

function isBlind({ action }: HistoryAction): boolean {
  return action === 'post_small_blind' || action === 'post_big_blind';
}

function isPost({ action }: HistoryAction): boolean {
  return action.startsWith('post_');
}

/** A raise has the total, a call and a blind the added chips; an ante is not a bet. */
function betOf(seat: number, street: readonly HistoryAction[]): number {
  let bet = 0;
  for (const entry of street) {
    if (entry.seat !== seat) continue;
    if (isRaise(entry)) bet = entry.amount ?? bet;
    else if (entry.action === 'call' || isBlind(entry)) bet += entry.amount ?? 0;
  }
  return bet;
}

/** The entry of a style's table for a number; beyond the end the last one, which means "so many or more". */
export function lookUp(table: readonly number[], index: number): number {
  return table[Math.min(index, table.length - 1)] ?? 0;
}
