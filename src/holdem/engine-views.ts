/** What people, bots and wires want of a hand in play, made when asked. */
import { actionNames, boardSizes, streetNames } from './action-codes.js';
import type { Card } from './card.js';
import { cardOfNumber } from './card-numbers.js';
import { byteAt, chipsAt, copyOfChips } from './chip-lists.js';
import type { HandAction, SeatAction, Street } from './facts.js';
import type { GameState, HistoryAction } from './game-state.js';
import type { HandEngine } from './hand-engine.js';
import type { HandLog } from './hand-log.js';
import type { TableTurn } from './table-types.js';

/**
 * What a seat may see: what a bot is given at its turn, and never another seat's cards. A seat that is not in turn sees the
 * same of the table, and that nothing is offered to it. The state is the caller's own, but for its cards, which are frozen.
 *
 * @throws RangeError for a seat that the engine does not have.
 */
export function stateOf(engine: HandEngine, seat: number, roundId = '', requestId = ''): GameState {
  const { seatCount, stacks } = engine;
  if (!(seat >= 0 && seat < seatCount)) throw new RangeError(`There is no seat ${seat}.`);
  const opponentStacks: number[] = [];
  for (let other = 0; other < seatCount; other += 1)
    if (other !== seat) opponentStacks.push(chipsAt(stacks, other));
  const isInTurn = seat === engine.turn;
  // Each by its name: V8 makes a slow dictionary of what is spread into so large an object.
  return {
    yourSeat: seat,
    yourStack: chipsAt(stacks, seat),
    opponentStacks,
    actionHistory: stateHistoryOf(engine),
    dealerSeat: engine.positions.dealerSeat,
    handNumber: engine.hand,
    phase: streetNames[engine.street] as string,
    holeCards: holeCardsOf(engine, seat),
    board: boardAt(engine, engine.street),
    pot: engine.pot,
    toCall: isInTurn ? engine.toCall : 0,
    minRaise: isInTurn ? engine.minRaise : 0,
    maxRaise: isInTurn ? engine.maxRaise : 0,
    validActions: isInTurn ? validActionsNow(engine) : [],
    roundId,
    requestId,
  };
}

/** What the seat in turn may do; a list of its own, with which bots do as they like. */
export function validActionsNow({ toCall, maxRaise }: HandEngine): SeatAction[] {
  if (toCall > 0) return maxRaise > 0 ? ['fold', 'call', 'raise'] : ['fold', 'call'];
  return maxRaise > 0 ? ['check', 'raise'] : ['check'];
}

/** Two, or none for a seat that was not dealt in. */
export function holeCardsOf({ plays, holeCards }: HandEngine, seat: number): Card[] {
  if (byteAt(plays, seat) === 0) return [];
  return [cardOfNumber(byteAt(holeCards, 2 * seat)), cardOfNumber(byteAt(holeCards, 2 * seat + 1))];
}

/** As far as it is open on a street, as `engine.street` counts them. */
export function boardAt({ board }: HandEngine, street: number): Card[] {
  const cards: Card[] = [];
  const size = boardSizes[street] as number;
  for (let at = 0; at < size; at += 1) cards.push(cardOfNumber(byteAt(board, at)));
  return cards;
}

/** The hand so far, posts included. */
export function historyOf({ log }: HandEngine): HandAction[] {
  const history: HandAction[] = [];
  for (let at = 0; at < log.length; at += 1) history.push(historyEntry(log, at));
  return history;
}

export function historyEntry(log: HandLog, at: number): HandAction {
  return {
    seat: log.seatAt(at),
    action: actionNames[log.actionAt(at)] as HandAction['action'],
    amount: log.amountAt(at),
    street: streetNames[log.streetAt(at)] as Street,
    isTimeout: log.isTimeoutAt(at),
  };
}

function stateHistoryOf({ log }: HandEngine): HistoryAction[] {
  const history: HistoryAction[] = [];
  for (let at = 0; at < log.length; at += 1) {
    history.push({
      seat: log.seatAt(at),
      action: actionNames[log.actionAt(at)] as string,
      amount: log.amountAt(at),
      phase: streetNames[log.streetAt(at)] as string,
      isTimeout: log.isTimeoutAt(at),
    });
  }
  return history;
}

/** By seat, what is in front of it; when the hand is over, as it was before the payouts. */
export function stacksInPlay({ stacks, settlement, isOver }: HandEngine): number[] {
  const chips = copyOfChips(stacks);
  if (!isOver) return chips;
  return chips.map((stack, seat) => {
    const back = seat === settlement.uncalledSeat ? settlement.uncalled : 0;
    return stack - chipsAt(settlement.won, seat) - back;
  });
}

/** Those that have not folded. */
export function seatsLeftOf({ seatCount, betting }: HandEngine): number[] {
  const seats: number[] = [];
  for (let seat = 0; seat < seatCount; seat += 1) if (byteAt(betting.folded, seat) === 0) seats.push(seat);
  return seats;
}

/** What tells the hand up to a turn, made once for all its turns. */
export interface HandSoFar {
  readonly holeCards: TableTurn['holeCards'];
  readonly board: TableTurn['board'];
  readonly history: TableTurn['history'];
}

/** The decision that is open, all cards face up. */
export function openTurnOf(engine: HandEngine, { holeCards, board, history }: HandSoFar): TableTurn {
  return {
    seat: engine.turn,
    validActions: validActionsNow(engine),
    toCall: engine.toCall,
    minRaise: engine.minRaise,
    maxRaise: engine.maxRaise,
    fullRaise: engine.betting.fullRaise,
    hand: engine.hand,
    dealerSeat: engine.positions.dealerSeat,
    street: streetNames[engine.street] as Street,
    board,
    holeCards,
    pot: engine.pot,
    stacks: copyOfChips(engine.stacks),
    history: [...history],
  };
}
