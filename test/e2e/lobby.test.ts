import { afterEach, describe, expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import { RetryPolicy } from '../../src/machines/retry.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { watchEvents } from '../kit/agent.js';
import { say, startScriptedPlatform, testToken } from '../kit/scripted-platform.js';

type Platform = Awaited<ReturnType<typeof startScriptedPlatform>>;

const caller = { decide: () => Action.call() };
const quick = new RetryPolicy({ maxReconnectAttempts: 2, initialBackoffMs: 1, maxBackoffMs: 1 });

describe('an agent at the lobby', () => {
  let platform: Platform;

  afterEach(() => platform.close());

  it('says its token in the first frame and nowhere else, and answers pings', async () => {
    platform = await startScriptedPlatform();
    const agent = platform.agent(caller, { userAgent: 'tester/1' });
    void agent.start();
    const lobby = await platform.peer();
    expect(await lobby.hear()).toEqual({ type: 'authenticate', token: testToken });
    const upgrade = await platform.upgrades.next();
    expect(upgrade.path).toBe('/ws/external/bot/b1');
    expect(upgrade.headers).toMatchObject({ 'user-agent': 'tester/1' });
    expect(JSON.stringify(upgrade)).not.toContain(testToken);
    lobby.say({ type: 'hello', endpoint: 'lobby' });
    lobby.say({ type: 'ping' });
    expect(await lobby.hear()).toEqual({ type: 'pong' });
    await agent.stop();
    expect(await lobby.raw.closed).toMatchObject({ code: 1000 });
    await expect(agent.done).resolves.toEqual([]);
  });

  it('stops at the first attempt when the token is refused, with an error that says what to do', async () => {
    platform = await startScriptedPlatform();
    const agent = platform.agent(caller);
    const done = agent.start();
    const lobby = await platform.peer();
    await lobby.hear();
    lobby.close(4001, 'auth failed');
    await expect(done).rejects.toMatchObject({
      code: 'authentication_failed',
      message: expect.stringMatching(/token/) as unknown,
      results: [],
    });
    expect(platform.upgrades.all).toHaveLength(1);
  });

  it.each([
    [401, 'authentication_failed'],
    [403, 'authentication_failed'],
    [404, 'lobby_not_found'],
  ])('stops at the first attempt when the upgrade is refused with %i', async (status, code) => {
    platform = await startScriptedPlatform({ refuse: `HTTP/1.1 ${status} No` });
    await expect(platform.agent(caller).start()).rejects.toMatchObject({ code });
    expect(platform.upgrades.all).toHaveLength(1);
  });

  it('ends with what it played when the token is revoked in mid-session', async () => {
    platform = await startScriptedPlatform();
    const agent = platform.agent(caller);
    const done = agent.start();
    const lobby = await platform.lobby();
    lobby.say(say.matched());
    const seat = await platform.seat();
    seat.say(say.matchEnd());
    await watchEnd(agent);
    lobby.close(4002, 'revoked');
    await expect(done).rejects.toMatchObject({
      code: 'token_revoked',
      results: [{ matchId: 'm1', outcome: 'completed' }],
    });
  });

  it('ends quietly when it is evicted, and does not come back', async () => {
    platform = await startScriptedPlatform();
    const events = watchEvents();
    const agent = platform.agent(caller, { onEvent: events.onEvent });
    const done = agent.start();
    const lobby = await platform.lobby();
    lobby.say({ type: 'evict' });
    await expect(done).resolves.toEqual([]);
    expect(events.all.at(-1)).toMatchObject({ type: 'lobby.ended', reason: 'evicted' });
    expect(platform.upgrades.all).toHaveLength(1);
  });

  it('does not redial for ever a lobby that accepts and closes', async () => {
    platform = await startScriptedPlatform();
    const agent = platform.agent(caller, { retryPolicy: quick });
    const done = agent.start();
    for (let attempt = 0; attempt < 3; attempt++) {
      const lobby = await platform.peer();
      lobby.close(1000);
    }
    await expect(done).rejects.toMatchObject({ code: 'lobby_unreachable' });
    expect(platform.upgrades.all).toHaveLength(3);
  });

  it('gives up an address where nobody listens after the attempts of the policy', async () => {
    platform = await startScriptedPlatform();
    await platform.close();
    const agent = platform.agent(caller, { retryPolicy: quick });
    await expect(agent.start()).rejects.toMatchObject({ code: 'lobby_unreachable' });
    platform = await startScriptedPlatform();
  });

  it('comes back after a loss, and keeps a limit the user set without an error', async () => {
    platform = await startScriptedPlatform();
    const agent = platform.agent(caller, { retryPolicy: quick });
    const done = agent.start();
    for (let attempt = 0; attempt < 3; attempt++) (await platform.lobby()).drop();
    await expect(done).resolves.toEqual([]);
  });

  it('notices a lobby that went silent without closing', async () => {
    platform = await startScriptedPlatform({ autoPong: false });
    const clock = createVirtualClock();
    const events = watchEvents();
    const agent = platform.agent(caller, { onEvent: events.onEvent }, { clock, now: clock.now });
    void agent.start();
    await platform.lobby();
    await events.next('lobby.listening');
    clock.advance(45_000);
    expect(await events.next('lobby.lost')).toMatchObject({ loss: { code: 1006 } });
    clock.advance(1_000);
    await platform.lobby();
    await events.next('lobby.listening');
    await agent.stop();
  });

  it('skips a match whose gateway is not the lobby, sends the token nowhere, and plays the next one', async () => {
    platform = await startScriptedPlatform();
    const elsewhere = await startScriptedPlatform();
    const events = watchEvents();
    const agent = platform.agent(caller, { maxMatches: 1, onEvent: events.onEvent });
    const done = agent.start();
    const lobby = await platform.lobby();
    const port = new URL(elsewhere.url).port;
    const hostile = [
      `${elsewhere.url}/x`,
      `//127.0.0.1:${port}/x`,
      `\\\\127.0.0.1:${port}\\x`,
      `WS://127.0.0.1:${port}/x`,
      `http://127.0.0.1:${port}/x`,
      platform.url.replace('ws://', 'ws://user@'),
      ' /x',
    ];
    for (const [index, url] of hostile.entries()) {
      lobby.say(say.matched(`evil${index}`, { gateway_ws_url: url }));
    }
    lobby.say(say.matched('good'));
    const seat = await platform.seat('good');
    seat.say(say.matchEnd('good'));
    await expect(done).resolves.toMatchObject([{ matchId: 'good' }]);
    expect(elsewhere.upgrades.all).toEqual([]);
    const skipped = events.all.filter((event) => event.type === 'match.skipped');
    expect(skipped.map(({ why }) => why)).toEqual(hostile.map(() => 'untrusted_gateway'));
    await elsewhere.close();
  });

  it('dials a match once, however often it is announced, and not again after its end', async () => {
    platform = await startScriptedPlatform();
    const events = watchEvents();
    const agent = platform.agent(caller, { onEvent: events.onEvent });
    void agent.start();
    const lobby = await platform.lobby();
    lobby.say(say.matched());
    lobby.say(say.matched('m1', { resume: true }));
    const seat = await platform.seat();
    lobby.say(say.matched('m1', { resume: true }));
    await events.next('match.connected');
    seat.say(say.matchEnd());
    await events.next('match.ended');
    lobby.say(say.matched('m1', { resume: true }));
    await events.next('match.skipped');
    expect(platform.upgrades.all.map(({ path }) => path)).toEqual([
      '/ws/external/bot/b1',
      '/ws/external/match/m1/p1',
    ]);
    await agent.stop();
  });

  it('stops when its signal says so, also one that was aborted before', async () => {
    platform = await startScriptedPlatform();
    const controller = new AbortController();
    const agent = platform.agent(caller, { signal: controller.signal });
    const done = agent.start();
    await platform.lobby();
    controller.abort();
    await expect(done).resolves.toEqual([]);
    await expect(platform.agent(caller, { signal: AbortSignal.abort() }).start()).resolves.toEqual([]);
  });

  it('that is stopped before it started never dials', async () => {
    platform = await startScriptedPlatform();
    const agent = platform.agent(caller);
    await agent.stop();
    await expect(agent.start()).resolves.toEqual([]);
    expect(platform.upgrades.all).toEqual([]);
  });
});

function watchEnd(agent: { on: (listener: (event: { type: string }) => void) => () => void }): Promise<void> {
  return new Promise((resolve) => {
    const off = agent.on(({ type }) => {
      if (type !== 'match.ended') return;
      off();
      resolve();
    });
  });
}
