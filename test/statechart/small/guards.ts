/** Guards of all kinds: how they are called, how often, and what it means when they throw. */
import { and, assign, createMachine, not, or, setup, stateIn } from 'xstate';
import type { SmallMachine } from '../small-machine.js';

const go = [0, 1, 2, 3].map((n) => ({ type: 'go', n }));
const numbered = {} as { events: { type: 'go'; n: number } | { type: 'back' }; context: { n: number } };

export const guardMachines: readonly SmallMachine[] = [
  {
    name: 'guards: inline, named, with parameters',
    told: 'never',
    events: [...go, { type: 'back' }],
    make: ({ ask, act }) =>
      setup({
        types: numbered,
        guards: {
          named: (args, params: undefined) => {
            ask('named', args, params, Object.keys(args));
            return args.event.type === 'go' && args.event.n === 1;
          },
          over: ({ context, event }, params: { limit: number }) => {
            ask('over', context, event, params);
            return event.type === 'go' && event.n > params.limit;
          },
        },
      }).createMachine({
        context: { n: 0 },
        initial: 'a',
        states: {
          a: {
            on: {
              go: [
                { guard: 'named', target: 'b' },
                { guard: { type: 'over', params: { limit: 2 } }, target: 'b', actions: act('three') },
                {
                  guard: {
                    type: 'over',
                    params: ({ context, event }) => (
                      ask('params', context, event), { limit: event.n + context.n }
                    ),
                  },
                },
                {
                  guard: ({ event, context }) => (ask('inline', context), event.n === 2),
                  actions: assign({ n: ({ context }) => context.n + 1 }),
                },
              ],
            },
          },
          b: {
            on: { back: 'a', go: { guard: { type: 'named' } as never, actions: act('named, as an object') } },
          },
        },
      }),
  },
  {
    name: 'guards: and, or, not, stateIn',
    told: 'never',
    events: [...go, { type: 'back' }],
    make: ({ ask, act }) =>
      setup({
        types: numbered,
        guards: {
          isOne: ({ event }) => (ask('isOne'), event.type === 'go' && event.n === 1),
          isOdd: ({ event }) => (ask('isOdd'), event.type === 'go' && event.n % 2 === 1),
          both: and(['isOdd', not('isOne')]),
        },
      }).createMachine({
        id: 'm',
        context: { n: 0 },
        initial: 'a',
        states: {
          a: {
            on: {
              go: [
                { guard: not('isOdd'), actions: act('even') },
                { guard: and(['isOdd', stateIn('a'), stateIn('#m.a')]), target: 'b' },
                { guard: or(['isOne', stateIn('b')]), actions: act('never') },
              ],
            },
          },
          b: {
            on: {
              back: { guard: stateIn({ b: 'x' }), target: 'a' },
              go: [
                { guard: 'both', actions: act('three') },
                { guard: or([stateIn('b'), 'isOne']), target: 'a' },
              ],
            },
          },
        },
      }),
  },
  {
    name: 'guards under another name',
    told: ['is not a function'],
    events: [...go, { type: 'back' }],
    make: ({ ask, act }) =>
      createMachine(
        {
          types: numbered,
          context: { n: 0 },
          initial: 'a',
          states: {
            a: {
              on: {
                go: [
                  { guard: 'alias' as never, target: 'b' },
                  { guard: 'aliasWithParams' as never, actions: act('two') },
                ],
              },
            },
            b: { on: { back: 'a', go: { guard: '' as never, actions: act('an empty guard is none') } } },
          },
        },
        {
          guards: {
            alias: 'real',
            aliasWithParams: { type: 'real', params: { n: 2 } },
            real: ({ event }: { event: { n: number } }, params?: { n: number }) => (
              ask('real', event, params), event.n === (params?.n ?? 1)
            ),
          } as never,
        },
      ),
  },
  ...(['an error', 'a text', 'nothing'] as const).map(
    (what): SmallMachine => ({
      name: `guards that throw ${what}`,
      told: ['a guard throws'],
      events: [...go, { type: 'back' }],
      make: ({ ask, act, port }) => {
        const fail = (n: number) => {
          ask('a guard throws');
          throw what === 'an error'
            ? new TypeError(`not ${n}`, { cause: n })
            : what === 'nothing'
              ? undefined
              : 'a text';
        };
        return setup({
          types: numbered,
          actors: { port: port('port') },
          guards: {
            fails: ({ event }) => (event.type === 'go' && event.n === 2 ? fail(2) : (ask('asked'), false)),
          },
        }).createMachine({
          context: { n: 0 },
          invoke: { src: 'port', id: 'port' },
          initial: 'a',
          states: {
            a: {
              after: { 100: 'b' },
              on: {
                go: [
                  { guard: 'fails', actions: act('never') },
                  { guard: ({ event }) => (event.n === 3 ? fail(3) : event.n === 1), target: 'b' },
                ],
              },
            },
            b: { on: { back: 'a' } },
          },
        });
      },
    }),
  ),
  {
    name: 'guards that are missing',
    told: ['is not a function'],
    events: [...go, { type: 'back' }],
    make: ({ act }) =>
      createMachine({
        types: numbered,
        context: { n: 0 },
        initial: 'a',
        states: {
          a: {
            on: {
              go: [
                { guard: ({ event }) => event.n < 2, target: 'b' },
                { guard: 'missing' as never, actions: act('never') },
              ],
            },
          },
          b: { on: { back: 'a', go: { guard: ({ event }) => event.n === 9, actions: act('never') } } },
        },
      }),
  },
  {
    name: 'guards that count how often they are asked',
    told: 'never',
    events: [...go, { type: 'back' }],
    make: ({ note, act }) => {
      let asked = 0;
      return createMachine({
        types: numbered,
        context: { n: 0 },
        initial: 'a',
        states: {
          a: {
            on: {
              go: [
                { guard: () => (note('asked', ++asked), asked % 3 === 0), target: 'b' },
                { actions: act(`not yet`) },
              ],
            },
          },
          b: { on: { back: 'a', '*': { guard: () => ++asked % 2 === 0, actions: act('odd') } } },
        },
      });
    },
  },
];
