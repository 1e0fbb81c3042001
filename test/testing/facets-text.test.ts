import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { facetsText } from '../../src/testing/facets-text.js';
import { defineModel } from '../../src/testing/model.js';
import { ModelError } from '../../src/testing/model-error.js';
import { edgePaths } from '../../src/testing/paths.js';

const refusalOf = (facets: unknown): string => {
  try {
    return `taken: ${facetsText(facets)}`;
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toMatchObject({ code: 'facets_unclear' });
    return (error as ModelError).message;
  }
};

class Seat {
  index = 1;
}

const around: unknown[] = [];
around.push({ around });

describe('facets', () => {
  it.each([
    [null, 'null'],
    [[1, -0.5, true, 'a', null, {}], '[1,-0.5,true,"a",null,{}]'],
    [{ b: [1], a: { d: 1, c: 2 } }, '{"a":{"c":2,"d":1},"b":[1]}'],
    [Object.assign(Object.create(null) as object, { a: 1 }), '{"a":1}'],
    [{ '': '"', 'a,b': '\u2028' }, '{"":"\\"","a,b":"\u2028"}'],
  ])('that are plain data are the same text for the same data: %j', (facets, text) => {
    expect(facetsText(facets)).toBe(text);
  });

  const instance = 'Give those of its values that matter, as plain data.';
  it.each([
    [undefined, 'facets is undefined. Give null, or leave the key out.'],
    [{ a: { b: undefined } }, 'facets.a.b is undefined. Give null, or leave the key out.'],
    [Object.assign([1], { length: 2 }), 'facets[1] is undefined. Give null, or leave the key out.'],
    [[Number.NaN], 'facets[0] is NaN. Give null or a name of its own, such as "none".'],
    [{ left: -Infinity }, 'facets.left is -Infinity. Give null or a name of its own, such as "none".'],
    [[[new Map()]], 'facets[0][0] is a Map. Give its entries as an array.'],
    [new Set(), 'facets is a Set. Give its members as an array.'],
    [[new Date(0)], 'facets[0] is a Date. Give its getTime().'],
    [{ f: () => 1 }, 'facets.f is a function. Give what tells it apart from others, such as a name.'],
    [[10n], 'facets[0] is a bigint. Give its text.'],
    [Symbol('a'), 'facets is a symbol. Give text.'],
    [{ [Symbol('a')]: 1 }, 'facets is an object with a symbol as a key. Give text as its keys.'],
    [[new Seat()], `facets[0] is an instance of Seat. ${instance}`],
    [[new Error('no')], `facets[0] is an instance of Error. ${instance}`],
    [[/a/], `facets[0] is an instance of RegExp. ${instance}`],
    [[new Uint8Array(1)], `facets[0] is an instance of Uint8Array. ${instance}`],
    [[Object(1)], `facets[0] is an instance of Number. ${instance}`],
    [
      { toJSON: () => 1 },
      'facets.toJSON is a function. Give what tells it apart from others, such as a name.',
    ],
    [around, 'facets[0].around is an object that contains itself. Give an id of it.'],
  ])('that JSON makes alike, or cannot say, are refused: %o', (facets, message) => {
    expect(refusalOf(facets)).toBe(`What tells states apart must be plain data, but ${message}`);
  });

  it('may hold one object twice', () => {
    const twice = { a: 1 };
    expect(facetsText([twice, twice])).toBe('[{"a":1},{"a":1}]');
  });

  it('are refused where a model uses them', () => {
    const machine = createMachine({ context: { seen: new Map() }, on: { go: {} } });
    const model = defineModel({
      machine,
      variants: { usual: () => undefined },
      cases: [{ name: 'go', event: { type: 'go' } }],
      facets: ({ context }) => [context.seen],
    });
    expect(() => edgePaths(model)).toThrow(expect.objectContaining({ code: 'facets_unclear' }));
  });
});
