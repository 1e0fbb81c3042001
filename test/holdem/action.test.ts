import { describe, expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';

describe('Action', () => {
  it.each([
    ['fold', Action.fold(), { action: 'fold' }],
    ['check', Action.check(), { action: 'check' }],
    ['call', Action.call(), { action: 'call' }],
    ['raise to a total', Action.raiseTo(120), { action: 'raise', params: { amount: 120 } }],
    [
      'raise to nothing, which is for the table to mend',
      Action.raiseTo(0),
      { action: 'raise', params: { amount: 0 } },
    ],
    ['all in, which is no action of the wire yet', Action.allIn(), { action: 'all_in' }],
  ])('writes %s as the wire has it', (_what, action, written) => {
    expect(action.toWire()).toStrictEqual(written);
  });

  it('shows its name and its amount, and no amount where there is none', () => {
    expect(Action.raiseTo(7)).toMatchObject({ action: 'raise', amount: 7 });
    expect([Action.fold().amount, Action.allIn().amount]).toEqual([undefined, undefined]);
  });
});
