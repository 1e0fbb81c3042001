/** The tight-aggressive bot before the flop. */
import type { FastRandom } from '../chance/fast-random.js';
import type { BotAnswer } from '../holdem/action.js';
import type { GameState } from '../holdem/game-state.js';
import { checkOrCall, checkOrFold, raiseOrCommit, raiseTo } from './answers.js';
import { createSampler } from './equity.js';
import { exactEquity } from './exact-equity.js';
import { bestHoldings, type Holding, handShare } from './holdings.js';
import type { Spot } from './spot.js';
import { lookUp, type ReadTable } from './table-view.js';

const style = {
  /**
   * The share of hands that it opens, by how many opponents act after it; the first one is for the big blind after
   * calls.
   */
  open: [0.14, 0.45, 0.42, 0.28, 0.2, 0.15],
  openHeadsUp: 0.75,
  /** A factor on that when somebody has called before it. */
  openAfterCallers: 0.55,
  /** The share of hands with which it completes the small blind. */
  complete: 0.5,
  /** The share of hands that it reraises, by the raises before it. */
  reraise: [0, 0.055, 0.022, 0.012],
  reraiseHeadsUp: [0, 0.12, 0.05, 0.025],
  /** The share of hands that it assumes for a raiser, by the raises of the street. */
  raiserHas: [1, 0.3, 0.12, 0.06],
  raiserHasHeadsUp: [1, 0.6, 0.25, 0.12],
  /** The share of its equity that it realises when there is betting to come, in and out of position. */
  realisedInPosition: 0.92,
  realisedOutOfPosition: 0.8,
  /** Subtracted for each opponent who has not acted yet. */
  perPlayerBehind: 0.03,
  openTo: 2.5,
  openToOutOfPosition: 3,
  reraiseInPosition: 3,
  reraiseOutOfPosition: 3.8,
  /** A raise that takes this share of the stack is an all-in. */
  commitment: 0.4,
  /** With fewer big blinds it goes all-in or folds. */
  pushBelow: 11,
  /** The share of hands with which it then goes all-in, by how many opponents act after it. */
  push: [0.5, 0.5, 0.32, 0.24, 0.18, 0.15],
  /** The increase of that share for each big blind less. */
  pushWiderPerBlind: 0.09,
  /** The share of hands that it assumes for a short stack that goes all-in. */
  shortStackHas: 0.5,
  samples: 400,
} as const;

/** @param random of what it deals to itself. */
export function decidePreFlop(
  hole: Holding,
  state: GameState,
  view: ReadTable,
  random: FastRandom,
): BotAnswer {
  const blinds = blindsOf(view);
  if (view.raises > 0) return answerRaise(hole, state, view, random);
  const behind = view.opponents.filter(({ hasActed }) => !hasActed).length;
  return blinds <= style.pushBelow ? push(hole, state, blinds, behind) : open(hole, state, view, behind);
}

/** The chips that it can lose, in big blinds. */
const blindsOf = ({ effectiveStack, bigBlind }: ReadTable): number => effectiveStack / bigBlind;

function push(hole: Holding, state: GameState, blinds: number, behind: number): BotAnswer {
  const wider = 1 + style.pushWiderPerBlind * (style.pushBelow - blinds);
  return handShare(hole) <= lookUp(style.push, behind) * wider
    ? raiseTo(state, state.maxRaise)
    : checkOrFold(state);
}

function open(hole: Holding, state: GameState, view: ReadTable, behind: number): BotAnswer {
  const share = handShare(hole);
  const isHeadsUp = view.opponents.length === 1;
  const isFirst = view.callers === 0;
  const range = isHeadsUp && behind === 1 ? style.openHeadsUp : lookUp(style.open, behind);
  if (share <= range * (isFirst ? 1 : style.openAfterCallers)) {
    const size = view.later === 0 ? style.openTo : style.openToOutOfPosition;
    return raiseOrCommit(state, view, style.commitment, (size + view.callers) * view.bigBlind);
  }
  // Half a bet to see a flop, or a whole one behind others who only called.
  const isCheap = state.toCall < view.bigBlind || !isFirst;
  return isCheap && share <= style.complete ? checkOrCall(state) : checkOrFold(state);
}

function answerRaise(hole: Holding, state: GameState, view: ReadTable, random: FastRandom): BotAnswer {
  const { toCall, pot, yourStack } = state;
  const { raises, opponents } = view;
  const isHeadsUp = opponents.length === 1;
  const isLast = view.later === 0;
  const behind = opponents.filter(({ hasActed }) => !hasActed).length;
  const isShort = blindsOf(view) <= style.pushBelow;

  if (!isShort && handShare(hole) <= lookUp(isHeadsUp ? style.reraiseHeadsUp : style.reraise, raises)) {
    const times = isLast ? style.reraiseInPosition : style.reraiseOutOfPosition;
    return raiseOrCommit(state, view, style.commitment, (view.bet + toCall) * times + view.callers * toCall);
  }
  const raiserHas = lookUp(isHeadsUp ? style.raiserHasHeadsUp : style.raiserHas, raises);
  const ofRaiser = bestHoldings(isShort ? Math.max(raiserHas, style.shortStackHas) : raiserHas);
  const ofCallers = bestHoldings(style.complete);
  const entered = opponents.filter(({ entered: hasEntered, seat }) => hasEntered || seat === view.lastRaiser);
  const spot: Spot = {
    hole,
    board: [],
    foes: entered.map(({ seat }) => ({ holdings: seat === view.lastRaiser ? ofRaiser : ofCallers })),
  };
  const equity = exactEquity(spot) ?? sampledEquity(spot, random);
  const price = toCall / (pot + toCall);
  const isCommitting = toCall >= yourStack * style.commitment;
  const realised = isCommitting ? 1 : isLast ? style.realisedInPosition : style.realisedOutOfPosition;
  if (equity * realised - style.perPlayerBehind * behind < price) return checkOrFold(state);
  return isCommitting ? raiseTo(state, state.maxRaise) : checkOrCall(state);
}

function sampledEquity(spot: Spot, random: FastRandom): number {
  const sampler = createSampler(spot, random);
  sampler.deal(style.samples);
  return sampler.equity;
}
