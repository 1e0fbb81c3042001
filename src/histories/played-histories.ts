/** Hands that the local platform kept, in the normal form. */
import { formatCard } from '../holdem/card.js';
import type { HandAction } from '../holdem/facts.js';
import type { PlayedHand, PlayedMatch } from '../records/played-match.js';
import type { HandHistory, HandLevel } from './hand-history.js';

/** All cards face up, the oldest hand first. Only the first one has a time: that of the match. */
export function historiesOfMatch({ matchId, startedAt, seats, hands }: PlayedMatch): HandHistory[] {
  const levels = levelsOf(hands);
  return hands.map((played): HandHistory => {
    const { hand, bigBlind, stacks, stacksAfter, holeCards, board, history, shown } = played;
    const dealt = seats.flatMap(({ name }, seat) => {
      const cards = holeCards[seat]?.map(formatCard) ?? [];
      return cards.length > 0 ? [{ seat, name, cards }] : [];
    });
    const showing = new Set(shown.map(({ seat }) => seat));
    return {
      source: 'sandbox',
      matchId,
      handNumber: hand,
      startedAt: hand === 1 ? startedAt : null,
      level: levels.get(bigBlind) ?? { smallBlind: 0, bigBlind, ante: 0 },
      dealerSeat: dealerOf(
        history,
        dealt.map(({ seat }) => seat),
      ),
      seats: dealt.map(({ seat, name, cards }) => ({
        seat,
        name,
        stack: stacks[seat] ?? null,
        stackAfter: stacksAfter[seat] ?? null,
        cards,
        hasShown: showing.has(seat),
      })),
      history,
      board: board.map(formatCard),
      hero: null,
      isFinished: true,
    };
  });
}

/** By the big blind. A short stack posts less than the level asks for, so that the most that was posted counts. */
function levelsOf(hands: readonly PlayedHand[]): ReadonlyMap<number, HandLevel> {
  const levels = new Map<number, HandLevel>();
  for (const { bigBlind, history } of hands) {
    const { smallBlind = 0, ante = 0 } = levels.get(bigBlind) ?? {};
    levels.set(bigBlind, {
      bigBlind,
      smallBlind: Math.max(smallBlind, mostPosted(history, 'post_small_blind')),
      ante: Math.max(ante, mostPosted(history, 'post_ante')),
    });
  }
  return levels;
}

/** The most that one seat posted of this; 0 where nobody did. */
export function mostPosted(history: readonly HandAction[], action: HandAction['action']): number {
  return Math.max(0, ...history.map((entry) => (entry.action === action ? entry.amount : 0)));
}

/**
 * The seat of the button, from the small blind: heads-up the button posts it, otherwise the next seat does that was dealt in.
 *
 * @param dealt seats, in the order of their numbers.
 */
export function dealerOf(history: readonly HandAction[], dealt: readonly number[]): number {
  const small = history.find(({ action }) => action === 'post_small_blind')?.seat ?? dealt[0] ?? 0;
  if (dealt.length === 2) return small;
  return dealt.findLast((seat) => seat < small) ?? dealt.at(-1) ?? small;
}
