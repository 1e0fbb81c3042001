/** Small machines that have to do with other actors. */
import {
  type AnyActorLogic,
  type AnyActorRef,
  type AnyEventObject,
  assign,
  createMachine,
  fromCallback,
  fromObservable,
  sendParent,
  sendTo,
  spawnChild,
  stopChild,
} from 'xstate';
import { broke, ended, job, port, type SmallMachine } from './small-machine.js';

/** What a machine gives to a function of it, where its type says nothing. */
interface Given {
  event: AnyEventObject;
}
interface Spawner {
  spawn: (logic: AnyActorLogic, options: { id: string }) => AnyActorRef;
}
interface Owner {
  context: Keeper;
  self: AnyActorRef;
}

interface Keeper {
  ref?: AnyActorRef;
}
const refOf = ({ context }: { context: unknown }): AnyActorRef => (context as Keeper).ref as AnyActorRef;

/** What a machine has to do with other actors. */
export const relatedMachines: Record<string, SmallMachine> = {
  'an inline actor that is invoked': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: {
            invoke: {
              src: fromCallback(({ sendBack }) => {
                sendBack({ type: 'never comes by itself' });
                throw new Error('A stand-in takes its place.');
              }),
            },
            on: { ring: { actions: sendTo('0.m.a', { type: isRight ? 'ding' : 'dong' }) }, leave: 'b' },
          },
          b: {},
        },
      }),
    cases: ['ring', 'leave'],
    says: 'ding',
  },
  'an inline actor that is spawned without an id': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        context: {},
        on: {
          start: {
            guard: ({ context }: Owner) => refOf({ context }) === undefined,
            actions: assign({ ref: ({ spawn }) => spawn(port) }),
          },
          ring: {
            guard: ({ context }: Owner) => refOf({ context }) !== undefined,
            actions: sendTo(refOf, { type: isRight ? 'ding' : 'dong' }),
          },
        },
      }),
    cases: ['start', 'ring'],
    facets: ({ context }) => refOf({ context }) !== undefined,
    says: "type: 'ding'",
  },
  'inline actors of spawnChild, one of them stopped': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        entry: [spawnChild(port, { id: 'one' }), spawnChild(port, { id: 'two' })],
        states: {
          a: { on: { stop: { target: 'b', actions: stopChild(isRight ? 'one' : 'two') } } },
          b: {},
        },
      }),
    cases: ['stop'],
    says: 'children not as in the model',
  },
  'a child that has a name in the system': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: {
            invoke: { id: 'lamp', systemId: 'light', src: port },
            on: {
              light: {
                actions: sendTo(({ system }) => system.get(isRight ? 'light' : 'dark') as AnyActorRef, {
                  type: 'on',
                }),
              },
              again: { target: 'a', reenter: true },
              leave: 'b',
            },
          },
          b: { on: { back: 'a', on: {} } },
        },
      }),
    cases: ['light', 'again', 'leave', 'back', ended('lamp')],
    except: ['#m.b on on [0] -> (stays)'],
    says: "to: 'lamp'",
  },
  'a child that is made of another source': {
    machine: (isRight) =>
      createMachine(
        { id: 'm', invoke: { id: 'lamp', src: isRight ? 'lamp' : 'torch' } },
        { actors: { lamp: port, torch: port } },
      ),
    cases: [],
    says: "src: 'lamp'",
  },
  'a child whose name in the system is another': {
    machine: (isRight) =>
      createMachine({ id: 'm', invoke: { id: 'lamp', systemId: isRight ? 'light' : 'dark', src: port } }),
    cases: [],
    says: "systemId: 'light'",
  },
  'a child that begins again with its state': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: { invoke: { id: 'lamp', src: port }, on: { again: { target: 'a', reenter: isRight } } },
        },
      }),
    cases: ['again'],
    says: 'started not as in the model',
  },
  'a child that is replaced by another one under its id': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        entry: spawnChild(port, { id: 'lamp' }),
        on: { next: { actions: isRight ? [stopChild('lamp'), spawnChild(port, { id: 'lamp' })] : [] } },
      }),
    cases: ['next'],
    says: 'started not as in the model',
  },
  'a child machine whose output decides': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: {
            invoke: {
              id: 'child',
              src: createMachine({ context: ({ input }) => ({ from: input }), output: 7 }),
              input: { of: isRight ? 'a' : 'b' },
              onDone: [{ guard: ({ event }: Given) => event.output === 7, target: 'b' }, { target: 'c' }],
              onError: 'c',
            },
          },
          b: {},
          c: {},
        },
      }),
    cases: [ended('child', 7), ended('child', 8), broke('child')],
    says: "of: 'a'",
  },
  'a child whose end is taken otherwise': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: { invoke: { id: 'child', src: job, onDone: isRight ? 'b' : 'c', onError: 'c' } },
          b: { type: 'final' },
          c: { type: 'final' },
        },
      }),
    cases: [ended('child'), broke('child')],
    says: 'After "child done"',
  },
  'a child whose error nobody takes': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: { a: { invoke: { id: 'child', src: job }, on: isRight ? {} : { '*': 'b' } }, b: {} },
      }),
    cases: [broke('child')],
    except: ['#m.b'],
    says: "status: 'error'",
  },
  'a child that ended, and another one under its id': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        context: {},
        on: {
          start: {
            actions: [stopChild('worker'), assign({ ref: ({ spawn }) => spawn(port, { id: 'worker' }) })],
          },
          tell: {
            guard: ({ context }: Owner) => refOf({ context }) !== undefined,
            actions: sendTo(refOf, { type: isRight ? 'work' : 'rest' }),
          },
          'xstate.done.actor.worker': {},
        },
      }),
    cases: ['start', 'tell', ended('worker')],
    facets: ({ context }) => refOf({ context }) !== undefined,
    says: 'work',
  },
  'commands in the last moment of a child, and after it': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        context: ({ spawn }: Spawner) => ({ ref: spawn(port, { id: 'worker' }) }),
        states: {
          a: {
            on: {
              stop: {
                target: 'b',
                actions: isRight
                  ? [sendTo(refOf, { type: 'last' }), stopChild('worker'), sendTo(refOf, { type: 'lost' })]
                  : [stopChild('worker'), sendTo(refOf, { type: 'last' })],
              },
            },
          },
          b: { on: { tell: { actions: sendTo(refOf, { type: 'lost' }) } } },
        },
      }),
    cases: ['stop', 'tell'],
    says: "type: 'last'",
  },
  'a child that is stopped in the step that made it': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        on: {
          go: {
            actions: [
              spawnChild(port, { id: 'short' }),
              sendTo('short', { type: 'lost' }),
              ...(isRight ? [stopChild('short')] : []),
            ],
          },
        },
      }),
    cases: ['go'],
    says: 'children, sent not as in the model',
  },
  'actors that nobody provided': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        invoke: { id: 'socket', src: 'socket' },
        entry: sendTo('socket', { type: isRight ? 'dial' : 'hang up' }),
      } as never),
    cases: [],
    says: 'dial',
  },
  'a child that tells where it is': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        states: {
          a: {
            invoke: {
              id: 'child',
              src: fromObservable(() => ({ subscribe: () => ({ unsubscribe: () => undefined }) })),
              onSnapshot: [
                { guard: ({ event }: Given) => event.snapshot.context === 5, target: isRight ? 'b' : 'c' },
                { actions: sendTo('child', { type: 'seen' }) },
              ],
            },
          },
          b: {},
          c: {},
        },
      }),
    cases: [4, 5].map((context) => ({
      name: `child at ${context}`,
      event: { type: 'xstate.snapshot.child', snapshot: { status: 'active', context } },
    })),
    except: ['#m.c'],
    says: 'After "child at 5"',
  },
  'a machine that speaks to its parent': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        entry: sendParent({ type: isRight ? 'ready' : 'steady' }),
        on: { go: { actions: sendParent({ type: 'gone' }) } },
      }),
    cases: ['go'],
    says: "type: 'ready'",
  },
  'a machine that fails in the eyes of its parent': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        on: { fail: { actions: sendParent({ type: isRight ? 'xstate.error' : 'failed', data: 'why' }) } },
      }),
    cases: ['fail'],
    says: "type: 'xstate.error.actor.m'",
  },
  'a machine that asks itself where it is, and sends by hand while it starts': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        context: ({ self }: Pick<Owner, 'self'>) => {
          self.send({ type: 'go' });
          return {};
        },
        invoke: { id: 'log', src: port },
        states: {
          a: {
            on: {
              go: {
                target: 'b',
                actions: sendTo('log', ({ self }) => ({
                  type: 'from',
                  value: isRight ? self.getSnapshot().value : null,
                })),
              },
            },
          },
          b: {
            entry: sendTo(({ self }) => self, { type: 'asked' }),
            on: {
              go: 'a',
              asked: {
                actions: sendTo('log', ({ self }) => ({ type: 'at', value: self.getSnapshot().value })),
              },
            },
          },
        },
      }),
    cases: ['go'],
    says: "value: 'a'",
  },
  'events that carry actors and functions': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        invoke: { id: 'log', src: port },
        on: {
          ask: {
            actions: sendTo('log', ({ self }) => ({
              type: 'question',
              from: isRight ? self : null,
              answer: () => undefined,
              details: new Map([['at', { self }]]),
            })),
          },
        },
      }),
    cases: ['ask'],
    says: "from: '[actor m]'",
  },
  'a parent that reads its child': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        context: ({ spawn }: Spawner) => ({
          ref: spawn(createMachine({ context: { level: 3 } }), { id: 'child' }),
        }),
        states: {
          a: {
            on: {
              look: {
                guard: ({ context }: Owner) =>
                  refOf({ context }).getSnapshot().context.level === (isRight ? 3 : 4),
                target: 'b',
              },
            },
          },
          b: {},
        },
      }),
    cases: ['look'],
    except: ['#m.a on look [0] -> #m.b held back by a guard'],
    says: 'After "look"',
  },
  'actions that send by hand': {
    machine: (isRight) =>
      createMachine({
        id: 'm',
        initial: 'a',
        context: ({ spawn }: Spawner) => ({ ref: spawn(port, { id: 'log' }) }),
        states: {
          a: {
            on: {
              go: {
                actions: isRight
                  ? ({ self, context }: Owner) => {
                      self.send({ type: 'next' });
                      refOf({ context }).send({ type: 'by hand' });
                    }
                  : sendTo(refOf, { type: 'by hand' }),
              },
              next: 'b',
            },
          },
          b: {},
        },
      }),
    cases: ['go', 'next'],
    says: 'by hand',
  },
};
