import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BotLike } from '../../src/bot/bot.js';
import { ranks, suits } from '../../src/holdem/card.js';
import { parseGameState } from '../../src/holdem/game-state.js';
import { EquityBot } from '../../src/house/equity-bot.js';
import { houseBotDescriptions, houseBotNames } from '../../src/house/house-bot-names.js';
import { houseBots } from '../../src/house/house-bots.js';
import { answerOf, faultOf, playMatch, requestWith, stateAt } from './house-table.js';

/** Time stands still for a bot that has some of it, so that its samples alone end its thinking. */
function make(name: string, seed: string): BotLike {
  if (name === 'equity') return new EquityBot({ seed, maxSamples: 100, now: () => 0 });
  const bot = houseBots[name]?.(seed);
  if (!bot) throw new Error(`No house bot ${name}`);
  return bot;
}

const seated = (names: readonly string[], seed: string) =>
  names.map((name, seat) => make(name, `${seed}-${seat}`));

describe('the house bots', () => {
  it('are known by these names, and each is described', () => {
    expect(Object.keys(houseBots)).toEqual([
      'random',
      'calling-station',
      'nit',
      'folder',
      'maniac',
      'thin-value',
      'tight-aggressive',
      'reraiser',
      'equity',
    ]);
    expect(houseBotNames).toEqual(Object.keys(houseBots));
    for (const text of Object.values(houseBotDescriptions)) expect(text.length).toBeGreaterThan(20);
  });

  it('are new for each match', () => {
    for (const name of houseBotNames) expect(houseBots[name]?.('a')).not.toBe(houseBots[name]?.('a'));
  });
});

describe('the calling station', () => {
  it('checks when it can, else calls, and never bets or folds', async () => {
    const bot = make('calling-station', '');
    const answers = [
      ['check', 'raise'],
      ['call', 'check'],
      ['fold', 'call', 'raise'],
      ['fold', 'call'],
    ].map((validActions) => answerOf(bot, stateAt({ hole: 'Ah Ad', validActions })));
    expect((await Promise.all(answers)).map(({ action }) => action)).toEqual([
      'check',
      'check',
      'call',
      'call',
    ]);
  });

  it('answers something offered where it can neither check nor call', async () => {
    const state = stateAt({ hole: '', validActions: ['draw', 'stand'] });
    expect(await answerOf(make('calling-station', ''), state)).toEqual({ action: 'draw' });
  });
});

describe('the random bot', () => {
  it('plays all legal actions and raise sizes, and nothing else', async () => {
    const bot = make('random', 'seed');
    const state = stateAt({ hole: '', toCall: 10, minRaise: 20, maxRaise: 22 });
    const seen = new Map<string, number>();
    for (let round = 0; round < 3_000; round += 1) {
      const { action, params } = await answerOf(bot, state);
      const key = params ? `${action} ${String(params['amount'])}` : action;
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect([...seen.keys()].toSorted()).toEqual(['call', 'fold', 'raise 20', 'raise 21', 'raise 22']);
    expect(Math.min(seen.get('fold')!, seen.get('call')!)).toBeGreaterThan(900);
    expect(Math.min(...['20', '21', '22'].map((size) => seen.get(`raise ${size}`)!))).toBeGreaterThan(270);
  });
});

describe('at a table', () => {
  it.each([
    [['random', 'random']],
    [['calling-station', 'random']],
    [['tight-aggressive', 'random']],
    [['equity', 'tight-aggressive']],
    [['random', 'tight-aggressive', 'equity']],
    [['equity', 'calling-station', 'random', 'tight-aggressive', 'random', 'tight-aggressive']],
  ])('%j play whole matches legally, and the same match for the same seed', async (names) => {
    for (const seed of ['a', 'b', 'c']) {
      const played = await playMatch(seated(names, seed), { seed });
      expect(played.answers.length).toBeGreaterThan(0);
      expect(await playMatch(seated(names, seed), { seed })).toEqual(played);
    }
    const [first, second] = [seated(names, 'a'), seated(names, 'b')];
    expect(await playMatch(first, { seed: 'a' })).not.toEqual(await playMatch(second, { seed: 'b' }));
  });

  it('answer legally in thousands of turns with antes, short stacks and seats that have left', async () => {
    const names = ['tight-aggressive', 'equity', 'random', 'tight-aggressive', 'random', 'equity'];
    let [turns, shortHanded] = [0, 0];
    for (let match = 0; match < 30; match += 1) {
      const seed = `short-${match}`;
      const count = 3 + (match % 4);
      const options = { seed, startingStack: 60 + 20 * match, maxHands: 80, ante: match % 3 };
      const played = await playMatch(seated(names.slice(0, count), seed), options);
      turns += played.answers.length;
      shortHanded += played.shortHanded;
    }
    expect(turns).toBeGreaterThan(3_000);
    expect(shortHanded).toBeGreaterThan(1_000);
  });
});

const card = fc.constantFrom(...ranks.flatMap((rank) => suits.map((suit) => rank + suit)));
const chips = fc.nat(2_000);
const entry = fc.record({
  seat: fc.nat(5),
  action: fc.constantFrom(
    'fold',
    'call',
    'check',
    'raise',
    'post_small_blind',
    'post_big_blind',
    'post_ante',
  ),
  amount: chips,
  phase: fc.constantFrom('preflop', 'flop', 'turn', 'river'),
});

/** Whatever a platform may send: cards that come twice, boards of two cards, histories that cannot be. */
const strangeTurn = fc
  .record({
    hole: fc.array(card, { maxLength: 3 }),
    board: fc.array(card, { maxLength: 6 }),
    phase: fc.constantFrom('preflop', 'flop', 'turn', 'river', 'somewhere'),
    pot: chips,
    stack: chips,
    others: fc.array(chips, { maxLength: 5 }),
    toCall: chips,
    low: fc.integer({ min: 1, max: 1_000 }),
    span: chips,
    history: fc.array(entry, { maxLength: 20 }),
    seat: fc.nat(5),
    dealerSeat: fc.nat(5),
    valid: fc.constantFrom(
      ['check'],
      ['check', 'raise'],
      ['fold', 'call'],
      ['fold', 'call', 'raise'],
      ['raise'],
    ),
  })
  .map((turn) =>
    parseGameState(
      requestWith(turn.valid, {
        phase: turn.phase,
        board: turn.board,
        your_hole_cards: turn.hole,
        pot: turn.pot,
        your_stack: turn.stack,
        opponent_stacks: turn.others,
        to_call: turn.toCall,
        min_raise: turn.low,
        max_raise: turn.low + turn.span,
        action_history: turn.history,
      }),
      turn,
    ),
  );

describe('in a state that no table should send', () => {
  it.each(houseBotNames)('%s still answers something legal', async (name) => {
    await fc.assert(
      fc.asyncProperty(strangeTurn, async (state) => {
        expect(faultOf(await answerOf(make(name, 'seed'), state), state)).toBeNull();
      }),
      { numRuns: 800, seed: 7 },
    );
  });

  it.each(houseBotNames)('%s checks when nothing is offered', async (name) => {
    const state = stateAt({ hole: '', validActions: [] });
    expect(await answerOf(make(name, 'seed'), state)).toEqual({ action: 'check' });
  });
});
