import { describe, expect, it } from 'vitest';
import { messageOf } from '../../src/protocol/message-of.js';

describe('messageOf', () => {
  const hostile = new Error('x');
  Object.defineProperty(hostile, 'message', {
    get() {
      throw new Error('no');
    },
  });

  it.each<[string, unknown, string]>([
    ['an error', new Error('lost'), 'lost'],
    ['a text', 'lost', 'lost'],
    ['nothing', undefined, 'undefined'],
    ['an object by its message', { message: 'lost', code: 5 }, 'lost'],
    ['an object by what is in it', { code: 5 }, '{"code":5}'],
    ['an object with a text of its own', { toString: () => 'five' }, 'five'],
    ['an object that JSON cannot hold', { code: 5n }, 'an error without a text'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['an object without a prototype', Object.create(null), 'an error without a text'],
    ['an error whose message throws', hostile, 'an error without a text'],
  ])('tells %s', (_what, thrown, text) => {
    expect(messageOf(thrown)).toBe(text);
  });
});
