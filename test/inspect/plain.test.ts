import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlain, plainLimits } from '../../src/inspect/plain.js';

const secret = 'hush-a7-and-be-still';
const token = 'cz_extbot_ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const plain = createPlain({ secrets: [secret, ''], hideCards: false });
const withoutCards = createPlain({ secrets: [], hideCards: true });

const circular: Record<string, unknown> = { name: 'a' };
circular['self'] = circular;
const shared = { a: 1 };

describe('a plain copy', () => {
  it.each<[string, unknown, unknown]>([
    ['keeps what JSON can hold', { a: [1, 'b', null, true, {}] }, { a: [1, 'b', null, true, {}] }],
    ['leaves out what is not there', { a: undefined, b: [undefined] }, { b: [null] }],
    ['tells numbers that JSON has not', [Number.NaN, Infinity, 10n], ['NaN', 'Infinity', '10']],
    [
      'tells functions and symbols by name',
      [plainLimits.toString, Symbol('s')],
      [{ type: 'toString' }, 'Symbol(s)'],
    ],
    [
      'tells errors',
      { error: new RangeError('no model') },
      { error: { name: 'RangeError', message: 'no model' } },
    ],
    ['asks an object for its own form', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['ends where it comes round', circular, { name: 'a', self: '[circular]' }],
    ['takes the same thing twice', [shared, shared], [{ a: 1 }, { a: 1 }]],
    ['keeps no name that changes the copy', JSON.parse('{"__proto__":{"x":1},"y":2}'), { y: 2 }],
    ['masks secrets', { [secret]: `a ${secret} b` }, { '[token]': 'a [token] b' }],
    ['masks what looks like a token', { [token]: [`x${token}`] }, { '[token]': ['x[token]'] }],
    ['masks a secret behind a backslash', { [`\\${secret}`]: `\\${secret}` }, { '\\[token]': '\\[token]' }],
    ['masks a secret behind escapes', String.raw`{"t":"\u0068ush-a7-and-be-still"}`, '{"t":"[token]"}'],
  ])('%s', (_what, value, expected) => {
    expect(plain(value)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    [
      'a getter that throws',
      Object.defineProperty({}, 'a', {
        enumerable: true,
        get() {
          throw new Error('no');
        },
      }),
    ],
    [
      'a form of its own that throws',
      {
        toJSON: () => {
          throw new Error('no');
        },
      },
    ],
    [
      'a proxy that refuses',
      new Proxy(
        {},
        {
          has: () => {
            throw new Error('no');
          },
        },
      ),
    ],
  ])('survives %s', (_what, value) => {
    expect(plain({ value })).toEqual({ value: '[unreadable]' });
  });

  it('survives a form of its own that never ends', () => {
    const endless: { toJSON: () => object } = { toJSON: () => ({ ...endless }) };
    expect(JSON.stringify(plain(endless))).toBe('"[cut]"');
  });

  it('cuts long text after it was masked, so that half of a secret cannot remain', () => {
    const { maxTextLength } = plainLimits;
    for (let lead = maxTextLength - 2 * secret.length; lead < maxTextLength + 2; lead += 1) {
      const copy = plain(`${'x'.repeat(lead)}${secret}${'y'.repeat(20)}`);
      expect(JSON.stringify(copy).replaceAll('[token]', '')).not.toContain('h');
    }
    expect(plain('x'.repeat(maxTextLength + 1))).toBe(`${'x'.repeat(maxTextLength)}[cut]`);
  });

  it('does not look through megabytes, and yet shows no half of a secret', () => {
    for (let lead = 0; lead < 10; lead += 1) {
      const copy = JSON.stringify(plain(`${'-'.repeat(lead)}${secret.repeat(1_000_000)}`));
      expect(copy.replaceAll('[token]', '')).toMatch(/^"-*(\[\w*)?\[cut\]"$/);
    }
  });

  it('is never larger than its limit by more than one text', () => {
    const deep = (depth: number): unknown =>
      depth === 0 ? 'x'.repeat(5_000) : Array.from({ length: 3 }, () => deep(depth - 1));
    for (const value of [
      Array.from({ length: 100_000 }, (_, index) => index),
      Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key${index}`, 'x'.repeat(5_000)])),
      deep(9),
    ]) {
      expect(JSON.stringify(plain(value)).length).toBeLessThan(
        plainLimits.maxSize + 2 * plainLimits.maxTextLength,
      );
    }
  });

  it('is JSON for any value, and never has a secret in it', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withNullPrototype: true }),
        fc.string(),
        (value, around) => {
          const text = JSON.stringify(
            plain({ value, [`${around}${secret}`]: [value, `${secret}${around}`] }),
          );
          expect(text).not.toContain(secret);
          expect(JSON.parse(text)).toBeTypeOf('object');
        },
      ),
    );
  });

  it('hides hole cards and what tells them, but not the board', () => {
    expect(
      withoutCards({
        your_hole_cards: ['Ah', 'Kd'],
        holeCards: [{ rank: 'A', suit: 'h' }],
        board: ['2c', '7h', 'Td'],
        showdown: [{ seat: 0, hole_cards: ['Ah', 'Kd'], hand_rank: 'Pair', best_hand: ['Kd', 'Kc'] }],
        deck_reveal: 'Ah,Kd',
        mine: [{ rank: 'A', suit: 'h' }],
        asked: ['AhKd', 'raise with Ah and 10d', '2c'],
      }),
    ).toEqual({
      your_hole_cards: '[hidden]',
      holeCards: '[hidden]',
      board: ['2c', '7h', 'Td'],
      showdown: [{ seat: 0, hole_cards: '[hidden]', hand_rank: '[hidden]', best_hand: '[hidden]' }],
      deck_reveal: '[hidden]',
      mine: ['[hidden]'],
      asked: ['[card]', 'raise with [card] and [card]', '[card]'],
    });
  });

  it('takes no id for cards', () => {
    const ids = { match_id: '4c5d2h3s-2d3c-4c5d-8d9c-2c3d4c5d6c7d', request_id: 'q-2c', round_id: 'r_2c' };
    expect(withoutCards(ids)).toEqual(ids);
  });
});
