import { getCardCodes } from '@pokertools/evaluator';
import { describe, expect, it } from 'vitest';
import { FastRandom } from '../../src/chance/fast-random.js';
import { allCards, formatCard } from '../../src/holdem/card.js';
import { rankHand } from '../../src/holdem/hand-rank.js';
import { createSampler } from '../../src/house/equity.js';
import { EquityBot } from '../../src/house/equity-bot.js';
import { bestHoldings, deck, type Holding, handShare, holdings } from '../../src/house/holdings.js';
import { drawingShare, shareBeaten } from '../../src/house/made-hand.js';
import type { Foe } from '../../src/house/spot.js';
import { answerOf, requestWith, stateAt, turnOf } from './house-table.js';

const named = new Map(
  allCards.map((card) => {
    const [code = 0] = getCardCodes([formatCard(card)]);
    return [code, card] as const;
  }),
);

const cards = (text: string): number[] => (text === '' ? [] : getCardCodes(text.split(' ')));
const hand = (text: string): Holding => {
  const [first = 0, second = 0] = cards(text);
  return [first, second];
};
const holds = (text: string): Foe => ({ holdings: [hand(text)] });
const anyTwo: Foe = { holdings };

function estimate(hole: string, board: string, foes: Foe[], deals = 20_000): number {
  const spot = { hole: hand(hole), board: cards(board), foes };
  const sampler = createSampler(spot, new FastRandom('seed'));
  sampler.deal(deals);
  expect(sampler.samples).toBe(deals);
  return sampler.equity;
}

const strength = (codes: number[]) => rankHand(codes.flatMap((code) => named.get(code) ?? [])).strength;

/** Every end that the board can come to, against one known hand. */
function enumerated(hole: string, foe: string, board: string): number {
  const open = cards(board);
  const seen = [...cards(hole), ...cards(foe), ...open];
  const unseen = deck.filter((card) => !seen.includes(card));
  const ends = open.length === 4 ? unseen.map((card) => [card]) : pairsOf(unseen);
  let won = 0;
  for (const end of ends) {
    const lead = strength([...cards(hole), ...open, ...end]) - strength([...cards(foe), ...open, ...end]);
    won += lead > 0 ? 1 : lead === 0 ? 0.5 : 0;
  }
  return won / ends.length;
}

const pairsOf = (from: readonly number[]) =>
  from.flatMap((first, index) => from.slice(index + 1).map((second) => [first, second]));

describe('an estimated equity', () => {
  it.each([
    ['a pair against a higher one', 'Ah Ad', [holds('Kh Kd')], 0.82],
    ['aces against any two', 'Ah Ad', [anyTwo], 0.852],
    ['aces against three times any two', 'Ah Ad', [anyTwo, anyTwo, anyTwo], 0.639],
    ['the worst hand against any two', '3h 2d', [anyTwo], 0.323],
    ['a pair against two overcards of a suit', '2c 2d', [holds('Jh Th')], 0.462],
  ])('before the flop is known for %s', (_, hole, foes, expected) => {
    expect(Math.abs(estimate(hole, '', foes) - expected)).toBeLessThan(0.015);
  });

  it.each([
    ['a flush draw against a set', 'Ah Kh', '7c 7d', '7h 2h Td'],
    ['two pair against an open straight', 'Kc Qd', 'Jh Ts', 'Ks Qc 3h'],
    ['a gutshot on the turn', 'Jh Ts', 'Ac Ad', 'Ks Qc 3h 4d'],
  ])('is what all ends of the board come to: %s', (_, hole, foe, board) => {
    const exact = enumerated(hole, foe, board);
    expect(Math.abs(estimate(hole, board, [holds(foe)]) - exact)).toBeLessThan(0.012);
  });

  it('is 1 for a hand that nothing beats and 0 for one that is drawing dead', () => {
    expect(estimate('Ah Kh', 'Qh Jh Th 2c', [anyTwo, anyTwo], 500)).toBe(1);
    expect(estimate('Kc Kd', 'Ah As Ad', [holds('Ac Qd')], 500)).toBe(0);
  });

  it('is an even share when the board plays for everybody', () => {
    expect(estimate('2c 3d', 'Ah Kh Qh Jh Th', [anyTwo], 100)).toBe(0.5);
    expect(estimate('2c 3d', 'Ah Kh Qh Jh Th', [anyTwo, anyTwo, anyTwo], 100)).toBe(0.25);
  });

  it('never deals a card twice, also where an opponent can hold nothing of what it was said to', () => {
    // All aces are in sight, so that the only hands left for this opponent are others.
    expect(estimate('Ah Ad', 'As Ac Kd', [holds('Ah As')], 200)).toBe(1);
  });

  it('is lower against an opponent who has the better of two hands for each of its bets', () => {
    const spots = [0, 1, 3].map((picks) => estimate('Ah Tc', 'Td 6s 2c', [{ ...anyTwo, picks }], 5_000));
    const never = estimate('Ah Tc', 'Td 6s 2c', [{ ...anyTwo, picks: 3, pickiness: 0 }], 5_000);
    expect(spots).toEqual(spots.toSorted((a, b) => b - a));
    expect(spots[0]! - spots[2]!).toBeGreaterThan(0.08);
    expect(Math.abs(never - spots[0]!)).toBeLessThan(0.02);
  });
});

describe('holdings', () => {
  it('are all 1326, each once, the best first', () => {
    const keys = new Set(holdings.map((holding) => holding.toSorted((a, b) => a - b).join(' ')));
    expect([holdings.length, keys.size]).toEqual([1326, 1326]);
    expect(['Ah Ad', 'Kc Ks', 'Ah Kh', '3h 2d'].map((text) => handShare(hand(text)))).toEqual([
      6 / 1326,
      12 / 1326,
      40 / 1326,
      1,
    ]);
  });

  it('can be cut down to a share of the best', () => {
    expect([0, 6 / 1326, 0.5, 1, 2].map((share) => bestHoldings(share).length)).toEqual([
      1, 6, 663, 1326, 1326,
    ]);
    expect(bestHoldings(6 / 1326).map(handShare)).toEqual(Array.from({ length: 6 }, () => 6 / 1326));
  });
});

describe('a made hand', () => {
  it('beats all other hands when it is the best there is, and none when the board plays', () => {
    expect(shareBeaten(hand('Ah Kh'), cards('Qh Jh Th 2c 2d'), holdings)).toBe(1);
    expect(shareBeaten(hand('2c 3d'), cards('Ah Kh Qh Jh Th'), holdings)).toBe(0.5);
    expect(shareBeaten(hand('7c 2d'), cards('Ah Kh Qs'), [hand('As Ac')])).toBe(0);
  });

  it('counts the cards that make a straight or a flush, but not what the board makes for everybody', () => {
    expect(drawingShare(hand('Ah 3h'), cards('Kh 8h 5c'))).toBe(9 / 47);
    expect(drawingShare(hand('Jc Td'), cards('Qs 9h 2d'))).toBe(8 / 47);
    expect(drawingShare(hand('Jc Td'), cards('Qs 8h 2d'))).toBe(4 / 47);
    expect(drawingShare(hand('2c 3d'), cards('Ah Kh Qh Jh'))).toBe(0);
    expect(drawingShare(hand('Ah Kh'), cards('Qh Jh Th'))).toBe(0);
    expect(drawingShare(hand('Ah 3h'), cards('Kh 8h 5c 2d 9s'))).toBe(0);
  });
});

describe('the equity bot', () => {
  const still = { seed: 'seed', now: () => 0 };

  it('bets what cannot lose, calls what is worth its price and gives up the rest', async () => {
    const bot = new EquityBot(still);
    const flop = { board: 'Qh Jh Th', stacks: [950, 950], pot: 100, maxRaise: 950 };
    const opened = ['0 call 10', '1 check', 'flop 1 raise 50'];
    const facing = { toCall: 50, pot: 150, minRaise: 100, history: opened };
    const answers = [
      await answerOf(bot, stateAt({ ...flop, hole: 'Ah Kh' })),
      await answerOf(bot, stateAt({ ...flop, ...facing, hole: 'Ah Kh' })),
      await answerOf(bot, stateAt({ ...flop, ...facing, hole: 'Ac 2h' })),
      await answerOf(bot, stateAt({ ...flop, ...facing, hole: '2c 3d' })),
      await answerOf(bot, stateAt({ ...flop, hole: '2c 3d' })),
    ];
    expect(answers.map(({ action }) => action)).toEqual(['raise', 'raise', 'call', 'fold', 'check']);
    // The size of the pot, on top of the call.
    expect(answers[0]?.params).toEqual({ amount: 100 });
    expect(answers[1]?.params).toEqual({ amount: 250 });
  });

  it('needs more against more opponents', async () => {
    const spot = { hole: 'Ac Td', pot: 60 };
    const bot = new EquityBot(still);
    const [few, many] = [
      stateAt({ ...spot, stacks: [990, 990] }),
      stateAt({ ...spot, hole: '9c 6d', stacks: [990, 990, 990, 990, 990, 990] }),
    ];
    expect((await answerOf(bot, few)).action).toBe('raise');
    expect((await answerOf(bot, many)).action).toBe('check');
  });

  it('calls those lighter who have raised every hand so far', async () => {
    const spot = {
      hole: 'Kd 9c',
      toCall: 490,
      pot: 510,
      validActions: ['fold', 'call'],
      history: ['1 post_small_blind 5', '0 post_big_blind 10', '1 raise 500'],
    };
    const bot = new EquityBot(still);
    expect((await answerOf(bot, stateAt(spot))).action).toBe('fold');
    for (let round = 0; round < 60; round += 1) {
      const history = [{ seat: 1, action: 'raise', amount: 30, phase: 'preflop', is_timeout: false }];
      bot.onRoundResult({ type: 'round_result', result: { action_history: history } });
    }
    expect((await answerOf(bot, stateAt(spot))).action).toBe('call');
    bot.onMatchStart();
    expect((await answerOf(bot, stateAt(spot))).action).toBe('fold');
  });

  it('answers by the seed and the turn alone, whatever it was asked before', async () => {
    const states = ['Ac Td', '9h 8h', '4c 4s'].map((hole) => stateAt({ hole, pot: 60 }));
    const ask = async (bot: EquityBot) => Promise.all(states.map((state) => answerOf(bot, state)));
    const once = await ask(new EquityBot(still));
    const asked = new EquityBot(still);
    await ask(asked);
    expect(await ask(asked)).toEqual(once);
  });

  it('has the time that is left on the wall clock, whatever its own clock shows', async () => {
    const pausesAt = async (wallNow: number): Promise<number> => {
      let pauses = 0;
      let time = 1e9;
      const bot = new EquityBot({
        seed: 'seed',
        now: () => (time += 1),
        wallNow: () => wallNow,
        pause: async () => void (pauses += 1),
      });
      await answerOf(bot, stateAt({ hole: 'Ah Ad', board: 'Kc 9s 4h', toCall: 10 }));
      return pauses;
    };
    expect(await pausesAt(4_999)).toBe(0);
    expect(await pausesAt(0)).toBeGreaterThan(5);
  });

  it('answers at once when hardly any time is left, and gives up when its turn is over', async () => {
    let pauses = 0;
    const clock = { time: 4_998 };
    const bot = new EquityBot({
      seed: 'seed',
      now: () => (clock.time += 1),
      pause: async () => void (pauses += 1),
    });
    const state = stateAt({ hole: 'Ah Ad', board: 'Kc 9s 4h', toCall: 10 });
    expect((await answerOf(bot, state)).action).toBe('raise');
    expect(pauses).toBe(0);
    const late = AbortSignal.abort();
    await expect(bot.decide(state, turnOf(requestWith([]), late))).rejects.toThrow(late.reason);
  });
});
