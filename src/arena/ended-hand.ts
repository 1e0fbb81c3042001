/** What is told of a hand that an engine has just ended. */
import type { HandHistory } from '../histories/hand-history.js';
import { mostPosted } from '../histories/played-histories.js';
import { type Position, positionsOf } from '../histories/positions.js';
import { formatCard } from '../holdem/card.js';
import { byteAt, chipsAt } from '../holdem/chip-lists.js';
import { boardAt, historyOf, holeCardsOf } from '../holdem/engine-views.js';
import type { HandEngine } from '../holdem/hand-engine.js';
import { endingGroups, firstEnding } from './detail-groups.js';

const lastStreet = 3;

/** The place of its ending among all groups. */
export function endingPlace({ log, isShown }: HandEngine): number {
  const street = log.streetAt(log.length - 1);
  if (!isShown) return firstEnding + street;
  return firstEnding + endingGroups.indexOf(street < lastStreet ? 'all-in early' : 'show-down');
}

/** All chips that were put in, without what nobody called. */
export function calledPot({ pot, settlement }: HandEngine): number {
  return pot - (settlement.uncalledSeat === -1 ? 0 : settlement.uncalled);
}

/** The lesser of what a seat had and the most that another one had, in chips, before the posts. */
export function effectiveStack({ startStacks, plays, seatCount }: HandEngine, seat: number): number {
  let most = 0;
  for (let other = 0; other < seatCount; other += 1)
    if (other !== seat && byteAt(plays, other) !== 0) most = Math.max(most, chipsAt(startStacks, other));
  return Math.min(chipsAt(startStacks, seat), most);
}

/** By seat; null for one that was not dealt in. */
export function seatPositions({ plays, positions, seatCount }: HandEngine): (Position | null)[] {
  const seats = Array.from({ length: seatCount }, (_, seat) => ({ seat }))
    .filter(({ seat }) => byteAt(plays, seat) !== 0)
    // `positionsOf` looks at the numbers alone.
    .map(({ seat }) => ({ seat, name: '', stack: null, stackAfter: null, cards: null, hasShown: false }));
  const names = positionsOf({ seats, dealerSeat: positions.dealerSeat });
  return Array.from(
    { length: seatCount },
    (_, seat) => names[seats.findIndex((own) => own.seat === seat)] ?? null,
  );
}

/** @param names by seat. */
export function historyOfHand(engine: HandEngine, names: readonly string[]): HandHistory {
  const { hand, smallBlind, bigBlind, startStacks, stacks, plays, betting, positions } = engine;
  const history = historyOf(engine);
  return {
    source: 'sandbox',
    matchId: null,
    handNumber: hand,
    startedAt: null,
    level: { smallBlind, bigBlind, ante: mostPosted(history, 'post_ante') },
    dealerSeat: positions.dealerSeat,
    seats: names.flatMap((name, seat) =>
      byteAt(plays, seat) === 0
        ? []
        : {
            seat,
            name,
            stack: chipsAt(startStacks, seat),
            stackAfter: chipsAt(stacks, seat),
            cards: holeCardsOf(engine, seat).map(formatCard),
            hasShown: engine.isShown && byteAt(betting.folded, seat) === 0,
          },
    ),
    history,
    board: boardAt(engine, engine.street).map(formatCard),
    hero: null,
    isFinished: true,
  };
}
