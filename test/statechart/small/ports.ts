/** Actors that a machine has from its start: what they are told, what they say, and what their errors do. */
import {
  type AnyActorRef,
  type AnyEventObject,
  assign,
  createMachine,
  forwardTo,
  fromCallback,
  sendTo,
  setup,
} from 'xstate';
import { loose, type SmallMachine } from '../small-machine.js';
import { of } from './shared.js';

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

export const portMachines: readonly SmallMachine[] = [
  {
    name: 'ports of the whole machine: told by id, by reference, by function',
    told: ['error of an actor'],
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
            // Nothing that is sent to this name reaches it: it stands for the machine itself.
            { src: 'other', id: '#_internal' },
          ],
          initial: 'a',
          on: {
            id: {
              actions: [
                sendTo('port', { type: 'hello' }),
                sendTo('port', { type: 'hello again' }, { id: 'to be cancelled, had it a delay' }),
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
    told: ['error of an actor', 'xstate.init'],
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
