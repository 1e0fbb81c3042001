import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import { offerOf } from '../../src/holdem/game-state.js';
import { type LegalAnswer, legalAnswer } from '../../src/holdem/legal-answer.js';
import type { JsonObject, TurnRequest } from '../../src/protocol/frames.js';
import { anyAnswer, hostile, throwingGetter } from './any-answer.js';

function turn(validActions: string[], state: JsonObject = { min_raise: 20, max_raise: 100 }): TurnRequest {
  return { type: 'turn_request', request_id: 'q', valid_actions: validActions, state };
}

/** The answer to a frame as it came. */
const legal = (answer: unknown, frame: TurnRequest) => legalAnswer(answer, offerOf(frame));

const facingBet = turn(['fold', 'call', 'raise']);
const unraised = turn(['check', 'raise']);
const noRaise = turn(['fold', 'call'], { min_raise: 0, max_raise: 0 });

const raise = (amount: unknown) => ({ action: 'raise', params: { amount } });

describe('legalAnswer', () => {
  it.each<[string, unknown, TurnRequest, unknown]>([
    ['an action that is offered', Action.call(), facingBet, { action: 'call' }],
    ['the wire shape as a plain object', { action: 'check' }, unraised, { action: 'check' }],
    ['a raise within its range', Action.raiseTo(60), facingBet, raise(60)],
    ['a raise to the minimum', raise(20), facingBet, raise(20)],
    ['a raise to the maximum', raise(100), facingBet, raise(100)],
    ['an amount beside the action', { action: 'raise', amount: 40 }, facingBet, raise(40)],
    ['an amount beside empty params', { action: 'raise', amount: 40, params: {} }, facingBet, raise(40)],
    ['all-in as a raise to the maximum', Action.allIn(), facingBet, raise(100)],
    ['all-in as a call where no raise is offered', Action.allIn(), noRaise, { action: 'call' }],
    [
      'all-in as a call where the maximum is unknown',
      Action.allIn(),
      turn(['call', 'raise'], {}),
      { action: 'call' },
    ],
    [
      'all-in as such on a server that offers nothing else',
      Action.allIn(),
      turn(['fold', 'all_in']),
      { action: 'all_in' },
    ],
    [
      'a call with parameters nobody asked for',
      { action: 'call', params: { amount: 5 } },
      facingBet,
      { action: 'call' },
    ],
    [
      'anything of the four when the turn does not say what is legal',
      Action.fold(),
      turn([]),
      { action: 'fold' },
    ],
    ['all-in when the turn does not say what is legal', Action.allIn(), turn([]), raise(100)],
  ])('takes %s without a correction', (_what, answer, request, action) => {
    expect(legal(answer, request)).toStrictEqual({ action });
  });

  const range = 'a whole number from 20 to 100';
  it.each<[string, unknown, number, string]>([
    ['below the minimum', 19, 20, `A raise is to ${range}, not to 19.`],
    ['of nothing', 0, 20, `A raise is to ${range}, not to 0.`],
    ['below nothing', -5, 20, `A raise is to ${range}, not to -5.`],
    ['above the maximum', 101, 100, `A raise is to ${range}, not to 101.`],
    ['without end', Infinity, 100, `A raise is to ${range}, not to Infinity.`],
    ['below all bounds', -Infinity, 20, `A raise is to ${range}, not to -Infinity.`],
    ['to no number', Number.NaN, 20, `A raise is to ${range}, not to NaN.`],
    ['with a fraction', 60.9, 60, `A raise is to ${range}, not to 60.9.`],
    ['in text', '60', 60, `A raise is to ${range}, not to the string "60".`],
    ['in text that is no number', 'pot', 20, `A raise is to ${range}, not to the string "pot".`],
    ['in a bigint', 60n, 60, `A raise is to ${range}, not to 60n.`],
    ['to null', null, 20, `A raise names its amount, ${range}.`],
    ['to a list', [60], 20, `A raise is to ${range}, not to an object.`],
    ['to a symbol', Symbol('chips'), 20, `A raise is to ${range}, not to a symbol.`],
  ])('brings a raise %s into its range', (_what, amount, sent, why) => {
    expect(legal(raise(amount), facingBet)).toMatchObject({
      action: raise(sent),
      correction: { why },
    });
  });

  it.each<[string, unknown, unknown]>([
    ['none', { action: 'raise' }, { action: 'raise' }],
    ['a fraction', raise(60.5), raise(60.5)],
    ['NaN', raise(Number.NaN), raise('NaN')],
    ['an object', raise({ chips: 1 }), raise('an object')],
    ['a bigint', raise(9n), raise('9')],
  ])('shows what was asked as plain data: an amount that is %s', (_what, answer, asked) => {
    expect(legal(answer, facingBet).correction?.asked).toStrictEqual(asked);
  });

  it('lets the maximum of a short stack rule over a minimum above it', () => {
    const short = turn(['fold', 'raise'], { min_raise: 40, max_raise: 35 });
    expect(legal(Action.raiseTo(40), short).action).toEqual(raise(35));
    for (const amount of [1, Number.NaN]) {
      expect(legal(raise(amount), short)).toMatchObject({
        action: raise(35),
        correction: { why: `A raise is to a whole number from 35 to 35, not to ${amount}.` },
      });
    }
    expect(legal(Action.allIn(), short)).toStrictEqual({ action: raise(35) });
  });

  it('rounds a range that is not of whole chips inwards', () => {
    const odd = turn(['fold', 'raise'], { min_raise: 10.5, max_raise: 20.5 });
    expect(legal(Action.raiseTo(1), odd).action).toEqual(raise(11));
    expect(legal(Action.allIn(), odd)).toStrictEqual({ action: raise(20) });
  });

  it('takes bounds that are no bounds for none', () => {
    const unbounded = turn(['fold', 'raise'], { min_raise: Infinity, max_raise: Infinity });
    expect(legal(Action.raiseTo(60), unbounded)).toStrictEqual({ action: raise(60) });
    expect(legal(Action.raiseTo(0.5), unbounded)).toStrictEqual({
      action: raise(1),
      correction: { why: 'A raise is to a whole number from 1 on, not to 0.5.', asked: raise(0.5) },
    });
  });

  it.each<[string, unknown, TurnRequest, LegalAnswer]>([
    [
      'a fold where a check is free',
      Action.fold(),
      unraised,
      {
        action: { action: 'check' },
        correction: { why: 'fold is not offered (check, raise).', asked: { action: 'fold' } },
      },
    ],
    [
      'a check facing a bet',
      Action.check(),
      facingBet,
      {
        action: { action: 'fold' },
        correction: { why: 'check is not offered (fold, call, raise).', asked: { action: 'check' } },
      },
    ],
    [
      'a raise where none is offered',
      raise(50),
      noRaise,
      {
        action: { action: 'fold' },
        correction: { why: 'raise is not offered (fold, call).', asked: raise(50) },
      },
    ],
    [
      'an all-in where nothing can be put in',
      Action.allIn(),
      turn(['check']),
      {
        action: { action: 'check' },
        correction: { why: 'all_in is not offered (check).', asked: { action: 'all_in' } },
      },
    ],
    [
      'another spelling',
      { action: 'Fold' },
      noRaise,
      {
        action: { action: 'fold' },
        correction: {
          why: 'Fold is not offered (fold, call). Names of actions are in lower case.',
          asked: { action: 'Fold' },
        },
      },
    ],
    [
      'an unknown action when the turn does not say what is legal',
      { action: 'dance' },
      turn([]),
      {
        action: { action: 'check' },
        correction: { why: 'dance is not offered (fold, check, call, raise).', asked: { action: 'dance' } },
      },
    ],
    [
      'nonsense where only a raise is offered',
      7,
      turn(['raise']),
      { action: raise(20), correction: { why: 'decide returned 7, not an action.', asked: 7 } },
    ],
  ])('answers %s with the safe action', (_what, answer, request, expected) => {
    expect(legal(answer, request)).toStrictEqual(expected);
  });

  it.each<[string, unknown, string, unknown]>([
    ['nothing', undefined, 'undefined', 'undefined'],
    ['null', null, 'null', null],
    ['a number', 7, '7', 7],
    ['NaN', Number.NaN, 'NaN', 'NaN'],
    ['a bigint', 7n, '7', '7'],
    ['a flag', true, 'true', true],
    ['a string, also one that names an action', 'fold', 'the string "fold"', 'fold'],
    ['a symbol', Symbol('fold'), 'a symbol', 'a symbol'],
    ['a function', () => 'fold', 'a function', 'a function'],
    ['a list', ['raise', 20], 'an object', 'an object'],
    ['an object without an action', {}, 'an object', 'an object'],
    ['an object with an action of another type', { action: 1 }, 'an object', 'an object'],
    [
      'an object made of an Action without being one',
      Object.create(Action.prototype),
      'an object',
      'an object',
    ],
    ['a getter that throws', throwingGetter, 'an object', 'an object'],
    ['a revoked proxy', hostile(), 'an object', 'an object'],
    ['params that throw', { action: 'raise', params: hostile() }, 'an object', 'an object'],
  ])('answers %s with the safe action', (_what, answer, described, asked) => {
    expect(legal(answer, facingBet)).toStrictEqual({
      action: { action: 'fold' },
      correction: { why: `decide returned ${described}, not an action.`, asked },
    });
  });

  it('keeps what it tells short', () => {
    const long = 'x'.repeat(10_000);
    const many = turn(Array.from({ length: 1_000 }, () => `y${long}`));
    for (const answer of [long, { action: long }, { action: long, amount: long }]) {
      expect(JSON.stringify(legal(answer, many).correction).length).toBeLessThan(600);
    }
  });

  it('reads each property once, so that a getter cannot pass the check and then change its mind', () => {
    const reads: string[] = [];
    const answer = new Proxy(
      { action: 'call' },
      { get: (_target, name) => (reads.push(String(name)), 'call') },
    );
    expect(legal(answer, facingBet)).toStrictEqual({ action: { action: 'call' } });
    expect(reads.toSorted()).toEqual(['action', 'amount', 'params']);
  });
});

/** Of what JSON holds, and nothing else. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return value === undefined || value === JSON.parse(JSON.stringify(value));
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

/** Turns as docs/protocol.md 6 has them. */
const legalTurn = fc
  .record({
    base: fc.constantFrom<string[][]>(['check'], ['fold', 'call']),
    canRaise: fc.boolean(),
    bounds: fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 })),
  })
  .map(({ base, canRaise, bounds }) => ({
    offered: canRaise ? [...base, 'raise'] : base,
    min: canRaise ? Math.min(...bounds) : 0,
    max: canRaise ? Math.max(...bounds) : 0,
  }));

describe('any answer whatsoever', () => {
  it('is a legal action on a poker table, told in plain data', () => {
    fc.assert(
      fc.property(anyAnswer, legalTurn, (give, { offered, min, max }) => {
        const { action, correction } = legal(give(), turn(offered, { min_raise: min, max_raise: max }));
        expect(offered).toContain(action.action);
        const amount = action.params?.amount;
        if (action.action === 'raise') {
          expect(action).toStrictEqual(raise(amount));
          expect(Number.isSafeInteger(amount)).toBe(true);
          expect(amount).toBeGreaterThanOrEqual(min);
          expect(amount).toBeLessThanOrEqual(max);
        } else {
          expect(action).toStrictEqual({ action: action.action });
        }
        expect(correction).toSatisfy(isPlain);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is one of the four actions when the turn does not say what is legal', () => {
    fc.assert(
      fc.property(
        anyAnswer,
        fc.dictionary(fc.constantFrom('min_raise', 'max_raise'), fc.anything()),
        (give, state) => {
          const { action } = legal(give(), turn([], state));
          expect(['fold', 'check', 'call', 'raise']).toContain(action.action);
          if (action.action === 'raise') expect(action.params?.amount).toSatisfy(Number.isSafeInteger);
        },
      ),
    );
  });
});
