/** Actions of all kinds: in which order they come, what each is told, and what it means when one throws. */
import {
  type Actor,
  type AnyEventObject,
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

const of = (...types: string[]) => types.map((type) => ({ type }));

const zero = { n: 0, list: [] };
const add = (by = 1) =>
  assign<MachineContext, AnyEventObject, undefined, AnyEventObject, never>({
    n: ({ context }: { context: MachineContext }) => context.n + by,
  });

/** A chart whose action of this place throws. */
const throwingAt = (
  place: 'entry' | 'exit' | 'transition' | 'assign' | 'params' | 'raised',
  what: unknown,
): SmallMachine => ({
  name: `${place === 'assign' || place === 'params' ? place : `an action at ${place}`} that throws ${String(what)}`,
  told: place === 'raised' ? 'sometimes' : 'never',
  events: of('fail', 'fine', 'fine', 'fine', 'back'),
  make: ({ act, note, port, compile }) => {
    const fail = (): never => {
      note('throws');
      throw what;
    };
    const child = compile(
      createMachine({
        invoke: { src: port('inner port') },
        exit: act('child ends'),
        after: { 20: { actions: act('child is late') } },
      }),
    );
    return createMachine(
      {
        types: loose,
        context: zero,
        invoke: [
          { src: 'port', id: 'port' },
          { src: 'child', id: 'child' },
        ],
        initial: 'a',
        on: { fine: { actions: [add(), act('fine'), emit({ type: 'fine' })] } },
        states: {
          a: {
            after: { 30: { actions: act('late') } },
            exit: [act('leave a'), ...(place === 'exit' ? [fail] : [])],
            on: {
              fail: {
                target: 'b',
                actions: [
                  add(),
                  act('before'),
                  emit({ type: 'before' }),
                  raise({ type: 'later' }, { delay: 10 }),
                  ...(place === 'transition' ? [fail] : []),
                  ...(place === 'assign' ? [assign(fail)] : []),
                  ...(place === 'params' ? [{ type: 'never', params: fail }] : []),
                  ...(place === 'raised' ? [raise({ type: 'raised' })] : []),
                  act('after'),
                ],
              },
            },
          },
          b: {
            entry: [act('enter b'), ...(place === 'entry' ? [fail] : [])],
            on: { back: 'a', raised: { actions: [act('raised'), fail] } },
          },
        },
      },
      { actors: { port: port('port'), child } },
    );
  },
});

const emptyParts = ({ act }: SmallParts) => ({ entry: act('in'), exit: act('out') });

export const actionMachines: readonly SmallMachine[] = [
  {
    name: 'assign: by function, by field, in part, with parameters',
    told: 'never',
    events: of(
      'fields',
      'function',
      'part',
      'nothing',
      'params',
      'dynamic',
      'many',
      'next',
      'replace',
      'same',
    ),
    make: (parts) => {
      const { act, note } = parts;
      return setup({
        types: loose,
        actions: {
          by: assign((args, params: { by: number }) => {
            note('by', args.context, args.event, params, Object.keys(args));
            return { n: args.context.n + params.by };
          }),
          field: assign({
            n: ({ context, event }, params: { by: number }) => (
              note('field', context, event), context.n * params.by
            ),
          }),
        },
      }).createMachine({
        context: zero,
        initial: 'a',
        on: {
          fields: {
            actions: [
              assign({
                n: ({ context }) => context.n + 1,
                list: ({ context }) => [...context.list, `${context.n}`].slice(-3),
              }),
              act('fields'),
            ],
          },
          function: { actions: assign(({ context, event }) => ({ list: [event.type, `${context.n}`] })) },
          part: { actions: assign({ n: 7 }) },
          nothing: {
            actions: [
              assign({}),
              assign(() => ({})),
              assign(() => undefined as never),
              assign(() => null as never),
            ],
          },
          params: {
            actions: [
              { type: 'by', params: { by: 2 } },
              act('two more'),
              { type: 'field', params: { by: 3 } },
            ],
          },
          dynamic: {
            actions: {
              type: 'by',
              params: ({ context, event }) => (note('params', context, event), { by: context.n % 5 }),
            },
          },
          many: { actions: [add(1), act('one'), add(2), act('three'), add(-3), act('none')] },
          replace: { actions: assign(() => ({ extra: new Map([['a', 1]]), n: Number.NaN })) },
          same: { actions: assign(({ context }) => context) },
        },
        states: {
          a: {
            entry: [add(), act('enter a'), add()],
            exit: [act('leave a'), add()],
            on: { next: { target: 'b', actions: [act('on the way'), add()] } },
          },
          b: { entry: [act('enter b'), add()], exit: add(), on: { next: { target: 'a', actions: add() } } },
        },
      });
    },
  },
  {
    name: 'an assignment with inherited and symbol keys',
    told: 'never',
    events: of('go', 'accessor'),
    make: ({ act }) => {
      const inherited = Object.assign(Object.create({ inherited: 1 }) as object, { own: 2 });
      return createMachine({
        types: loose,
        context: { a: 0 } as Record<string, unknown>,
        on: {
          go: {
            actions: [
              assign(inherited as never),
              act('assigned'),
              assign(() => inherited as never),
              assign({ [Symbol.for('key')]: 1 }),
            ],
          },
          accessor: {
            actions: [
              assign(() => ({
                get a() {
                  return 5;
                },
              })),
              act('accessor'),
            ],
          },
        },
      });
    },
  },
  {
    name: 'assign without a context',
    told: 'never',
    events: of('go', 'act'),
    make: ({ act }) =>
      createMachine({
        types: loose,
        context: (() => undefined) as never,
        on: { go: { actions: [act('before'), assign({ a: 1 })] }, act: { actions: act('act') } },
      }),
  },
  ...(['entry', 'exit', 'transition', 'assign', 'params', 'raised'] as const).map((place) =>
    throwingAt(place, new RangeError(`at ${place}`)),
  ),
  throwingAt('transition', undefined),
  throwingAt('transition', 'a text'),
  {
    name: 'actions: by name, missing, with parameters, anonymous',
    told: 'sometimes',
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
    name: 'actions that are none',
    told: 'sometimes',
    events: of('fine', 'fine', 'never', 'undefined', 'null', 'false', 'object', 'number'),
    make: ({ act }) =>
      createMachine({
        initial: 'a',
        on: {
          fine: { actions: act('fine') },
          never: [{ guard: () => false, actions: [undefined] as never }, { actions: act('never the first') }],
          undefined: { actions: [act('before'), undefined] as never },
          null: { actions: [null] as never },
          false: { actions: [act('before'), false] as never },
          object: { actions: [act('before'), {}, act('after')] as never },
          number: { actions: [5] as never },
        },
        states: { a: {} },
      }),
  },
  {
    name: 'several raised events, in one queue',
    told: 'sometimes',
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
    told: 'sometimes',
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
    told: 'sometimes',
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
    told: 'sometimes',
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
