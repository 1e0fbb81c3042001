import { describe, expect, it } from 'vitest';
import { type Betting, createBetting } from '../../src/holdem/betting.js';

/** Blinds 5/10 posted by these seats. */
function posted(stacks: number[], smallBlindSeat: number, bigBlindSeat: number): Betting {
  const betting = createBetting(stacks, 10);
  betting.postBlind(smallBlindSeat, 5);
  betting.postBlind(bigBlindSeat, 10);
  return betting;
}

const fold = { validActions: ['fold', 'call'], minRaise: 0, maxRaise: 0, fullRaise: 0 };

describe('chips', () => {
  it('may be more than 32 bits hold', () => {
    const betting = posted([5_000_000_000, 4_000_000_000], 0, 1);
    betting.raiseTo(0, 3_000_000_000);
    expect(betting.optionsOf(1)).toMatchObject({ toCall: 2_999_999_990, maxRaise: 4_000_000_000 });
    expect(betting.call(1)).toBe(2_999_999_990);
    expect([betting.pot(), betting.seats[0]?.stack]).toEqual([6_000_000_000, 2_000_000_000]);
  });
});

describe('raising', () => {
  it('starts at twice the big blind, then grows by the last raise', () => {
    const betting = posted([1000, 1000], 0, 1);
    expect(betting.optionsOf(0)).toEqual({
      validActions: ['fold', 'call', 'raise'],
      toCall: 5,
      minRaise: 20,
      maxRaise: 1000,
      fullRaise: 20,
    });
    betting.raiseTo(0, 35);
    expect(betting.optionsOf(1)).toMatchObject({ toCall: 25, minRaise: 60, maxRaise: 1000 });
    betting.raiseTo(1, 60);
    expect(betting.optionsOf(0)).toMatchObject({ toCall: 25, minRaise: 85, maxRaise: 1000 });
  });

  it('starts at the big blind on later streets', () => {
    const betting = posted([1000, 1000], 0, 1);
    betting.call(0);
    betting.check(1);
    betting.openStreet();
    expect(betting.nextToAct(0)).toBe(1);
    expect(betting.optionsOf(1)).toEqual({
      validActions: ['check', 'raise'],
      toCall: 0,
      minRaise: 10,
      maxRaise: 990,
      fullRaise: 10,
    });
  });

  it('is limited by a stack that is shorter than the minimum', () => {
    const betting = posted([1000, 15], 0, 1);
    betting.call(0);
    expect(betting.optionsOf(1)).toEqual({
      validActions: ['check', 'raise'],
      toCall: 0,
      minRaise: 15,
      maxRaise: 15,
      fullRaise: 20,
    });
  });

  it('is not offered when the stack only covers the call, or when nobody could answer', () => {
    const betting = posted([30, 100], 0, 1);
    betting.raiseTo(0, 30);
    expect(betting.optionsOf(1)).toEqual({ ...fold, toCall: 20 });
    const short = posted([100, 30], 0, 1);
    short.raiseTo(0, 60);
    expect(short.optionsOf(1)).toEqual({ ...fold, toCall: 20 });
  });
});

describe('a short all-in', () => {
  it('does not reopen the betting for those who have acted, but does not bind those who have not', () => {
    const betting = posted([500, 500, 130, 500], 1, 2);
    betting.raiseTo(3, 60);
    betting.raiseTo(0, 110);
    betting.fold(1);
    betting.raiseTo(2, 130);
    expect(betting.nextToAct(2)).toBe(3);
    // 60 to 130 is more than the last full raise of 50, 110 to 130 is less.
    expect(betting.optionsOf(3)).toEqual({
      validActions: ['fold', 'call', 'raise'],
      toCall: 70,
      minRaise: 180,
      maxRaise: 500,
      fullRaise: 180,
    });
    betting.call(3);
    expect(betting.optionsOf(0)).toEqual({ ...fold, toCall: 20 });
    betting.call(0);
    expect(betting.nextToAct(0)).toBeNull();
  });

  it('reopens the betting together with another when both make a full raise', () => {
    const betting = posted([500, 26, 33, 500], 1, 2);
    betting.raiseTo(3, 20);
    betting.call(0);
    betting.raiseTo(1, 26);
    betting.raiseTo(2, 33);
    expect(betting.nextToAct(2)).toBe(3);
    expect(betting.optionsOf(3)).toEqual({
      validActions: ['fold', 'call', 'raise'],
      toCall: 13,
      minRaise: 43,
      maxRaise: 500,
      fullRaise: 43,
    });
  });

  it('as the first bet lets those who have checked only call or fold', () => {
    const betting = posted([500, 500, 14], 1, 2);
    betting.call(0);
    betting.call(1);
    betting.check(2);
    betting.openStreet();
    betting.check(1);
    betting.raiseTo(2, 4);
    expect(betting.optionsOf(0)).toEqual({
      validActions: ['fold', 'call', 'raise'],
      toCall: 4,
      minRaise: 14,
      maxRaise: 490,
      fullRaise: 14,
    });
    betting.call(0);
    expect(betting.optionsOf(1)).toEqual({ ...fold, toCall: 4 });
  });
});

describe('a short big blind', () => {
  it('is still called with the whole big blind while a deeper seat may follow', () => {
    const betting = posted([100, 100, 4], 1, 2);
    expect(betting.optionsOf(0)).toMatchObject({ toCall: 10, minRaise: 20 });
  });

  it('is called with no more than it can win from', () => {
    const betting = posted([100, 7], 0, 1);
    expect(betting.nextToAct(1)).toBe(0);
    expect(betting.optionsOf(0)).toEqual({ ...fold, toCall: 2 });
  });

  it('leaves no decision to a small blind that covers it already', () => {
    expect(posted([100, 5], 0, 1).nextToAct(1)).toBeNull();
  });
});

describe('the order of turns', () => {
  it('gives the big blind its option, once', () => {
    const betting = posted([100, 100, 100], 1, 2);
    expect(betting.nextToAct(2)).toBe(0);
    betting.call(0);
    expect(betting.nextToAct(0)).toBe(1);
    betting.call(1);
    expect(betting.nextToAct(1)).toBe(2);
    expect(betting.optionsOf(2).validActions).toEqual(['check', 'raise']);
    betting.check(2);
    expect(betting.nextToAct(2)).toBeNull();
  });

  it('passes over seats that are all-in, folded or not dealt in', () => {
    const betting = posted([100, 5, 100, 0, 100], 1, 2);
    expect(betting.live()).toEqual([0, 1, 2, 4]);
    expect(betting.nextToAct(2)).toBe(4);
    betting.fold(4);
    betting.raiseTo(0, 30);
    expect(betting.nextToAct(0)).toBe(2);
    betting.call(2);
    expect(betting.nextToAct(2)).toBeNull();
    betting.openStreet();
    expect([betting.nextToAct(0), betting.nextToAct(2)]).toEqual([2, 0]);
  });

  it('counts antes into the pot but not into the bet', () => {
    const betting = createBetting([100, 100, 3], 10);
    const antes = [0, 1, 2].map((seat) => betting.postAnte(seat, 5));
    const blinds = [betting.postBlind(0, 5), betting.postBlind(1, 10)];
    expect({ antes, blinds, pot: betting.pot(), toCall: betting.optionsOf(0).toCall }).toEqual({
      antes: [5, 5, 3],
      blinds: [5, 10],
      pot: 28,
      toCall: 5,
    });
  });
});
