/** What the amounts of raises mean, by the chips of the hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChipAction } from '../../src/platform/chip-walk.js';
import { meaningOf, meaningsOf, type RecordedChips } from '../../src/platform/raise-meaning.js';

/** `1 raise 250` and so on, street by street. */
const actionsOf = (...streets: string[][]): ChipAction[] =>
  streets.flatMap((lines, index) =>
    lines.map((line) => {
      const [seat = '', action = '', amount = '0'] = line.split(' ');
      return { seat: Number(seat), action, amount: Number(amount), phase: `street-${index}` };
    }),
  );

const hand = (
  actions: ChipAction[],
  startingStacks: RecordedChips['startingStacks'] = null,
  stacksAfter: RecordedChips['stacksAfter'] = null,
): RecordedChips => ({ actions, startingStacks, stacksAfter });

const blinds = ['1 post_small_blind 50', '0 post_big_blind 100'];
const even = { 0: 10_000, 1: 10_000 };

describe('a hand of two', () => {
  it('is settled by what the loser has lost', () => {
    const reraised = (amount: number) => actionsOf([...blinds, '1 raise 250', `0 raise ${amount}`, '1 fold']);
    // The loser put in 250, as a total, or 50 + 250.
    expect(meaningOf(hand(reraised(700), even, { 0: 10_250, 1: 9_750 }))).toBe('total');
    expect(meaningOf(hand(reraised(700), even, { 0: 10_300, 1: 9_700 }))).toBe('added');
  });

  it('is settled by the loss although the calls say otherwise', () => {
    const actions = actionsOf([...blinds, '1 raise 250', '0 call 150'], ['0 raise 300', '1 fold']);
    expect(meaningOf(hand(actions, even, { 0: 10_300, 1: 9_700 }))).toBe('added');
    expect(meaningOf(hand(actions, even, { 0: 10_250, 1: 9_750 }))).toBe('total');
  });

  it('is settled by the loss at a show-down, too', () => {
    // The call does not match the bet of 700, and what was lost is told.
    const actions = actionsOf([...blinds, '1 raise 250', '0 raise 700', '1 call 500']);
    expect(meaningOf(hand(actions, even, { 0: 10_700, 1: 9_300 }))).toBe('total');
    expect(meaningOf(hand(actions))).toBe('added');
  });

  it('is settled by the calls where the loss is the same, or not told', () => {
    expect(meaningOf(hand(actionsOf([...blinds, '1 raise 250', '0 call 150'])))).toBe('total');
    expect(meaningOf(hand(actionsOf([...blinds, '1 raise 250', '0 call 200'])))).toBe('added');
    // A split pot: nobody has lost anything.
    const split = actionsOf([...blinds, '1 raise 250', '0 call 200']);
    expect(meaningOf(hand(split, even, even))).toBe('added');
  });

  it('leaves out what nobody has matched', () => {
    // All-in for 10,000 against a stack of 400: the loser loses no more than that.
    const stacks = { 0: 400, 1: 10_000 };
    const actions = actionsOf([...blinds, '1 raise 250', '0 raise 400', '1 call 150']);
    expect(meaningOf(hand(actions, stacks, { 0: 800, 1: 9_600 }))).toBe('total');
    // Chips that come back tell nothing.
    const shoved = actionsOf([...blinds, '1 raise 9950', '0 call 300']);
    expect(meaningOf(hand(shoved, stacks, { 0: 800, 1: 9_600 }))).toBe('unknown');
  });

  it('leaves it open where both fit', () => {
    // The winner's raise was not called: nobody lost it.
    const actions = actionsOf([...blinds, '1 raise 250', '0 fold']);
    expect(meaningOf(hand(actions, even, { 0: 9_900, 1: 10_100 }))).toBe('unknown');
  });

  it('has no question where each raise is the first chips of its seat', () => {
    const actions = actionsOf([...blinds, '1 call 50', '0 check'], ['0 raise 200', '1 call 200']);
    expect(meaningOf(hand(actions))).toBe('either');
    expect(meaningOf(hand(actionsOf(blinds)))).toBe('either');
  });

  it('counts antes as lost, and not as a part of the bet', () => {
    const antes = ['0 post_ante 10', '1 post_ante 10'];
    const actions = actionsOf([...antes, ...blinds, '1 raise 250', '0 call 150'], ['0 raise 300', '1 fold']);
    expect(meaningOf(hand(actions, even, { 0: 10_260, 1: 9_740 }))).toBe('total');
  });

  it('takes an ante of the big blind alone for lost whole, and matched by nobody', () => {
    const actions = actionsOf([
      '1 post_small_blind 5',
      '0 post_big_blind 10',
      '0 post_ante 10',
      '1 raise 32',
      '0 call 17',
    ]);
    // All-in with 27 behind its ante: of the 32 that it faces it has matched 27.
    expect(meaningOf(hand(actions, { 0: 37, 1: 60 }, { 0: 0, 1: 97 }))).not.toBe('added');
  });
});

it('a hand of more is settled by whoever folded', () => {
  const three = { 0: 5_000, 1: 5_000, 2: 5_000 };
  const actions = actionsOf([
    '1 post_small_blind 50',
    '2 post_big_blind 100',
    '0 raise 250',
    '1 raise 600',
    '2 fold',
    '0 raise 1500',
    '1 fold',
  ]);
  expect(meaningOf(hand(actions, three, { 0: 5_700, 1: 4_400, 2: 4_900 }))).toBe('total');
  expect(meaningOf(hand(actions, three, { 0: 5_750, 1: 4_350, 2: 4_900 }))).toBe('added');
});

describe('a record', () => {
  const total = hand(actionsOf([...blinds, '1 raise 250', '0 call 150']));
  const added = hand(actionsOf([...blinds, '1 raise 200', '0 call 150']));
  const open = hand(actionsOf([...blinds, '1 raise 250', '0 fold']));

  it('settles open hands by the others, if they agree', () => {
    expect(meaningsOf([open, total], null)).toEqual(['total', 'total']);
    expect(meaningsOf([added, open], null)).toEqual(['added', 'added']);
    expect(meaningsOf([added, open, total], null)).toEqual(['added', 'unknown', 'total']);
    expect(meaningsOf([open], null)).toEqual(['unknown']);
  });

  it('of a source that is known has its meaning, unless the chips say otherwise', () => {
    expect(meaningsOf([open], 'added')).toEqual(['added']);
    expect(meaningsOf([open, total, total], 'added')).toEqual(['total', 'total', 'total']);
    expect(meaningsOf([total], 'added')).toEqual(['added']);
    expect(meaningsOf([added, open, total], 'added')).toEqual(['added', 'added', 'added']);
  });
});

it('a call of an all-in for less does not turn the other hands, nor its own', () => {
  const added = hand(actionsOf([...blinds, '1 raise 200', '0 call 150']));
  // The call takes the last chips of its seat, and no stack is told.
  const short = hand(actionsOf([...blinds, '1 raise 300', '0 call 200']));
  expect(meaningOf(short)).toBe('total');
  expect(meaningsOf([added, added, short], null)).toEqual(['added', 'added', 'added']);
  expect(meaningsOf([added, short], 'added')).toEqual(['added', 'added']);
  // What seats have lost is proof, whatever the others say.
  const folded = actionsOf([...blinds, '1 raise 250', '0 raise 700', '1 fold']);
  const proven = hand(folded, even, { 0: 10_250, 1: 9_750 });
  expect(meaningsOf([added, added, proven], 'added')).toEqual(['added', 'added', 'total']);
});

it('is never told wrong for a hand that was played', () => {
  // Two seats raise each other at random; then one folds.
  const steps = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(steps, fc.boolean(), (raises, asTotal) => {
      const put: [number, number] = [100, 50];
      let seat: 0 | 1 = 1;
      const actions = actionsOf(blinds);
      for (const step of raises) {
        const before = put[seat];
        put[seat] = put[(1 - seat) as 0 | 1] + step * 25;
        actions.push({
          seat,
          action: 'raise',
          phase: 'street-0',
          amount: asTotal ? put[seat] : put[seat] - before,
        });
        seat = (1 - seat) as 0 | 1;
      }
      actions.push({ seat, action: 'fold', phase: 'street-0', amount: 0 });
      const lost = put[seat];
      const after = { [seat]: 10_000 - lost, [1 - seat]: 10_000 + lost };
      const told = meaningOf(hand(actions, even, after));
      expect([asTotal ? 'total' : 'added', 'either', 'unknown']).toContain(told);
    }),
  );
});
