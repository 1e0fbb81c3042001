/** Actions that throw, and what is no action. */
import { assign, createMachine, emit, raise, sendTo } from 'xstate';
import { loose, type SmallMachine } from '../small-machine.js';
import { add, of, zero } from './shared.js';

/** A chart whose action of this place throws. */
const throwingAt = (
  place: 'entry' | 'exit' | 'transition' | 'assign' | 'params' | 'unknown child' | 'raised',
  what: unknown,
): SmallMachine => ({
  name: `${place === 'assign' || place === 'params' ? place : `an action at ${place}`} that throws ${String(what)}`,
  told: place === 'raised' ? ['raises an event'] : 'never',
  events: of('fail', 'fine', 'fine', 'fine', 'back'),
  make: ({ act, note, port, compile }) => {
    const fail = (): never => {
      note('throws');
      throw what;
    };
    const asked = () => {
      note('asked');
      return { type: 'never' };
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
                  ...(place === 'unknown child' ? [sendTo('nobody', asked)] : []),
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

export const failureMachines: readonly SmallMachine[] = [
  ...(['entry', 'exit', 'transition', 'assign', 'params', 'unknown child', 'raised'] as const).map((place) =>
    throwingAt(place, new RangeError(`at ${place}`)),
  ),
  throwingAt('transition', undefined),
  throwingAt('transition', 'a text'),
  {
    name: 'actions that are none',
    told: ['no action'],
    events: of('fine', 'fine', 'never', 'undefined', 'null', 'false', 'object', 'number', 'alias', 'old'),
    make: ({ act }) =>
      createMachine(
        {
          initial: 'a',
          on: {
            fine: { actions: act('fine') },
            never: [
              { guard: () => false, actions: [undefined] as never },
              { actions: act('never the first') },
            ],
            undefined: { actions: [act('before'), undefined] as never },
            null: { actions: [null] as never },
            false: { actions: [act('before'), false] as never },
            object: { actions: [act('before'), {}, act('after')] as never },
            alias: { actions: [act('before'), 'alias'] as never },
            old: { actions: [act('before'), 'old'] as never },
            number: { actions: [5] as never },
          },
          states: { a: {} },
        },
        { actions: { alias: 'fine', old: { exec: act('never') } } as never },
      ),
  },
];
