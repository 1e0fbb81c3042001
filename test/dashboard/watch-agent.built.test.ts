import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/bot/bot.js';
import { createDashboard } from '../../src/dashboard/index.js';
import type { StateView } from '../../src/dashboard/page-view.js';
import { Action, type BotAnswer } from '../../src/holdem/action.js';
import type { MatchActor } from '../../src/machines/match.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { afterTest } from '../kit/after-test.js';
import { watchEvents } from '../kit/agent.js';
import { say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';
import { listen } from './client.js';
import { playWithDashboard } from './played.js';

describe('the dashboard of an agent', () => {
  it('tells of a match what its result says', async () => {
    const { agent, sandbox, botId, dashboard } = await playWithDashboard({
      sandbox: { maxHands: 5 },
      agent: { maxMatches: 1 },
    });
    const session = agent.start();
    const { matchId } = await sandbox.dispatch(botId);
    const [result] = await session;
    const stream = await listen(dashboard.url, matchId);
    const { session: told, matches, detail } = await stream.message((_, event) => event === 'opening');
    stream.close();
    const stacks = result?.end?.results?.map(({ final_stack: stack }) => stack);
    expect(matches).toEqual([
      {
        matchId,
        number: 1,
        seats: ['me', 'calling-station'],
        self: 0,
        rated: false,
        outcome: 'completed',
        state: 'done',
        hand: 5,
        stacks,
        netChips: result?.netChips,
        clock: null,
        turns: result?.turns,
        fallbacks: 0,
        corrections: 0,
        rejections: 0,
        timeouts: 0,
        resumes: 0,
        startedAt: expect.any(Number),
        endedAt: expect.any(Number),
        note: 'complete',
      },
    ]);
    const [row] = matches;
    const lasted = (result?.endedAt ?? 0) - (result?.startedAt ?? 0);
    expect(lasted).toBeGreaterThan(0);
    expect((row?.endedAt ?? 0) - (row?.startedAt ?? 0)).toBeCloseTo(lasted, 1);
    expect(told).toMatchObject({
      live: 0,
      completed: 1,
      abandoned: 0,
      netChips: result?.netChips,
      hands: 5,
      turns: result?.turns,
      reconnects: 0,
      endReason: 'max_matches',
      state: { active: ['stopped'] },
    });
    expect(detail).toMatchObject({
      state: { active: ['done'] },
      table: { hand: 5 },
      chips: { hands: [0, 1, 2, 3, 4, 5] },
      latency: { count: result?.turns, budgetMs: expect.any(Number) },
    });
    expect(detail?.chips?.stacks.map((line) => line.at(-1))).toEqual(stacks);
  });

  it('knows live matches also when it comes later, and leaves without a trace', async () => {
    const platform = await startScriptedPlatform();
    const events = watchEvents();
    let decide = (): void => undefined;
    const thought = new Promise<void>((resolve) => {
      decide = resolve;
    });
    const agent = platform.agent(
      { decide: () => thought.then(() => Action.call()) },
      { onEvent: events.onEvent },
    );
    afterTest(() => agent.stop({ graceMs: 0 }));
    void agent.start().catch(() => undefined);
    const lobby = await platform.lobby();
    lobby.say(say.matched());
    const seat = await platform.seat();
    seat.say(say.matchStart());
    seat.say(say.turn('r1'));
    await events.next('turn.requested');
    const dashboard = await createDashboard(agent);
    const stream = await listen(dashboard.url, 'm1');
    expect(await stream.message(() => true)).toMatchObject({
      session: { live: 1, turns: 1, state: { active: ['listening'] } },
      matches: [{ matchId: 'm1', state: 'playing.deciding', turns: 1 }],
      detail: { state: { active: ['playing', 'playing.deciding'] } },
    });
    decide();
    await stream.message(({ matches }) => matches[0]?.state === 'playing.watching');
    await dashboard.close();
    await stream.ended;
  });

  it('tells what runs down in a time that does not jump, and when a thing happened in that of the wall clock', async () => {
    const platform = await startScriptedPlatform();
    const events = watchEvents();
    const clock = createVirtualClock(1_000_000);
    const times = { now: clock.now, wallNow: () => clock.now() - 3_600_000 };
    const bot = {
      decide: (_state: unknown, { signal }: Turn) =>
        new Promise<BotAnswer>((resolve) => {
          signal.addEventListener('abort', () => resolve(Action.call()));
        }),
    };
    const agent = platform.agent(bot, { onEvent: events.onEvent, maxMatches: 1 }, { clock, ...times });
    afterTest(() => agent.stop({ graceMs: 0 }));
    const dashboard = await createDashboard(agent, times);
    afterTest(() => dashboard.close());
    void agent.start().catch(() => undefined);
    const lobby = await platform.lobby();
    lobby.say(say.matched());
    const seat = await platform.seat();
    seat.say(say.matchStart());
    seat.say(say.turn('r1'));
    await events.next('turn.requested');
    const first = await listen(dashboard.url, 'm1');
    const { now, matches, feed } = await first.message(() => true);
    first.close();
    expect([now, matches[0]?.clock?.endsAt]).toEqual([1_000_000, 1_000_000 + (matches[0]?.clock?.ms ?? 0)]);
    expect(new Set(feed.map(({ at }) => at))).toEqual(new Set([1_000_000 - 3_600_000]));

    clock.advance(500);
    seat.say(say.matchEnd());
    await events.next('match.ended');
    const last = await listen(dashboard.url, 'm1');
    const { matches: over } = await last.message(() => true);
    last.close();
    expect(over).toMatchObject([{ startedAt: 1_000_000, endedAt: 1_000_500 }]);
  });

  it('hurts no match when it fails itself, and says so', async () => {
    const { agent, sandbox, botId } = await playWithDashboard({
      sandbox: { maxHands: 2 },
      agent: { maxMatches: 1 },
    });
    let fails = false;
    const dashboard = await createDashboard(agent, {
      now: () => {
        if (fails) throw new Error('no time');
        return 0;
      },
    });
    fails = true;
    const session = agent.start();
    await sandbox.dispatch(botId);
    expect(await session).toMatchObject([{ outcome: 'completed' }]);
    fails = false;
    const stream = await listen(dashboard.url);
    const { feed } = await stream.message(() => true);
    stream.close();
    await dashboard.close();
    expect(feed.filter(({ type }) => type === 'config.warning').map(({ text }) => text)).toEqual([
      'warning: The dashboard failed: no time',
    ]);
  });

  it('says where both statecharts are, and what led there', async () => {
    const platform = await startScriptedPlatform();
    const events = watchEvents();
    const agent = platform.agent({ decide: () => Action.call() }, { onEvent: events.onEvent, maxMatches: 1 });
    const dashboard = await createDashboard(agent);
    afterTest(() => dashboard.close());
    const done = agent.start();
    const lobby = await platform.lobby();
    lobby.say(say.matched());
    const seat = await platform.seat();
    seat.say(say.turn('r1'));
    await seat.hear();
    seat.drop();
    await events.next('match.retrying');
    const again = await platform.seat();
    again.say(say.matchEnd());
    await done;
    const stream = await listen(dashboard.url, 'm1');
    const { session, detail } = await stream.message(() => true);
    stream.close();
    const steps = (state: StateView | null | undefined) =>
      state?.trail.map(({ from, to, event }) => [from, event, to]);
    expect(session?.state?.active).toEqual(['stopped']);
    expect(steps(session?.state)).toEqual([
      ['connecting', '', 'authenticating'],
      ['authenticating', 'frame.hello', 'listening'],
      ['listening', 'lobby.draining', 'stopped'],
    ]);
    expect(detail?.state?.active).toEqual(['done']);
    expect(steps(detail?.state)).toEqual([
      ['playing.watching', 'frame.turn_request', 'playing.deciding'],
      ['playing.deciding', 'turn.answered', 'playing.watching'],
      ['playing.watching', 'match.lost', 'resuming.waiting'],
      ['resuming.waiting', 'match.connecting', 'resuming.dialing'],
      ['resuming.dialing', '', 'resuming.handshaking'],
      ['resuming.handshaking', 'frame.hello', 'playing.watching'],
      ['playing.watching', 'frame.match_end', 'playing.settling'],
      ['playing.settling', '', 'done'],
    ]);
    expect(detail?.state?.trail.at(-1)?.n).toBe(11);
  });

  it('leaves what becomes of a machine that breaks to the agent', async () => {
    const platform = await startScriptedPlatform();
    const agent = platform.agent({ decide: () => Action.call() });
    const dashboard = await createDashboard(agent);
    afterTest(() => dashboard.close());
    const done = agent.start();
    done.catch(() => undefined);
    const stray: unknown[] = [];
    const onStray = (error: unknown): void => void stray.push(error);
    process.on('uncaughtException', onStray);
    const lobby = await platform.lobby();
    lobby.say(say.matched());
    await platform.seat();
    const [match] = Object.values(agent.actor.getSnapshot().children).filter(
      (child) => child?.id === 'match.0',
    );
    (match as MatchActor).send({ type: 'frame.turn_request', frame: null as never });
    const stream = await listen(dashboard.url);
    expect(await stream.message(({ matches }) => matches[0]?.outcome === 'abandoned')).toMatchObject({
      session: { live: 0, abandoned: 1 },
    });
    stream.close();
    agent.actor.send({ type: 'frame.matched', frame: null as never });
    await expect(done).rejects.toMatchObject({ code: 'internal' });
    await new Promise((resolve) => setTimeout(resolve, 0));
    process.off('uncaughtException', onStray);
    expect(stray).toEqual([]);
  });

  it('shows the address of the lobby without what may be a secret', async () => {
    const platform = await startScriptedPlatform();
    const agent = platform.agent({ decide: () => Action.call() }, { url: `${platform.lobbyUrl}?key=hidden` });
    const dashboard = await createDashboard(agent);
    const stream = await listen(dashboard.url);
    expect((await stream.message(() => true)).session?.where).toBe(platform.lobbyUrl);
    await dashboard.close();
    await stream.ended;
    expect(stream.text()).not.toContain('hidden');
  });

  it('follows reconnects, fallbacks and rejections', async () => {
    const platform = await startScriptedPlatform();
    const events = watchEvents();
    const bot = {
      decide() {
        throw new Error('no idea');
      },
    };
    const agent = platform.agent(bot, { onEvent: events.onEvent });
    afterTest(() => agent.stop({ graceMs: 0 }));
    const dashboard = await createDashboard(agent);
    afterTest(() => dashboard.close());
    void agent.start().catch(() => undefined);
    const lobby = await platform.lobby();
    lobby.say(say.matched());
    let seat = await platform.seat();
    seat.say(say.matchStart());
    seat.say(say.turn('r1'));
    await seat.hear();
    seat.say({
      type: 'action_rejected',
      match_id: 'm1',
      request_id: 'r1',
      valid_actions: ['check', 'raise'],
      remaining_ms: 3_000,
    });
    await seat.hear();
    seat.drop();
    await events.next('match.lost');
    seat = await platform.seat();
    await events.next('match.connected');
    const stream = await listen(dashboard.url);
    expect(await stream.message(({ session }) => session?.reconnects === 1)).toMatchObject({
      session: { reconnects: 1, fallbacks: 1, rejections: 1, latency: { count: 2 } },
      matches: [{ fallbacks: 1, rejections: 1, resumes: 1 }],
    });
    const told = await stream.message(({ feed }) => feed.some(({ type }) => type === 'match.lost'));
    expect(
      told.feed.filter(({ level }) => level === 'error').map(({ type, text }) => `${type}: ${text}`),
    ).toEqual([
      expect.stringMatching(/^bot\.failed: the bot threw in decide: no idea \(test\/\S+:\d+\)$/),
      'turn.rejected: the server rejected the answer: no reason given',
    ]);
    stream.close();
  });

  it('never tells the token, even if the server echoes it everywhere', async () => {
    const platform = await startScriptedPlatform();
    const agent = platform.agent({ decide: () => Action.call() }, { drainGraceMs: 0 });
    afterTest(() => agent.stop({ graceMs: 0 }));
    const dashboard = await createDashboard(agent);
    const stream = await listen(dashboard.url, testToken);
    const one = await listen(dashboard.url, 'm1');
    void agent.start().catch(() => undefined);
    const lobby = await platform.lobby();
    lobby.say({ type: 'error', code: testToken, message: `bad token ${testToken}` });
    lobby.say(say.matched('m1', { note: testToken }));
    lobby.say(say.matched(testToken));
    const seat = await platform.seat();
    seat.say({ ...say.matchStart(), seats: [{ seat: 0, display_name: testToken, is_self: true }] });
    seat.say({
      type: 'round_start',
      match_id: 'm1',
      seq: 2,
      round_number: 1,
      state: { your_hole_cards: [testToken], stacks: [1, 2], hand_number: 1 },
    });
    seat.say(
      say.turn('r1', { state: { phase: testToken, action_history: [{ seat: 0, action: testToken }] } }),
    );
    await seat.hear();
    seat.say({ type: 'error', code: testToken, message: testToken });
    seat.close(1011, testToken);
    await stream.message(({ feed }) => feed.some(({ type }) => type === 'match.lost'));
    lobby.close(4001, testToken);
    await agent.done.catch(() => undefined);
    await dashboard.close();
    await Promise.all([stream.ended, one.ended]);
    const all = stream.text() + one.text();
    expect(all).toContain('[token]');
    expect(all).not.toContain(testToken);
  });
});
