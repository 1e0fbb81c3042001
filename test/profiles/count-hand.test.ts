/** Each definition of a profile with a hand that was counted by hand. */
import { describe, expect, it } from 'vitest';
import type { HandHistory } from '../../src/histories/hand-history.js';
import { countHand, readHand } from '../../src/profiles/count-hand.js';
import { placeOfShare, type ShareName, shareNames } from '../../src/profiles/profile-statistics.js';
import { coveredCall, foldedRound, shortBlind, splitBoard } from '../histories/example-hands.js';
import { handOf } from '../histories/hands.js';

/** The shares that had a chance, as `hits/chances`. */
function sharesOf(hand: HandHistory, seat: number): Partial<Record<ShareName, string>> {
  const { shares } = countHand(readHand(hand), seat);
  return Object.fromEntries(
    shareNames.flatMap((name) => {
      const place = placeOfShare(name);
      return shares[place + 1] === 0 ? [] : [[name, `${shares[place]}/${shares[place + 1]}`]];
    }),
  );
}

function nodesOf(hand: HandHistory, seat: number) {
  return Object.fromEntries(countHand(readHand(hand), seat).nodes);
}

/** Ann opens to 30, Bob raises to 90, Ann folds. */
const threeBet = handOf({ stacks: [1000, 1000], after: [970, 1030] }, [
  'preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 raise 90, 0 fold',
]);

describe('before the flop', () => {
  it('a raise that is raised, and folded to', () => {
    expect(sharesOf(threeBet, 0)).toEqual({
      vpip: '1/1',
      pfr: '1/1',
      foldToThreeBet: '1/1',
      foldToBet: '1/1',
      showdown: '0/1',
    });
    expect(sharesOf(threeBet, 1)).toEqual({
      vpip: '1/1',
      pfr: '1/1',
      threeBet: '1/1',
      foldToBet: '0/1',
      callShare: '0/1',
      showdown: '0/1',
    });
  });

  it('a node is named by what went before: the letters of the street, the bot T, the other U', () => {
    expect(nodesOf(threeBet, 0)).toEqual({ 'preflop:': [0, 0, 1], 'preflop:TrUr': [1, 0, 0] });
    expect(nodesOf(threeBet, 1)).toEqual({ 'preflop:Ur': [0, 0, 1] });
  });

  it('the size of a raise is what it adds by the pot before it', () => {
    // 25 into 15, and 80 into 40, which is exactly 2.
    expect(countHand(readHand(threeBet), 0).sizes).toEqual({
      preflop: [0, 0, 1, 0, 0],
      postflop: [0, 0, 0, 0, 0],
    });
    expect(countHand(readHand(threeBet), 1).sizes.preflop).toEqual([0, 0, 0, 1, 0]);
  });

  it('a walk is a hand that was dealt, and a fold to the blind faces no bet', () => {
    const walk = handOf({ stacks: [1000, 1000], after: [995, 1005] }, ['preflop: 0 sb 5, 1 bb 10, 0 fold']);
    expect(sharesOf(walk, 1)).toEqual({ vpip: '0/1', pfr: '0/1', showdown: '0/1' });
    expect(sharesOf(walk, 0)).toEqual({ vpip: '0/1', pfr: '0/1', showdown: '0/1' });
    expect(sharesOf(foldedRound, 1)).toEqual({ vpip: '0/1', pfr: '0/1', showdown: '0/1' });
  });

  it('a check is no call, but the same letter', () => {
    const limped = handOf({ stacks: [1000, 1000], after: [990, 1010], board: 'Kc7d2s' }, [
      'preflop: 0 sb 5, 1 bb 10, 0 call 5, 1 check',
      'flop: 1 check, 0 fold',
    ]);
    expect(sharesOf(limped, 0).vpip).toBe('1/1');
    expect(sharesOf(limped, 1).vpip).toBe('0/1');
    expect(nodesOf(limped, 1)).toEqual({ 'preflop:Uc': [0, 1, 0], 'flop:': [0, 1, 0] });
  });

  it('a call between a raise and the fold: neither a bet faced nor a three-bet faced', () => {
    const called = handOf({ stacks: [1000, 1000, 1000], dealer: 0 }, [
      'preflop: 1 sb 5, 2 bb 10, 0 raise 30, 1 raise 90, 2 call 80, 0 fold',
      'flop: 1 check, 2 fold',
    ]);
    expect(sharesOf(called, 0)).toEqual({ vpip: '1/1', pfr: '1/1', showdown: '0/1' });
    // It calls two raises, the last action being one of them.
    expect(sharesOf(called, 2)).toMatchObject({ foldToThreeBet: '0/1', foldToBet: '0/1', callShare: '1/1' });
  });

  it('somebody who was not raised since has no bet to face on the next street', () => {
    const checked = handOf({ stacks: [1000, 1000], after: [970, 1030], board: 'Kc7d2s' }, [
      'preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 call 20',
      'flop: 1 check, 0 fold',
    ]);
    expect(sharesOf(checked, 0).foldToBet).toBeUndefined();
    expect(sharesOf(checked, 1)).toMatchObject({ foldToBet: '0/1', callShare: '1/1' });
  });
});

describe('bets after the flop', () => {
  it('are big from 0.7 of the pot on, and no air with top pair', () => {
    // 60 into 60, then 1,410 into 180.
    expect(sharesOf(coveredCall, 0)).toMatchObject({ bigBet: '2/2', smallBet: '0/2', bigBetAir: '0/2' });
    expect(countHand(readHand(coveredCall), 0).sizes.postflop).toEqual([0, 0, 1, 0, 1]);
    expect(sharesOf(coveredCall, 1)).toMatchObject({ foldToBet: '0/3', callShare: '3/3' });
  });

  const bluff = (bet: number, cards: string[]) =>
    handOf({ stacks: [1000, 1000], after: [1030, 970], board: 'Kc7d2s9hJc', cards }, [
      'preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 call 20',
      'flop: 1 check, 0 check',
      'turn: 1 check, 0 check',
      `river: 1 check, 0 raise ${bet}, 1 fold`,
    ]);

  it('with nothing are air, and on the river a bluff', () => {
    expect(sharesOf(bluff(36, ['4h3h', 'QsQc']), 0)).toMatchObject({
      bigBet: '0/1',
      smallBet: '1/1',
      smallBetAir: '1/1',
      riverBluff: '1/1',
    });
    expect(sharesOf(bluff(42, ['4h3h']), 0)).toMatchObject({
      bigBet: '1/1',
      smallBet: '0/1',
      bigBetAir: '1/1',
    });
    // Between the two it is neither.
    expect(sharesOf(bluff(39, ['4h3h']), 0)).toMatchObject({
      bigBet: '0/1',
      smallBet: '0/1',
      riverBluff: '1/1',
    });
    expect(sharesOf(bluff(39, ['4h3h']), 0)).not.toHaveProperty('smallBetAir');
  });

  it('are air below 0.4, and on the river a bluff below 0.5', () => {
    // Against a random hand queen and eight win 0.26, ace and queen 0.36, threes 0.46, sevens 0.53.
    for (const cards of ['Qh8s', 'AhQh'])
      expect(sharesOf(bluff(30, [cards]), 0)).toMatchObject({ smallBetAir: '1/1', riverBluff: '1/1' });
    expect(sharesOf(bluff(30, ['3h3d']), 0)).toMatchObject({ smallBetAir: '0/1', riverBluff: '1/1' });
    expect(sharesOf(bluff(30, ['7h3h']), 0)).toMatchObject({ smallBetAir: '0/1', riverBluff: '0/1' });
  });

  it('of the best hand are none, and of cards that nobody knows nothing is said', () => {
    expect(sharesOf(bluff(30, ['QhTh']), 0)).toMatchObject({ riverBluff: '0/1', smallBetAir: '0/1' });
    const unknown = sharesOf(bluff(30, ['', 'QsQc']), 0);
    expect(unknown).toMatchObject({ smallBet: '1/1' });
    expect(unknown).not.toHaveProperty('riverBluff');
  });

  it('after another bet is not the first of its street', () => {
    const raised = handOf({ stacks: [1000, 1000], after: [1060, 940], board: 'Kc7d2s' }, [
      'preflop: 0 sb 5, 1 bb 10, 0 raise 30, 1 call 20',
      'flop: 1 raise 30, 0 raise 120, 1 fold',
    ]);
    expect(sharesOf(raised, 0)).not.toHaveProperty('bigBet');
    expect(sharesOf(raised, 1)).toMatchObject({ smallBet: '1/1', foldToBet: '1/2' });
  });
});

describe('a show-down', () => {
  it('takes two seats that have acted and not folded, and may be won by both', () => {
    expect(sharesOf(coveredCall, 0)).toMatchObject({ showdown: '1/1', showdownWon: '1/1' });
    expect(sharesOf(coveredCall, 1)).toMatchObject({ showdown: '1/1', showdownWon: '0/1' });
    expect(sharesOf(splitBoard, 0)).toMatchObject({ showdown: '1/1', showdownWon: '1/1' });
    expect(sharesOf(splitBoard, 1)).toMatchObject({ showdown: '1/1', showdownWon: '1/1' });
  });

  it('of a blind that was all-in is none: nobody had anything to decide', () => {
    expect(sharesOf(shortBlind, 0)).toEqual({ vpip: '0/1', pfr: '0/1', showdown: '0/1' });
  });

  it('without stacks is told by the cards; chips that nobody called are no win', () => {
    const table = { stacks: [1000, 400], board: 'Kc7d2s9h3c', cards: ['2c2d', 'KhKd'], shown: [0, 1] };
    const hand = handOf(table, ['preflop: 0 sb 5, 1 bb 10, 0 raise 1000, 1 call 390']);
    expect(sharesOf(hand, 0)).toMatchObject({ showdown: '1/1', showdownWon: '0/1' });
    expect(sharesOf(hand, 1)).toMatchObject({ showdownWon: '1/1' });
    const unseen = handOf({ ...table, cards: ['2c2d', ''] }, [
      'preflop: 0 sb 5, 1 bb 10, 0 raise 1000, 1 call 390',
    ]);
    expect(sharesOf(unseen, 0)).not.toHaveProperty('showdownWon');
  });

  it('all-in before the flop: one bet faced, and no chance on any later street', () => {
    expect(sharesOf(splitBoard, 1)).toEqual({
      vpip: '1/1',
      pfr: '0/1',
      threeBet: '0/1',
      foldToBet: '0/1',
      callShare: '1/1',
      showdown: '1/1',
      showdownWon: '1/1',
    });
    expect(Object.keys(nodesOf(splitBoard, 1))).toEqual(['preflop:Ur']);
  });
});
