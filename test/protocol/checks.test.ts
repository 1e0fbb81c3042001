import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/io/settings/option-rules.js';
import { isObject, isTable } from '../../src/protocol/checks.js';

describe('what is an object', () => {
  it.each<[string, unknown, boolean, boolean]>([
    ['an object', {}, true, true],
    ['one without a prototype', Object.create(null), true, true],
    ['an instance', new Map(), true, true],
    ['a date', new Date(0), true, false],
    ['a list', [], false, false],
    ['null', null, false, false],
    ['nothing', undefined, false, false],
    ['a function', () => 1, false, false],
    ['text', '{}', false, false],
  ])('%s', (_what, value, object, table) => {
    expect([isObject(value), isTable(value)]).toEqual([object, table]);
  });

  it('options are not a list', () => {
    expect(() => checkOptions(['botId'])).toThrow('The options must be an object.');
  });
});
