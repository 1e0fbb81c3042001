/** Small machines that have to do with time. */
import { assign, cancel, createMachine, raise, sendTo, spawnChild, stopChild } from 'xstate';
import { after, log, port, type SmallMachine } from './small-machine.js';

/** What a machine does with time. */
export const timedMachines: Record<string, SmallMachine> = {
  'timers that are due in one instant': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        type: 'parallel',
        invoke: { id: 'log', src: port },
        states: {
          a: { initial: 'on', states: { on: { after: { 100: 'off' } }, off: { entry: log('a') } } },
          b: {
            initial: 'on',
            states: { on: { after: { [isRight ? 100 : 99]: 'off' } }, off: { entry: log('b') } },
          },
        },
      }),
    cases: [],
    says: 'the time before "after.100.m.a.on"',
  },
  'timers of one instant that were set in another order': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        invoke: { id: 'log', src: port },
        entry: (isRight ? ['x', 'y'] : ['y', 'x']).map((type) => raise({ type }, { delay: 10 })),
        on: { x: { actions: log('x') }, y: { actions: log('y') } },
      }),
    cases: [],
    says: 'After "delayed x"',
  },
  'a timer that cancels another one of the same instant': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'on',
        states: {
          on: {
            after: { 10: 'off' },
            exit: isRight ? cancel('late') : [],
            initial: 'inner',
            states: { inner: { entry: raise({ type: 'late' }, { id: 'late', delay: 10 }) } },
          },
          off: { on: { late: 'gone' } },
          gone: {},
        },
      }),
    cases: [],
    except: ['#m.gone', '#m.off on late [0] -> #m.gone'],
    says: 'timers due not as in the model',
  },
  'after: 0, again and again': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: { after: { 0: 'b' } },
          b: { after: { [isRight ? 0 : 2]: 'c' } },
          c: { after: { 0: 'd' } },
          d: { type: 'final' },
        },
      }),
    cases: [],
    says: 'no timer was due',
  },
  'fractions of a millisecond': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: { after: { 0.5: 'b' }, on: { hit: 'c' } },
          b: { after: { [isRight ? 1.5 : 2.5]: 'c' }, on: { hit: 'a' } },
          c: {},
        },
      }),
    cases: [after(0.25, 'hit'), after(0.1, 'hit')],
    says: 'no timer was due',
  },
  'two delayed raises under one id, of which a cancel takes the later': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        invoke: { id: 'log', src: port },
        on: {
          first: { actions: raise({ type: 'x' }, { id: 'k', delay: 100 }) },
          second: { actions: raise({ type: 'y' }, { id: isRight ? 'k' : 'other', delay: 50 }) },
          cancel: { actions: cancel('k') },
          x: { actions: log('x') },
          y: { actions: log('y') },
        },
      }),
    cases: ['first', 'second', 'cancel'],
    says: 'timers due not as in the model',
  },
  'a delayed raise twice, without an id': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        invoke: { id: 'log', src: port },
        on: {
          arm: { actions: raise({ type: 'tick' }, { delay: 100, ...(isRight ? {} : { id: 'tick' }) }) },
          stop: { actions: cancel('tick') },
          tick: { actions: log('tick') },
        },
      }),
    cases: [after(10, 'arm'), 'stop'],
    says: 'timers due not as in the model',
  },
  'a delayed raise that tells two states apart': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: { on: { arm: { actions: raise({ type: 'go' }, { delay: 100 }) }, go: isRight ? 'b' : 'c' } },
          b: {},
          c: {},
        },
      }),
    cases: ['arm'],
    except: ['#m.c'],
    says: 'After "delayed go"',
  },
  'delayed events to a child': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        invoke: { id: 'log', src: port },
        on: {
          soon: {
            actions: sendTo('log', { type: 'ring' }, { id: 'ring', ...(isRight ? { delay: 50 } : {}) }),
          },
          never: { actions: cancel('ring') },
        },
      }),
    cases: ['soon', 'never'],
    says: 'After "soon"',
  },
  'a delayed event to a child that has ended by then': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: { on: { soon: { target: 'b', actions: spawnChild(port, { id: 'log' }) } } },
          b: {
            entry: sendTo('log', { type: 'ring' }, { delay: 50 }),
            on: { stop: { target: 'c', actions: isRight ? stopChild('log') : [] } },
          },
          c: {},
        },
      }),
    cases: ['soon', 'stop'],
    says: 'children not as in the model',
  },
  'an event to itself, now and later': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        invoke: { id: 'log', src: port },
        states: {
          a: {
            on: {
              go: { actions: [sendTo(({ self }) => self, { type: 'now' }), log('first')] },
              wait: { actions: sendTo(({ self }) => self, { type: 'now' }, { delay: 5 }) },
              now: { target: isRight ? 'b' : 'a', actions: log('second') },
            },
          },
          b: {},
        },
      }),
    cases: ['go', 'wait'],
    says: 'After "go"',
  },
  'delays that are no delays': {
    machine: (isRight) =>
      createMachine(
        {
          id: 'm',
          initial: 'a',
          states: {
            a: { after: { none: 'b' } },
            b: { after: { endless: 'c' } },
            c: { after: { long: 'd' } },
            d: { after: { negative: 'e' } },
            e: {},
          },
        },
        {
          delays: {
            none: Number.NaN,
            endless: isRight ? Number.POSITIVE_INFINITY : 3,
            long: 2 ** 31,
            negative: -5,
          },
        },
      ),
    cases: [],
    says: 'no timer was due',
  },
  'a delay that depends on the context': {
    machine: (isRight) =>
      createMachine(
        {
          id: 'm',
          context: { tries: 0 },
          initial: 'up',
          states: {
            up: { on: { lost: 'down' } },
            down: {
              entry: assign({ tries: ({ context }) => (context as { tries: number }).tries + 1 }),
              after: { backoff: 'up' },
              on: {
                lost: {
                  guard: ({ context }) => context.tries < 3,
                  target: 'down',
                  reenter: true,
                },
              },
            },
          },
        },
        { delays: { backoff: ({ context }) => 100 * (isRight ? 2 ** context.tries : context.tries) } },
      ),
    cases: ['lost'],
    facets: ({ context }) => Math.min((context as { tries: number }).tries, 3),
    says: 'the time before',
  },
  'a timer that its guard refuses, and that does not come again': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        context: { isReady: false },
        states: {
          a: {
            after: { 10: { guard: ({ context }) => context.isReady, target: 'b' } },
            on: { ready: { actions: assign({ isReady: isRight }) } },
          },
          b: {},
        },
      }),
    cases: ['ready'],
    facets: ({ context }) => (context as { isReady: boolean }).isReady,
    says: 'facets not as in the model',
  },
  'a state that begins again with its timer': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: { a: { on: { again: { target: 'a', reenter: isRight } }, after: { 100: 'b' } }, b: {} },
      }),
    cases: [after(60, 'again')],
    says: 'the time before "after.100.m.a"',
  },
  'a machine that ends with a timer set': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        entry: (isRight ? ['k'] : ['k', 'k']).map((id) => raise({ type: 'late' }, { id, delay: 100 })),
        states: {
          a: { on: { go: { target: 'z', actions: sendTo(({ self }) => self, { type: 'go' }) } } },
          z: { type: 'final' },
        },
        on: { late: {}, go: { actions: 'never' } },
      } as never),
    cases: ['go'],
    except: ['#m on go [0] -> (stays)'],
    says: 'After the last step: timers due not as in the model',
  },
  'a timer of its own that nothing shows': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        on: { go: { actions: isRight ? [] : raise({ type: 'late' }, { delay: 1_000 }) } },
      }),
    cases: ['go'],
    says: 'timers due not as in the model',
  },
};
