import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createActor, fromCallback, setup, spawnChild, stopChild } from 'xstate';
import { createStage, type StageOptions } from '../../src/inspect/stage.js';
import { createStatelyText } from '../../src/inspect/stately-text.js';
import { createVirtualClock, type VirtualClock } from '../../src/time/virtual-clock.js';
import { ViewerSink } from './fake-sink.js';

const child = setup({}).createMachine({
  id: 'child',
  initial: 'one',
  states: { one: { on: { go: 'two' } }, two: { on: { go: 'one' } } },
});

const parent = setup({ actors: { child, port: fromCallback(() => undefined) } }).createMachine({
  id: 'parent',
  context: { text: 'x' },
  invoke: { src: 'port', id: 'port' },
  initial: 'idle',
  on: {
    spawn: { actions: spawnChild('child', { id: 'slot' }) },
    drop: { actions: stopChild('slot') },
    end: '.over',
  },
  states: { idle: { on: { go: 'busy' } }, busy: { on: { go: 'idle' } }, over: { type: 'final' } },
});

let clock: VirtualClock;
beforeEach(() => {
  clock = createVirtualClock();
});
afterEach(() => expect(clock.pending()).toBe(0));

const startStage = (limits: StageOptions['limits'] = {}) => {
  const counts = { texts: 0 };
  const textOf = createStatelyText({ secrets: [], hideCards: false });
  const stage = createStage({
    textOf(sighting) {
      counts.texts += 1;
      return textOf(sighting);
    },
    clock,
    now: clock.now,
    limits,
  });
  return { ...stage, counts, admit: (sink: ViewerSink) => stage.admit(sink), stage };
};

const close = async (stage: { close(): Promise<void> }, ...sinks: ViewerSink[]): Promise<void> => {
  const closed = stage.close();
  for (const sink of sinks) sink.destroy();
  await closed;
};

/** What a viewer was told, one line for each. */
const lines = (sink: ViewerSink): string[] =>
  sink.told().map((told) => {
    const { type, name, event, snapshot } = told as unknown as {
      type: string;
      name?: string;
      event?: { type: string };
      snapshot?: { value?: unknown };
    };
    const what = name ?? event?.type ?? '';
    return `${type.replace('@xstate.', '')} ${what} ${JSON.stringify(snapshot?.value ?? null)}`;
  });

describe('the stage', () => {
  it('tells a late viewer of every live actor as it is now, parents first, and then what happens', async () => {
    const stage = startStage();
    const actor = createActor(parent).start();
    stage.attach(actor);
    actor.send({ type: 'go' });
    actor.send({ type: 'spawn' });
    actor.getSnapshot().children['slot']?.send({ type: 'go' });
    const sink = new ViewerSink();
    stage.admit(sink);
    expect(lines(sink)).toEqual(['actor parent "busy"', 'actor port null', 'actor slot "two"']);
    actor.send({ type: 'go' });
    expect(lines(sink)).toEqual([]);
    clock.advance(50);
    expect(lines(sink)).toEqual(['event go null', 'snapshot go "idle"']);
    actor.send({ type: 'drop' });
    actor.send({ type: 'spawn' });
    clock.advance(50);
    expect(lines(sink)).toEqual([
      'event drop null',
      'snapshot xstate.stop "two"',
      'snapshot drop "idle"',
      'event spawn null',
      'actor slot null',
      'event xstate.init null',
      'snapshot xstate.init "one"',
      'snapshot spawn "idle"',
    ]);
    await close(stage, sink);
  });

  it('looks at nothing while nobody listens', async () => {
    const stage = startStage();
    const actor = createActor(parent).start();
    const observed: string[] = [];
    const { inspect } = actor.system;
    actor.system.inspect = (observer) => {
      observed.push('on');
      const subscription = inspect(observer);
      return {
        unsubscribe() {
          observed.push('off');
          subscription.unsubscribe();
        },
      };
    };
    stage.attach(actor);
    actor.send({ type: 'go' });
    expect(observed).toEqual([]);
    const first = new ViewerSink();
    const second = new ViewerSink();
    stage.admit(first);
    stage.admit(second);
    actor.send({ type: 'go' });
    first.emit('close');
    expect(observed).toEqual(['on']);
    second.emit('close');
    expect(observed).toEqual(['on', 'off']);
    expect([stage.counts.texts, clock.pending()]).toEqual([4, 0]);
    await close(stage);
  });

  it('tells two viewers the same, each from where it came in', async () => {
    const stage = startStage();
    const actor = createActor(parent).start();
    stage.attach(actor);
    const [early, late] = [new ViewerSink(), new ViewerSink()];
    stage.admit(early);
    lines(early);
    actor.send({ type: 'go' });
    stage.admit(late);
    expect(lines(early)).toEqual(['event go null', 'snapshot go "busy"']);
    expect(lines(late)).toEqual(['actor parent "busy"', 'actor port null']);
    actor.send({ type: 'go' });
    clock.advance(50);
    const told = lines(early);
    expect(told).toEqual(['event go null', 'snapshot go "idle"']);
    expect(lines(late)).toEqual(told);
    await close(stage, early, late);
  });

  it('takes no more viewers than its limit', async () => {
    const stage = startStage({ maxPages: 1 });
    const sink = new ViewerSink();
    expect([stage.admit(sink), stage.admit(new ViewerSink())]).toEqual([true, false]);
    sink.emit('close');
    const next = new ViewerSink();
    expect([stage.stage.viewers, stage.admit(next)]).toEqual([0, true]);
    await close(stage, next);
  });

  it('tells in a flood a sample, says how much it left out, and ends with the newest state', async () => {
    const stage = startStage({ perSecond: 200, burst: 10 });
    const actor = createActor(parent).start();
    stage.attach(actor);
    const sink = new ViewerSink();
    stage.admit(sink);
    lines(sink);
    const before = stage.counts.texts;
    for (let window = 0; window < 20; window += 1) {
      for (let turn = 0; turn < 101; turn += 1) actor.send({ type: 'go' });
      clock.advance(50);
    }
    expect(stage.counts.texts - before).toBeLessThanOrEqual(21 * 10);
    clock.advance(100);
    const told = lines(sink);
    expect(told.length).toBe(stage.counts.texts - before);
    expect(told.at(-1)).toBe('snapshot go "idle"');
    expect(stage.stage.skipped).toBe(20 * 202 - told.length);
    clock.advance(1_000);
    const notices = sink.notices();
    expect(notices[0]).toBe('191 events were left out: there were too many at once.');
    // Once a second, for they are read out; together they tell all.
    expect(notices).toHaveLength(2);
    expect(notices.reduce((sum, notice) => sum + Number.parseInt(notice, 10), 0)).toBe(stage.stage.skipped);
    actor.send({ type: 'go' });
    clock.advance(50);
    expect(lines(sink)).toEqual(['event go null', 'snapshot go "busy"']);
    await close(stage, sink);
  });

  it('introduces many actors in portions, and tells nothing of one before it was introduced', async () => {
    const stage = startStage({ introductions: 2 });
    const actors = Array.from({ length: 3 }, () => createActor(child).start());
    for (const actor of actors) stage.attach(actor);
    const sink = new ViewerSink();
    stage.admit(sink);
    expect(lines(sink)).toEqual(['actor child "one"', 'actor child "one"']);
    actors[2]?.send({ type: 'go' });
    clock.advance(50);
    expect(lines(sink)).toEqual(['actor child "two"']);
    actors[2]?.send({ type: 'go' });
    clock.advance(50);
    expect(lines(sink)).toEqual(['event go null', 'snapshot go "one"']);
    await close(stage, sink);
  });

  it('keeps for a slow viewer no more than its limit, and has it begin anew when it is back', async () => {
    const stage = startStage({ maxWaiting: 3_000 });
    const actor = createActor(parent).start();
    stage.attach(actor);
    const [slow, quick] = [new ViewerSink(), new ViewerSink()];
    stage.admit(slow);
    stage.admit(quick);
    slow.told();
    slow.stall();
    for (let turn = 0; turn < 101; turn += 1) {
      actor.send({ type: 'go' });
      clock.advance(50);
    }
    expect(slow.writableLength).toBeLessThanOrEqual(3_000);
    expect(slow.writableLength).toBeGreaterThan(2_000);
    expect(lines(quick).length).toBe(2 + 2 * 101);
    slow.told();
    slow.drain();
    expect(lines(slow)).toEqual(['actor parent "busy"', 'actor port null']);
    expect(slow.notices()).toEqual(['This page was too slow: it goes on from the current state.']);
    actor.send({ type: 'go' });
    clock.advance(50);
    expect(lines(slow)).toEqual(['event go null', 'snapshot go "idle"']);
    await close(stage, slow, quick);
  });

  it('looks at nothing for viewers that take nothing, and drops them after a while', async () => {
    const stage = startStage({ maxWaiting: 3_000 });
    const actor = createActor(parent).start();
    stage.attach(actor);
    const sink = new ViewerSink();
    stage.admit(sink);
    sink.stall();
    const goOn = () => {
      for (let turn = 0; turn < 50; turn += 1) actor.send({ type: 'go' });
      clock.advance(50);
    };
    goOn();
    const { texts } = stage.counts;
    for (let window = 0; window < 50; window += 1) goOn();
    expect([stage.counts.texts, sink.isOpen]).toEqual([texts, true]);
    clock.advance(60_000);
    expect([sink.isOpen, stage.stage.viewers]).toEqual([false, 0]);
    await close(stage);
  });

  it('shows what is attached while somebody looks, and no longer what is detached', async () => {
    const stage = startStage();
    const sink = new ViewerSink();
    stage.admit(sink);
    const actor = createActor(parent).start();
    const detach = stage.attach(actor);
    expect(lines(sink)).toEqual(['actor parent "idle"', 'actor port null']);
    detach();
    actor.send({ type: 'go' });
    clock.advance(50);
    expect(lines(sink)).toEqual([]);
    stage.attach(actor);
    actor.send({ type: 'go' });
    clock.advance(50);
    expect(lines(sink)).toEqual([
      'actor parent "busy"',
      'actor port null',
      'event go null',
      'snapshot go "idle"',
    ]);
    await close(stage, sink);
  });

  it('shows a whole system, whichever of its actors it is attached to, and once only', async () => {
    const stage = startStage();
    const actor = createActor(parent).start();
    actor.send({ type: 'spawn' });
    const slot = actor.getSnapshot().children['slot'];
    if (slot === undefined) throw new Error('no child');
    stage.attach(slot);
    stage.attach(actor);
    const sink = new ViewerSink();
    stage.admit(sink);
    actor.send({ type: 'go' });
    clock.advance(50);
    expect(lines(sink)).toEqual([
      'actor parent "idle"',
      'actor port null',
      'actor slot "one"',
      'event go null',
      'snapshot go "busy"',
    ]);
    await close(stage, sink);
  });

  it('forgets what has ended', async () => {
    const stage = startStage();
    const actor = createActor(parent).start();
    stage.attach(actor);
    actor.send({ type: 'end' });
    const sink = new ViewerSink();
    stage.admit(sink);
    expect(lines(sink)).toEqual([]);
    await close(stage, sink);
  });

  it('leaves the failure of an actor to those who are in charge of it', async () => {
    const failing = setup({}).createMachine({
      on: {
        go: {
          actions: () => {
            throw new Error('broken');
          },
        },
      },
    });
    const stage = startStage();
    const actor = createActor(failing).start();
    const errors: unknown[] = [];
    actor.subscribe({ error: (error) => errors.push(error) });
    stage.attach(actor);
    const sink = new ViewerSink();
    stage.admit(sink);
    sink.told();
    actor.send({ type: 'go' });
    clock.advance(50);
    expect(errors).toEqual([new Error('broken')]);
    expect(sink.told().map(({ type }) => type)).toEqual(['@xstate.event']);
    await close(stage, sink);
  });

  it('tells the rest when it ends, says so, and does not wait long for a viewer that takes nothing', async () => {
    const stage = startStage();
    const actor = createActor(parent).start();
    stage.attach(actor);
    const [quick, stuck] = [new ViewerSink(), new ViewerSink()];
    stage.admit(quick);
    stage.admit(stuck);
    lines(quick);
    stuck.stall();
    actor.send({ type: 'go' });
    const closed = stage.close();
    expect(lines(quick)).toEqual(['event go null', 'snapshot go "busy"']);
    expect(quick.text().endsWith('event: bye\ndata: {}\n\n')).toBe(true);
    clock.advance(500);
    await closed;
  });
});
