import { describe, expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import { OptionError } from '../../src/protocol/errors.js';

describe('Action', () => {
  it.each([
    ['fold', Action.fold(), { action: 'fold', params: {} }],
    ['check', Action.check(), { action: 'check', params: {} }],
    ['call', Action.call(), { action: 'call', params: {} }],
    ['raise to a total', Action.raiseTo(120), { action: 'raise', params: { amount: 120 } }],
    [
      'raise to nothing, which is for the table to mend',
      Action.raiseTo(0),
      { action: 'raise', params: { amount: 0 } },
    ],
    ['all in, which is no action of the wire yet', Action.allIn(), { action: 'all_in', params: {} }],
  ])('writes %s as the wire has it', (_what, action, written) => {
    expect(action.toWire()).toStrictEqual(written);
  });

  it.each([[Number.NaN], [-1], [Number.POSITIVE_INFINITY], ['120'], [undefined], [null], [{}]])(
    'raises to a number of chips, and not to %s',
    (amount) => {
      const raise = () => Action.raiseTo(amount as number);
      expect(raise).toThrow(OptionError);
      expect(raise).toThrow(
        /^Action\.raiseTo takes the total to raise to, a number of chips from 0 on, not /,
      );
    },
  );

  it('shows its name and its amount, and no amount where there is none', () => {
    expect(Action.raiseTo(7)).toMatchObject({ action: 'raise', amount: 7 });
    expect([Action.fold().amount, Action.allIn().amount]).toEqual([undefined, undefined]);
  });
});
