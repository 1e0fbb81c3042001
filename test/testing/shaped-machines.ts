/** Small machines of the parts that XState has, and what they do. */
import { type AnyEventObject, assign, createMachine, emit, enqueueActions, raise } from 'xstate';
import { log, port, type SmallMachine } from './small-machine.js';

/** What a machine gives to a function of it, where its type says nothing. */
interface Given {
  event: AnyEventObject;
  context: { n: number };
  input: unknown;
}
/** What a machine is made of. */
export const shapedMachines: Record<string, SmallMachine> = {
  'a shallow history': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'off',
        states: {
          off: { on: { power: isRight ? 'on.back' : 'on' } },
          on: {
            initial: 'low',
            on: { power: 'off' },
            states: {
              low: { on: { turn: 'high' } },
              high: { on: { turn: 'low' } },
              back: { type: 'history' },
            },
          },
        },
      }),
    cases: ['power', 'turn'],
    says: "on: 'high'",
  },
  'a deep history': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'on',
        states: {
          off: { on: { power: 'on.back' } },
          on: {
            initial: 'outer',
            on: { power: 'off' },
            states: {
              outer: { initial: 'x', states: { x: { on: { turn: 'y' } }, y: {} } },
              back: { type: 'history', history: isRight ? 'deep' : 'shallow' },
            },
          },
        },
      }),
    cases: ['power', 'turn'],
    says: "outer: 'y'",
  },
  'regions that are done together': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'both',
        states: {
          both: {
            type: 'parallel',
            onDone: 'over',
            states: {
              a: { initial: 'x', states: { x: { on: { a: 'y' } }, y: { type: 'final' } } },
              b: { initial: 'x', states: { x: { on: { b: 'y' } }, y: isRight ? { type: 'final' } : {} } },
            },
          },
          over: { type: 'final' },
        },
      }),
    cases: ['a', 'b'],
    says: "value: 'over'",
  },
  'regions that both want to leave': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'both',
        states: {
          both: {
            type: 'parallel',
            states: {
              a: {
                initial: 'x',
                states: { x: { on: isRight ? { go: '#m.left', stay: {} } : { stay: {} } } },
              },
              b: { initial: 'x', states: { x: { on: { go: '#m.right' } } } },
            },
          },
          left: {},
          right: {},
        },
      }),
    cases: ['go', 'stay'],
    except: ['#m.right', '#m.both.b.x on go [0] -> #m.right'],
    says: "value: 'left'",
  },
  'transitions without an event, from the start on': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        context: ({ input }: Given) => ({ n: input as number }),
        initial: 'a',
        states: {
          a: {
            always: [
              { guard: ({ context }: Given) => context.n > (isRight ? 5 : 1), target: 'big' },
              { target: 'b' },
            ],
          },
          b: { always: 'c' },
          c: {
            on: { add: { actions: assign({ n: 9 }) } },
            always: { guard: ({ context }: Given) => context.n > 5, target: 'big' },
          },
          big: {},
        },
      } as never),
    input: 3,
    cases: ['add'],
    except: ['#m.a on always [0] -> #m.big'],
    says: 'After the start',
  },
  'events raised on the way in': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        invoke: { id: 'log', src: port },
        states: {
          a: { on: { go: 'b' } },
          b: {
            entry: (isRight ? ['x', 'y'] : ['y', 'x']).map((type) => raise({ type })),
            on: { x: 'c', y: 'd' },
          },
          c: { on: { y: 'd' }, exit: log('c') },
          d: {},
        },
      }),
    cases: ['go'],
    except: ['#m.b on y [0] -> #m.d'],
    says: "type: 'c'",
  },
  'actions of its own and emitted events': {
    machine: (isRight) => {
      const both = ['save', { type: 'tell', params: { loud: isRight } }, emit({ type: 'saved' })];
      return createMachine({ id: 'm', on: { go: { actions: both } } } as never);
    },
    cases: ['go'],
    says: 'loud: true',
  },
  'actions in another order': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        on: { go: { actions: isRight ? ['save', 'tell'] : ['tell', 'save'] } },
      } as never),
    cases: ['go'],
    says: "type: 'save'",
  },
  'patterns of events': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: {
            on: {
              '*': 'any',
              'frame.*': { guard: () => isRight, target: 'frame' },
              'frame.hello.*': { guard: () => false, target: 'never' },
              frame: { guard: () => false, target: 'never' },
              'frame.hello': 'hello',
            },
          },
          any: {},
          frame: {},
          hello: {},
          never: {},
        },
      }),
    cases: ['frame', 'frame.hello', 'frame.hello.again', 'frames', 'other'],
    except: [
      '#m.never',
      '#m.a on frame [0] -> #m.never',
      '#m.a on frame.hello.* [0] -> #m.never',
      '#m.a on frame.* [0] -> #m.frame held back by a guard',
    ],
    says: 'After "frame"',
  },
  'guards with params': {
    machine: (isRight) =>
      createMachine(
        {
          id: 'm',
          initial: 'a',
          states: {
            a: { on: { add: { guard: { type: 'atLeast', params: { n: isRight ? 2 : 3 } }, target: 'b' } } },
            b: {},
          },
        } as never,
        {
          guards: { atLeast: ({ event }: { event: AnyEventObject }, { n }: { n: number }) => event.n >= n },
        } as never,
      ),
    cases: [1, 2].map((n) => ({ name: `add ${n}`, event: { type: 'add', n } })),
    says: 'After "add 2"',
  },
  'tags of states': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: { tags: ['open'], on: { shut: 'b' } },
          b: { tags: isRight ? ['shut', 'dark'] : ['shut'] },
        },
      }),
    cases: ['shut'],
    says: 'tags not as in the model',
  },
  'a state that is entered again': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        invoke: { id: 'log', src: port },
        states: {
          a: { entry: log('in'), exit: log('out'), on: { again: { target: 'a', reenter: isRight } } },
        },
      }),
    cases: ['again'],
    says: "type: 'out'",
  },
  'actions that are decided on the spot': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        context: { n: 0 },
        invoke: { id: 'log', src: port },
        on: {
          go: {
            actions: enqueueActions(({ context, enqueue, check }) => {
              enqueue.assign({ n: Math.min((context as { n: number }).n + 1, 2) });
              if (check(() => (context as { n: number }).n === (isRight ? 1 : 0)))
                enqueue.sendTo('log', { type: 'second' });
              enqueue.raise({ type: 'later' }, { delay: 10, id: 'later' });
              enqueue.cancel('later');
            }),
          },
        },
      }),
    cases: ['go'],
    facets: ({ context }) => (context as { n: number }).n,
    says: 'After "go"',
  },
  'what it gives back at its end': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        context: { n: 1 },
        output: ({ context, event }) => [context.n, event.output, isRight],
        states: { a: { on: { end: 'z' } }, z: { type: 'final', output: 'done' } },
      }),
    cases: ['end'],
    says: 'output not as in the model',
  },
};
