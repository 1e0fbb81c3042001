/** Where transitions lead, what is exited and entered on the way, and which of several is taken. */
import { assign, createMachine, raise, setup } from 'xstate';
import type { SmallMachine, SmallParts } from '../small-machine.js';

const of = (...types: string[]) => types.map((type) => ({ type }));

/** Notes on entry and exit. */
const seen = ({ act }: SmallParts, name: string) => ({
  entry: [act(`enter ${name}`), `named entry of ${name}`],
  exit: [act(`exit ${name}`), { type: `named exit of ${name}`, params: { name } }],
});

export const transitionMachines: readonly SmallMachine[] = [
  {
    name: 'targets: siblings, ancestors, descendants, ids',
    told: 'never',
    events: of(
      'in',
      'up',
      'over',
      'deep',
      'top',
      'id',
      'own',
      'root',
      'rootDeep',
      'reDeep',
      'reOwn',
      'reUp',
      'none',
    ),
    make: (parts) =>
      createMachine({
        id: 'm',
        ...seen(parts, 'root'),
        initial: 'a',
        on: {
          root: '.b',
          rootDeep: { target: '.a.two.y', actions: parts.act('rootDeep') },
          id: { target: '#special', actions: 'named' },
        },
        states: {
          a: {
            ...seen(parts, 'a'),
            initial: 'one',
            on: {
              in: '.two',
              deep: { target: '.two.y', actions: parts.act('deep') },
              own: 'a',
              reOwn: { target: 'a', reenter: true },
              reDeep: { target: '.two.y', reenter: true },
              over: 'b',
            },
            states: {
              one: { ...seen(parts, 'one'), on: { over: 'two', up: '#m.a', top: '#m.b' } },
              two: {
                ...seen(parts, 'two'),
                initial: 'x',
                on: {
                  up: { target: '#m.a', actions: parts.act('up') },
                  reUp: { target: '#m.a', reenter: true },
                },
                states: {
                  x: { ...seen(parts, 'x'), on: { over: 'y', top: '#m.a.one' } },
                  y: { ...seen(parts, 'y'), id: 'special', on: { over: 'x', own: '#m.a.two' } },
                },
              },
            },
          },
          b: {
            ...seen(parts, 'b'),
            on: { over: 'a', deep: 'a.two.y', own: 'b', reOwn: { target: 'b', reenter: true } },
          },
        },
      }),
  },
  {
    name: 'a root that is entered again',
    told: 'sometimes',
    events: of('root', 'rootDeep', 'next', 'count'),
    make: (parts) =>
      createMachine({
        id: 'm',
        ...seen(parts, 'root'),
        context: { n: 0 },
        initial: 'a',
        on: {
          root: { target: '#m', reenter: true, actions: parts.act('again') },
          rootDeep: { target: '.b.c', reenter: true },
          count: { actions: assign({ n: ({ context }) => context.n + 1 }) },
        },
        states: {
          a: { ...seen(parts, 'a'), on: { next: 'b' } },
          b: { ...seen(parts, 'b'), initial: 'd', states: { c: seen(parts, 'c'), d: seen(parts, 'd') } },
        },
      }),
  },
  {
    name: 'transitions to itself, without target, forbidden',
    told: 'never',
    events: of(
      'self',
      'selfAgain',
      'inner',
      'stay',
      'empty',
      'forbidden',
      'alsoForbidden',
      'reenterNothing',
      'next',
    ),
    make: (parts) =>
      createMachine({
        id: 'm',
        initial: 'a',
        on: { forbidden: '.b', alsoForbidden: '.b', stay: { actions: parts.act('stay at root') } },
        states: {
          a: {
            ...seen(parts, 'a'),
            on: {
              self: { target: 'a', actions: parts.act('self') },
              selfAgain: { target: 'a', reenter: true },
              stay: { actions: [parts.act('stay'), 'and more'] },
              empty: { actions: [] },
              forbidden: {},
              alsoForbidden: undefined,
              reenterNothing: { reenter: true, actions: parts.act('nothing to reenter') },
              next: 'b',
            },
          },
          b: {
            ...seen(parts, 'b'),
            initial: 'c',
            on: {
              self: 'b',
              selfAgain: { target: 'b', reenter: true },
              inner: { target: '.d', actions: 'inner' },
            },
            states: {
              c: { ...seen(parts, 'c'), on: { next: 'd', forbidden: [] } },
              d: { ...seen(parts, 'd'), on: { next: '#m.a', self: { target: 'd', reenter: false } } },
            },
          },
        },
      }),
  },
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
    told: 'sometimes',
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
    told: 'sometimes',
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
  {
    name: 'initial transitions with actions',
    told: 'sometimes',
    events: of('deep', 'back', 'inner', 'again'),
    make: (parts) =>
      createMachine({
        id: 'm',
        context: { trail: '' },
        initial: { target: 'a', actions: [parts.act('initial of root')] },
        states: {
          a: {
            ...seen(parts, 'a'),
            on: { deep: 'b', inner: 'b.c.e', again: { target: 'a', reenter: true } },
          },
          b: {
            ...seen(parts, 'b'),
            on: { back: 'a', again: '#m.b', inner: '.c' },
            initial: {
              target: 'c',
              actions: [
                parts.act('initial of b'),
                assign({ trail: ({ context }) => `${context.trail}b` }),
                raise({ type: 'noted' }),
              ],
            },
            states: {
              c: {
                ...seen(parts, 'c'),
                initial: { target: 'd', actions: { type: 'initial of c', params: { deep: true } } },
                on: { noted: { actions: parts.act('noted') }, inner: '.e' },
                states: { d: seen(parts, 'd'), e: seen(parts, 'e') },
              },
            },
          },
        },
      }),
  },
  {
    name: 'tags, meta and descriptions',
    told: 'never',
    events: of('next', 'deep', 'stay'),
    make: ({ act }) =>
      createMachine({
        id: 'm',
        tags: ['everywhere'],
        meta: { of: 'root' },
        initial: 'a',
        states: {
          a: {
            tags: 'one',
            description: 'the first',
            meta: { of: 'a' },
            on: { next: 'b', stay: { description: 'stays', meta: { of: 'stay' }, actions: act('stay') } },
          },
          b: {
            tags: ['two', 'one', 'everywhere'],
            initial: 'c',
            on: { next: 'a' },
            states: {
              c: { tags: ['inner'], meta: null as never, on: { deep: 'd' } },
              d: { tags: [], meta: { of: 'd' } },
            },
          },
        },
      }),
  },
  {
    name: 'keys and ids of all kinds',
    told: 'never',
    events: of('next', 'dotted', 'number', 'id'),
    make: (parts) =>
      createMachine({
        id: 'with.dots',
        initial: '10',
        on: { dotted: '.a\\.b', number: '.2', id: '#own-id.inner' },
        states: {
          10: { ...seen(parts, 'ten'), on: { next: '2' } },
          2: { ...seen(parts, 'two'), on: { next: 'constructor' } },
          'a.b': {
            ...seen(parts, 'dotted'),
            id: 'dotted',
            initial: 'c',
            states: { c: {}, 'd.e': {} },
            on: { next: '#dotted.d\\.e' },
          },
          constructor: { ...seen(parts, 'constructor'), on: { next: '__proto' } },
          __proto: {
            id: 'own-id',
            initial: 'inner',
            states: { inner: { ...seen(parts, 'inner'), id: 'own-id-inner' } },
            on: { next: '10' },
          },
        },
      }),
  },
  {
    name: 'routes',
    told: 'never',
    events: [
      { type: 'xstate.route', to: '#first' },
      { type: 'xstate.route', to: '#second' },
      { type: 'xstate.route', to: '#closed' },
      { type: 'xstate.route', to: '#nowhere' },
      { type: 'xstate.route' },
      { type: 'next' },
    ],
    make: (parts) =>
      createMachine({
        initial: 'first',
        states: {
          first: { ...seen(parts, 'first'), id: 'first', route: {}, on: { next: 'outer' } },
          outer: {
            ...seen(parts, 'outer'),
            initial: 'second',
            states: {
              second: { ...seen(parts, 'second'), id: 'second', route: { actions: parts.act('routed') } },
              closed: { id: 'closed', route: { guard: () => false } },
            },
          },
        },
      }),
  },
  {
    name: 'setup, extended, with configs of states and provided parts',
    told: 'never',
    events: of('next', 'stay', 'later'),
    make: ({ act }) => {
      const base = setup({
        actions: { base: act('base'), replaced: act('not this one') },
        delays: { soon: 10 },
      });
      const more = base.extend({ guards: { may: () => true }, actions: { more: act('more') } });
      const b = more.createStateConfig({ entry: ['base', 'more'], on: { next: 'a' }, after: { soon: 'a' } });
      return more
        .createMachine({
          initial: 'a',
          on: { stay: { guard: 'may', actions: ['more', 'replaced'] } },
          states: { a: { on: { next: { guard: 'may', target: 'b' } } }, b },
        })
        .provide({
          actions: { replaced: act('provided') },
          guards: { may: () => true },
          delays: { soon: 50 },
        });
    },
  },
];
