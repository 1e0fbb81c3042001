/** A model followed by hand, step by step. */
import { describe, expect, it } from 'vitest';
import { cancel, createMachine, fromCallback, raise, sendTo } from 'xstate';
import { defineModel, type ModelCase, type ModelState } from '../../src/testing/model.js';

const port = fromCallback(() => () => undefined);

const one = (type: string, more: Partial<ModelCase> = {}): ModelCase => ({
  name: type,
  event: { type },
  ...more,
});

const machine = createMachine({
  id: 'm',
  initial: 'a',
  invoke: { id: 'log', src: port },
  states: {
    a: { after: { 0: 'b' }, on: { go: 'b' } },
    b: {
      after: { 1.9: 'c' },
      on: {
        arm: { actions: raise({ type: 'x' }, { id: 'k', delay: 100 }) },
        later: { actions: sendTo('log', { type: 'ring' }, { id: 'k', delay: 200 }) },
        stop: { actions: cancel('k') },
      },
    },
    c: {},
  },
});
const modelOf = (cases: readonly ModelCase[]) =>
  defineModel({ machine, variants: { usual: () => undefined }, cases });

const cases = [one('go'), one('arm'), one('later'), one('stop'), one('wait', { waitMs: 1 })];

describe('a model', () => {
  it('refuses two cases of one name, and times that are none', () => {
    expect(() => modelOf([one('go'), one('arm', { name: 'go' })])).toThrow(
      expect.objectContaining({
        code: 'case_doubled',
        message:
          'Two cases of the model of m have the name "go". Paths are described by it: give each its own.',
      }),
    );
    for (const waitMs of [-1, Number.NaN, Infinity]) {
      expect(() => modelOf([one('go', { waitMs })])).toThrow(
        expect.objectContaining({
          code: 'wait_invalid',
          message: `The case "go" of the model of m waits ${waitMs} ms. Give milliseconds, zero or more.`,
        }),
      );
    }
  });

  const names = (state: ModelState) =>
    modelOf(cases)
      .casesIn(state)
      .map(({ name, waitMs = 0 }) => `${name} ${waitMs}`);

  it('offers what may come before the next timer, and that timer: delays are those of Node', () => {
    const model = modelOf(cases);
    const start = model.start('usual');
    expect(names(start)).toEqual(['go 0', 'arm 0', 'later 0', 'stop 0', 'after.0.m.a 1']);
    const b = model.step(start, model.casesIn(start).at(-1) as ModelCase);
    expect([b.snapshot.value, b.atMs, names(b).at(-1)]).toEqual(['b', 1, 'after.1.9.m.b 1']);
  });

  it('keeps both of two delayed events under one id; cancel takes the later', () => {
    const model = modelOf(cases);
    const armed = ['go', 'arm', 'later'].reduce(
      (state, type) => model.step(state, one(type)),
      model.start('usual'),
    );
    const due = ({ timers }: ModelState) => [...timers].map(([key, { dueMs }]) => [key, dueMs]);
    expect(due(armed)).toEqual([
      ['xstate.after.1.9.m.b', 1],
      ['k', 100],
      ['k (2)', 200],
    ]);
    expect(due(model.step(armed, one('stop')))).toEqual([
      ['xstate.after.1.9.m.b', 1],
      ['k', 100],
    ]);
    expect(model.keyOf(armed)).toBe(
      '["active","b"] after.1.9.m.b; delayed x, for good; delayed ring to log null',
    );
  });

  it('takes no event past a timer; a timer may be named by its event alone', () => {
    const model = modelOf(cases);
    const b = model.step(model.start('usual'), one('go'));
    expect(() => model.step(b, one('arm', { waitMs: 1 }))).toThrow(
      expect.objectContaining({
        code: 'wait_invalid',
        message:
          '"arm" comes after 1 ms, but "after.1.9.m.b" is due first, after 1 ms. Take that step first: it is the last one ' +
          'of casesIn(state).',
      }),
    );
    expect(model.step(b, one('xstate.after.1.9.m.b', { waitMs: 1 })).snapshot.value).toBe('c');
  });

  it('lets a child speak of its end only while it is there', () => {
    const model = modelOf([one('xstate.done.actor.log'), one('xstate.done.actor.other')]);
    const start = model.start('usual');
    const heard = model.casesIn(start).map(({ name }) => name);
    expect(heard).toEqual(['xstate.done.actor.log', 'after.0.m.a']);
    const ended = model.step(start, one('xstate.done.actor.log'));
    expect([...ended.ended]).toEqual(['log']);
    expect(model.casesIn(ended).map(({ name }) => name)).toEqual(['after.0.m.a']);
    expect(model.keyOf(ended)).not.toBe(model.keyOf(start));
  });

  it('does not send to the end of a path what was delayed for a child that has ended', () => {
    const model = modelOf(cases);
    const before = ['go', 'later'].reduce(
      (state, type) => model.step(state, one(type)),
      model.start('usual'),
    );
    const c = model.step(before, model.casesIn(before).at(-1) as ModelCase);
    const [timer] = model.casesIn(c).slice(-1);
    expect(timer).toMatchObject({ name: 'delayed ring to log', timer: 'k', waitMs: 199 });
    expect(model.step(c, timer as ModelCase).sent).toEqual([{ to: 'log', event: { type: 'ring' } }]);
    const ended = model.step(c, one('xstate.done.actor.log'));
    expect(model.step(ended, timer as ModelCase).sent).toEqual([]);
  });

  it('may be followed from one state again and again: the machine is where that state is', () => {
    const asking = createMachine({
      id: 'm',
      initial: 'a',
      invoke: { id: 'log', src: port },
      states: {
        a: {
          on: {
            go: 'b',
            ask: { actions: sendTo('log', ({ self }) => ({ type: self.getSnapshot().value })) },
          },
        },
        b: {},
      },
    });
    const model = defineModel({ machine: asking, variants: { usual: () => undefined }, cases });
    const start = model.start('usual');
    expect(model.step(start, one('go')).snapshot.value).toBe('b');
    expect(model.step(start, one('ask')).sent).toEqual([{ to: 'log', event: { type: 'a' } }]);
  });

  it('that has ended takes nothing more', () => {
    const ending = createMachine({
      id: 'm',
      initial: 'a',
      on: { go: { actions: 'save' } },
      states: { a: { on: { go: 'z' } }, z: { type: 'final' } },
    } as never);
    const model = defineModel({ machine: ending, variants: { usual: () => undefined }, cases });
    const ended = model.step(model.start('usual'), one('go'));
    expect(model.step(ended, one('go'))).toMatchObject({
      snapshot: { status: 'done' },
      actions: [],
      taken: [],
    });
  });
});
