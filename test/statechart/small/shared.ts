/** What several of the small machines have. */
import {
  type AnyEventObject,
  assign,
  createMachine,
  fromTransition,
  type MachineContext,
  sendParent,
  sendTo,
} from 'xstate';
import { loose, type SmallParts } from '../small-machine.js';

/** Events that are nothing but their types. */
export const of = (...types: string[]): AnyEventObject[] => types.map((type) => ({ type }));

/** Notes that a state is entered and left, with actions of all kinds. */
export const seen = ({ act }: SmallParts, name: string) => ({
  entry: [act(`enter ${name}`), `named entry of ${name}`],
  exit: [act(`exit ${name}`), { type: `named exit of ${name}`, params: { name } }],
});

export const zero = { n: 0, list: [] };

export const add = (by = 1) =>
  assign<MachineContext, AnyEventObject, undefined, AnyEventObject, never>({
    n: ({ context }: { context: MachineContext }) => context.n + by,
  });

/** A child that answers, ends and fails as it is told. */
export const childMachine = ({ act, compile, port }: SmallParts) =>
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
export const counting = fromTransition(
  (n: number, event: { type: string }) => (event.type === 'ask' ? n + 1 : n),
  0,
);

/** What such children may be told. */
export const childEvents = of('ask', 'askTwice', 'end', 'fail', 'unheard');
