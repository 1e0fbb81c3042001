/**
 * A hand on the wire: the one place where the facts of a table become frames (docs/protocol.md 4 and 6). Fields are
 * written in the platform's order.
 */
import { type Card, formatCard } from '../../holdem/card.js';
import type { Acted, HandAction, HandEnded, HandStarted, StreetOpened } from '../../holdem/facts.js';
import type { TableTurn } from '../../holdem/table-types.js';
import type {
  JsonObject,
  PhaseChange,
  RoundResult,
  RoundStart,
  TurnRequest,
  TurnResult,
} from '../../protocol/frames.js';

/** As this seat gets it: with its own cards. */
export function roundStart(fact: HandStarted, seatIndex: number, roundId: string): RoundStart {
  return {
    type: 'round_start',
    round_id: roundId,
    round_number: fact.hand,
    state: {
      hand_number: fact.hand,
      dealer_seat: fact.dealerSeat,
      your_hole_cards: cardsOf(fact.holeCards[seatIndex]),
      pot: fact.pot,
      post_blind_stacks: fact.stacksAfterPosts,
      stacks: fact.stacks,
      deck_commitment: fact.deckCommitment,
    },
  };
}

export interface TurnTerms {
  /** A whole raise is told as the least one also where the seat has fewer chips. Default: false. */
  invertedRaises?: boolean;
  requestId: string;
  /** How long the seat has, in milliseconds. */
  clockMs: number;
  /** When that is over, in epoch milliseconds. */
  deadline: number;
}

/** For the seat in turn. */
export function turnRequest(
  turn: TableTurn,
  { requestId, clockMs, deadline, invertedRaises = false }: TurnTerms,
): TurnRequest & { seat: number } {
  return {
    type: 'turn_request',
    seat: turn.seat,
    request_id: requestId,
    timeout_ms: clockMs,
    turn_duration_ms: clockMs,
    deadline_ts: deadline,
    valid_actions: [...turn.validActions],
    state: turnState(turn, invertedRaises ? turn.fullRaise : turn.minRaise),
  };
}

function turnState(turn: TableTurn, minRaise: number): JsonObject {
  const { seat, stacks } = turn;
  return {
    hand_number: turn.hand,
    phase: turn.street,
    board: cardsOf(turn.board),
    your_hole_cards: cardsOf(turn.holeCards[seat]),
    pot: turn.pot,
    your_stack: stacks[seat] ?? 0,
    opponent_stacks: stacks.filter((_, other) => other !== seat),
    to_call: turn.toCall,
    min_raise: minRaise,
    max_raise: turn.maxRaise,
    action_history: turn.history.map(historyEntry),
  };
}

export function turnResult({ seat, action, amount, pot, stacks, isTimeout }: Acted): TurnResult {
  return { type: 'turn_result', seat, details: { action, amount, pot, stacks, is_timeout: isTimeout } };
}

export function phaseChange({ street, board }: StreetOpened): PhaseChange {
  return { type: 'phase_change', state: { phase: street, board: cardsOf(board) } };
}

/** @param lastSeat the seat that is left when everybody else folded, to be shown with its cards; null: it is not. */
export function roundResult(
  fact: HandEnded,
  roundId: string,
  lastSeat: { seat: number; holeCards: readonly Card[] } | null = null,
): RoundResult {
  return {
    type: 'round_result',
    round_id: roundId,
    round_number: fact.hand,
    result: {
      hand_number: fact.hand,
      winner_seats: fact.winners,
      pot: fact.pot,
      payouts: fact.payouts.map(({ seat, amount }) => ({ seat, amount })),
      showdown: shownOf(fact, lastSeat),
      action_history: fact.history.map(historyEntry),
      stacks: fact.stacks,
      deck_commitment: fact.deckCommitment,
      // Players are not shown the deck.
      deck_reveal: null,
    },
  };
}

function shownOf({ shown }: HandEnded, lastSeat: Parameters<typeof roundResult>[2]): JsonObject[] {
  if (lastSeat !== null && lastSeat !== undefined && shown.length === 0) {
    const { seat, holeCards } = lastSeat;
    return [{ seat, hole_cards: cardsOf(holeCards), hand_rank: '', best_hand: [] }];
  }
  return shown.map(({ seat, holeCards, rank, best }) => ({
    seat,
    hole_cards: cardsOf(holeCards),
    hand_rank: rank,
    best_hand: cardsOf(best),
  }));
}

function historyEntry({ seat, action, amount, street, isTimeout }: HandAction): JsonObject {
  return { seat, action, amount, phase: street, is_timeout: isTimeout };
}

function cardsOf(cards: readonly Card[] = []): string[] {
  return cards.map(formatCard);
}
