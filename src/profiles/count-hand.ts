/** What one hand tells of one seat. */
import { type Decision, decisionsOf } from '../histories/decisions.js';
import { chipsOf, type HandChips } from '../histories/hand-chips.js';
import type { HandHistory } from '../histories/hand-history.js';
import { stacksByRules } from '../histories/hand-pots.js';
import {
  type Answers,
  noProfileCounts,
  type ProfileCounts,
  placeOfShare,
  profileLimits,
  type ShareName,
  sizeBands,
} from './profile-statistics.js';
import { isEquityBelow } from './random-equity.js';

const { bigFrom, smallTo, airBelow, bluffBelow } = profileLimits;

/** The parts of a hand that are the same for all of its seats. */
export interface ReadHand {
  readonly hand: HandHistory;
  readonly chips: HandChips;
  readonly decisions: readonly Decision[];
}

export function readHand(hand: HandHistory): ReadHand {
  const chips = chipsOf(hand);
  return { hand, chips, decisions: decisionsOf(hand, chips) };
}

/** Counts a hand for the seat, which was dealt in. The hand is finished and conserves chips. */
export function countHand({ hand, chips, decisions }: ReadHand, seat: number): ProfileCounts {
  const counts = noProfileCounts();
  const add = (name: ShareName, isHit: boolean) => {
    const place = placeOfShare(name);
    counts.shares[place] = (counts.shares[place] ?? 0) + Number(isHit);
    counts.shares[place + 1] = (counts.shares[place + 1] ?? 0) + 1;
  };
  const own = decisions.filter((decision) => decision.seat === seat);
  const preflop = own.filter(({ street }) => street === 'preflop');
  add(
    'vpip',
    preflop.some(({ action }) => action === 'call' || action === 'raise'),
  );
  add(
    'pfr',
    preflop.some(({ action }) => action === 'raise'),
  );
  for (const decision of own) {
    countAnswer(decision, seat, add);
    if (decision.action === 'raise') countRaise(decision, hand, counts, add);
  }
  countNodes(decisions, seat, counts.nodes);
  const isShowdown = wasShownDown(hand, decisions, seat);
  add('showdown', isShowdown);
  const hasWon = isShowdown ? hasWonChips(hand, chips, seat) : null;
  if (hasWon !== null) add('showdownWon', hasWon);
  return counts;
}

type Add = (name: ShareName, isHit: boolean) => void;

function countAnswer({ street, action, raisesBefore, previous }: Decision, seat: number, add: Add): void {
  const isAfterRaise = previous?.action === 'raise';
  if (street === 'preflop' && raisesBefore === 1) add('threeBet', action === 'raise');
  if (street === 'preflop' && raisesBefore === 2 && isAfterRaise) add('foldToThreeBet', action === 'fold');
  if (!isAfterRaise || previous.seat === seat) return;
  add('foldToBet', action === 'fold');
  if (action === 'call' || action === 'raise') add('callShare', action === 'call');
}

function countRaise(
  { street, added, potBefore, raisesBefore, board, seat }: Decision,
  { seats }: HandHistory,
  { sizes }: ProfileCounts,
  add: Add,
): void {
  const size = potBefore > 0 ? added / potBefore : Number.POSITIVE_INFINITY;
  const band = sizeBands.findLastIndex((from) => size >= from);
  const bands = street === 'preflop' ? sizes.preflop : sizes.postflop;
  bands[band] = (bands[band] ?? 0) + 1;
  if (street === 'preflop') return;
  const cards = seats.find((each) => each.seat === seat)?.cards ?? null;
  const isFirst = raisesBefore === 0;
  const isBig = size >= bigFrom;
  const isSmall = size <= smallTo;
  if (isFirst) {
    add('bigBet', isBig);
    add('smallBet', isSmall);
  }
  if (cards === null) return;
  const isAir = isFirst && (isBig || isSmall) ? isEquityBelow(airBelow, cards, board) : null;
  if (isAir !== null && isBig) add('bigBetAir', isAir);
  if (isAir !== null && isSmall) add('smallBetAir', isAir);
  const isBluff = street === 'river' ? isEquityBelow(bluffBelow, cards, board) : null;
  if (isBluff !== null) add('riverBluff', isBluff);
}

function countNodes(decisions: readonly Decision[], seat: number, nodes: Map<string, Answers>): void {
  let street = '';
  let letters = '';
  for (const decision of decisions) {
    if (decision.street !== street) {
      street = decision.street;
      letters = '';
    }
    // A check and a call are both c.
    const letter = decision.action.slice(0, 1);
    if (decision.seat === seat) {
      const node = `${street}:${letters}`;
      const answers = nodes.get(node) ?? [0, 0, 0];
      const place = 'fcr'.indexOf(letter);
      answers[place] = (answers[place] ?? 0) + 1;
      nodes.set(node, answers);
    }
    letters += (decision.seat === seat ? 'T' : 'U') + letter;
  }
}

function wasShownDown({ seats }: HandHistory, decisions: readonly Decision[], seat: number): boolean {
  const folded = new Set<number>();
  const acted = new Set<number>();
  for (const decision of decisions) (decision.action === 'fold' ? folded : acted).add(decision.seat);
  if (folded.has(seat) || !acted.has(seat)) return false;
  return seats.some((other) => other.seat !== seat && !folded.has(other.seat) && acted.has(other.seat));
}

/** From the stacks where they are known, else from the cards; null where neither tells. */
function hasWonChips(hand: HandHistory, { won, put, uncalled }: HandChips, seat: number): boolean | null {
  if (won !== null) return (won.get(seat) ?? 0) > 0;
  // Any stacks will do that hold what was put in: who wins does not hang on them.
  const seats = hand.seats.map((each) => ({ ...each, stack: put.get(each.seat) ?? 0 }));
  const after = stacksByRules({ ...hand, seats });
  const back = uncalled?.seat === seat ? uncalled.amount : 0;
  return after === null ? null : (after.get(seat) ?? 0) > back;
}
