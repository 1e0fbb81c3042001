/** Raises and short all-ins as rule books and tournament rules illustrate them. */
import { describe, expect, it } from 'vitest';
import { type HandPlan, type PlayedHand, type Step, startHand } from './table-play.js';

/** The decision a seat is asked for: what it costs to call and, where raising is offered, the least to raise to. */
function facing({ turn }: PlayedHand) {
  const { toCall, minRaise } = turn!;
  return turn!.validActions.includes('raise')
    ? { seat: turn!.seat, toCall, minRaise }
    : { seat: turn!.seat, toCall };
}

/** Everybody calls before the flop, so that the betting begins on the flop with seat 1. */
function onTheFlop(plan: HandPlan): PlayedHand {
  const hand = startHand(plan);
  const seats = plan.stacks.length;
  const inTurn = plan.stacks.map((_, step) => (3 + step) % seats);
  hand.play(...inTurn.map((seat): Step => (seat === 2 ? [seat, 'check'] : [seat, 'call'])));
  return hand;
}

const deep = (seats: number) => Array.from({ length: seats }, () => 10_000);

describe('the least raise', () => {
  it('is the last raise again, not the whole bet again', () => {
    const hand = onTheFlop({ stacks: deep(4), blinds: [100, 200] });
    hand.play([1, 'raise', 300], [2, 'raise', 1000]);
    expect(facing(hand)).toEqual({ seat: 3, toCall: 1000, minRaise: 1700 });
  });

  it('grows with each larger raise before the flop', () => {
    const hand = startHand({ stacks: deep(6), blinds: [25, 50] });
    expect(facing(hand)).toEqual({ seat: 3, toCall: 50, minRaise: 100 });
    hand.play([3, 'raise', 125]);
    expect(facing(hand)).toEqual({ seat: 4, toCall: 125, minRaise: 200 });
    hand.play([4, 'raise', 200]);
    expect(facing(hand)).toEqual({ seat: 5, toCall: 200, minRaise: 275 });
    hand.play([5, 'raise', 500]);
    expect(facing(hand)).toEqual({ seat: 0, toCall: 500, minRaise: 800 });
  });

  it('counts the raise from the blind, however many have called it', () => {
    const hand = startHand({ stacks: deep(6), blinds: [25, 50] });
    hand.play([3, 'raise', 500], [4, 'call'], [5, 'call']);
    expect(facing(hand)).toEqual({ seat: 0, toCall: 500, minRaise: 950 });
  });

  it('is the big blind again on every street, whatever was raised before', () => {
    const hand = startHand({ stacks: deep(3), blinds: [50, 100] });
    hand.play([0, 'raise', 900], [1, 'call'], [2, 'call']);
    expect(facing(hand)).toEqual({ seat: 1, toCall: 0, minRaise: 100 });
  });

  it('above a short all-in is the last full raise on top of the all-in', () => {
    const hand = onTheFlop({ stacks: [10_000, 10_000, 250, 10_000], blinds: [50, 100] });
    hand.play([1, 'raise', 100], [2, 'raise', 150]);
    expect(facing(hand)).toEqual({ seat: 3, toCall: 150, minRaise: 250 });
  });

  it('above a first bet that is shorter than the big blind is the big blind on top of it', () => {
    const hand = onTheFlop({ stacks: [10_000, 10_000, 140, 10_000], blinds: [50, 100] });
    hand.play([1, 'check'], [2, 'raise', 40]);
    expect(facing(hand)).toEqual({ seat: 3, toCall: 40, minRaise: 140 });
  });
});

describe('short all-ins', () => {
  it('that add up to a full raise reopen the betting for who made the bet', () => {
    const hand = onTheFlop({ stacks: [10_000, 10_000, 225, 10_000, 300, 10_000], blinds: [50, 100] });
    hand.play([1, 'raise', 100], [2, 'raise', 125], [3, 'call'], [4, 'raise', 200], [5, 'call'], [0, 'fold']);
    expect(facing(hand)).toEqual({ seat: 1, toCall: 100, minRaise: 300 });
    // Who called 125 faces 75, which is no full raise.
    hand.play([1, 'call']);
    expect(facing(hand)).toEqual({ seat: 3, toCall: 75 });
  });

  it('reopened by a raise are open for everybody who faces it', () => {
    const hand = onTheFlop({ stacks: [10_000, 10_000, 225, 10_000, 300, 10_000], blinds: [50, 100] });
    hand.play([1, 'raise', 100], [2, 'raise', 125], [3, 'call'], [4, 'raise', 200], [5, 'call'], [0, 'fold']);
    hand.play([1, 'raise', 300]);
    expect(facing(hand)).toEqual({ seat: 3, toCall: 175, minRaise: 400 });
    hand.play([3, 'fold']);
    expect(facing(hand)).toEqual({ seat: 5, toCall: 100, minRaise: 400 });
  });

  it('in a row reach a full raise although none of them is one', () => {
    const hand = onTheFlop({ stacks: [10_000, 10_000, 600, 750, 900, 10_000], blinds: [50, 100] });
    hand.play(
      [1, 'raise', 300],
      [2, 'raise', 500],
      [3, 'raise', 650],
      [4, 'raise', 800],
      [5, 'call'],
      [0, 'fold'],
    );
    expect(facing(hand)).toEqual({ seat: 1, toCall: 500, minRaise: 1100 });
  });

  it('leave the big blind its raise and who called before it only the call', () => {
    const plan = { stacks: [7500, 50_000, 50_000, 50_000], blinds: [2000, 4000] } as const;
    const hand = startHand(plan);
    hand.play([3, 'call'], [0, 'raise', 7500], [1, 'fold']);
    expect(facing(hand)).toEqual({ seat: 2, toCall: 3500, minRaise: 11_500 });
    hand.play([2, 'call']);
    expect(facing(hand)).toEqual({ seat: 3, toCall: 3500 });

    const raised = startHand(plan);
    raised.play([3, 'call'], [0, 'raise', 7500], [1, 'fold'], [2, 'raise', 11_500]);
    expect(facing(raised)).toEqual({ seat: 3, toCall: 7500, minRaise: 15_500 });
  });

  it('by the big blind bind the raiser and the caller before it', () => {
    const hand = startHand({ stacks: [10_000, 10_000, 750], blinds: [100, 200] });
    hand.play([0, 'raise', 500], [1, 'call'], [2, 'raise', 750]);
    expect(facing(hand)).toEqual({ seat: 0, toCall: 250 });
    hand.play([0, 'call']);
    expect(facing(hand)).toEqual({ seat: 1, toCall: 250 });
  });

  it('that are a full raise to the chip reopen the betting', () => {
    const hand = startHand({ stacks: [10_000, 10_000, 800], blinds: [100, 200] });
    hand.play([0, 'raise', 500], [1, 'call'], [2, 'raise', 800]);
    expect(facing(hand)).toEqual({ seat: 0, toCall: 300, minRaise: 1100 });
  });

  it('as a first bet leave who has checked only the call', () => {
    const hand = onTheFlop({ stacks: [10_000, 10_000, 140], blinds: [50, 100] });
    hand.play([1, 'check'], [2, 'raise', 40], [0, 'call']);
    expect(facing(hand)).toEqual({ seat: 1, toCall: 40 });
  });
});

describe('the blinds', () => {
  it('heads-up are the small one of the dealer, who speaks first before the flop and last after it', () => {
    const hand = startHand({ stacks: [1000, 1000] });
    expect(facing(hand)).toEqual({ seat: 0, toCall: 5, minRaise: 20 });
    hand.play([0, 'call'], [1, 'check']);
    expect(facing(hand)).toEqual({ seat: 1, toCall: 0, minRaise: 10 });
  });

  it('give the big blind its option when everybody has only called', () => {
    const hand = startHand({ stacks: deep(4) });
    hand.play([3, 'call'], [0, 'call'], [1, 'call']);
    expect(facing(hand)).toEqual({ seat: 2, toCall: 0, minRaise: 20 });
  });

  it('that a big blind cannot pay are called in full while others can bet on', () => {
    const hand = startHand({ stacks: [1000, 1000, 4] });
    expect(facing(hand)).toEqual({ seat: 0, toCall: 10, minRaise: 20 });
  });

  it('go in before the ante: a seat that has only one of them pays the blind', () => {
    const hand = startHand({ stacks: [1000, 1000, 12], ante: 4 });
    expect(hand.turn?.history).toEqual(
      [
        { seat: 1, action: 'post_small_blind', amount: 5 },
        { seat: 2, action: 'post_big_blind', amount: 10 },
        { seat: 0, action: 'post_ante', amount: 4 },
        { seat: 1, action: 'post_ante', amount: 4 },
        { seat: 2, action: 'post_ante', amount: 2 },
      ].map((post) => ({ ...post, street: 'preflop', isTimeout: false })),
    );
  });

  it('ask nobody to call what could only come back', () => {
    // The big blind has 7 and no ante; blind and ante of the dealer are 8 already.
    const hand = startHand({
      stacks: [1000, 7],
      ante: 3,
      holes: ['Ah Ad', 'Kh Kd'],
      board: '2c 3c 8s 9s Jd',
    });
    expect(hand.result).toMatchObject({
      winners: [0],
      pot: 15,
      payouts: [{ seat: 0, amount: 15 }],
      stacks: [1007, 0],
    });
  });
});
