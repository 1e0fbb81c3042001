import { stringifyCardCode } from '@pokertools/evaluator';
import { describe, expect, it } from 'vitest';
import { holdings } from '../../src/house/holdings.js';
import { TightAggressiveBot } from '../../src/house/tight-aggressive.js';
import { answerOf, type Spot, stateAt } from './house-table.js';

const answer = (spot: Spot, seed = 'seed') => answerOf(new TightAggressiveBot({ seed }), stateAt(spot));
const raise = (amount: number) => ({ action: 'raise', params: { amount } });
const check = { action: 'check' };
const call = { action: 'call' };
const fold = { action: 'fold' };

/** The share of all hands that the bot does not fold here. */
async function playing(spot: Omit<Spot, 'hole'>): Promise<number> {
  let played = 0;
  for (const holding of holdings) {
    const { action } = await answer({ ...spot, hole: holding.map(stringifyCardCode).join(' ') });
    if (action !== 'fold') played += 1;
  }
  return played / holdings.length;
}

/** First to act at a full table, with so many players gone before. */
function firstIn(folded: number, stack = 1_000): Omit<Spot, 'hole'> {
  // The button is seat 0: 1 and 2 post, 3 is first.
  const yourSeat = (3 + folded) % 6;
  const folds = Array.from({ length: folded }, (_, index) => `${(3 + index) % 6} fold`);
  const stacks = [0, 5, 10, 0, 0, 0].map((posted) => stack - posted);
  const history = ['1 post_small_blind 5', '2 post_big_blind 10', ...folds];
  return { yourSeat, stacks, history, toCall: yourSeat === 1 ? 5 : 10, maxRaise: stack };
}

const headsUp: Omit<Spot, 'hole'> = {
  stacks: [995, 990],
  toCall: 5,
  history: ['0 post_small_blind 5', '1 post_big_blind 10'],
  maxRaise: 1_000,
};

describe('before the flop, the tight-aggressive bot', () => {
  it('raises what it plays to two and a half or three big blinds, and folds the rest', async () => {
    expect(await answer({ ...firstIn(0), hole: 'Ah Ad' })).toEqual(raise(30));
    expect(await answer({ ...firstIn(3), hole: 'Ah Ad' })).toEqual(raise(25));
    expect(await answer({ ...firstIn(0), hole: 'Kh 9d' })).toEqual(fold);
  });

  it('raises more the more have called, but only calls with what it would have opened', async () => {
    const { history = [], ...spot } = firstIn(2);
    const called = history.map((entry) =>
      entry.replace('3 fold', '3 call 10').replace('4 fold', '4 call 10'),
    );
    expect(await answer({ ...spot, history: called, pot: 35, hole: 'Ah Kh' })).toEqual(raise(50));
    expect(await answer({ ...firstIn(2), hole: 'Jh Td' })).toEqual(raise(30));
    expect(await answer({ ...spot, history: called, pot: 35, hole: 'Jh Td' })).toEqual(call);
  });

  it('plays more hands the later it acts, and most of them heads-up', async () => {
    const shares = [];
    for (const spot of [...[0, 1, 2, 3].map((folded) => firstIn(folded)), headsUp])
      shares.push(await playing(spot));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.map((share) => Math.round(share * 100))).toEqual([15, 20, 27, 42, 74]);
  });

  it('counts the seats that have left the match as nobody', async () => {
    const left = {
      yourSeat: 3,
      dealerSeat: 3,
      stacks: [0, 990, 0, 995, 0, 0],
      toCall: 5,
      history: ['3 post_small_blind 5', '1 post_big_blind 10'],
      maxRaise: 1_000,
    };
    expect(await playing(left)).toBe(await playing(headsUp));
  });

  it('checks in the big blind when it can, and never folds there for nothing', async () => {
    const spot = {
      ...headsUp,
      yourSeat: 1,
      toCall: 0,
      history: [...(headsUp.history ?? []), '0 call 5'],
      pot: 20,
    };
    expect(await answer({ ...spot, hole: '7h 2d' })).toEqual(check);
    expect(await answer({ ...spot, hole: 'Ah Ad' })).toEqual(raise(40));
  });

  it('raises a raise with the best, calls at a good price and folds at a bad one', async () => {
    const raised = (total: number) => ({
      ...headsUp,
      yourSeat: 1,
      stacks: [1_000 - total, 990],
      toCall: total - 10,
      pot: total + 10,
      minRaise: 2 * total - 10,
      history: [...(headsUp.history ?? []), `0 raise ${total}`],
    });
    expect(await answer({ ...raised(25), hole: 'Ah Ad' })).toEqual(raise(95));
    expect(await answer({ ...raised(25), hole: 'Jh Td' })).toEqual(call);
    expect(await answer({ ...raised(25), hole: '7h 2d' })).toEqual(fold);
    expect(await answer({ ...raised(400), hole: 'Jh Td' })).toEqual(fold);
  });

  it('goes all-in or folds with a short stack, the shorter the more', async () => {
    const shares = [];
    for (const stack of [100, 60, 30]) {
      const spot = { ...headsUp, stacks: [stack - 5, 990], maxRaise: stack };
      expect(await answer({ ...spot, hole: 'Ah Ad' })).toEqual(raise(stack));
      expect(await answer({ ...spot, hole: '3h 2d' })).toEqual(fold);
      shares.push(Math.round((await playing(spot)) * 100));
    }
    expect(shares).toEqual([54, 72, 86]);
  });

  it('calls an all-in by what it wins against and what it costs', async () => {
    const allIn = {
      ...headsUp,
      yourSeat: 1,
      stacks: [0, 90],
      toCall: 90,
      pot: 110,
      validActions: ['fold', 'call'],
      history: [...(headsUp.history ?? []), '0 raise 100'],
    };
    expect(await answer({ ...allIn, hole: 'Ah 9d' })).toEqual(call);
    expect(await answer({ ...allIn, hole: '9h 3d' })).toEqual(fold);
  });
});

describe('after the flop, the tight-aggressive bot', () => {
  const called = ['1 post_small_blind 5', '0 post_big_blind 10', '1 call 5', '0 check'];
  const flop: Omit<Spot, 'hole'> = {
    board: 'Kh 8h 3c',
    dealerSeat: 1,
    pot: 100,
    stacks: [950, 950],
    minRaise: 10,
    maxRaise: 950,
    history: called,
  };
  const facing = (bet: number): Omit<Spot, 'hole'> => ({
    ...flop,
    dealerSeat: 0,
    pot: 100 + bet,
    stacks: [950, 950 - bet],
    toCall: bet,
    minRaise: 2 * bet,
    history: [...called, `flop 1 raise ${bet}`],
  });

  it('bets the more the better its hand is, and checks a weak one', async () => {
    expect(await answer({ ...flop, hole: 'Kd 8d' })).toEqual(raise(75));
    expect(await answer({ ...flop, hole: '8d 6d' })).toEqual(raise(50));
    expect(await answer({ ...flop, hole: '6d 5d' })).toEqual(check);
  });

  it('raises a bet with a very good hand, calls with a good one and folds the rest', async () => {
    expect(await answer({ ...facing(50), hole: '8d 8c' })).toEqual(raise(210));
    expect(await answer({ ...facing(50), hole: '8d 7d' })).toEqual(call);
    expect(await answer({ ...facing(50), hole: '7d 5d' })).toEqual(fold);
  });

  it('calls with a draw that is worth its price and folds it at a higher one', async () => {
    const turn = { board: 'Kh 8h 3c 3d', history: [...called, 'flop 1 check', 'flop 0 check'] };
    const at = (bet: number): Spot => ({
      ...facing(bet),
      ...turn,
      hole: '6h 5h',
      history: [...turn.history, `turn 1 raise ${bet}`],
      validActions: ['fold', 'call'],
    });
    expect(await answer(at(15))).toEqual(call);
    expect(await answer(at(100))).toEqual(fold);
  });

  it('needs a better hand against more opponents', async () => {
    const many = { ...flop, stacks: [950, 950, 950, 950], history: [...called, '2 call 10', '3 call 10'] };
    expect(await answer({ ...flop, hole: '8d 6d' })).toEqual(raise(50));
    expect(await answer({ ...many, hole: '8d 6d' })).toEqual(check);
  });

  it('goes on after its raise now and then, with nothing, by the chances of its seed', async () => {
    const raised = ['1 post_big_blind 10', '0 raise 25', '1 call 15', 'flop 1 check'];
    const spot = { ...flop, dealerSeat: 0, hole: 'Qd Jc', pot: 50, history: raised };
    const bot = new TightAggressiveBot({ seed: 'seed' });
    const twin = new TightAggressiveBot({ seed: 'seed' });
    let bets = 0;
    for (let hand = 0; hand < 400; hand += 1) {
      const answered = await answerOf(bot, stateAt(spot));
      expect(await answerOf(twin, stateAt(spot))).toEqual(answered);
      expect([check, raise(20)]).toContainEqual(answered);
      if (answered.action === 'raise') bets += 1;
    }
    expect(bets).toBeGreaterThan(190);
    expect(bets).toBeLessThan(250);
  });

  it('puts the rest in rather than leave itself a few chips', async () => {
    const short = { ...facing(50), stacks: [200, 900], maxRaise: 200 };
    expect(await answer({ ...short, hole: '8d 8c' })).toEqual(raise(200));
  });
});
