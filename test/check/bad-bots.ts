/** Bots with one fault each, that shows only where the platform does what few expect. They play in the thread of the test. */
import type { BotLike, Turn } from '../../src/bot/bot.js';
import type { FindingCode } from '../../src/check/check-report.js';
import { Action } from '../../src/holdem/action.js';
import type { GameState } from '../../src/holdem/game-state.js';

/** Checks or calls. */
export function passive({ validActions }: GameState): Action {
  return validActions.includes('check') ? Action.check() : Action.call();
}

export interface BadBot {
  /** What is wrong with it. */
  fault: string;
  code: FindingCode;
  /** The parts that show it. */
  places: string[];
  make: () => BotLike;
}

const deciding = (decide: (state: GameState, turn: Turn) => unknown): (() => BotLike) => {
  return () => ({ decide: (state, turn) => (decide(state, turn) ?? passive(state)) as Action });
};

export const badBots: readonly BadBot[] = [
  {
    fault: 'forgets the return on the river',
    code: 'not_an_action',
    places: ['river', 'covering-bet'],
    make: () => ({ decide: (state) => (state.phase === 'river' ? undefined : passive(state)) as never }),
  },
  {
    fault: 'raises to more than there is wherever it may raise',
    code: 'mostly_illegal',
    places: ['legality'],
    make: deciding(({ validActions }) => (validActions.includes('raise') ? rawRaise(1_000_000_000) : null)),
  },
  {
    fault: 'raises against a bet that covers its stack',
    code: 'not_offered',
    places: ['covering-bet'],
    make: deciding(({ toCall, yourStack }) =>
      toCall >= yourStack ? Action.allIn().action && rawRaise(yourStack) : null,
    ),
  },
  {
    fault: 'sizes its raise by the second opponent, who is not there',
    code: 'no_amount',
    places: ['preflop', 'inverted-range'],
    make: deciding(({ phase, validActions, opponentStacks, minRaise }) =>
      phase === 'preflop' && validActions.includes('raise')
        ? rawRaise(opponentStacks[1] === undefined ? Number.NaN : minRaise)
        : null,
    ),
  },
  {
    fault: 'says what it adds in place of the total',
    code: 'raise_too_small',
    places: ['preflop'],
    make: deciding(({ phase, validActions, minRaise, toCall }) =>
      phase === 'preflop' && toCall > 50 && validActions.includes('raise')
        ? rawRaise(minRaise - toCall)
        : null,
    ),
  },
  {
    fault: 'knows only tables of two',
    code: 'threw',
    places: ['short-big-blind', 'six-seats', 'seat-out'],
    make: deciding(({ opponentStacks }) => {
      if (opponentStacks.length > 1) throw new Error('Who else is here?');
    }),
  },
  {
    fault: 'waits for match_start',
    code: 'threw',
    places: ['comes-late'],
    make() {
      let stack: number | null = null;
      return {
        onMatchStart({ game_config: config }) {
          stack = Number(config?.['starting_stack']);
        },
        decide(state) {
          if (stack === null) throw new Error('There was no match_start.');
          return passive(state);
        },
      };
    },
  },
  {
    fault: 'knows every post by its name',
    code: 'threw',
    places: ['unknown-post'],
    make: deciding(({ actionHistory }) => {
      const known = ['post_small_blind', 'post_big_blind', 'post_ante', 'fold', 'check', 'call', 'raise'];
      const other = actionHistory.find(({ action }) => !known.includes(action));
      if (other !== undefined) throw new Error(`What is ${other.action}?`);
    }),
  },
  {
    fault: 'takes a told result for a showdown of two',
    code: 'hook_threw',
    places: ['one-shown'],
    make: () => ({
      decide: passive,
      onRoundResult({ result }) {
        const shown = result['showdown'] as { hole_cards: string[] }[];
        if (shown.length > 0 && shown[1]?.hole_cards.length !== 2) throw new Error('One hand is missing.');
      },
    }),
  },
  {
    fault: 'is not written for a connection that comes back',
    code: 'hook_threw',
    places: ['reconnect'],
    make: () => ({
      decide: passive,
      onReconnected({ restarted }) {
        if (!restarted) throw new Error('Not again.');
      },
    }),
  },
  {
    fault: 'reads the clock from the turn, where none may be named',
    code: 'threw',
    places: ['no-clock'],
    make: deciding((_, { raw }) => {
      if (raw.timeout_ms === undefined) throw new Error('How long do I have?');
    }),
  },
  {
    fault: 'gives up where it cannot raise',
    code: 'folds_the_nuts',
    places: ['covering-bet', 'sliver-all-in'],
    make: deciding(({ validActions }) =>
      validActions.length === 2 && validActions[0] === 'fold' ? Action.fold() : null,
    ),
  },
  {
    fault: 'folds whatever is small',
    code: 'folds_the_nuts',
    places: ['sliver-all-in'],
    make: deciding(({ toCall, pot }) => (toCall > 0 && toCall * 30 < pot ? Action.fold() : null)),
  },
];

const rawRaise = (amount: number) => ({ action: 'raise', params: { amount } });
