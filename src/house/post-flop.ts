/** The tight-aggressive bot after the flop. */
import type { BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import { checkOrCall, checkOrFold, raiseOrCommit } from './answers.js';
import { bestHoldings, type Holding } from './holdings.js';
import { drawingShare, shareBeaten } from './made-hand.js';
import { lookUp, type OpponentView, type ReadTable } from './table-view.js';

const style = {
  /** The share of hands that it assumes for an opponent who raised before the flop; who called; who only posted. */
  raiserHas: 0.35,
  callerHas: 0.7,
  /** The weakest share of those that it excludes, by the opponent's bets and raises on this street. */
  betterThan: [0, 0.25, 0.5, 0.65],
  /** Chance to win from which it bets, and from which it bets more. */
  betFrom: 0.58,
  betMuchFrom: 0.8,
  bet: 0.5,
  betMuch: 0.75,
  /** Chance to win from which it raises a bet, and raises again. */
  raiseFrom: [0, 0.78, 0.9, 0.95],
  raise: 0.8,
  /** The share of outs from which it bets a draw: eight cards on the flop. */
  strongDraw: 0.165,
  /** How often it bets and raises such a draw. */
  betDraw: 0.6,
  raiseDraw: 0.25,
  /** How often it bets the flop with nothing against one opponent after it has raised before. */
  continuation: 0.55,
  continuationBet: 0.4,
  /** A call needs this much more than its price, and more for each opponent who may still raise. */
  margin: 0.03,
  marginPerPlayerBehind: 0.02,
  /** A raise that takes this share of the stack is an all-in. */
  commitment: 0.5,
} as const;

/** A turn after the flop, as the bot sees it. */
export interface PostFlopTurn {
  readonly hole: Holding;
  readonly board: readonly number[];
  readonly state: GameState;
  readonly view: ReadTable;
  /** Gives numbers in [0, 1). */
  readonly random: () => number;
}

/** What the hand is worth. */
interface Worth {
  /** The chance to have the best hand as it is. */
  readonly made: number;
  /** The share of the cards to come that improve it. */
  readonly draw: number;
}

export function decidePostFlop(turn: PostFlopTurn): BotAnswer {
  const { hole, board, state, view } = turn;
  const worth: Worth = { made: chanceNow(hole, board, view), draw: drawingShare(hole, board) };
  return state.toCall > 0 ? answerBet(worth, turn) : actFirst(worth, turn);
}

/** The chance to have the best hand now against the hands that are assumed for the opponents. */
function chanceNow(
  hole: Holding,
  board: readonly number[],
  { opponents, lastRaiser, raises }: ReadTable,
): number {
  return opponents.reduce((chance, opponent) => {
    const beaten = shareBeaten(hole, board, bestHoldings(rangeOf(opponent)));
    const weakest = lookUp(
      style.betterThan,
      opponent.seat === lastRaiser ? raises : Math.min(1, opponent.bet),
    );
    return chance * Math.max(0, (beaten - weakest) / (1 - weakest));
  }, 1);
}

function rangeOf({ raisesPreflop, entered }: OpponentView): number {
  if (raisesPreflop > 0) return style.raiserHas / raisesPreflop;
  return entered ? style.callerHas : 1;
}

function actFirst({ made, draw }: Worth, { board, state, view, random }: PostFlopTurn): BotAnswer {
  const { pot } = state;
  if (made >= style.betMuchFrom) return raiseOrCommit(state, view, style.commitment, style.betMuch * pot);
  if (made >= style.betFrom) return raiseOrCommit(state, view, style.commitment, style.bet * pot);
  const isOneOnOne = view.opponents.length === 1;
  const canContinue = view.hasInitiative && isOneOnOne && board.length === 3;
  if (draw >= style.strongDraw && view.opponents.length <= 2 && random() < style.betDraw)
    return raiseOrCommit(state, view, style.commitment, style.bet * pot);
  if (canContinue && random() < style.continuation)
    return raiseOrCommit(state, view, style.commitment, style.continuationBet * pot);
  return checkOrFold(state);
}

function answerBet({ made, draw }: Worth, { board, state, view, random }: PostFlopTurn): BotAnswer {
  const { toCall, pot, yourStack } = state;
  const price = toCall / (pot + toCall);
  const canBluff = draw >= style.strongDraw && view.raises === 1 && state.validActions.includes('raise');
  const bluffs = canBluff && random() < style.raiseDraw;
  if (bluffs || made >= lookUp(style.raiseFrom, view.raises)) {
    return raiseOrCommit(state, view, style.commitment, view.bet + toCall + style.raise * (pot + toCall));
  }
  // When all-in, all remaining cards come; else a bet on the next street may cost more.
  const cardsToCome = toCall >= yourStack ? 5 - board.length : Math.min(1, 5 - board.length);
  const improved = 1 - (1 - draw) ** cardsToCome;
  const chance = made + (1 - made) * improved;
  const behind = view.opponents.filter(({ hasActed }) => !hasActed).length;
  const needed = price + style.margin + style.marginPerPlayerBehind * behind;
  return chance >= needed ? checkOrCall(state) : checkOrFold(state);
}
