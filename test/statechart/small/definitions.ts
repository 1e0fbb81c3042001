/** What a definition may say besides states and transitions. */
import { createMachine, setup } from 'xstate';
import { type SmallMachine } from '../small-machine.js';
import { of, seen } from './shared.js';

export const definitionMachines: readonly SmallMachine[] = [
  {
    name: 'tags, meta and descriptions',
    told: 'never',
    events: of('next', 'deep', 'stay'),
    make: ({ act }) =>
      createMachine({
        id: 'm',
        tags: ['everywhere'],
        meta: { of: 'root' },
        initial: 'a',
        states: {
          a: {
            tags: 'one',
            description: 'the first',
            meta: { of: 'a' },
            on: { next: 'b', stay: { description: 'stays', meta: { of: 'stay' }, actions: act('stay') } },
          },
          b: {
            tags: ['two', 'one', 'everywhere'],
            initial: 'c',
            on: { next: 'a' },
            states: {
              c: { tags: ['inner'], meta: null as never, on: { deep: 'd' } },
              d: { tags: [], meta: { of: 'd' } },
            },
          },
        },
      }),
  },
  {
    name: 'keys and ids of all kinds',
    told: 'never',
    events: of('next', 'dotted', 'number', 'id'),
    make: (parts) =>
      createMachine({
        id: 'with.dots',
        initial: '10',
        on: { dotted: '.a\\.b', number: '.2', id: '#own-id.inner' },
        states: {
          10: { ...seen(parts, 'ten'), on: { next: '2' } },
          2: { ...seen(parts, 'two'), on: { next: 'constructor' } },
          'a.b': {
            ...seen(parts, 'dotted'),
            id: 'dotted',
            initial: 'c',
            states: { c: {}, 'd.e': {} },
            on: { next: '#dotted.d\\.e' },
          },
          constructor: { ...seen(parts, 'constructor'), on: { next: '__proto' } },
          __proto: {
            id: 'own-id',
            initial: 'inner',
            states: { inner: { ...seen(parts, 'inner'), id: 'own-id-inner' } },
            on: { next: '10' },
          },
        },
      }),
  },
  {
    name: 'routes',
    told: 'never',
    events: [
      { type: 'xstate.route', to: '#first' },
      { type: 'xstate.route', to: '#second' },
      { type: 'xstate.route', to: '#closed' },
      { type: 'xstate.route', to: '#nowhere' },
      { type: 'xstate.route' },
      { type: 'next' },
    ],
    make: (parts) =>
      createMachine({
        initial: 'first',
        states: {
          first: { ...seen(parts, 'first'), id: 'first', route: {}, on: { next: 'outer' } },
          outer: {
            ...seen(parts, 'outer'),
            initial: 'second',
            states: {
              second: { ...seen(parts, 'second'), id: 'second', route: { actions: parts.act('routed') } },
              closed: { id: 'closed', route: { guard: () => false } },
            },
          },
        },
      }),
  },
  {
    name: 'setup, extended, with configs of states and provided parts',
    told: 'never',
    events: of('next', 'stay', 'later'),
    make: ({ act }) => {
      const base = setup({
        actions: { base: act('base'), replaced: act('not this one') },
        delays: { soon: 10 },
      });
      const more = base.extend({ guards: { may: () => true }, actions: { more: act('more') } });
      const b = more.createStateConfig({ entry: ['base', 'more'], on: { next: 'a' }, after: { soon: 'a' } });
      return more
        .createMachine({
          initial: 'a',
          on: { stay: { guard: 'may', actions: ['more', 'replaced'] } },
          states: { a: { on: { next: { guard: 'may', target: 'b' } } }, b },
        })
        .provide({
          actions: { replaced: act('provided') },
          guards: { may: () => true },
          delays: { soon: 50 },
        });
    },
  },
];
