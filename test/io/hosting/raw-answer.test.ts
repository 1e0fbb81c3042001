import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legalRawAnswer } from '../../../src/io/hosting/raw-answer.js';
import type { JsonObject, TurnRequest } from '../../../src/protocol/frames.js';
import { anyAnswer, hostile, throwingGetter } from '../../holdem/any-answer.js';

function turn(validActions: string[]): TurnRequest {
  return { type: 'turn_request', request_id: 'q', valid_actions: validActions, state: {} };
}

describe('legalRawAnswer', () => {
  const draw = turn(['draw', 'stand']);

  it('takes what is offered with whatever parameters it has', () => {
    const params = { cards: [1, 3], note: null };
    expect(legalRawAnswer({ action: 'draw', params }, draw)).toStrictEqual({
      action: { action: 'draw', params },
    });
    expect(legalRawAnswer({ action: 'stand' }, draw)).toStrictEqual({ action: { action: 'stand' } });
    expect(legalRawAnswer({ action: 'draw', amount: 2 }, draw)).toStrictEqual({
      action: { action: 'draw', params: { amount: 2 } },
    });
  });

  it('takes any name when the turn does not say what is legal', () => {
    expect(legalRawAnswer({ action: 'bid' }, turn([]))).toStrictEqual({ action: { action: 'bid' } });
  });

  it('copies the parameters, so that the answer kept for a repeat is the one that was given', () => {
    const params = { cards: [1] };
    const { action } = legalRawAnswer({ action: 'draw', params }, draw);
    params.cards.push(2);
    expect(action).toEqual({ action: 'draw', params: { cards: [1] } });
  });

  it('answers what is not offered with the safe action of that table', () => {
    expect(legalRawAnswer({ action: 'fold', params: { cards: [] } }, draw)).toStrictEqual({
      action: { action: 'draw' },
      correction: {
        why: 'fold is not offered (draw, stand).',
        asked: { action: 'fold', params: { cards: [] } },
      },
    });
  });

  const cycle: JsonObject = {};
  cycle.self = cycle;
  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'undefined'],
    ['a string', 'draw', 'the string "draw"'],
    ['a getter that throws', throwingGetter, 'an object'],
    ['a revoked proxy', hostile(), 'an object'],
    ['parameters that are a list', { action: 'draw', params: [1] }, 'an object'],
    ['parameters in a circle', { action: 'draw', params: cycle }, 'an object'],
    ['parameters that JSON has no word for', { action: 'draw', params: { n: 1n } }, 'an object'],
    ['parameters that JSON would change', { action: 'draw', params: { n: Number.NaN } }, 'an object'],
    ['an amount that JSON would change', { action: 'draw', amount: Number.NaN }, 'an object'],
  ])('answers %s with the safe action', (_what, answer, described) => {
    expect(legalRawAnswer(answer, draw)).toMatchObject({
      action: { action: 'draw' },
      correction: { why: `decideRaw returned ${described}, not an action.` },
    });
  });

  it('knows no answer of its own where every action needs parameters', () => {
    expect(legalRawAnswer({ action: 'fold' }, turn(['place']))).toStrictEqual({
      action: null,
      correction: { why: 'fold is not offered (place).', asked: { action: 'fold' } },
    });
    expect(legalRawAnswer(null, turn([])).action).toBe(null);
  });

  it('offers something that is legal, or nothing, whatever the answer is', () => {
    fc.assert(
      fc.property(anyAnswer, fc.array(fc.string(), { minLength: 1 }), (give, offered) => {
        const { action } = legalRawAnswer(give(), turn(offered));
        if (action === null) {
          expect(offered).not.toContain('check');
        } else {
          expect(offered).toContain(action.action);
          expect(JSON.parse(JSON.stringify(action))).toEqual(action);
        }
      }),
    );
  });
});
