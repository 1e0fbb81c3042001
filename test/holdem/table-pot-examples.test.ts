/** Pots as rule books divide them. */
import { describe, expect, it } from 'vitest';
import { type HandPlan, type Step, startHand } from './table-play.js';

function resultOf(plan: HandPlan, ...steps: Step[]) {
  const hand = startHand(plan);
  hand.play(...steps);
  return hand.result;
}

const paid = (amounts: Record<number, number>) =>
  Object.entries(amounts).map(([seat, amount]) => ({ seat: Number(seat), amount }));

/** Nobody bets after the flop. */
const checked = (...seats: number[]): Step[] =>
  [0, 1, 2].flatMap(() => seats.map((seat): Step => [seat, 'check']));

describe('side pots', () => {
  /** The shorter the stack, the better the hand. */
  const threeAllIns = {
    stacks: [200, 50, 120, 300],
    holes: ['Jh Jd', 'Ah Ad', 'Kh Kd', 'Qh Qd'],
    board: '2c 3c 7s 8s 9d',
  };
  const allIn: Step[] = [
    [3, 'raise', 300],
    [0, 'call'],
    [1, 'call'],
    [2, 'call'],
  ];

  it('of three all-ins: each seat wins from each other what it put in itself', () => {
    // Main pot 4 x 50, first side pot 3 x 70, second one 2 x 80; 100 of the raise were not called.
    expect(resultOf(threeAllIns, ...allIn)).toMatchObject({
      winners: [1, 2, 3],
      pot: 670,
      payouts: paid({ 1: 200, 2: 210, 3: 260 }),
      stacks: [0, 200, 210, 260],
    });
  });

  it('all go to the deepest stack when it has the best hand', () => {
    expect(resultOf({ ...threeAllIns, holes: ['Jh Jd', 'Qh Qd', 'Kh Kd', 'Ah Ad'] }, ...allIn)).toMatchObject(
      {
        winners: [3],
        pot: 670,
        payouts: paid({ 3: 670 }),
      },
    );
  });

  it('make no winner of the seat that only gets back what nobody called', () => {
    expect(resultOf({ ...threeAllIns, holes: ['Qh Qd', 'Ah Ad', 'Kh Kd', 'Jh Jd'] }, ...allIn)).toMatchObject(
      {
        winners: [0, 1, 2],
        pot: 670,
        payouts: paid({ 0: 160, 1: 200, 2: 210, 3: 100 }),
      },
    );
  });

  it('keep the chips of who folded in the pot they were put into', () => {
    const plan = { stacks: [30, 500, 500], holes: ['Ah Ad', 'Kh Kd', 'Qh Qd'], board: '2c 3c 7s 8s 9d' };
    const steps: Step[] = [
      [0, 'raise', 30],
      [1, 'call'],
      [2, 'call'],
      [1, 'raise', 100],
      [2, 'raise', 300],
      [1, 'fold'],
    ];
    expect(resultOf(plan, ...steps)).toMatchObject({
      winners: [0, 2],
      pot: 490,
      payouts: paid({ 0: 90, 2: 400 }),
      shown: [{ seat: 2 }, { seat: 0 }],
    });
  });

  it('hold the antes too: a short ante wins no more of the others', () => {
    const plan = {
      stacks: [3, 500, 500],
      ante: 5,
      holes: ['Ah Ad', 'Kh Kd', 'Qh Qd'],
      board: '2c 3c 7s 8s 9d',
    };
    expect(resultOf(plan, [1, 'call'], [2, 'check'], ...checked(1, 2))).toMatchObject({
      winners: [0, 1],
      pot: 33,
      payouts: paid({ 0: 9, 1: 24 }),
    });
  });
});

describe('split pots', () => {
  it('go in equal shares, and the odd chip to the earliest seat of the winners', () => {
    const plan = {
      stacks: [100, 100, 100, 100],
      blinds: [5, 11],
      holes: ['2h 2d', 'As Qc', 'Ah Qd', 'Ac Qh'],
      board: 'Ts Jd Kc 4h 5s',
    } as const;
    expect(
      resultOf(plan, [3, 'call'], [0, 'call'], [1, 'call'], [2, 'check'], ...checked(1, 2, 3, 0)),
    ).toMatchObject({
      winners: [1, 2, 3],
      pot: 44,
      payouts: paid({ 1: 15, 2: 15, 3: 14 }),
    });
  });

  it('have an odd chip of their own in every side pot', () => {
    // Main pot 3 x 7 = 21 among three, side pot 2 x 8 = 16 and the dead 5 of the small blind's in the main pot.
    const plan = {
      stacks: [7, 100, 15, 15],
      holes: ['Ac Qh', '2h 2d', 'As Qc', 'Ah Qd'],
      board: 'Ts Jd Kc 4h 5s',
    };
    expect(resultOf(plan, [3, 'raise', 15], [0, 'call'], [1, 'fold'], [2, 'call'])).toMatchObject({
      winners: [0, 2, 3],
      pot: 42,
      // 26 in three: 9, 9, 8; 16 in two: 8, 8.
      payouts: paid({ 0: 9, 2: 17, 3: 16 }),
    });
  });

  it('go to everybody when the board is the best hand of all', () => {
    const plan = { stacks: [100, 100, 100], holes: ['2h 2d', '7c 7d', 'Ac 3d'], board: 'Ah Kh Qh Jh Th' };
    expect(resultOf(plan, [0, 'call'], [1, 'call'], [2, 'check'], ...checked(1, 2, 0))).toMatchObject({
      winners: [0, 1, 2],
      pot: 30,
      payouts: paid({ 0: 10, 1: 10, 2: 10 }),
    });
  });
});

describe('a pot without a show-down', () => {
  it('is paid with the bet that nobody called', () => {
    // The hand that the platform's own documents tell.
    const hand: Step[] = [
      [0, 'raise', 30],
      [1, 'call'],
      [1, 'check'],
      [0, 'raise', 40],
      [1, 'fold'],
    ];
    expect(resultOf({ stacks: [1000, 1000] }, ...hand)).toMatchObject({
      winners: [0],
      pot: 100,
      payouts: paid({ 0: 100 }),
      shown: [],
      stacks: [1030, 970],
    });
  });

  it('goes to the big blind when nobody else plays', () => {
    expect(resultOf({ stacks: [100, 100, 100], ante: 1 }, [0, 'fold'], [1, 'fold'])).toMatchObject({
      winners: [2],
      pot: 18,
      payouts: paid({ 2: 18 }),
      shown: [],
      stacks: [99, 94, 107],
    });
  });
});
