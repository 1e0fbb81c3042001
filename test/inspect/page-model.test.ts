/** What the page makes of the messages of real sessions. */
import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { sourceOf } from '../../src/inspect/page/chart-code.js';
import { Model, modelLimits, shortName, stateText } from '../../src/inspect/page/model.js';

type Message = Parameters<Model['take']>[0];

let count = 0;
const base = (type: string, sessionId: string) => ({ type, sessionId, createdAt: String((count += 1)) });
const machine = JSON.stringify({ id: 'm', states: {} });
const actor = (id: string, parentId?: string, more: Partial<Message> = {}): Message => ({
  ...base('@xstate.actor', id),
  name: `name of ${id}`,
  ...(parentId !== undefined && { parentId }),
  snapshot: { status: 'active' },
  ...more,
});
const state = (id: string, value: unknown, status = 'active'): Message => ({
  ...base('@xstate.snapshot', id),
  snapshot: { status, value },
  event: { type: 'x' },
});
const event = (type: string, sourceId: string | undefined, to: string): Message => ({
  ...base('@xstate.event', to),
  ...(sourceId !== undefined && { sourceId }),
  event: { type },
});

function modelOf(...messages: Message[]): Model {
  const model = new Model();
  for (const message of messages) model.take(message);
  return model;
}
const treeOf = (model: Model, id: string | null = null): unknown[] =>
  model.below(id).map((one) => [one.id, ...treeOf(model, one.id)]);

/** Two matches whose parts have the same names. */
const two = [
  actor('lobby', undefined, { definition: machine }),
  actor('a', 'lobby', { definition: machine }),
  actor('a.socket', 'a', { name: 'socket' }),
  actor('b', 'lobby', { definition: machine }),
  actor('b.socket', 'b', { name: 'socket' }),
];

describe('what the page knows', () => {
  it('is a tree of actors, and where each of them is', () => {
    const model = modelOf(...two, state('a', { playing: 'deciding' }), state('b', 'done', 'done'));
    expect(treeOf(model)).toEqual([['lobby', ['a', ['a.socket']], ['b', ['b.socket']]]]);
    expect([...model.actors.values()].map((one) => [one.id, one.snapshot.value, one.isOver])).toEqual([
      ['lobby', undefined, false],
      ['a', { playing: 'deciding' }, false],
      ['a.socket', undefined, false],
      ['b', 'done', true],
      // No message says that it was stopped with its match.
      ['b.socket', undefined, true],
    ]);
  });

  it('keeps the events of two matches apart, whose actors have the same names', () => {
    const model = modelOf(
      ...two,
      event('frame.turn_request', 'a.socket', 'a'),
      event('frame.turn_request', 'b.socket', 'b'),
      event('socket.send', 'a', 'a.socket'),
      event('agent.stop', undefined, 'lobby'),
    );
    const shown = (id: string | null) => model.eventsOf(id).map((one) => [one.from, one.to, one.event.type]);
    expect(shown('a')).toEqual([
      ['a.socket', 'a', 'frame.turn_request'],
      ['a', 'a.socket', 'socket.send'],
    ]);
    expect(shown('b.socket')).toEqual([['b.socket', 'b', 'frame.turn_request']]);
    expect(shown('lobby')).toEqual(shown(null));
    expect(model.lanesOf(model.events)).toEqual([null, 'lobby', 'a', 'a.socket', 'b', 'b.socket']);
    expect(model.lanesOf(model.eventsOf('b'))).toEqual(['b', 'b.socket']);
  });

  it('is the last hundred events, and names of actors that are gone', () => {
    const model = modelOf(...two);
    for (let n = 0; n < 250; n += 1) model.take(event(`e${n}`, 'a', 'a.socket'));
    expect(model.eventsOf(null).map((one) => one.event.type)).toEqual(
      Array.from({ length: modelLimits.events }, (_, n) => `e${n + 150}`),
    );
    model.take(state('a', 'done', 'done'));
    for (let n = 0; n < modelLimits.ended + 3; n += 1) {
      model.take(actor(`m${n}`, 'lobby', { definition: machine }));
      model.take(state(`m${n}`, 'done', 'done'));
    }
    expect(model.actors.has('a')).toBe(false);
    expect(model.below('lobby').filter(({ isOver }) => isOver)).toHaveLength(modelLimits.ended);
    expect([model.nameOf('a'), model.nameOf('a.socket'), model.nameOf('m0')]).toEqual([
      'name of a',
      'socket',
      'm0',
    ]);
    expect(model.lanesOf(model.events)).toEqual(['a', 'a.socket']);
  });

  it('has the past of one match among the events of many', () => {
    const model = modelOf(...two, event('old', 'b', 'b.socket'));
    for (let n = 0; n < modelLimits.kept - 1; n += 1) model.take(event('new', 'a', 'a.socket'));
    expect(model.eventsOf('b').map((one) => one.event.type)).toEqual(['old']);
    expect(new Set(model.eventsOf('lobby').map((one) => one.event.type))).toEqual(new Set(['new']));
    model.take(event('new', 'a', 'a.socket'));
    expect(model.eventsOf('b')).toEqual([]);
  });

  it('takes up actors that are introduced once more, and a state that came before the actor was named', () => {
    const model = modelOf(...two, event('x', 'a', 'b'));
    model.take(state('a', 'playing'));
    model.take(actor('a', 'lobby', { definition: machine }));
    expect(model.actors.get('a')?.snapshot.value).toBe('playing');
    model.meetAgain();
    expect([model.actors.size, model.events.length]).toEqual([0, 1]);
    for (const message of two.slice(0, 2)) model.take(message);
    expect(treeOf(model)).toEqual([['lobby', ['a']]]);
  });

  it('has states and names in few words', () => {
    const values = ['done', { playing: 'deciding' }, { a: { b: 'c' }, d: 'e' }, undefined];
    expect(values.map(stateText)).toEqual(['done', 'playing · deciding', 'a · b · c, d · e', '']);
    expect(shortName('socket of match:0b04fce4-9396-4df1-a548-c1bb33d0089a')).toBe(
      'socket of match:0b04fce4',
    );
    expect(shortName('match:m1')).toBe('match:m1');
  });
});

describe('the code of a chart', () => {
  it('is a module that makes the machine, without what is worked out as it runs', () => {
    const definition = JSON.stringify({
      id: 'm',
      context: { type: 'context' },
      initial: 'a',
      states: {
        a: { on: { 'frame.*': { actions: 'look', target: 'b' } } },
        b: { invoke: { src: 'p', input: { type: 'input' } } },
      },
    });
    const source = sourceOf('m', definition);
    expect(source).toMatch(
      /^import \{ createMachine \} from 'xstate';\n\nexport const mMachine = createMachine\(\{\n {2}id: "m",/,
    );
    const body = source.replace(/^import .*$/m, '').replace('export const mMachine =', 'return');
    // oxlint-disable-next-line typescript/no-implied-eval -- that it is code is what is tested
    const made = new Function('createMachine', body)(createMachine) as ReturnType<typeof createMachine>;
    expect(made.config).toEqual({
      id: 'm',
      initial: 'a',
      states: { a: { on: { 'frame.*': { actions: 'look', target: 'b' } } }, b: { invoke: { src: 'p' } } },
    });
  });
});
