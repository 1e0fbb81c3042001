/** What `assign` makes of a context. */
import { assign, createMachine, setup } from 'xstate';
import { loose, type SmallMachine } from '../small-machine.js';
import { add, of, zero } from './shared.js';

export const assignmentMachines: readonly SmallMachine[] = [
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
];
