import { expect, it } from 'vitest';
import { sizeOf } from '../../src/protocol/size-of.js';

it('grows with all that data is made of', () => {
  expect([null, 1, true, 'abc', [], {}, [1, 2], { ab: 'c' }, { a: { b: [null] } }].map(sizeOf)).toEqual([
    16, 16, 16, 19, 48, 48, 80, 83, 194,
  ]);
});
