/** What a model is refused for, in words that say what to give. Programs without types come here, too. */
import { describe, expect, it } from 'vitest';
import { createMachine, fromPromise } from 'xstate';
import { defineModel } from '../../src/testing/model.js';

const door = createMachine({
  id: 'door',
  initial: 'shut',
  states: { shut: { on: { open: 'ajar' } }, ajar: { on: { close: 'shut' } } },
});
const whole = {
  machine: door,
  variants: { usual: () => undefined },
  cases: [{ name: 'open', event: { type: 'open' } }],
};

const refused: [what: string, parts: object, code: string, message: string][] = [
  [
    'no machine',
    { machine: undefined },
    'options_invalid',
    'What a model is made of must be a machine, as createMachine or setup makes them.',
  ],
  [
    'other logic',
    { machine: fromPromise(() => Promise.resolve(1)) },
    'options_invalid',
    'What a model is made of must be a machine, as createMachine or setup makes them.',
  ],
  [
    'no variants',
    { variants: {} },
    'options_invalid',
    'The model of door has no variants. Give one at least: { usual: () => input }.',
  ],
  [
    'variants that are missing',
    { variants: undefined },
    'options_invalid',
    'The model of door has no variants. Give one at least: { usual: () => input }.',
  ],
  [
    'a variant that is an input',
    { variants: { usual: { seats: 2 } } },
    'options_invalid',
    'The variant "usual" of the model of door must be a function: () => input.',
  ],
  [
    'a depth for another variant',
    { depths: { usaul: 3 } },
    'options_invalid',
    'The depths of the model of door name "usaul", which is none of its variants: usual.',
  ],
  [
    'a depth that is no number',
    { depths: { usual: Number.NaN } },
    'options_invalid',
    'The depth of the variant "usual" of the model of door must be a number of steps.',
  ],
  [
    'cases that are missing',
    { cases: undefined },
    'options_invalid',
    'The cases of the model of door must be an array.',
  ],
  [
    'a case without a name',
    { cases: [...whole.cases, { event: { type: 'close' } }] },
    'options_invalid',
    'The case at [1] of the model of door has no name. Paths are described by it.',
  ],
  [
    'an event that is a text',
    { cases: [{ name: 'close', event: 'close' }] },
    'options_invalid',
    `The case "close" of the model of door has no event, such as { type: 'go' }.`,
  ],
  [
    'two cases of one name',
    { cases: [...whole.cases, ...whole.cases] },
    'case_doubled',
    'Two cases of the model of door have the name "open". Paths are described by it: give each its own.',
  ],
  [
    'a wait that is a text',
    { cases: [{ name: 'open', event: { type: 'open' }, waitMs: '5' }] },
    'wait_invalid',
    'The case "open" of the model of door waits 5 ms. Give milliseconds, zero or more.',
  ],
];

describe('a model', () => {
  it.each(refused)('is refused for %s', (_what, parts, code, message) => {
    const make = () => defineModel({ ...whole, ...parts } as never);
    expect(make).toThrow(expect.objectContaining({ name: 'ModelError', code, message }));
  });

  it('is made of what is right', () => {
    expect(defineModel({ ...whole, depths: { usual: 0 } }).casesIn).toBeTypeOf('function');
  });
});
