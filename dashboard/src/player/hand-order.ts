/** The hands of a page in the orders in which they can be gone through. Pure: the same for the page and for tests. */
import { chipsOf } from '../../../src/histories/hand-chips.js';
import { type PlayedBack, unpackHand } from '../../../src/playback/packed-hand.js';
import type { PackedMatch } from '../../../src/playback/packed-match.js';

/** A hand of a page, and what a list says of it. */
export interface ListedHand {
  /** Its match in the page. */
  readonly match: number;
  /** Its place in the match. */
  readonly index: number;
  readonly number: number | null;
  readonly pot: number;
  /** The pot in big blinds of its level. */
  readonly size: number;
  /** What our seat won or lost; null: no seat is ours, or it is not known. */
  readonly net: number | null;
  /** How far it went. */
  readonly ending: 'preflop' | 'flop' | 'turn' | 'river' | 'show-down' | 'cut off';
  readonly hasTimeout: boolean;
}

export type HandOrder = 'played' | 'pot' | 'won' | 'lost';

export function listHands(matches: readonly PackedMatch[]): ListedHand[] {
  return matches.flatMap((match, place) =>
    match.hands.map((_, index): ListedHand => {
      const { hand } = playedBack(match, index);
      const chips = chipsOf(hand);
      const own = hand.seats.find(({ seat }) => seat === (match.seat ?? hand.hero));
      const { stack = null, stackAfter = null } = own ?? {};
      return {
        match: place,
        index,
        number: hand.handNumber,
        pot: chips.pot,
        size: chips.pot / Math.max(1, hand.level.bigBlind),
        net: stack === null || stackAfter === null ? null : stackAfter - stack,
        ending: endingOf(hand),
        hasTimeout: hand.history.some(({ isTimeout }) => isTimeout),
      };
    }),
  );
}

export function playedBack({ source, id, names, hands }: PackedMatch, index: number): PlayedBack {
  const packed = hands[index];
  if (packed === undefined) throw new RangeError(`There is no hand ${index}.`);
  return unpackHand(packed, { source, matchId: id, names });
}

function endingOf({ isFinished, seats, board }: PlayedBack['hand']): ListedHand['ending'] {
  if (!isFinished) return 'cut off';
  if (seats.filter(({ hasShown }) => hasShown).length > 1) return 'show-down';
  return board.length < 3 ? 'preflop' : board.length === 3 ? 'flop' : board.length === 4 ? 'turn' : 'river';
}

/** Hands alike stay in the order in which they were played. */
export function inOrder(hands: readonly ListedHand[], order: HandOrder): readonly ListedHand[] {
  switch (order) {
    case 'played':
      return hands;
    case 'pot':
      return hands.toSorted((a, b) => b.size - a.size);
    case 'won':
      return hands.toSorted((a, b) => (b.net ?? 0) - (a.net ?? 0));
    case 'lost':
      return hands.toSorted((a, b) => (a.net ?? 0) - (b.net ?? 0));
  }
}

/** The next biggest pot after this hand; after the last one, and from elsewhere, the biggest. */
export function nextBiggest(
  hands: readonly ListedHand[],
  current: ListedHand | undefined,
  chain: boolean,
): ListedHand | undefined {
  const ranked = inOrder(hands, 'pot');
  const place = chain && current !== undefined ? ranked.indexOf(current) : -1;
  return ranked[place + 1] ?? ranked[0];
}
