/** A player for matches that are to be compared: what it does depends on the cards and the bets, and on nothing else. */

import { Bot, type Turn } from '../../src/bot/bot.js';
import { createRandom } from '../../src/chance/random.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';
import type { VirtualClock } from '../../src/time/virtual-clock.js';

/** One decision as the bot saw and made it. */
export interface Decision {
  matchId: string;
  requestId: string;
  /** Without the ids, which are new in each run. */
  state: Omit<GameState, 'roundId' | 'requestId'>;
  answer: string;
}

const defaults = { leastThoughtMs: 10, mostThoughtMs: 900 } as const;

function choose({ validActions, minRaise, maxRaise }: GameState, draw: () => number): Action {
  const luck = draw();
  if (validActions.includes('raise') && luck < 0.25) {
    return Action.raiseTo(Math.min(maxRaise, minRaise + Math.floor(draw() * 20)));
  }
  if (validActions.includes('check')) return Action.check();
  return luck < 0.85 || !validActions.includes('fold') ? Action.call() : Action.fold();
}

/** A bot class that takes its time on this clock and writes down each decision that it is asked for. */
export function makeWeatherBot(
  clock: VirtualClock,
  decisions: Decision[],
  onAsked: (asked: number) => void = () => undefined,
): new () => Bot {
  return class WeatherBot extends Bot {
    override async decide(seen: GameState, { matchId, requestId }: Turn): Promise<Action> {
      const { roundId: _round, requestId: _request, ...state } = seen;
      const { holeCards, board, handNumber, actionHistory } = state;
      const draw = createRandom(JSON.stringify([handNumber, holeCards, board, actionHistory]));
      const action = choose(seen, draw);
      decisions.push({ matchId, requestId, state, answer: JSON.stringify(action.toWire()) });
      onAsked(decisions.length);
      const { leastThoughtMs, mostThoughtMs } = defaults;
      await new Promise<void>((resolve) => {
        clock.setTimeout(() => resolve(), leastThoughtMs + draw() * (mostThoughtMs - leastThoughtMs));
      });
      return action;
    }
  };
}
