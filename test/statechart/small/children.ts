/** Machines inside a machine: invoked and spawned, told and heard, stopped and broken. */
import {
  type AnyActorRef,
  type AnyEventObject,
  assign,
  createMachine,
  forwardTo,
  type MachineContext,
  sendTo,
  setup,
  spawnChild,
  stopChild,
  transition,
} from 'xstate';
import { loose, type SmallMachine } from '../small-machine.js';
import { childEvents, childMachine, counting, of } from './shared.js';

export const childMachines: readonly SmallMachine[] = [
  {
    name: 'children that answer at once, end and fail',
    told: ['is final'],
    events: of('ask', 'both', 'answer', 'next'),
    others: childEvents,
    make: (parts) => {
      const { act } = parts;
      return setup({ types: loose, actors: { child: childMachine(parts) } }).createMachine({
        id: 'm',
        context: { heard: 0 },
        invoke: {
          src: 'child',
          id: 'child',
          input: ({ context }: { context: MachineContext }) => ({ of: context.heard }),
          onDone: { actions: [assign({ heard: ({ event }) => event.output as number }), act('done')] },
          onError: { target: '.b', actions: act('failed') },
        },
        initial: 'a',
        on: {
          ask: { actions: [sendTo('child', { type: 'ask' }), act('asking')] },
          both: {
            actions: [
              sendTo('child', { type: 'ask' }),
              sendTo('child', { type: 'askTwice' }),
              sendTo('child', { type: 'end' }),
              act('told to end'),
            ],
          },
          answer: { actions: [assign({ heard: ({ context }) => context.heard + 1 }), act('answered')] },
        },
        states: { a: { on: { next: 'b', answer: 'b' } }, b: { on: { next: 'a' } } },
      });
    },
  },
  {
    name: 'actors spawned in assign, kept in the context, stopped by reference',
    told: ['is final', 'xstate.stop'],
    events: of('spawn', 'spawn', 'tell', 'stop', 'named', 'anonymous', 'missing', 'answer', 'next', 'inline'),
    others: childEvents,
    make: (parts) => {
      const { act, note } = parts;
      return setup({
        types: loose,
        actors: { child: childMachine(parts) },
      }).createMachine({
        id: 'm',
        context: ({ spawn }) => ({ refs: [spawn('child', { id: 'first' })], count: 0 }),
        initial: 'a',
        on: {
          spawn: {
            actions: [
              assign(({ context, spawn }) => ({
                count: context.count + 1,
                refs: [
                  ...context.refs,
                  spawn('child', { id: `c${context.count}`, input: context.count }),
                ].slice(-3),
              })),
              ({ self, context }) => note('spawned', context.refs, Object.keys(self.getSnapshot().children)),
              sendTo(({ context }) => context.refs.at(-1) as AnyActorRef, { type: 'ask' }),
              sendTo(({ context }) => `c${context.count - 1}`, { type: 'ask' }),
            ],
          },
          anonymous: {
            actions: assign({ refs: ({ context, spawn }) => [...context.refs, spawn('child')].slice(-3) }),
          },
          named: {
            actions: assign({ refs: ({ spawn }) => [spawn('child', { id: 'named', systemId: 'the name' })] }),
          },
          inline: {
            actions: assign({
              refs: ({ context, spawn }) =>
                [
                  ...context.refs,
                  (spawn as (logic: unknown, options: { id: string }) => AnyActorRef)(counting, {
                    id: 'inline',
                  }),
                ].slice(-3),
            }),
          },
          missing: {
            actions: assign({ refs: ({ spawn }) => [(spawn as (src: string) => AnyActorRef)('nobody')] }),
          },
          tell: { actions: [({ context }) => context.refs[0]?.send({ type: 'ask' }), act('told')] },
          stop: {
            actions: [
              stopChild(({ context }) => context.refs[0] as AnyActorRef),
              assign({ refs: ({ context }) => context.refs.slice(1) }),
            ],
          },
          answer: { actions: act('answered') },
          'xstate.error.actor.*': { actions: act('a child failed') },
        },
        states: {
          a: {
            exit: assign({ refs: ({ context, spawn }) => [...context.refs, spawn('child')].slice(-2) }),
            on: { next: 'b' },
          },
          b: { on: { next: 'a' } },
        },
      });
    },
  },
  {
    name: 'spawnChild and stopChild, by id, under a name that is used again',
    told: ['is final', 'xstate.stop'],
    events: of('spawn', 'again', 'stop', 'stopAll', 'tell', 'both', 'missing', 'answer', 'inline'),
    others: childEvents,
    make: (parts) =>
      setup({ types: loose, actors: { child: childMachine(parts), port: parts.port('port') } }).createMachine(
        {
          id: 'm',
          context: { n: 0 },
          on: {
            spawn: { actions: [spawnChild('child', { id: 'one', systemId: 'named' }), parts.act('spawned')] },
            again: {
              actions: [
                // What was assigned is not lost with the snapshot that the next action makes.
                assign({ n: ({ context }) => context.n + 1 }),
                stopChild('one'),
                spawnChild('child', {
                  id: 'one',
                  systemId: 'named',
                  input: ({ event }: { event: AnyEventObject }) => event,
                }),
                sendTo('one', { type: 'ask' }),
              ],
            },
            both: {
              actions: [
                spawnChild('port', { id: 'two' }),
                sendTo('two', { type: 'hello' }),
                stopChild('two'),
              ],
            },
            stop: { actions: [stopChild('one'), parts.act('stopped')] },
            stopAll: { actions: [stopChild('one'), stopChild('two'), stopChild('nobody')] },
            tell: {
              guard: ({ event }) => event.type === 'tell',
              actions: sendTo(({ self }) => (self.getSnapshot().children.one ?? self) as AnyActorRef, {
                type: 'ask',
              }),
            },
            inline: { actions: spawnChild(parts.port('inline') as never, { id: 'inline' }) },
            missing: { actions: spawnChild('nobody' as never, { id: 'nobody' }) },
            answer: { actions: parts.act('answered') },
            'xstate.error.actor.*': { actions: parts.act('a child failed') },
          },
        },
      ),
  },
  {
    name: 'twins: an action of one plays the other, in the middle of its step',
    told: 'never',
    events: of('both', 'play', 'pure', 'count'),
    others: of('count', 'play', 'both'),
    make: ({ act, note, compile }) => {
      const twin = compile(
        setup({ types: loose }).createMachine({
          context: { n: 0 },
          initial: 'a',
          on: {
            count: { actions: [assign({ n: ({ context }) => context.n + 1 }), act('count')] },
            play: {
              actions: [
                assign({ n: ({ context }) => context.n + 10 }),
                ({ self, system }) => {
                  for (const id of ['left', 'right'])
                    if (system.get(id) !== self) system.get(id)?.send({ type: 'count' });
                  note('after the other', self.getSnapshot());
                },
                assign({ n: ({ context }) => context.n + 100 }),
              ],
            },
            pure: {
              actions: [
                ({ self, context }) =>
                  note('pure', context, transition(twin, self.getSnapshot() as never, { type: 'count' })),
                assign({ n: ({ context }) => context.n + 1 }),
              ],
            },
          },
          states: {
            a: { on: { both: 'b' } },
            b: { entry: act('b'), on: { both: { target: 'a', actions: act('a') } } },
          },
        }),
      );
      return createMachine(
        {
          types: loose,
          invoke: [
            { src: 'twin', id: 'left', systemId: 'left' },
            { src: 'twin', id: 'right', systemId: 'right' },
          ],
          on: { '*': { actions: [forwardTo('left'), act('forwarded'), forwardTo('right')] } },
        },
        { actors: { twin } },
      );
    },
  },
  {
    name: 'actors that belong to a state',
    told: ['invokes an actor', 'is final', 'xstate.stop', 'error of an actor'],
    events: of('next', 'next', 'tell', 'deep', 'again', 'answer', 'emit'),
    others: childEvents,
    make: (parts) => {
      const { act, port } = parts;
      return setup({
        types: loose,
        actors: { child: childMachine(parts), port: port('port'), counter: counting },
      }).createMachine({
        id: 'm',
        initial: 'a',
        on: { answer: { actions: act('answered') } },
        states: {
          a: { entry: act('a'), on: { next: 'b', deep: 'c.inner' } },
          b: {
            entry: [sendTo('child', { type: 'ask' }), act('b')],
            exit: sendTo('port', { type: 'goodbye' }),
            invoke: [
              { src: 'child', id: 'child', onDone: 'a', onError: { target: 'c', actions: act('failed') } },
              { src: 'port', id: 'port' },
            ],
            on: {
              next: 'c',
              again: { target: 'b', reenter: true },
              tell: { actions: sendTo('child', { type: 'ask' }) },
            },
          },
          c: {
            initial: 'idle',
            invoke: { src: 'counter', id: 'counter', onSnapshot: { actions: act('counted') } },
            states: {
              idle: { on: { next: 'inner' } },
              inner: { invoke: { src: 'child' }, on: { next: '#m.a' } },
            },
            on: { tell: { actions: sendTo('counter', { type: 'ask' }) } },
          },
        },
      });
    },
  },
  {
    name: 'children whose snapshots the parent hears of',
    told: 'never',
    events: of('tell', 'next', 'spawn'),
    others: childEvents,
    make: (parts) =>
      setup({
        types: loose,
        actors: { counting },
      }).createMachine({
        id: 'm',
        context: {},
        invoke: { src: 'counting', id: 'counting', onSnapshot: { actions: parts.act('snapshot') } },
        initial: 'a',
        on: {
          tell: { actions: sendTo('counting', { type: 'ask' }) },
          spawn: {
            actions: assign({ ref: ({ spawn }) => spawn('counting', { id: 'second', syncSnapshot: true }) }),
          },
          'xstate.snapshot.second': { actions: parts.act('snapshot of the second') },
        },
        states: { a: { on: { next: 'b' } }, b: { on: { next: 'a' } } },
      }),
  },
];
