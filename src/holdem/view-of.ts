import type { HandAction } from './facts.js';
import type { GameState, HistoryAction } from './game-state.js';
import type { TableTurn } from './table-types.js';

/**
 * What a seat may see at a turn: what a bot is given there, and never another seat's cards. A seat that is not in turn
 * sees the same of the table, and that nothing is offered to it. The state is the caller's own, but for its cards, which
 * are frozen. Ids, which a platform gives, are empty.
 *
 * @param turn of `table.turn`.
 * @throws RangeError for a seat that the table does not have.
 */
export function viewOf(turn: TableTurn, seat: number): GameState {
  const { stacks, holeCards } = turn;
  const yourStack = stacks[seat];
  const cards = holeCards[seat];
  if (yourStack === undefined || cards === undefined) throw new RangeError(`There is no seat ${seat}.`);
  const isInTurn = seat === turn.seat;
  // Each by its name: V8 makes a slow dictionary of what is spread into so large an object.
  return {
    yourSeat: seat,
    yourStack,
    opponentStacks: stacks.filter((_, other) => other !== seat),
    actionHistory: turn.history.map(historyAction),
    dealerSeat: turn.dealerSeat,
    handNumber: turn.hand,
    phase: turn.street,
    holeCards: [...cards],
    board: [...turn.board],
    pot: turn.pot,
    toCall: isInTurn ? turn.toCall : 0,
    minRaise: isInTurn ? turn.minRaise : 0,
    maxRaise: isInTurn ? turn.maxRaise : 0,
    validActions: isInTurn ? [...turn.validActions] : [],
    roundId: '',
    requestId: '',
  };
}

function historyAction({ seat, action, amount, street, isTimeout }: HandAction): HistoryAction {
  return { seat, action, amount, phase: street, isTimeout };
}
