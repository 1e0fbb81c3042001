import { Action, Bot, type GameState } from 'chipzen-agent';
import { rankHand, ranks } from 'chipzen-agent/holdem';

/** Plays its cards and nothing else: bets the good ones, calls what is cheap, folds the rest. The place for your ideas. */
export default class MyBot extends Bot {
  decide(state: GameState): Action {
    const { pot, toCall, minRaise, maxRaise, validActions } = state;
    const strength = strengthOf(state);
    if (strength > 0.6 && validActions.includes('raise')) {
      return Action.raiseTo(Math.min(maxRaise, Math.max(minRaise, toCall + pot)));
    }
    if (validActions.includes('check')) return Action.check();
    // A call costs `toCall` to win `pot`.
    const price = toCall / (pot + toCall);
    return strength > price ? Action.call() : Action.fold();
  }
}

/** How good the hand is, from 0 to 1. */
function strengthOf({ holeCards, board }: GameState): number {
  if (board.length > 0) return rankHand([...holeCards, ...board]).strength / 7462;
  const [low = 0, high = 0] = holeCards.map(({ rank }) => ranks.indexOf(rank)).sort((a, b) => a - b);
  return low === high ? 0.5 + high / 24 : (low + high) / 40;
}
