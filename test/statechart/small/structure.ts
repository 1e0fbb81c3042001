/** What a chart can have beside states within states: regions, history, eventless transitions, ends. */
import { assign, createMachine, raise, setup } from 'xstate';
import { loose, type SmallMachine, type SmallParts } from '../small-machine.js';
import { of } from './shared.js';

const count = assign({ n: ({ context }) => context.n + 1 });

const seen = ({ act }: SmallParts, name: string) => ({
  entry: act(`enter ${name}`),
  exit: act(`leave ${name}`),
});

export const structureMachines: readonly SmallMachine[] = [
  {
    name: 'parallel regions',
    told: ['is parallel'],
    events: of('left', 'right', 'both', 'out', 'back', 'end'),
    make: (parts) =>
      createMachine({
        types: loose,
        context: { n: 0 },
        type: 'parallel',
        on: { back: { actions: count } },
        states: {
          l: {
            initial: 'a',
            states: {
              a: { ...seen(parts, 'la'), on: { left: 'b', both: 'b' } },
              b: { ...seen(parts, 'lb'), on: { left: 'a', end: 'c' } },
              c: { type: 'final' },
            },
          },
          r: {
            initial: 'a',
            states: {
              a: { ...seen(parts, 'ra'), on: { right: 'b', both: { target: 'b', actions: count } } },
              b: { on: { right: 'a', end: 'c' } },
              c: { type: 'final' },
            },
          },
        },
      }),
  },
  {
    name: 'a region inside, and several targets',
    told: ['is parallel'],
    events: of('in', 'targets', 'out', 'left', 'right', 'stay', 'tick'),
    make: (parts) =>
      createMachine({
        types: loose,
        id: 'm',
        context: { n: 0 },
        initial: 'flat',
        on: { tick: { actions: count } },
        states: {
          flat: {
            ...seen(parts, 'flat'),
            on: { in: 'wide', targets: ['wide.l.b', 'wide.r.b'], stay: 'other' },
          },
          other: { ...seen(parts, 'other'), on: { stay: 'flat' } },
          wide: {
            ...seen(parts, 'wide'),
            type: 'parallel',
            onDone: { target: 'flat', actions: parts.act('both done') },
            on: { out: 'flat', targets: { target: ['.l.a', '.r.b'] } },
            states: {
              l: {
                initial: 'a',
                states: {
                  a: { ...seen(parts, 'la'), on: { left: 'b' } },
                  b: { on: { left: 'c' } },
                  c: { type: 'final' },
                },
              },
              r: {
                initial: 'a',
                states: {
                  a: { on: { right: 'b' } },
                  b: { ...seen(parts, 'rb'), on: { right: 'c' } },
                  c: { type: 'final' },
                },
              },
            },
          },
        },
      }),
  },
  ...(['shallow', 'deep'] as const).map(
    (history): SmallMachine => ({
      name: `history, ${history}`,
      told: ['remembers its history', 'is history'],
      events: of('next', 'deep', 'out', 'back', 'backElse', 'tick'),
      make: (parts) =>
        createMachine({
          types: loose,
          id: 'm',
          context: { n: 0 },
          initial: 'a',
          on: { tick: { actions: count } },
          states: {
            a: {
              ...seen(parts, 'a'),
              initial: 'one',
              on: { out: 'b' },
              states: {
                one: { ...seen(parts, 'one'), on: { next: 'two' } },
                two: {
                  initial: 'x',
                  on: { next: 'one' },
                  states: { x: { ...seen(parts, 'x'), on: { deep: 'y' } }, y: seen(parts, 'y') },
                },
                past: { type: 'history', history },
                pastElse: { type: 'history', history, target: 'two' },
              },
            },
            b: {
              ...seen(parts, 'b'),
              on: { back: 'a.past', backElse: { target: 'a.pastElse', actions: count }, next: 'c' },
            },
            c: { ...seen(parts, 'c'), on: { next: 'b', back: 'a' } },
          },
        }),
    }),
  ),
  {
    name: 'eventless transitions',
    told: ['without an event'],
    events: of('count', 'next', 'jump', 'deep', 'reset'),
    make: (parts) => {
      const { act, note } = parts;
      return createMachine({
        types: loose,
        id: 'm',
        context: { n: 0 },
        initial: 'a',
        on: { count: { actions: [count, act('count')] }, reset: { actions: assign({ n: 0 }) } },
        states: {
          a: {
            ...seen(parts, 'a'),
            on: { next: 'b', deep: 'd.e', jump: 'c' },
            always: { guard: ({ context }) => (note('asked in a', context), context.n > 5), target: 'b' },
          },
          b: { ...seen(parts, 'b'), on: { next: 'c' } },
          c: {
            ...seen(parts, 'c'),
            exit: act('leave c'),
            always: [
              {
                guard: ({ context, event }) => (note('asked in c', event), context.n === 3),
                target: 'a',
                actions: assign({ n: 4 }),
              },
              {
                guard: ({ context }) => context.n > 6,
                target: 'd',
                actions: [assign({ n: 1 }), raise({ type: 'count' })],
              },
              { guard: ({ context }) => context.n === 2, actions: count },
            ],
            on: { next: 'a' },
          },
          d: {
            initial: 'f',
            always: { guard: ({ context }) => context.n === 5, target: 'b' },
            states: { e: { ...seen(parts, 'e'), on: { next: 'f' } }, f: { on: { next: '#m.a' } } },
          },
        },
      });
    },
  },
  {
    name: 'states that end, and what follows in their parents',
    told: ['is final'],
    events: of('next', 'next', 'end', 'endDeep', 'tick'),
    make: (parts) =>
      createMachine({
        types: loose,
        id: 'm',
        context: { n: 0 },
        initial: 'a',
        on: { tick: { actions: count } },
        states: {
          a: {
            ...seen(parts, 'a'),
            initial: 'x',
            onDone: { target: 'b', actions: parts.act('a is done') },
            states: {
              x: { on: { next: 'y' } },
              y: { on: { end: 'z' } },
              z: {
                ...seen(parts, 'z'),
                type: 'final',
                output: ({ context }: { context: { n: number } }) => ({ n: context.n }),
              },
            },
          },
          b: {
            ...seen(parts, 'b'),
            initial: 'inner',
            onDone: [
              { guard: ({ context }) => context.n % 2 === 0, target: 'a' },
              { actions: parts.act('odd') },
            ],
            on: { next: 'a' },
            states: {
              inner: {
                initial: 'p',
                onDone: 'q',
                states: { p: { on: { endDeep: 'r', next: 'r' } }, r: { type: 'final' } },
              },
              q: { type: 'final', entry: parts.act('q') },
            },
          },
        },
      }),
  },
  ...([false, true] as const).map(
    (deep): SmallMachine => ({
      name: `a machine that ends${deep ? ', from within' : ''}, with an output`,
      told: ['is final'],
      events: of('tick', 'tick', 'next', 'tell', 'end'),
      make: (parts) =>
        setup({ types: loose, actors: { port: parts.port('port') } }).createMachine({
          id: 'm',
          context: { n: 0 },
          invoke: { src: 'port', id: 'port' },
          output: ({ context, event }) => (
            parts.note('output', event), { n: context.n, by: (event as { output?: unknown }).output }
          ),
          ...seen(parts, 'root'),
          after: { 500: { actions: parts.act('late') } },
          initial: 'a',
          on: { tick: { actions: assign({ n: ({ context }) => context.n + 1 }) } },
          states: {
            a: {
              ...seen(parts, 'a'),
              initial: 'x',
              onDone: 'ended',
              states: {
                x: { on: { next: 'y', ...(deep && { end: '#m.ended' }) } },
                y: { on: { next: 'x', end: 'z' } },
                z: { type: 'final', output: 5 },
              },
            },
            ended: {
              ...seen(parts, 'ended'),
              type: 'final',
              output: ({ context }: { context: { n: number } }) => context.n * 2,
            },
          },
        }),
    }),
  ),
];
