/** What one match adds to a review. */
import { closedBettingOf, fairWinnings } from '../histories/closed-betting.js';
import type { CollectedMatch, RecordedDecision } from '../histories/collection/collected-match.js';
import { type Decision, decisionsOf } from '../histories/decisions.js';
import { chipsOf } from '../histories/hand-chips.js';
import type { HandHistory } from '../histories/hand-history.js';
import { positionsOf } from '../histories/positions.js';
import type { Street } from '../holdem/facts.js';
import { noValues, type ValueSums, withValue } from '../statistics/mean-interval.js';
import type { EquityTable } from './equity-table.js';
import { lineOf } from './hand-line.js';
import type { OwnSeat } from './own-seat.js';
import { type HandPlace, handPlaceOf, type PlacedHand, type SeatedHand } from './places.js';
import type { AnsweredFor, SlowTurn, WorstHand } from './review-shape.js';

export const streets = ['preflop', 'flop', 'turn', 'river'] as const satisfies readonly Street[];

/** What is counted: the figures of a place, and those of a street. */
export type Count =
  | 'net'
  | `place ${HandPlace}`
  | `${'folded' | 'called' | 'raised' | 'lostAfterCall' | 'perCall' | 'bestFolded'} ${Street}`
  | 'answeredFor'
  | 'allInShare'
  | 'allInLuck';

/** Sums of a match, which is one cluster. */
export interface MatchReview {
  readonly hands: number;
  readonly unfinished: number;
  readonly noStacks: number;
  readonly values: ReadonlyMap<Count, ValueSums>;
  /** Of places, `net`, `answeredFor`, `allInLuck`, and what calls of a street cost. */
  readonly chips: ReadonlyMap<Count, number>;
  readonly causes: AnsweredFor['causes'];
  readonly answeredTurns: number;
  readonly othersTurns: number;
  /** The most lost first, no more than were asked for. */
  readonly worst: readonly WorstHand[];
  readonly slowest: readonly SlowTurn[];
  readonly latencies: readonly number[];
}

export interface MatchReviewTerms {
  readonly own: OwnSeat;
  readonly equities: EquityTable;
  /** How many of the worst hands and slowest turns are kept. */
  readonly worst: number;
}

export function reviewMatch(match: CollectedMatch, { own, equities, worst }: MatchReviewTerms): MatchReview {
  const values = new Map<Count, ValueSums>();
  const chips = new Map<Count, number>();
  const add = (count: Count, value: number, amount = 0): void => {
    values.set(count, withValue(values.get(count) ?? noValues, value));
    if (amount !== 0) chips.set(count, (chips.get(count) ?? 0) + amount);
  };
  const lost: WorstHand[] = [];
  let [hands, unfinished, noStacks, othersTurns] = [0, 0, 0, 0];
  const turns = new Map<HandHistory, readonly Decision[]>();

  for (const hand of match.hands) {
    const seat = hand.seats.find((one) => one.seat === own.seat);
    if (seat === undefined) continue;
    const counted = chipsOf(hand);
    const decisions = decisionsOf(hand, counted);
    turns.set(hand, decisions);
    othersTurns += decisions.filter((one) => one.isTimeout && one.seat !== own.seat).length;
    const net = hand.isFinished && counted.won !== null ? netOf(seat.stack, seat.stackAfter) : null;
    if (net === null) {
      if (hand.isFinished) noStacks += 1;
      else unfinished += 1;
      continue;
    }
    const played: SeatedHand = { hand, seat, chips: counted, decisions };
    const bb = net / unitOf(hand);
    const placed = handPlaceOf(played, equities);
    hands += 1;
    add('net', bb, net);
    add(`place ${placed.place}`, bb, net);
    addStreets(played, placed, add);
    if (placed.place === 'allInEarly') addAllIn(played, equities, add);
    const answeredFor = decisions.filter((one) => one.isTimeout && one.seat === own.seat).length;
    if (net < 0 && (lost.length < worst || net < (lost.at(-1)?.chips ?? 0)))
      insert(lost, worstHand(played, { placed, net, answeredFor }), { most: worst, of: (one) => -one.chips });
  }
  const { causes, answeredTurns, answeredHands } = answersFor(match.hands, turns, own);
  for (const hand of answeredHands) {
    const seat = hand.seats.find((one) => one.seat === own.seat);
    const net = hand.isFinished && seat ? netOf(seat.stack, seat.stackAfter) : null;
    if (net !== null) add('answeredFor', net / unitOf(hand), net);
  }
  const { slowest, latencies } = slowTurns(match, { own, most: worst, turns });
  return {
    hands,
    unfinished,
    noStacks,
    values,
    chips,
    causes,
    answeredTurns,
    othersTurns,
    worst: lost,
    slowest,
    latencies,
  };
}

type Add = (count: Count, value: number, amount?: number) => void;

/** What results are told in. A game without blinds has its ante. */
function unitOf({ level: { bigBlind, ante } }: HandHistory): number {
  return bigBlind || ante || 1;
}

function netOf(stack: number | null, stackAfter: number | null): number | null {
  return stack === null || stackAfter === null ? null : stackAfter - stack;
}

function addStreets({ hand, seat, decisions }: SeatedHand, { place, equity }: PlacedHand, add: Add): void {
  for (const decision of decisions) {
    if (decision.seat !== seat.seat) continue;
    const { street, action, isFacingBet, added, stack } = decision;
    if (action === 'fold' && equity !== null) add(`bestFolded ${street}`, place === 'foldedBest' ? 1 : 0);
    if (!isFacingBet) continue;
    add(`folded ${street}`, action === 'fold' ? 1 : 0);
    add(`called ${street}`, action === 'call' ? 1 : 0);
    add(`raised ${street}`, action === 'raise' ? 1 : 0);
    if (action !== 'call') continue;
    const after = seat.stackAfter ?? 0;
    add(`lostAfterCall ${street}`, after < (seat.stack ?? 0) ? 1 : 0, added);
    add(`perCall ${street}`, (after - (stack ?? 0)) / unitOf(hand));
  }
}

function addAllIn({ hand, seat, chips, decisions }: SeatedHand, equities: EquityTable, add: Add): void {
  const closed = closedBettingOf(hand, decisions);
  const other = closed?.contenders.find((one) => one.seat !== seat.seat);
  if (closed === null || seat.cards === null || !other?.cards) return;
  const share = equities.shareOfFirst([seat.cards, other.cards], closed.board);
  const fair = fairWinnings(hand, closed, { seat: seat.seat, share, chips });
  if (fair === null) return;
  const luck = (chips.won?.get(seat.seat) ?? 0) - fair;
  add('allInShare', share);
  add('allInLuck', luck / unitOf(hand), luck);
}

function worstHand(
  { hand, seat, decisions }: SeatedHand,
  { placed, net, answeredFor }: { placed: PlacedHand; net: number; answeredFor: number },
): WorstHand {
  const positions = positionsOf(hand);
  const folded = new Set(decisions.flatMap((one) => (one.action === 'fold' ? [one.seat] : [])));
  const others = hand.seats.flatMap((one, index) =>
    one === seat || (one.cards === null && folded.has(one.seat))
      ? []
      : [{ name: one.name, position: positions[index] ?? 'BTN', cards: one.cards }],
  );
  return {
    matchId: hand.matchId,
    handNumber: hand.handNumber,
    chips: net,
    bb: net / unitOf(hand),
    place: placed.place,
    position: positions[hand.seats.indexOf(seat)] ?? 'BTN',
    cards: seat.cards,
    others,
    board: hand.board,
    line: lineOf(hand, decisions, seat.seat),
    answeredFor,
  };
}

/** Keeps a list in order, the largest first. */
export function insert<T>(list: T[], one: T, { most, of }: { most: number; of: (one: T) => number }): void {
  const before = list.findIndex((other) => of(other) < of(one));
  list.splice(before === -1 ? list.length : before, 0, one);
  if (list.length > most) list.pop();
}

/** Turns of ours that somebody else answered: our recording tells the cause, hands only that the clock ran out. */
function answersFor(
  hands: readonly HandHistory[],
  turns: ReadonlyMap<HandHistory, readonly Decision[]>,
  { seat, view }: OwnSeat,
): { causes: AnsweredFor['causes']; answeredTurns: number; answeredHands: ReadonlySet<HandHistory> } {
  const causes: Partial<Record<keyof AnsweredFor['causes'], number>> = {};
  const byNumber = new Map(hands.map((hand) => [hand.handNumber, hand]));
  const answeredHands = new Set<HandHistory>();
  let answeredTurns = 0;
  const count = (cause: keyof AnsweredFor['causes'], hand: HandHistory | undefined): void => {
    causes[cause] = (causes[cause] ?? 0) + 1;
    answeredTurns += 1;
    if (hand !== undefined) answeredHands.add(hand);
  };
  const counted = new Set<string>();
  for (const { handNumber, position, source, isTimedOut } of view?.decisions ?? []) {
    const hand = byNumber.get(handNumber);
    const isOwn = source === null || source === 'bot' || source === 'proposal';
    if (isOwn && !isTimedOut) continue;
    count(isTimedOut || isOwn ? 'platform' : source, hand);
    counted.add(`${handNumber} ${position}`);
  }
  for (const [hand, decisions] of turns) {
    for (const { seat: at, isTimeout, index } of decisions)
      if (at === seat && isTimeout && !counted.has(`${hand.handNumber} ${index}`)) count('platform', hand);
  }
  return { causes, answeredTurns, answeredHands };
}

function slowTurns(
  match: CollectedMatch,
  { own, most, turns }: { own: OwnSeat; most: number; turns: ReadonlyMap<HandHistory, readonly Decision[]> },
): { slowest: SlowTurn[]; latencies: number[] } {
  const slowest: SlowTurn[] = [];
  const latencies: number[] = [];
  const byNumber = new Map(match.hands.map((hand) => [hand.handNumber, hand]));
  for (const decision of own.view?.decisions ?? []) {
    const ms = decision.lateMs ?? decision.latencyMs;
    if (ms === null) continue;
    latencies.push(ms);
    if (slowest.length >= most && ms <= (slowest.at(-1)?.ms ?? 0)) continue;
    const hand = byNumber.get(decision.handNumber);
    const turn = hand && turns.get(hand)?.find(({ index }) => index === decision.position);
    const seat = hand?.seats.find((one) => one.seat === own.seat);
    insert(
      slowest,
      {
        matchId: match.matchId,
        handNumber: decision.handNumber,
        ms,
        isLate: decision.lateMs !== null,
        street: turn?.street ?? null,
        cards: seat?.cards ?? null,
        board: turn?.board ?? [],
        potBefore: turn?.potBefore ?? null,
        answer: answerText(decision),
      },
      { most, of: (one) => one.ms },
    );
  }
  return { slowest, latencies };
}

function answerText({ answer }: RecordedDecision): string | null {
  if (answer === null) return null;
  const { action, params } = answer;
  const amount = params?.amount;
  return typeof amount === 'number' ? `${action} to ${amount}` : action;
}
