/** The order in which transitions are asked, compared with that in which XState asks their guards. */
import { beforeEach, expect, it, vi } from 'vitest';
import { type AnyStateNode, createActor, createMachine, type InspectionEvent } from 'xstate';
import { takenBy } from '../../src/testing/chart.js';
import { chartCoverage } from '../../src/testing/coverage.js';
import { defineModel } from '../../src/testing/model.js';

// XState warns of patterns that fit nothing.
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));

const patterns = ['*', 'a', 'a.*', 'a.b', 'a.b.*', 'a.b.c', 'b.*', 'a.*.c', 'a.*.*', '*.b', 'ab.*', 'a.b*'];
const types = ['a', 'a.b', 'a.b.c', 'a.b.c.d', 'ab', 'ab.c', 'b', 'b.b', 'a.x.c', 'a.', 'c', 'a.b*', 'a.*'];

it.each(types)('an event "%s" is offered as XState offers it', (type) => {
  const asked: string[] = [];
  const refuse = (where: string) =>
    Object.fromEntries(
      patterns.map((pattern) => [pattern, { guard: () => !asked.push(`${where} ${pattern}`), target: '.x' }]),
    );
  const machine = createMachine({
    id: 'm',
    initial: 'x',
    states: { x: { initial: 'x', states: { x: {} }, on: refuse('#m.x') } },
    on: refuse('#m'),
  });
  const actor = createActor(machine).start();
  actor.send({ type });
  const { _nodes: nodes } = actor.getSnapshot() as unknown as { _nodes: AnyStateNode[] };
  const { refusals } = takenBy(nodes, { type }, []);
  expect(refusals.map((name) => name.replace(/ on (\S+) \[.*$/, ' $1'))).toEqual(asked);
  expect(asked.length).toBeGreaterThan(1);
});

it('a region that has no answer leaves those around both regions unasked, if the other has one', () => {
  const asked: string[] = [];
  const no = () => !asked.push('b');
  const outer = () => !asked.push('outer');
  const machine = createMachine({
    id: 'm',
    initial: 'both',
    states: {
      both: {
        type: 'parallel',
        on: { go: { guard: outer, target: 'end' } },
        states: {
          a: { initial: 'x', states: { x: { on: { go: 'y' } }, y: {} } },
          b: { initial: 'x', states: { x: { on: { go: { guard: no, target: 'y' } } }, y: {} } },
        },
      },
      end: {},
    },
  });
  const coverage = chartCoverage(machine);
  const actor = createActor(machine, { inspect: coverage.inspect }).start();
  actor.send({ type: 'go' });
  expect(asked).toEqual(['b']);
  const unseen = '#m.both on go [0] -> #m.end held back by a guard';
  expect(coverage.missing().refusals).toEqual([unseen]);
  actor.send({ type: 'go' });
  expect(asked).toEqual(['b', 'b', 'outer']);
  expect(coverage.missing().refusals).toEqual([]);
});

it('a transition that another region preempts is not covered', () => {
  const machine = createMachine({
    id: 'm',
    type: 'parallel',
    states: {
      a: { initial: 'x', states: { x: { on: { go: '#m.c.y' } } } },
      b: { initial: 'x', states: { x: { on: { go: '#m.c.z', stay: 'x' } } } },
      c: { initial: 'x', states: { x: {}, y: {}, z: {} } },
    },
  });
  const taken: string[] = [];
  const coverage = chartCoverage(machine);
  const actor = createActor(machine, {
    inspect(event: InspectionEvent) {
      coverage.inspect(event);
      if (event.type === '@xstate.microstep')
        taken.push(...event._transitions.map(({ source }) => source.id));
    },
  }).start();
  actor.send({ type: 'go' });
  // XState tells both as chosen, and takes the first.
  expect(taken).toEqual(['m.a.x', 'm.b.x']);
  expect(actor.getSnapshot().value).toMatchObject({ c: 'y' });
  expect(coverage.missing().transitions).toEqual([
    '#m.b.x on go [0] -> #m.c.z',
    '#m.b.x on stay [0] -> #m.b.x',
  ]);
});

it('history nodes are no states to cover, and those on the way through the start are', () => {
  const machine = createMachine({
    id: 'm',
    initial: 'a',
    states: {
      a: { always: [{ guard: () => false, target: 'c' }, { target: 'b' }] },
      b: { initial: 'x', states: { x: {}, back: { type: 'history' } } },
      c: {},
    },
  });
  const model = defineModel({ machine, variants: { usual: () => undefined }, cases: [] });
  expect(model.start('usual').taken).toEqual([
    '#m.a on always [1] -> #m.b',
    '#m.a on always [0] -> #m.c held back by a guard',
  ]);
  const coverage = chartCoverage(machine);
  createActor(machine, { inspect: coverage.inspect }).start();
  expect(coverage.missing()).toEqual({
    states: ['#m.c'],
    transitions: ['#m.a on always [0] -> #m.c'],
    refusals: [],
  });
});
