import { describe, expect, it } from 'vitest';
import { Action } from '../../src/poker/action.js';
import type { BotLike, Turn } from '../../src/poker/bot.js';
import { type GameState, parseGameState } from '../../src/poker/game-state.js';
import type { TurnRequest } from '../../src/protocol/frames.js';
import { houseBots } from '../../src/sandbox/house-bots.js';
import { createTable, type TableTurn } from '../../src/sandbox/table.js';

const turn: Turn = {
  matchId: 'm',
  requestId: 'r',
  deadline: 0,
  signal: new AbortController().signal,
  raw: { type: 'turn_request', request_id: 'r', valid_actions: [], state: {} },
};

function stateWith(validActions: string[], minRaise = 0, maxRaise = 0): GameState {
  const raw: TurnRequest = {
    ...turn.raw,
    valid_actions: validActions,
    state: { min_raise: minRaise, max_raise: maxRaise },
  };
  return parseGameState(raw);
}

function make(name: string, seed = 'seed'): BotLike {
  const bot = houseBots[name]?.(seed);
  if (!bot) throw new Error(`No house bot ${name}`);
  return bot;
}

function answer(bot: BotLike, state: GameState): { action: string; params?: { amount: number } } {
  const chosen = bot.decide(state, turn);
  if (chosen instanceof Promise) throw new Error('A house bot answers at once.');
  return chosen instanceof Action && chosen.amount !== undefined
    ? { action: chosen.action, params: { amount: chosen.amount } }
    : { action: chosen.action };
}

function asTurnRequest({ seat, validActions, state }: TableTurn): TurnRequest {
  return { type: 'turn_request', request_id: 'r', seat, valid_actions: validActions, state };
}

/** Plays a whole match on a table that refuses what is not legal; gives all answers. */
function playMatch(names: string[], seed: string) {
  const bots = names.map((name, seat) => make(name, `${seed}-${seat}`));
  const table = createTable({
    seats: names.length,
    startingStack: 200,
    smallBlind: 5,
    bigBlind: 10,
    maxHands: 60,
    seed,
  });
  const answers: { seat: number; action: string; params?: { amount: number } }[] = [];
  while (!table.over) {
    if (table.turn === null) {
      table.startHand();
      continue;
    }
    const { seat, state } = table.turn;
    const chosen = answer(bots[seat]!, parseGameState(asTurnRequest(table.turn)));
    if (chosen.params) {
      expect(chosen.params.amount).toBeGreaterThanOrEqual(Number(state['min_raise']));
      expect(chosen.params.amount).toBeLessThanOrEqual(Number(state['max_raise']));
    }
    answers.push({ seat, ...chosen });
    table.act(chosen);
  }
  return answers;
}

describe('the calling station', () => {
  it('checks when it can, else calls, and never bets or folds', () => {
    const bot = make('calling-station');
    expect([
      answer(bot, stateWith(['check', 'raise'], 10, 100)),
      answer(bot, stateWith(['call', 'check'])),
      answer(bot, stateWith(['fold', 'call', 'raise'], 10, 100)),
      answer(bot, stateWith(['fold', 'call'])),
    ]).toEqual([{ action: 'check' }, { action: 'check' }, { action: 'call' }, { action: 'call' }]);
  });

  it('answers something offered where it can neither check nor call', () => {
    expect(answer(make('calling-station'), stateWith(['draw', 'stand']))).toEqual({ action: 'draw' });
  });
});

describe('the random bot', () => {
  it('plays all legal actions and raise sizes, and nothing else', () => {
    const bot = make('random');
    const seen = new Map<string, number>();
    for (let round = 0; round < 3000; round += 1) {
      const { action, params } = answer(bot, stateWith(['fold', 'call', 'raise'], 20, 22));
      const key = params ? `${action} ${params.amount}` : action;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect([...seen.keys()].toSorted()).toEqual(['call', 'fold', 'raise 20', 'raise 21', 'raise 22']);
    expect(Math.min(seen.get('fold')!, seen.get('call')!)).toBeGreaterThan(900);
    expect(Math.min(...['20', '21', '22'].map((size) => seen.get(`raise ${size}`)!))).toBeGreaterThan(270);
  });

  it('answers even when nothing is offered', () => {
    expect(answer(make('random'), stateWith([]))).toEqual({ action: 'check' });
  });
});

describe('house bots at a table', () => {
  it.each([
    [['random', 'random']],
    [['calling-station', 'random']],
    [['random', 'calling-station', 'random', 'random', 'calling-station', 'random']],
  ])('%j play whole matches legally, and the same match for the same seed', (names) => {
    for (const seed of ['a', 'b', 'c']) {
      const answers = playMatch(names, seed);
      expect(answers.length).toBeGreaterThan(0);
      expect(playMatch(names, seed)).toEqual(answers);
    }
    expect(playMatch(names, 'a')).not.toEqual(playMatch(names, 'b'));
  });

  it('are known by these names', () => {
    expect(Object.keys(houseBots)).toEqual(['calling-station', 'random', 'tight-aggressive', 'equity']);
  });
});
