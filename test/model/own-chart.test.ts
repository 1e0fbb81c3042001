/** `chipzen-agent/testing` on a chart that is not the agent's. */
import { describe, expect, it } from 'vitest';
import { createActor, fromCallback, sendTo, setup, spawnChild, stopChild } from 'xstate';
import { chartCoverage } from '../../src/testing/coverage.js';
import { defineModel, type ModelCase } from '../../src/testing/model.js';
import { casePaths, edgePaths } from '../../src/testing/paths.js';
import { playPath } from '../../src/testing/play-path.js';
import { scriptedPort } from '../../src/testing/scripted-port.js';
import type { PathOptions } from '../../src/testing/traversal.js';

type DoorEvent = { type: 'open'; key: string } | { type: 'knock' };

const door = setup({
  types: {
    context: {} as { key: string; knocks: number },
    events: {} as DoorEvent,
    input: {} as { key: string },
  },
  actors: { bell: fromCallback<{ type: 'ring' }>(() => undefined) },
  guards: { keyFits: ({ context, event }) => event.type === 'open' && event.key === context.key },
  actions: { ring: sendTo('bell', { type: 'ring' }) },
  delays: { closing: 5_000 },
}).createMachine({
  id: 'door',
  context: ({ input }) => ({ key: input.key, knocks: 0 }),
  invoke: { id: 'bell', src: 'bell' },
  initial: 'shut',
  states: {
    shut: { on: { open: { guard: 'keyFits', target: 'ajar' }, knock: { actions: 'ring' } } },
    ajar: { after: { closing: 'shut' } },
  },
});

const cases: ModelCase<DoorEvent>[] = [
  { name: 'knock', event: { type: 'knock' } },
  { name: 'right key', event: { type: 'open', key: 'k' } },
  { name: 'wrong key', event: { type: 'open', key: 'x' } },
  { name: 'late knock', event: { type: 'knock' }, waitMs: 6_000 },
];

const doorModel = (some = cases) =>
  defineModel({ machine: door, variants: { usual: () => ({ key: 'k' }) }, cases: some });

const titles = (options: PathOptions = {}) => edgePaths(doorModel(), options).map(({ title }) => title);

describe('a chart of one’s own', () => {
  it('gets the shortest path to each transition and each guard that says no, the same every time', () => {
    const expected = ['usual: knock', 'usual: wrong key', 'usual: right key, after.closing.door.ajar'];
    expect(titles()).toEqual(expected);
    expect(titles()).toEqual(expected);
  });

  it('is covered by its paths, and not without one of its cases', () => {
    const coverage = chartCoverage(door);
    for (const path of edgePaths(doorModel())) playPath(doorModel(), path, { inspect: coverage.inspect });
    expect(coverage.missing()).toEqual({ states: [], transitions: [], refusals: [] });

    const lacking = chartCoverage(door);
    const model = doorModel(cases.filter(({ name }) => name !== 'wrong key'));
    for (const path of edgePaths(model)) playPath(model, path, { inspect: lacking.inspect });
    expect(() => lacking.assertComplete()).toThrow(
      expect.objectContaining({
        code: 'coverage_incomplete',
        message:
          'The chart door is not covered as it should be:\n' +
          '  never taken: #door.shut on open [0] -> #door.ajar held back by keyFits',
      }),
    );
  });

  it('says what each step commands, takes and waits for', () => {
    const path = edgePaths(doorModel()).at(-1);
    expect(path?.steps.map(({ case: { name }, state }) => [name, state.snapshot.value, state.atMs])).toEqual([
      ['right key', 'ajar', 0],
      ['after.closing.door.ajar', 'shut', 5_000],
    ]);
    expect(edgePaths(doorModel())[0]?.steps[0]?.state).toMatchObject({
      sent: [{ to: 'bell', event: { type: 'ring' } }],
      taken: ['#door.shut on knock [0] -> (stays)'],
    });
  });

  it('has a path to every state with every case; one that waits past a timer comes after it', () => {
    expect(casePaths(doorModel()).map(({ title }) => title)).toEqual([
      'usual: knock',
      'usual: wrong key',
      'usual: late knock',
      'usual: right key, knock',
      'usual: right key, right key',
      'usual: right key, wrong key',
      'usual: right key, after.closing.door.ajar',
    ]);
  });

  it('is bounded by a filter, by states to stop at, and by a limit', () => {
    expect(titles({ filter: (_state, { name }) => name === 'knock' })).toEqual(['usual: knock']);
    expect(titles({ stopWhen: ({ snapshot }) => snapshot.value === 'ajar' })).toEqual([
      'usual: knock',
      'usual: right key',
      'usual: wrong key',
    ]);
    expect(() => titles({ limit: 1 })).toThrow('limit');
  });

  it('starts in the variants that it has', () => {
    expect(() => doorModel().start('other')).toThrow(
      'The model of door has no variant "other"; there are usual.',
    );
  });

  it('may name its children in the system', () => {
    const lamp = fromCallback(() => undefined);
    const hall = setup({ types: { events: {} as { type: 'on' | 'off' } }, actors: { lamp } }).createMachine({
      id: 'hall',
      initial: 'dark',
      states: {
        dark: {
          on: { on: { target: 'lit', actions: spawnChild('lamp', { id: 'lamp', systemId: 'light' }) } },
        },
        lit: { on: { off: { target: 'dark', actions: stopChild('lamp') } } },
      },
    });
    const model = defineModel({
      machine: hall,
      variants: { usual: () => ({}) },
      cases: (['on', 'off'] as const).map((type) => ({ name: type, event: { type } })),
    });
    const paths = casePaths(model);
    expect(paths.map(({ title }) => title)).toEqual(['usual: off', 'usual: on, on', 'usual: on, off']);
    for (const path of paths) playPath(model, path);
  });

  it('fails a path of a port that is told something else', () => {
    const mute = { ...doorModel(), machine: door.provide({ actions: { ring: () => undefined } }) };
    const [knock] = edgePaths(doorModel());
    expect(() => playPath(mute, knock as NonNullable<typeof knock>)).toThrow(
      expect.objectContaining({ code: 'path_failed' }),
    );
  });
});

describe('a scripted port', () => {
  it('keeps what it is told and can be made to fail at once', () => {
    const bell = scriptedPort<{ type: 'ring' }, never>();
    const actor = createActor(door.provide({ actors: { bell: bell.logic } }), {
      input: { key: 'k' },
    });
    actor.subscribe({ error: () => undefined });
    expect(() => bell.crash(new Error('torn'))).toThrow('The port was not started.');
    actor.start();
    actor.send({ type: 'knock' });
    expect(bell.commands).toEqual([{ type: 'ring' }]);
    bell.crash(new Error('torn'));
    expect(actor.getSnapshot()).toMatchObject({ status: 'error', error: { message: 'torn' } });
    expect(bell.commands).toEqual([{ type: 'ring' }]);
  });
});
