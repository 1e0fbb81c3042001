/** Actors inside a machine: invoked and spawned, told and heard, stopped and broken. */
import {
  type AnyActorRef,
  type AnyEventObject,
  assign,
  createMachine,
  forwardTo,
  fromCallback,
  fromTransition,
  type MachineContext,
  sendParent,
  sendTo,
  setup,
  spawnChild,
  stopChild,
  transition,
} from 'xstate';
import { loose, type SmallMachine, type SmallParts } from '../small-machine.js';

const of = (...types: string[]) => types.map((type) => ({ type }));

/** A child that answers, ends and fails as it is told. */
const childMachine = ({ act, compile, port }: SmallParts) =>
  compile(
    createMachine({
      types: loose,
      id: 'child',
      invoke: { src: port('port of a child'), id: 'its port' },
      context: ({ input }: { input: unknown }) => ({ n: 0, input }),
      output: ({ context }) => context.n,
      initial: 'idle',
      entry: act('child starts'),
      exit: act('child ends'),
      on: {
        ask: {
          actions: [
            assign({ n: ({ context }) => context.n + 1 }),
            sendParent(({ context }) => ({ type: 'answer', n: context.n })),
            act('asked'),
          ],
        },
        askTwice: {
          actions: [sendParent({ type: 'answer' }), sendTo('#_parent', { type: 'answer', again: true })],
        },
        end: '.ended',
        fail: {
          actions: () => {
            throw new Error('the child fails');
          },
        },
      },
      states: {
        idle: { after: { 10: { actions: sendParent({ type: 'answer', late: true }) } } },
        ended: { type: 'final' },
      },
    }),
  );

/** A child that counts what it is asked. */
const counting = fromTransition(
  (n: number, event: { type: string }) => (event.type === 'ask' ? n + 1 : n),
  0,
);

const told = of('ask', 'askTwice', 'end', 'fail', 'unheard');

const errorsByHand = [
  { type: 'xstate.error.actor.port', error: new Error('by hand'), actorId: 'port' },
  { type: 'xstate.error.actor.stranger', error: 'a stranger', actorId: 'stranger' },
  { type: 'xstate.error.actor', error: 1 },
  { type: 'xstate.error.actors', error: 2 },
  { type: 'xstate.error.other', error: 3 },
  { type: 'xstate.error', data: 4 },
  { type: 'xstate.done.actor.port', output: 5, actorId: 'port' },
  { type: 'xstate.done.state.m', output: 6 },
  { type: 'xstate.after.10.m' },
  { type: 'xstate.init', input: 7 },
  { type: 'xstate.snapshot.port', snapshot: {} },
];

export const actorMachines: readonly SmallMachine[] = [
  {
    name: 'ports of the whole machine: told by id, by reference, by function',
    told: 'sometimes',
    events: [
      ...of(
        'id',
        'function',
        'ref',
        'forward',
        'forwardRef',
        'self',
        'dynamic',
        'next',
        'error',
        'nobody',
        'text',
      ),
    ],
    others: of('next', 'forward', 'unheard'),
    make: ({ act, port }) =>
      createMachine(
        {
          types: loose,
          id: 'm',
          invoke: [
            { src: 'port', id: 'port', input: ({ self }) => ({ name: self.id.length > 0 }) },
            { src: 'other', id: 'other', systemId: 'other' },
          ],
          initial: 'a',
          on: {
            id: {
              actions: [
                sendTo('port', { type: 'hello' }),
                act('between'),
                sendTo('other', { type: 'hello too' }),
              ],
            },
            function: {
              actions: sendTo(
                () => 'port',
                ({ event }) => event,
              ),
            },
            ref: {
              actions: [
                sendTo(({ system }) => system.get('other') as AnyActorRef, { type: 'by name' }),
                sendTo(({ self }) => self.getSnapshot().children.port as AnyActorRef, {
                  type: 'by reference',
                }),
              ],
            },
            forward: { actions: forwardTo('port') },
            forwardRef: { actions: forwardTo(({ system }) => system.get('other') as AnyActorRef) },
            self: {
              actions: [
                sendTo(({ self }) => self, { type: 'next' }),
                sendTo('#_internal', { type: 'id' }),
                sendTo(() => undefined as never, { type: 'next' } as never),
              ],
            },
            dynamic: { actions: sendTo('#_port', ({ event }) => ({ type: 'dynamic', of: event.type })) },
            error: {
              actions: sendTo(({ self }) => self, { type: 'xstate.error', data: 'passed on' } as never),
            },
            nobody: {
              guard: ({ context }) => context !== null,
              actions: [
                sendTo('port', { type: 'before' }),
                sendTo('nobody', { type: 'hello' }),
                act('never'),
              ],
            },
            text: { actions: sendTo('port', 'not an event') },
            'xstate.error.actor.m': { actions: act('an error of its own') },
          },
          states: {
            a: {
              entry: sendTo('port', { type: 'entered a' }),
              exit: [sendTo('port', { type: 'left a' })],
              on: { next: { target: 'b', actions: sendTo('other', { type: 'on the way' }) } },
            },
            b: { on: { next: 'a' } },
          },
        },
        { actors: { port: port('port'), other: port('other') } },
      ),
  },
  {
    name: 'errors of actors, with and without someone who minds, and events of XState sent by hand',
    told: 'sometimes',
    events: [...errorsByHand, ...of('next', 'next', 'next')],
    make: ({ act, port }) =>
      createMachine(
        {
          types: loose,
          id: 'm',
          invoke: [
            {
              src: 'port',
              id: 'port',
              onError: {
                guard: ({ event }: { event: AnyEventObject }) => (event.error as Error).message !== 'by hand',
                actions: act('broken'),
              },
              onDone: { actions: act('done') },
            },
            { src: 'other', id: 'other' },
          ],
          initial: 'a',
          exit: act('the end'),
          states: {
            a: {
              exit: act('leave a'),
              on: { next: 'b', 'xstate.error.actor.*': { actions: act('any error') } },
            },
            b: { on: { next: 'c', '*': { actions: act('anything') } } },
            c: { on: { next: 'a', 'xstate.error.actor.other': {} } },
          },
        },
        { actors: { port: port('port'), other: port('other') } },
      ),
  },
  {
    name: 'children that answer at once, end and fail',
    told: 'sometimes',
    events: of('ask', 'both', 'answer', 'next'),
    others: told,
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
    told: 'sometimes',
    events: of('spawn', 'spawn', 'tell', 'stop', 'named', 'anonymous', 'missing', 'answer', 'next'),
    others: told,
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
            ],
          },
          anonymous: {
            actions: assign({ refs: ({ context, spawn }) => [...context.refs, spawn('child')].slice(-3) }),
          },
          named: {
            actions: assign({ refs: ({ spawn }) => [spawn('child', { id: 'named', systemId: 'the name' })] }),
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
    told: 'sometimes',
    events: of('spawn', 'again', 'stop', 'stopAll', 'tell', 'both', 'missing', 'answer', 'inline'),
    others: told,
    make: (parts) =>
      setup({ types: loose, actors: { child: childMachine(parts), port: parts.port('port') } }).createMachine(
        {
          id: 'm',
          on: {
            spawn: { actions: [spawnChild('child', { id: 'one', systemId: 'named' }), parts.act('spawned')] },
            again: {
              actions: [
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
    told: 'sometimes',
    events: of('next', 'next', 'tell', 'deep', 'again', 'answer', 'emit'),
    others: told,
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
    others: told,
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
  {
    name: 'ports that speak while they are started and told',
    told: 'never',
    events: of('tell', 'next', 'echo'),
    make: ({ act, note }) =>
      setup({
        types: loose,
        actors: {
          echo: fromCallback(({ sendBack, receive }) => {
            sendBack({ type: 'started' });
            receive((event) => {
              note('echo told', event);
              sendBack({ type: 'echo', of: event.type });
              sendBack({ type: 'next' });
            });
          }),
        },
      }).createMachine({
        id: 'm',
        context: { n: 0 },
        invoke: { src: 'echo', id: 'echo' },
        initial: 'a',
        on: {
          tell: {
            actions: [
              sendTo('echo', { type: 'ping' }),
              assign({ n: ({ context }) => context.n + 1 }),
              act('told'),
            ],
          },
          echo: { actions: act('echo') },
          started: { actions: act('started') },
        },
        states: {
          a: { entry: act('a'), on: { next: 'b' } },
          b: { exit: act('leave b'), on: { next: { target: 'a', actions: act('back') } } },
        },
      }),
  },
];
