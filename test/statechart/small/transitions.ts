/** Where transitions lead, and what is exited and entered on the way. */
import { assign, createMachine, raise } from 'xstate';
import { type SmallMachine } from '../small-machine.js';
import { of, seen } from './shared.js';

export const transitionMachines: readonly SmallMachine[] = [
  {
    name: 'targets: siblings, ancestors, descendants, ids',
    told: 'never',
    events: of(
      'in',
      'up',
      'over',
      'deep',
      'top',
      'id',
      'own',
      'root',
      'rootDeep',
      'reDeep',
      'reOwn',
      'reUp',
      'machine',
      'none',
    ),
    make: (parts) =>
      createMachine({
        id: 'm',
        ...seen(parts, 'root'),
        initial: 'a',
        on: {
          root: '.b',
          rootDeep: { target: '.a.two.y', actions: parts.act('rootDeep') },
          id: { target: '#special', actions: 'named' },
        },
        states: {
          a: {
            ...seen(parts, 'a'),
            initial: 'one',
            on: {
              in: '.two',
              deep: { target: '.two.y', actions: parts.act('deep') },
              own: 'a',
              reOwn: { target: 'a', reenter: true },
              reDeep: { target: '.two.y', reenter: true },
              over: 'b',
              machine: '#m',
            },
            states: {
              one: { ...seen(parts, 'one'), on: { over: 'two', up: '#m.a', top: '#m.b' } },
              two: {
                ...seen(parts, 'two'),
                initial: 'x',
                on: {
                  up: { target: '#m.a', actions: parts.act('up') },
                  reUp: { target: '#m.a', reenter: true },
                },
                states: {
                  x: { ...seen(parts, 'x'), on: { over: 'y', top: '#m.a.one' } },
                  y: { ...seen(parts, 'y'), id: 'special', on: { over: 'x', own: '#m.a.two' } },
                },
              },
            },
          },
          b: {
            ...seen(parts, 'b'),
            on: {
              over: 'a',
              deep: 'a.two.y',
              own: 'b',
              reOwn: { target: 'b', reenter: true },
              machine: '#m',
            },
          },
        },
      }),
  },
  {
    name: 'a root that is entered again',
    told: ['is entered again'],
    events: of('root', 'rootDeep', 'next', 'count'),
    make: (parts) =>
      createMachine({
        id: 'm',
        ...seen(parts, 'root'),
        context: { n: 0 },
        initial: 'a',
        on: {
          root: { target: '#m', reenter: true, actions: parts.act('again') },
          rootDeep: { target: '.b.c', reenter: true },
          count: { actions: assign({ n: ({ context }) => context.n + 1 }) },
        },
        states: {
          a: { ...seen(parts, 'a'), on: { next: 'b' } },
          b: { ...seen(parts, 'b'), initial: 'd', states: { c: seen(parts, 'c'), d: seen(parts, 'd') } },
        },
      }),
  },
  {
    name: 'transitions to itself, without target, forbidden',
    told: 'never',
    events: of(
      'self',
      'selfAgain',
      'inner',
      'stay',
      'empty',
      'forbidden',
      'alsoForbidden',
      'reenterNothing',
      'next',
    ),
    make: (parts) =>
      createMachine({
        id: 'm',
        initial: 'a',
        on: { forbidden: '.b', alsoForbidden: '.b', stay: { actions: parts.act('stay at root') } },
        states: {
          a: {
            ...seen(parts, 'a'),
            on: {
              self: { target: 'a', actions: parts.act('self') },
              selfAgain: { target: 'a', reenter: true },
              stay: { actions: [parts.act('stay'), 'and more'] },
              empty: { actions: [] },
              forbidden: {},
              alsoForbidden: undefined,
              reenterNothing: { reenter: true, actions: parts.act('nothing to reenter') },
              next: 'b',
            },
          },
          b: {
            ...seen(parts, 'b'),
            initial: 'c',
            on: {
              self: 'b',
              selfAgain: { target: 'b', reenter: true },
              inner: { target: '.d', actions: 'inner' },
            },
            states: {
              c: { ...seen(parts, 'c'), on: { next: 'd', forbidden: [] } },
              d: { ...seen(parts, 'd'), on: { next: '#m.a', self: { target: 'd', reenter: false } } },
            },
          },
        },
      }),
  },
  {
    name: 'initial transitions with actions',
    told: ['raises an event'],
    events: of('deep', 'back', 'inner', 'again'),
    make: (parts) =>
      createMachine({
        id: 'm',
        context: { trail: '' },
        initial: { target: 'a', actions: [parts.act('initial of root')] },
        states: {
          a: {
            ...seen(parts, 'a'),
            on: { deep: 'b', inner: 'b.c.e', again: { target: 'a', reenter: true } },
          },
          b: {
            ...seen(parts, 'b'),
            on: { back: 'a', again: '#m.b', inner: '.c' },
            initial: {
              target: 'c',
              actions: [
                parts.act('initial of b'),
                assign({ trail: ({ context }) => `${context.trail}b` }),
                raise({ type: 'noted' }),
              ],
            },
            states: {
              c: {
                ...seen(parts, 'c'),
                initial: { target: 'd', actions: { type: 'initial of c', params: { deep: true } } },
                on: { noted: { actions: parts.act('noted') }, inner: '.e' },
                states: { d: seen(parts, 'd'), e: seen(parts, 'e') },
              },
            },
          },
        },
      }),
  },
];
