/** Bots that behave in every way that a bot can, and can be told to behave in another way at any moment. */

import { Bot, type BotHooks, type Turn } from '../../src/bot/bot.js';
import { createRandom } from '../../src/chance/random.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';
import type { VirtualClock } from '../../src/time/virtual-clock.js';

const defaults = {
  /** Less than a ping may wait, also when several matches block one after the other. */
  blockMs: 700,
  thoughtMs: 300,
  lateMs: 7_000,
} as const;

export const tempers = [
  'prompt',
  'thoughtful',
  'late',
  'silent',
  'throwing',
  'rejecting',
  'illegal',
  'nonsense',
  'blocking',
] as const;

export type Temper = (typeof tempers)[number];

export const hookTempers = ['quiet', 'slow', 'throwing', 'stuck'] as const;

export type HookTemper = (typeof hookTempers)[number];

export interface Mood {
  /** Timers of the bot itself that are set. */
  sleeping: number;
  decide: Temper;
  hooks: HookTemper;
}

function choose({ validActions, minRaise, maxRaise }: GameState, draw: () => number): Action {
  const luck = draw();
  if (validActions.includes('raise') && luck < 0.25) {
    return Action.raiseTo(Math.min(maxRaise, minRaise + Math.floor(draw() * 40)));
  }
  if (validActions.includes('check')) return Action.check();
  return luck < 0.85 || !validActions.includes('fold') ? Action.call() : Action.fold();
}

/** What no bot may answer. */
function illegal({ validActions }: GameState, draw: () => number): unknown {
  const wrong = [
    { action: validActions.includes('check') ? 'fold' : 'check' },
    { action: 'raise', params: { amount: -1 } },
    { action: 'raise', params: { amount: 1e9 } },
    { action: 'raise' },
    { action: 'dance', params: { with: 'wolves' } },
  ];
  return wrong[Math.floor(draw() * wrong.length)];
}

const nonsense: readonly unknown[] = [undefined, null, 7, 'call', [], () => 'fold', { action: 3 }];

/**
 * @param mood may change at any moment.
 * @param onAsked told of each decision that is asked for, before it is made.
 */
export function makeTemperBot(clock: VirtualClock, mood: Mood, onAsked: (turn: Turn) => void): new () => Bot {
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      mood.sleeping += 1;
      clock.setTimeout(() => {
        mood.sleeping -= 1;
        resolve();
      }, ms);
    });

  function decide(state: GameState, turn: Turn): unknown {
    const draw = createRandom(JSON.stringify([state.handNumber, state.holeCards, state.actionHistory]));
    const action = choose(state, draw);
    switch (mood.decide) {
      case 'prompt':
        return action;
      case 'thoughtful':
        return wait(draw() * 2 * defaults.thoughtMs).then(() => action);
      case 'late':
        return wait(defaults.lateMs).then(() => action);
      case 'silent':
        return new Promise((_resolve, reject) => {
          turn.signal.addEventListener('abort', () => reject(turn.signal.reason), { once: true });
        });
      case 'throwing':
        throw new Error('The bot throws.');
      case 'rejecting':
        return wait(draw() * defaults.thoughtMs).then(() => Promise.reject(new Error('The bot rejects.')));
      case 'illegal':
        return illegal(state, draw);
      case 'nonsense':
        return nonsense[Math.floor(draw() * nonsense.length)];
      case 'blocking':
        clock.block(defaults.blockMs);
        return action;
    }
  }

  function hook(): void | Promise<void> {
    switch (mood.hooks) {
      case 'quiet':
        return undefined;
      case 'slow':
        return wait(defaults.thoughtMs);
      case 'throwing':
        throw new Error('The hook throws.');
      case 'stuck':
        return new Promise(() => undefined);
    }
  }

  const hooks: Required<Omit<BotHooks, 'decideRaw'>> = {
    onMatchStart: hook,
    onRoundStart: hook,
    onTurnResult: hook,
    onPhaseChange: hook,
    onRoundResult: hook,
    onMatchEnd: hook,
    onDecisionLatency: hook,
    onDecisionTimeout: hook,
    onReconnected: hook,
  };

  class TemperBot extends Bot {
    override decide(state: GameState, turn: Turn): Action {
      onAsked(turn);
      // A bot is JavaScript too: nothing holds it to the type.
      return decide(state, turn) as Action;
    }
  }
  Object.assign(TemperBot.prototype, hooks);
  return TemperBot;
}
