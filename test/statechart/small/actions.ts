/** Actions of all kinds: in which order they come, and what each is told. */
import {
  type Actor,
  assign,
  createMachine,
  emit,
  enqueueActions,
  log,
  type MachineContext,
  raise,
  setup,
} from 'xstate';
import { loose, type SmallMachine, type SmallParts } from '../small-machine.js';
import { add, of, zero } from './shared.js';

const emptyParts = ({ act }: SmallParts) => ({ entry: act('in'), exit: act('out') });

export const actionMachines: readonly SmallMachine[] = [
  {
    name: 'actions: by name, missing, with parameters, anonymous',
    told: ['raises an event'],
    events: of('names', 'objects', 'inline', 'missing', 'builtin'),
    make: ({ act, note }) =>
      setup({
        types: loose,
        actions: {
          named: (args, params: unknown) =>
            note('named', Object.keys(args), args.context, args.event, params),
          add: add(),
          send: raise(({ context }, params: { type: string }) => ({ type: params.type, n: context.n })),
          say: log(({ context }, params: { word: string }) => `${params.word} ${context.n}`, 'label'),
          tell: emit(({ event }, params: { word: string }) => ({ type: params.word, of: event.type })),
        },
      }).createMachine({
        context: zero,
        on: {
          names: { actions: ['named', 'add', 'named'] as never },
          objects: {
            actions: [
              { type: 'named', params: { a: 1 } },
              { type: 'named', params: ({ context }: { context: MachineContext }) => context.n },
              { type: 'named', params: undefined },
              { type: 'named' },
            ] as never,
          },
          inline: {
            actions: [
              function withAName() {
                note('inline');
              },
              () => note('anonymous'),
              act('act'),
            ],
          },
          missing: { actions: ['missing', { type: 'missing too', params: { a: 1 } }] as never },
          builtin: {
            actions: [
              { type: 'send', params: { type: 'heard' } },
              { type: 'say', params: { word: 'so' } },
              { type: 'tell', params: { word: 'told' } },
              'add',
            ],
          },
          heard: { actions: act('heard') },
        },
      }),
  },
  {
    name: 'several raised events, in one queue',
    told: ['raises an event'],
    events: of('go', 'move', 'unheard', 'dynamic', 'loop'),
    make: (parts) => {
      const { act } = parts;
      return createMachine({
        types: loose,
        context: zero,
        initial: 'a',
        on: {
          one: { actions: [act('one'), raise({ type: 'nested' }), add()] },
          two: { actions: act('two') },
          nested: { actions: [act('nested'), raise({ type: 'deep' })] },
          deep: { actions: act('deep') },
          unheard: {
            actions: [
              raise({ type: 'nobody hears this' }),
              raise({ type: 'xstate.error.actor.none', error: 1 } as never),
              act('raised'),
            ],
          },
          dynamic: {
            actions: [add(), raise(({ context, event }) => ({ type: 'two', n: context.n, by: event.type }))],
          },
          loop: [
            { guard: ({ context }) => context.n % 7 !== 0, actions: [add(), raise(({ event }) => event)] },
            { actions: [add(), act('looped')] },
          ],
        },
        states: {
          a: {
            ...emptyParts(parts),
            exit: [raise({ type: 'left' }), act('out')],
            on: {
              go: { actions: [raise({ type: 'one' }), raise({ type: 'two' }), act('go')] },
              move: { target: 'b', actions: raise({ type: 'one' }) },
            },
          },
          b: {
            entry: [raise({ type: 'entered' }), raise({ type: 'two' })],
            on: {
              left: { actions: act('heard that a was left') },
              entered: { target: 'c', actions: act('entered b') },
              '*': { actions: act('b hears all') },
            },
          },
          c: { ...emptyParts(parts), on: { two: { target: 'a', actions: act('back') }, go: 'a', move: 'b' } },
        },
      });
    },
  },
  {
    name: 'raised events that never end, bounded',
    told: ['raises an event'],
    events: of('fine', 'loop'),
    make: ({ act }) =>
      createMachine({
        types: loose,
        options: { maxIterations: 20 },
        context: { n: 0 },
        on: {
          fine: { actions: act('fine') },
          loop: { actions: [assign({ n: ({ context }) => context.n + 1 }), raise({ type: 'loop' })] },
        },
      }),
  },
  {
    name: 'log and emit',
    told: 'never',
    events: of('log', 'emit', 'both'),
    make: ({ act }) =>
      createMachine({
        types: loose,
        context: zero,
        on: {
          log: { actions: [log('a text'), log(({ context }) => context.n, 'n'), log(), add()] },
          emit: {
            actions: [
              emit({ type: 'said' }),
              emit(({ context }) => ({ type: 'counted', n: context.n })),
              add(),
              emit(({ context }) => ({ type: 'counted', n: context.n })),
            ],
          },
          both: { actions: [log('first'), act('then'), emit({ type: 'last' })] },
        },
      }),
  },
  {
    name: 'enqueueActions',
    told: ['xstate.enqueueActions'],
    events: of('count', 'choose', 'nest', 'next', 'nothing'),
    make: (parts) => {
      const { act, note } = parts;
      return setup({
        types: loose,
        guards: { isEven: ({ context }) => context.n % 2 === 0 },
        actions: { add: add() },
      }).createMachine({
        context: zero,
        initial: 'a',
        on: {
          count: { actions: 'add' },
          nothing: {
            actions: enqueueActions(({ context }) => note('nothing', context)),
          },
          choose: {
            actions: [
              add(),
              enqueueActions(({ enqueue, check, context, self }) => {
                note('choose', context, self);
                if (check('isEven')) enqueue('add');
                enqueue.assign({ list: ['chosen'] });
                enqueue(act('chosen'));
                enqueue.raise({ type: 'count' });
                enqueue.emit({ type: 'chosen' });
              }),
              act('afterwards'),
            ],
          },
          nest: {
            actions: enqueueActions(({ enqueue }) => {
              enqueue(enqueueActions(({ enqueue: inner }) => inner(act('nested'))));
              enqueue(act('outer'));
            }),
          },
        },
        states: {
          a: { ...emptyParts(parts), on: { next: 'b' } },
          b: { entry: enqueueActions(({ enqueue }) => enqueue('add')), on: { next: 'a' } },
        },
      });
    },
  },
  {
    name: 'custom actions that look around, send to their own actor, and stop it',
    told: ['xstate.stop'],
    events: [
      ...of('look', 'self', 'can', 'next', 'change', 'look', 'self', 'can', 'next', 'change'),
      ...of('stop'),
    ],
    make: ({ act, note }) =>
      createMachine({
        types: loose,
        context: { n: 0, list: [] },
        initial: 'a',
        on: {
          look: {
            actions: [
              add(),
              ({ self, system, context }) => note('look', context, self.getSnapshot(), system.getAll()),
              add(),
            ],
          },
          self: {
            actions: [
              ({ self }) => self.send({ type: 'next' }),
              act('sent'),
              ({ self }) => self.send({ type: 'look' }),
            ],
          },
          stop: {
            actions: [act('before'), ({ self }) => (self as unknown as Actor<never>).stop(), act('after')],
          },
          can: {
            actions: ({ self }) =>
              note('can', self.getSnapshot().can({ type: 'next' }), self.getSnapshot().matches('a')),
          },
          change: {
            actions: [
              ({ context }) => {
                (context as { n: number }).n += 1;
              },
              act('changed in place'),
            ],
          },
        },
        states: { a: { on: { next: 'b' } }, b: { on: { next: { target: 'a', actions: act('back') } } } },
      }),
  },
];
