/** A hand in one line of words. */
import type { Decision } from '../histories/decisions.js';
import type { HandHistory } from '../histories/hand-history.js';
import type { Street } from '../holdem/facts.js';

/**
 * Such as `preflop: we raise to 250, BB calls 150; flop Kc7d2s: BB checks, we bet 300 all-in`. Posts are left out.
 *
 * @param seat who "we" are; other seats are named by their positions.
 */
export function lineOf(hand: HandHistory, decisions: readonly Decision[], seat: number): string {
  const streets = new Map<Street, string[]>();
  for (const decision of decisions) {
    const words = streets.get(decision.street) ?? [];
    words.push(wordsOf(decision, decision.seat === seat));
    streets.set(decision.street, words);
  }
  const lines = [...streets].map(([street, words]) => {
    const dealt = cardsDealtOn[street];
    const cards = dealt === null ? '' : ` ${hand.board.slice(dealt[0], dealt[1]).join('')}`;
    return `${street}${cards}: ${words.join(', ')}`;
  });
  return lines.length === 0 ? 'nobody could act' : lines.join('; ');
}

const cardsDealtOn: Readonly<Record<Street, readonly [number, number] | null>> = {
  preflop: null,
  flop: [0, 3],
  turn: [3, 4],
  river: [4, 5],
};

function wordsOf(
  { position, action, added, raisedTo, raisesBefore, ...decision }: Decision,
  isOwn: boolean,
): string {
  const verb = (stem: string): string => (isOwn ? `we ${stem}` : `${position} ${stem}s`);
  const isBet = action === 'raise' && raisesBefore === 0 && decision.street !== 'preflop';
  const words = {
    fold: verb('fold'),
    check: verb('check'),
    call: `${verb('call')} ${added}`,
    raise: isBet ? `${verb('bet')} ${raisedTo}` : `${verb('raise')} to ${raisedTo}`,
  }[action];
  return `${words}${decision.isAllIn ? ' all-in' : ''}${decision.isTimeout ? ' (clock ran out)' : ''}`;
}
