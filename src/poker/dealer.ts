import type { GameState } from './game-state.js';

/**
 * Who deals, by who posted the small blind: for a hand whose beginning was not seen. The button is at the last seat
 * before that which is in the hand; between two players it is that seat itself. Null when nobody posted it.
 */
export function dealerByPosts({
  actionHistory,
  yourSeat,
  yourStack,
  opponentStacks,
}: Pick<GameState, 'actionHistory' | 'yourSeat' | 'yourStack' | 'opponentStacks'>): number | null {
  const smallBlind = actionHistory.find(({ action }) => action === 'post_small_blind')?.seat;
  if (smallBlind === undefined) return null;
  const stacks = opponentStacks.toSpliced(yourSeat, 0, yourStack);
  const acted = new Set(actionHistory.map(({ seat }) => seat));
  // Who has no chips is all-in, which takes an action, or was out before.
  const playing = [...stacks.keys()].filter((seat) => (stacks[seat] ?? 0) > 0 || acted.has(seat));
  if (playing.length <= 2) return smallBlind;
  return playing.findLast((seat) => seat < smallBlind) ?? playing.at(-1) ?? null;
}
