/** Which transition an event takes. */
import { createMachine } from 'xstate';
import { type SmallMachine } from '../small-machine.js';
import { of } from './shared.js';

export const eventMachines: readonly SmallMachine[] = [
  {
    name: 'wildcards',
    told: 'never',
    events: of(
      'a',
      'a.b',
      'a.b.c',
      'a.c',
      'ab',
      '',
      '.',
      'a.',
      'other',
      'b.b',
      'toString',
      '__proto__',
      'constructor',
    ),
    make: ({ act, note }) =>
      createMachine({
        id: 'm',
        initial: 'one',
        on: {
          '*': { actions: act('anything, at the root') },
          'b.*': { target: '.two', actions: act('b.* at the root') },
        },
        states: {
          one: {
            on: {
              '*': { actions: act('anything') },
              'a.*': { actions: act('a.*') },
              'a.b.*': [
                { guard: ({ event }) => (note('asked', event), false), actions: act('never') },
                { actions: act('a.b.*'), target: 'two' },
              ],
              'a.b': { guard: () => false, actions: act('never') },
              a: { target: 'two', actions: act('a') },
            },
          },
          two: { on: { 'a.*': 'one', 'a.b': {} } },
        },
      }),
  },
  {
    name: 'more types of events than a table keeps',
    told: 'never',
    events: Array.from({ length: 600 }, (_, index) => ({
      type: index % 3 === 0 ? `e.${index}` : `f.${index}`,
    })),
    make: ({ act }) =>
      createMachine({
        initial: 'a',
        states: {
          a: { on: { 'e.*': 'b', '*': { actions: act('anything') } } },
          b: { on: { 'f.*': { actions: act('f') }, 'e.*': 'a' } },
        },
      }),
  },
  {
    name: 'descriptors with a wildcard inside',
    told: 'never',
    events: of('a.*', 'a.*.x', '*.b.c', '*.b', 'a.b.c', 'a.x.y', 'b.c', '.b', '.', 'x.b.c', '**', '*.'),
    make: ({ act }) =>
      createMachine({
        on: {
          'a.*.*': { actions: act('a.*.*') },
          'a.*.c': { actions: act('a.*.c') },
          '*.b.*': { actions: act('*.b.*') },
          '.*': { actions: act('.*') },
          '**': { actions: act('**') },
          '*.': { actions: act('*.') },
        } as never,
      }),
  },
  {
    name: 'events without a type, or with one that is no text',
    told: ['no text'],
    events: [
      { type: 'fine' },
      { type: 'fine' },
      {} as never,
      { type: undefined } as never,
      { type: null } as never,
      { type: 5 } as never,
    ],
    make: ({ act }) =>
      createMachine({ on: { fine: { actions: act('fine') }, '*': { actions: act('anything') } } }),
  },
  {
    name: 'an event of the type *',
    told: ['no event'],
    events: of('*', 'a'),
    make: ({ act }) => createMachine({ on: { '*': { actions: act('anything') }, a: { actions: act('a') } } }),
  },
  {
    name: 'the first candidate that may, from the inside out',
    told: 'never',
    events: [0, 1, 2, 3, 4, 5].map((n) => ({ type: 'go', n })),
    make: ({ act, note }) => {
      const is = (n: number) => (args: { context: unknown; event: { n?: number } }) => {
        note(`asked for ${n}`, args, Object.keys(args));
        return args.event.n === n;
      };
      return createMachine({
        types: {} as { events: { type: 'go'; n: number } },
        initial: 'a',
        on: {
          go: [
            { guard: is(0), target: '.b' },
            { guard: is(1), actions: act('root') },
          ],
        },
        states: {
          a: {
            initial: 'x',
            on: {
              go: [
                { guard: is(2), target: 'b' },
                { guard: is(3), actions: act('a') },
              ],
            },
            states: {
              x: {
                on: {
                  go: [
                    { guard: is(4), target: 'y' },
                    { guard: is(4), actions: act('never') },
                  ],
                },
              },
              y: {},
            },
          },
          b: {
            on: {
              go: [
                { guard: is(5), target: 'a' },
                { guard: is(5), target: 'b' },
              ],
            },
          },
        },
      });
    },
  },
];
