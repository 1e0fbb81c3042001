import { describe, expect, it } from 'vitest';
import { measureProfiles } from '../../bench/house-profiles.js';
import type { HouseBotName } from '../../src/house/house-bot-names.js';
import { houseBots } from '../../src/house/house-bots.js';
import type { PlayingStyle } from '../../src/house/style-bot.js';
import { StyleBot } from '../../src/house/style-bot.js';
import type { BotProfile } from '../../src/profiles/index.js';
import { houseTerms, matchTerms, playHouseBlock } from '../arena/arena-kit.js';
import { answerOf, playMatch, type Spot, stateAt } from './house-table.js';

const panel = ['folder', 'nit', 'maniac', 'thin-value', 'reraiser'] as const satisfies HouseBotName[];

const style: PlayingStyle = {
  raise: [0.3, 0.05],
  play: [0.6, 0.2],
  raiseFrom: [0.7, 0.95],
  bluff: [0],
  callFrom: [0, 0.6],
  size: 0.5,
};

const answer = (spot: Spot, more: Partial<PlayingStyle> = {}) =>
  answerOf(new StyleBot({ ...style, ...more }, { seed: 's' }), stateAt(spot));

const blinds = ['0 post_small_blind 5', '1 post_big_blind 10'];
const first = { toCall: 5, history: blinds };
const raised = { toCall: 20, pot: 40, yourSeat: 1, history: [...blinds, '0 raise 30'] };

describe('a bot of a style, before the flop', () => {
  it.each([
    ['raises its best hands', { ...first, hole: 'As Ks' }, { action: 'raise', params: { amount: 25 } }],
    ['plays the next ones', { ...first, hole: 'Js 7s' }, { action: 'call' }],
    ['folds the others', { ...first, hole: '7s 2h' }, { action: 'fold' }],
    ['raises fewer of them again', { ...raised, hole: 'Ts 9s' }, { action: 'fold' }],
    ['calls with some', { ...raised, hole: 'Ks Ts' }, { action: 'call' }],
    ['and raises the best', { ...raised, hole: 'As Ad' }, { action: 'raise', params: { amount: 90 } }],
    ['checks what it would fold', { hole: '7s 2h', yourSeat: 1, history: blinds }, { action: 'check' }],
  ])('%s', async (_, spot: Spot, expected) => {
    expect(await answer(spot)).toEqual(expected);
  });

  it('plays fewer hands against more', async () => {
    const spot = { ...first, hole: 'Js 8s', stacks: [1_000, 1_000] };
    expect(await answer(spot)).toMatchObject({ action: 'raise' });
    expect(await answer({ ...spot, stacks: Array.from({ length: 6 }, () => 1_000) })).toEqual({
      action: 'fold',
    });
  });

  it('goes all-in where a raise would take much of the stack', async () => {
    const spot = { ...first, hole: 'As Ks', stacks: [45, 1_000] };
    expect(await answer(spot)).toEqual({ action: 'raise', params: { amount: 45 } });
  });
});

describe('a bot of a style, after the flop', () => {
  const flop = 'Kh 8d 3c';
  const bet = { board: flop, pot: 60, toCall: 20, history: [...blinds, 'flop 1 raise 20'] };

  it.each([
    [
      'bets what is ahead',
      { board: flop, pot: 40, hole: 'Ks Qs' },
      { action: 'raise', params: { amount: 20 } },
    ],
    ['checks the rest', { board: flop, pot: 40, hole: '7s 2h' }, { action: 'check' }],
    ['raises the best', { ...bet, hole: 'Ks Kd' }, { action: 'raise', params: { amount: 60 } }],
    ['calls with less', { ...bet, hole: '9s 8s' }, { action: 'call' }],
    ['folds the others', { ...bet, hole: '7s 2h' }, { action: 'fold' }],
  ])('%s', async (_, spot: Spot, expected) => {
    expect(await answer(spot)).toEqual(expected);
  });

  it('calls with a draw that is worth it', async () => {
    const draw = { ...bet, board: 'Kh 8h 3c', hole: 'Qh Jh' };
    expect(await answer(draw)).toEqual({ action: 'fold' });
    expect(await answer(draw, { callFrom: [0, 0.45] })).toEqual({ action: 'call' });
    expect(await answer({ ...draw, board: 'Kc 8h 3c' }, { callFrom: [0, 0.45] })).toEqual({ action: 'fold' });
  });

  it('bluffs as often as its style says', async () => {
    const weak = { board: flop, pot: 40, hole: '7s 2h' };
    expect(await answer(weak, { bluff: [1] })).toMatchObject({ action: 'raise' });
    const bot = new StyleBot({ ...style, bluff: [0.3] }, { seed: 's' });
    let bluffs = 0;
    for (let turn = 0; turn < 1_000; turn += 1)
      if ((await answerOf(bot, stateAt(weak))).action === 'raise') bluffs += 1;
    expect(bluffs).toBeGreaterThan(240);
    expect(bluffs).toBeLessThan(360);
  });
});

describe('the panel', () => {
  it.each([2, 3, 4, 5, 6])('needs no correction at %i seats, whatever the stacks', async (seats) => {
    for (const [round, stackBb] of [1, 3, 8, 20, 100].entries()) {
      const names = Array.from({ length: seats }, (_, seat) => panel[(seat + round) % panel.length] ?? 'nit');
      const startingStack = stackBb * 100 - 37;
      const terms = houseTerms(names, { ...matchTerms, pairs: 1, maxHands: 20, startingStack });
      const { answers } = (await playHouseBlock(terms)).record;
      for (const { turns, ...wrong } of answers) {
        expect(turns).toBeGreaterThan(0);
        expect(wrong).toEqual({ answeredFor: 0, failed: 0, corrected: 0 });
      }
    }
  });

  it('answers legally beside bots of chance, with antes, stacks that differ and seats that left', async () => {
    let shortHanded = 0;
    for (let match = 0; match < 10; match += 1) {
      const seed = `panel ${match}`;
      const seats = 2 + (match % 5);
      const names = Array.from({ length: seats }, (_, seat) =>
        seat === 0 ? 'random' : (panel[(seat + match) % panel.length] ?? 'nit'),
      );
      const bots = names.map((name, seat) => houseBots[name]!(`${seed} ${seat}`));
      const played = await playMatch(bots, { seed, startingStack: 61 + 40 * match, ante: match % 3 });
      shortHanded += played.shortHanded;
    }
    expect(shortHanded).toBeGreaterThan(100);
  });

  it('does what its names say', async () => {
    const profiles = await measureProfiles({ names: ['calling-station', ...panel], hands: 40 });
    const rates = (share: keyof BotProfile['shares']) =>
      Object.fromEntries(profiles.map(({ name, shares }) => [name, shares[share].rate ?? Number.NaN]));
    expect(Object.values(profiles).map(({ hands }) => hands)).toEqual(Array(6).fill(200));
    const [vpip, threeBet, callShare] = [rates('vpip'), rates('threeBet'), rates('callShare')];
    expect(rates('pfr')['maniac']).toBeGreaterThan(0.55);
    expect(vpip['nit']).toBeLessThan(0.4);
    expect(threeBet['reraiser']).toBeGreaterThan(0.3);
    expect(Math.max(threeBet['nit']!, threeBet['folder']!)).toBeLessThan(0.2);
    expect(callShare['reraiser']).toBeLessThan(0.35);
    expect(rates('foldToBet')['folder']).toBeGreaterThan(0.8);
    expect([rates('riverBluff')['nit'], rates('riverBluff')['thin-value']]).toEqual([0, 0]);
  });
});
