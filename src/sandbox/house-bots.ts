import { Action } from '../poker/action.js';
import type { BotLike } from '../poker/bot.js';
import type { GameState } from '../poker/game-state.js';
import { safeAction } from '../protocol/safe-action.js';
import { createRandom } from './random.js';

/** Checks when it can, else calls: pays for everything and never bets. */
function createCallingStation(): BotLike {
  return {
    decide: ({ validActions }) =>
      !validActions.includes('check') && validActions.includes('call')
        ? Action.call()
        : { action: safeAction(validActions) },
  };
}

/**
 * Plays each legal action as often as any other, and any legal raise as often as any other. The same seed plays the
 * same turns the same way.
 */
function createRandomBot(seed: string): BotLike {
  const random = createRandom(seed);
  const below = (bound: number) => Math.floor(random() * bound);
  return {
    decide({ validActions, minRaise, maxRaise }: GameState) {
      const action = validActions[below(validActions.length)] ?? safeAction(validActions);
      return action === 'raise' ? Action.raiseTo(minRaise + below(maxRaise - minRaise + 1)) : { action };
    },
  };
}

/** The opponents a sandbox can seat, by name. */
export const houseBots: Readonly<Record<string, (seed: string) => BotLike>> = {
  'calling-station': () => createCallingStation(),
  random: createRandomBot,
};
