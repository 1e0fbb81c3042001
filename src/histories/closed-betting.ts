/** Hands in which the betting was over before the river, because nobody could bet any more. */
import type { Street } from '../holdem/facts.js';
import type { Decision } from './decisions.js';
import { chipsOf, type HandChips } from './hand-chips.js';
import type { HandHistory, HistorySeat } from './hand-history.js';

/** From where on only cards decided. */
export interface ClosedBetting {
  /** The street of the last action, or of the posts where nobody could act at all. */
  readonly street: Exclude<Street, 'river'>;
  /** The board then known. */
  readonly board: readonly string[];
  /** Seats still in: two or more, at most one of which had chips left, whoever of them was all-in. */
  readonly contenders: readonly HistorySeat[];
}

const boardSizes: Readonly<Record<Street, number>> = { preflop: 0, flop: 3, turn: 4, river: 5 };

/**
 * Null for a hand that ended by folds, in which somebody could bet on the river, or that is not finished.
 *
 * @param decisions of the same hand.
 */
export function closedBettingOf(
  hand: HandHistory,
  decisions: readonly Pick<Decision, 'seat' | 'street' | 'action'>[],
): ClosedBetting | null {
  const street = decisions.at(-1)?.street ?? 'preflop';
  if (!hand.isFinished || street === 'river') return null;
  const folded = new Set(decisions.flatMap(({ seat, action }) => (action === 'fold' ? [seat] : [])));
  const contenders = hand.seats.filter(({ seat }) => !folded.has(seat));
  if (contenders.length < 2) return null;
  return { street, board: hand.board.slice(0, boardSizes[street]), contenders };
}

/**
 * What a seat would win of the pot on average if the hand went on from closed betting again and again, in chips, without those
 * that nobody called. For two contenders: side pots of more would take an equity each.
 *
 * @param share of the pot, from 0 to 1, that this seat's cards win on average.
 * @returns null for three contenders or more.
 */
export function fairWinnings(
  hand: HandHistory,
  closed: ClosedBetting,
  { seat, share, chips = chipsOf(hand) }: { seat: number; share: number; chips?: HandChips },
): number | null {
  const [own, other] = [
    closed.contenders.find((one) => one.seat === seat),
    closed.contenders.find((one) => one.seat !== seat),
  ];
  if (own === undefined || other === undefined || closed.contenders.length !== 2) return null;
  const stakeOf = (at: number): number => (chips.put.get(at) ?? 0) - (chips.dead.get(at) ?? 0);
  const shorter = Math.min(stakeOf(own.seat), stakeOf(other.seat));
  const dead = [...chips.dead.values()].reduce((sum, ante) => sum + ante, 0);
  const contested = hand.seats.reduce((sum, one) => sum + Math.min(stakeOf(one.seat), shorter), dead);
  // What folded seats put in above the shorter stake is the deeper one's.
  const isDeeper = stakeOf(own.seat) > shorter;
  return share * contested + (isDeeper ? chips.pot - contested : 0);
}
