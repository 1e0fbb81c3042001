/** What happens later, by timers of the machine. */
import { assign, cancel, createMachine, raise, sendTo, setup } from 'xstate';
import { loose, type SmallMachine } from '../small-machine.js';
import { of } from './shared.js';

export const timeMachines: readonly SmallMachine[] = [
  {
    name: 'after: by number, by name, dynamic, at every depth',
    told: ['raises an event'],
    events: of('next', 'again', 'inner', 'longer', 'stay'),
    make: ({ act, note }) =>
      setup({
        types: loose,
        delays: {
          short: 5,
          dynamic: ({ context, event }) => (note('dynamic delay', context, event), context.delay),
          fraction: 1.5,
        },
        guards: { isOdd: ({ context }) => context.n % 2 === 1 },
      }).createMachine({
        id: 'm',
        context: { n: 0, delay: 10 },
        after: { 300: { actions: act('the machine is old') } },
        initial: 'a',
        on: {
          longer: { actions: assign({ delay: ({ context }) => (context.delay + 7) % 60 }) },
          stay: { actions: assign({ n: ({ context }) => context.n + 1 }) },
          again: '.b',
        },
        states: {
          a: { after: { short: 'b', 5: { actions: act('five') } }, on: { next: 'b' } },
          b: {
            initial: 'c',
            after: {
              dynamic: [{ guard: 'isOdd', target: 'a' }, { actions: act('even') }],
              fraction: { actions: act('fraction') },
            },
            on: { next: { target: 'b', reenter: true }, inner: '.d' },
            states: {
              c: { after: { 10: 'd', 20: { actions: act('never') } } },
              d: {
                after: { dynamic: { target: '#m.a', actions: act('slow') } },
                on: { inner: { target: 'd', reenter: true } },
              },
            },
          },
        },
      }),
  },
  {
    name: 'after: by number and by name, again and again',
    told: 'never',
    events: of('next', 'again', 'inner', 'up'),
    make: ({ act }) =>
      setup({ types: loose, delays: { short: 5, long: 40 } }).createMachine({
        id: 'm',
        initial: 'a',
        after: { 300: { actions: act('the machine is old') } },
        states: {
          a: {
            after: { short: 'b', 5: { actions: act('five') } },
            on: { next: 'b', again: { target: 'a', reenter: true } },
          },
          b: {
            initial: 'c',
            after: { long: 'a' },
            on: { next: { target: 'b', reenter: true }, up: '#m.a', again: '.d' },
            states: {
              c: { after: { 10: { target: 'd', actions: act('ten') } }, on: { inner: 'd' } },
              d: { after: { long: { actions: act('never, the parent is first') } }, on: { inner: 'c' } },
            },
          },
        },
      }),
  },
  {
    name: 'after: at once, and with odd delays',
    told: 'never',
    events: of('next', 'zero', 'negative'),
    make: ({ act }) =>
      setup({ types: loose, delays: { zero: 0, negative: -5 } }).createMachine({
        context: { n: 0 },
        initial: 'a',
        states: {
          a: {
            after: { zero: { actions: act('zero') }, 1: { actions: act('one') } },
            on: { next: 'b', zero: 'c', negative: 'd' },
          },
          b: { after: { 0: 'a' }, on: { next: 'c' } },
          c: { after: { 0: { actions: act('nought') }, 5: 'b' }, on: { next: 'd' } },
          d: { after: { negative: { target: 'a', actions: act('negative') } }, on: { next: 'a' } },
        },
      }),
  },
  {
    name: 'after: a delay that nobody gave comes at once',
    told: ['raises an event'],
    events: of('next', 'back'),
    make: ({ act }) =>
      createMachine(
        {
          types: loose,
          initial: 'a',
          states: {
            a: { on: { next: 'b' }, exit: act('leave a') },
            b: { entry: act('b'), after: { missing: { target: 'c', actions: act('at once') } } as never },
            c: { after: { text: { actions: act('also at once') } }, on: { back: 'a' } },
          },
        },
        { delays: { text: (() => 'soon') as never } },
      ),
  },
  {
    name: 'delayed raises and sends, cancelled by id',
    told: ['raises an event'],
    events: of(
      'raise',
      'twice',
      'send',
      'cancel',
      'dynamic',
      'cancelDynamic',
      'late',
      'next',
      'unnamed',
      'named',
      'odd',
    ),
    others: of('late', 'next'),
    make: ({ act, port }) =>
      setup({
        types: loose,
        actors: { port: port('port') },
        delays: { soon: 10, later: ({ context }) => 10 + context.n },
      }).createMachine({
        id: 'm',
        context: { n: 0 },
        invoke: { src: 'port', id: 'port' },
        initial: 'a',
        on: {
          raise: { actions: [raise({ type: 'late' }, { delay: 20, id: 'one' }), act('armed')] },
          twice: {
            actions: [
              raise({ type: 'late', first: true }, { delay: 10, id: 'one' }),
              raise({ type: 'late', second: true }, { delay: 30, id: 'one' }),
            ],
          },
          send: {
            actions: [
              sendTo('port', { type: 'later' }, { delay: 'soon', id: 'sent' }),
              sendTo('port', { type: 'now' }),
            ],
          },
          cancel: { actions: [cancel('one'), cancel('sent'), cancel('nothing'), act('cancelled')] },
          dynamic: {
            actions: [
              assign({ n: ({ context }) => (context.n + 1) % 4 }),
              raise(({ context }) => ({ type: 'late', n: context.n }), {
                id: 'dynamic',
                delay: ({ context }) => context.n * 5,
              }),
              sendTo(
                ({ self }) => self,
                ({ context }) => ({ type: 'late', n: context.n }),
                { id: 'to itself', delay: 'later' },
              ),
            ],
          },
          cancelDynamic: {
            actions: [
              cancel(({ context }) => (context.n % 2 === 0 ? 'dynamic' : 'to itself')),
              raise({ type: 'next' }),
            ],
          },
          unnamed: {
            actions: [
              raise({ type: 'late', unnamed: true }, { delay: 5 }),
              sendTo('port', { type: 'unnamed' }, { delay: 0 }),
            ],
          },
          named: { actions: raise({ type: 'late' }, { delay: 'later', id: 'one' }) },
          odd: {
            actions: [
              raise({ type: 'next' }, { delay: 'missing' as never }),
              sendTo('port', { type: 'odd' }, { delay: 'missing' as never }),
            ],
          },
          late: { actions: act('late') },
        },
        states: {
          a: { exit: cancel('one'), on: { next: 'b' } },
          b: {
            entry: raise({ type: 'late', from: 'b' }, { delay: 5, id: 'b' }),
            exit: cancel('b'),
            on: { next: 'a' },
          },
        },
      }),
  },
];
