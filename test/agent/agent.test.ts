import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newDayBook } from '../../src/budget/day-book.js';
import { Action } from '../../src/holdem/action.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { watchEvents } from '../kit/agent.js';
import { makeFolder } from '../kit/folder.js';
import { say, startScriptedPlatform } from '../kit/scripted-platform.js';

const caller = { decide: () => Action.call() };

describe('an agent and what its user plugs into it', () => {
  let platform: Awaited<ReturnType<typeof startScriptedPlatform>>;
  let clock: ReturnType<typeof createVirtualClock>;
  let events: ReturnType<typeof watchEvents>;

  beforeEach(async () => {
    platform = await startScriptedPlatform();
    clock = createVirtualClock();
    events = watchEvents();
  });

  afterEach(() => platform.close());

  function agent(options: Parameters<typeof platform.agent>[1] = {}) {
    return platform.agent(caller, { onEvent: events.onEvent, ...options }, { clock, now: clock.now });
  }

  /** A session with one live match. */
  async function seated(running: ReturnType<typeof agent>) {
    const done = running.start();
    done.catch(() => undefined);
    const lobby = await platform.lobby();
    lobby.say(say.matched());
    const seat = await platform.seat();
    await events.next('match.connected');
    return { done, lobby, seat };
  }

  it('plays on with an inspector that throws, and says so once', async () => {
    const running = agent({
      maxMatches: 1,
      inspect: () => {
        throw Object.create(null);
      },
    });
    const { done, seat } = await seated(running);
    seat.say(say.matchEnd());
    expect(await done).toMatchObject([{ outcome: 'completed' }]);
    const warnings = events.all.filter(({ type }) => type === 'config.warning');
    expect(warnings).toMatchObject([{ message: 'The inspector failed: an error without a text' }]);
  });

  it('tells events and results in the time of the wall clock, however that was set meanwhile', async () => {
    let offMs = 0;
    const wallNow = () => clock.now() + offMs;
    const listener = { onEvent: events.onEvent, maxMatches: 1 };
    const running = platform.agent(caller, listener, { clock, now: clock.now, wallNow });
    const { done, seat } = await seated(running);
    clock.advance(5_000);
    offMs = -3_600_000;
    seat.say(say.matchEnd());
    const [result] = await done;
    const endedAt = wallNow();
    expect(result).toMatchObject({ startedAt: endedAt - 5_000, endedAt });
    expect(events.all.filter(({ type }) => type === 'match.ended')).toMatchObject([{ at: endedAt, result }]);
  });

  it('tells listeners that come after it was made what was found while it was', async () => {
    const dayBook = join(makeFolder(), 'day.json');
    writeFileSync(dayBook, '');
    const running = agent({ season: true, dayBook, onEvent: undefined });
    running.on(events.onEvent);
    running.start().catch(() => undefined);
    expect(await events.next('budget.trouble')).toMatchObject({
      message: expect.stringContaining('is empty'),
    });
    await running.stop();
  });

  it.each([0, 8 * 3_600_000])(
    'waits in its lobby for fixtures that cannot be read, as long as there are hours for it (%i ms used)',
    async (lobbyMs) => {
      const dayBook = join(makeFolder(), 'day.json');
      writeFileSync(dayBook, JSON.stringify({ ...newDayBook(clock.now()), lobbyMs }));
      const running = agent({ season: true, dayBook });
      running.start().catch(() => undefined);
      await events.next('lobby.left');
      // The platform answers no request.
      clock.advance(60_000);
      await events.next('fixture.unlisted');
      if (lobbyMs === 0) await platform.lobby();
      expect(running.actor.getSnapshot().matches('away')).toBe(lobbyMs > 0);
      await running.stop();
    },
  );

  it('gives the grace to one who aborts the signal and then awaits the stop', async () => {
    const controller = new AbortController();
    const running = agent({ signal: controller.signal, drainGraceMs: 3_000 });
    const { seat } = await seated(running);
    controller.abort();
    const stopped = running.stop();
    clock.advance(2_999);
    seat.say(say.turn('r1'));
    expect(await seat.hear()).toMatchObject({ request_id: 'r1' });
    clock.advance(1);
    await stopped;
    await expect(running.done).resolves.toMatchObject([{ abandonReason: 'cut' }]);
  });

  it('cuts at the second stop, and at one without grace', async () => {
    const running = agent({ drainGraceMs: 3_000 });
    await seated(running);
    void running.stop();
    await running.stop();
    await expect(running.done).resolves.toMatchObject([{ abandonReason: 'cut' }]);
    const other = agent({ drainGraceMs: 3_000 });
    await seated(other);
    await other.stop({ graceMs: 0 });
    await expect(other.done).resolves.toMatchObject([{ abandonReason: 'cut' }]);
  });

  it('may be stopped by its own bot and by a listener, in the middle of everything', async () => {
    const running = platform.agent(
      {
        decide: () => {
          void running.stop({ graceMs: 0 });
          return Action.call();
        },
      },
      { onEvent: (event) => event.type === 'lobby.draining' && void running.stop() },
      { clock, now: clock.now },
    );
    const done = running.start();
    const lobby = await platform.lobby();
    lobby.say(say.matched());
    (await platform.seat()).say(say.turn('r1'));
    expect(await done).toMatchObject([{ abandonReason: 'cut', turns: 1 }]);
  });

  it('whose machine is broken from outside ends its sockets, its matches and its session with a record', async () => {
    const running = agent();
    const { done, lobby, seat } = await seated(running);
    running.actor.send({ type: 'frame.matched', frame: null as never });
    await expect(done).rejects.toMatchObject({
      code: 'internal',
      results: [{ matchId: 'm1', abandonReason: 'cut' }],
    });
    await Promise.all([lobby.raw.closed, seat.raw.closed]);
    expect(events.all.at(-1)).toMatchObject({ type: 'lobby.ended', reason: 'failed' });
  });

  it('shares its signal with as many others as there are, without a warning of a leak', async () => {
    const controller = new AbortController();
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const running = Array.from({ length: 30 }, () => agent({ signal: controller.signal }));
    const sessions = running.map((one) => one.start());
    await platform.lobby();
    controller.abort();
    expect(await Promise.all(sessions)).toEqual(running.map(() => []));
    await new Promise(setImmediate);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });

  it('lets go of the signal when the session is over', async () => {
    const controller = new AbortController();
    let listeners = 0;
    const { signal } = controller;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };
    const running = agent({ signal });
    await seated(running);
    await running.stop({ graceMs: 0 });
    expect(listeners).toBe(0);
  });
});
