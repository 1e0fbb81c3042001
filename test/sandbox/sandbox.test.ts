import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BlindLevel, createSandbox, createTable } from '../../src/sandbox/index.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { dial, dialSeat, goOnline, sitDown } from '../kit/client.js';
import { createMailbox } from '../kit/mailbox.js';
import { openPlatform } from '../kit/platform.js';
import { recordReader } from '../kit/record-reader.js';

const notWhole = [-1, 1.5, Number.NaN, '5'];

describe('createSandbox', () => {
  it.each([
    ['port', [...notWhole, 65_536]],
    ['host', ['', 5]],
    ['speed', [-1, 2.1, '1', Number.NaN]],
    ['legacy', ['yes', 1]],
    ['ante', notWhole],
    ['dispatchDelayMs', notWhole],
    ['joinTimeoutMs', [...notWhole, 0]],
    ['connectsPerMinute', [...notWhole, 0]],
    ['maxConnections', [...notWhole, 0]],
    ['seed', [5, {}]],
    ['startingStack', [...notWhole, 0]],
    ['smallBlind', [...notWhole, 0]],
    ['bigBlind', [...notWhole, 0]],
    ['maxHands', [...notWhole, 0]],
    ['decisionTimeoutMs', [...notWhole, 0, 2 ** 31]],
    ['revealDelayMs', [5, [1], [5, 1], [-1, 1]]],
    ['reconnectGraceMs', notWhole],
    ['maxReconnects', notWhole],
    ['pingIntervalMs', notWhole],
    ['pongTimeoutMs', notWhole],
    ['handshakeTimeoutMs', notWhole],
  ])('names the option %s when it cannot be used', async (option, values) => {
    for (const value of values) {
      await expect(createSandbox({ port: 0, [option]: value })).rejects.toMatchObject({
        code: 'bad_option',
        option,
        message: expect.stringContaining(option) as unknown,
      });
    }
  });

  it('exports one type of blind levels, for platforms and for tables', async () => {
    const blindSchedule: BlindLevel[] = [{ fromHand: 1, smallBlind: 10, bigBlind: 20, ante: 3 }];
    const { sandbox } = await openPlatform({ blindSchedule });
    const stakes = { seats: 2, startingStack: 100, smallBlind: 5, bigBlind: 10, seed: sandbox.seed };
    createTable({ ...stakes, blindSchedule }).startHand();
    const { matchId } = await sandbox.play({ players: ['calling-station', 'calling-station'] });
    const { results } = await sandbox.result(matchId);
    expect(results).toHaveLength(2);
  });

  it('says in the system’s own words that a port is taken', async () => {
    const { sandbox } = await openPlatform();
    await expect(createSandbox({ port: sandbox.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('gives bots ids and tokens of their own, or those that it is given', async () => {
    const { sandbox } = await openPlatform();
    const { url, port } = sandbox;
    expect(url).toBe(`ws://127.0.0.1:${port}`);
    const one = sandbox.addBot();
    const two = sandbox.addBot();
    expect(one.token).not.toBe(two.token);
    expect(one.botId).not.toBe(two.botId);
    expect(sandbox.addBot({ botId: 'a/b', token: 'secret' })).toEqual({
      botId: 'a/b',
      token: 'secret',
      lobbyUrl: `${url}/ws/external/bot/a%2Fb`,
    });
    const taken = [{ botId: 'a/b' }, { token: 'secret' }, { token: 'a b' }, { botId: '' }, { name: '' }];
    for (const bot of taken) expect(() => sandbox.addBot(bot)).toThrow(/There is|Another|must/);
    await goOnline({ token: 'secret', lobbyUrl: `${url}/ws/external/bot/a%2Fb` });
  });

  it('refuses a dispatch of players that do not exist or are the same', async () => {
    const { sandbox } = await openPlatform();
    const { botId } = sandbox.addBot();
    const wrong: [string, unknown][] = [
      ['nobody', undefined],
      [botId, 'nobody'],
      [botId, { botId: 'nobody' }],
      [botId, { botId }],
      [botId, {}],
      [botId, null],
    ];
    for (const [who, opponent] of wrong) {
      const options = opponent === undefined ? {} : { opponent: opponent as string };
      await expect(sandbox.dispatch(who, options)).rejects.toMatchObject({ code: 'bad_option' });
    }
    await expect(sandbox.result('nothing')).rejects.toMatchObject({ option: 'matchId' });
    expect(() => sandbox.control.dropMatch('nothing', botId)).toThrow(
      'There is no match nothing here: take an id that dispatch() or matches() returned.',
    );
    expect(() => sandbox.control.evict(undefined as never)).toThrow('There is no bot undefined here');
    expect(() => sandbox.control.evict('nobody')).toThrow(
      'There is no bot nobody here: take an id that addBot() or bots() returned.',
    );
  });

  it('leaves nothing behind when it closes in the middle of everything', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const { sandbox: platform } = open;
    const asked = createMailbox<AbortSignal>();
    const { bot, lobby, matched, matchId } = await open.matched({
      opponent: {
        decide(_state, { signal }) {
          asked.push(signal);
          return new Promise<never>(() => undefined);
        },
      },
    });
    const seat = await sitDown(open.url, matched, bot.token);
    const { request_id } = await seat.until('turn_request');
    seat.say({ type: 'turn_action', match_id: matchId, request_id, action: 'call' });
    const thinking = await asked.next();
    const silent = await dial(bot.lobbyUrl);
    const half = await dialSeat(open.url, (await open.matched()).matched, bot.token);
    const offline = platform.dispatch(platform.addBot().botId);
    const result = platform.result(matchId);
    const settled = Promise.allSettled([offline, result]);
    expect(clock.pending()).toBeGreaterThan(0);
    await platform.close();
    await platform.close();
    expect(clock.pending()).toBe(0);
    expect(thinking.aborted).toBe(true);
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    for (const client of [lobby, seat, silent]) expect((await client.closed()).code).toBe(1001);
    await half.closed();
    await expect(dial(bot.lobbyUrl)).rejects.toThrow('ECONNREFUSED');
    await expect(platform.dispatch(bot.botId)).rejects.toThrow('The sandbox was closed.');
    expect(open.events.map(({ type }) => type)).not.toContain('platform.fault');
  });

  it('closes although clients keep their side of a connection open', async () => {
    const open = await openPlatform();
    const { port } = open.sandbox;
    const silent = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const refused = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const ends = [silent, refused].map((tcp) => new Promise((resolve) => tcp.on('end', resolve)));
    refused.write(
      `GET /ws/else HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    const [answer] = (await once(refused, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1.1 404 Not Found\r\n/);
    silent.resume();
    await open.close();
    await Promise.all(ends);
    silent.destroy();
    refused.destroy();
  });

  it('tells its events to all who listen until they leave, and survives one that throws', async () => {
    const seen: string[] = [];
    const { sandbox } = await openPlatform({
      speed: 1,
      onEvent() {
        throw new Error('no listener');
      },
    });
    const leave = sandbox.on(({ type }) => seen.push(type));
    const bot = sandbox.addBot();
    await goOnline(bot);
    await sandbox.dispatch(bot.botId);
    leave();
    await sandbox.dispatch(bot.botId);
    expect(seen).toEqual(['platform.fault', 'lobby.online', 'platform.fault', 'match.created']);
  });

  it('never tells a token in an event or a match', async () => {
    const open = await openPlatform({ maxHands: 1 });
    const { bot, matched, matchId } = await open.matched();
    const wrong = await dialSeat(open.url, matched, 'cz_extbot_wrong');
    await wrong.closed();
    const seat = await sitDown(open.url, matched, bot.token);
    const { request_id } = await seat.until('turn_request');
    seat.say({ type: 'turn_action', match_id: matchId, request_id, action: 'fold' });
    await seat.until('match_end');
    const told = JSON.stringify([open.events, open.sandbox.matches(), seat.frames]);
    await open.close();
    expect(told).not.toContain('cz_extbot_');
  });

  it('withstands whatever clients send, on every leg and in every stage', async () => {
    const open = await openPlatform({ maxReconnects: 1_000 });
    const { bot, matched, matchId } = await open.matched();
    const seatUrl = String(matched['gateway_ws_url']);
    const field = fc.oneof(fc.string(), fc.integer(), fc.constant(null), fc.array(fc.string()), fc.object());
    const type = fc.constantFrom('authenticate', 'hello', 'turn_action', 'pong', '__proto__', 'matched');
    const name = fc.constantFrom(
      'token',
      'ticket',
      'match_id',
      'request_id',
      'action',
      'params',
      '__proto__',
      'x',
    );
    const frame = fc.oneof(
      fc
        .tuple(type, fc.dictionary(name, field))
        .map(([kind, rest]) => JSON.stringify({ ...rest, type: kind })),
      fc.json(),
      fc.string(),
      fc.constant('['.repeat(4_000)),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    );
    const stage = fc.constantFrom('lobby', 'online', 'gateway', 'hello', 'seated', 'uploaded');
    await fc.assert(
      fc.asyncProperty(stage, fc.array(frame, { maxLength: 8 }), async (where, frames) => {
        const client =
          where === 'lobby' || where === 'online'
            ? await dial(bot.lobbyUrl)
            : where === 'uploaded'
              ? await dial(`${open.url}/ws/match/${matchId}/bot`)
              : await dial(open.url + seatUrl, { protocols: ['chipzen-bot-token', bot.token] });
        if (where === 'online') client.say({ type: 'authenticate', token: bot.token });
        if (where === 'hello' || where === 'seated') {
          client.say({ type: 'authenticate', match_id: matchId, token: '' });
        }
        if (where === 'seated') client.say({ type: 'hello', match_id: matchId, supported_versions: ['1.0'] });
        for (const each of frames) client.say(each);
        client.socket.close();
        await client.closed();
      }),
      { numRuns: 150 },
    );
    expect(open.events.filter((event) => event.type === 'platform.fault')).toEqual([]);
    await goOnline(open.sandbox.addBot());
    await open.close();
  });
});

describe('a dispatch that fails', () => {
  it('is silent: a good answer, no matched, and a record of an error', async () => {
    const open = await openPlatform();
    const bot = open.sandbox.addBot({ name: 'mine' });
    const lobby = await goOnline(bot);
    open.sandbox.control.failDispatch();
    const ask = () =>
      fetch(`${open.url.replace('ws', 'http')}/api/external-api/challenges/house-bot`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bot.token}` },
      });
    const answer = await ask();
    const { match_id: matchId, status } = (await answer.json()) as Record<string, unknown>;
    expect([answer.status, status]).toEqual([200, 'dispatching']);
    expect(await recordReader(open.sandbox).match(String(matchId))).toMatchObject({
      status: 'error',
      started_at: null,
      participants: [{ net_chips: null }, { net_chips: null }],
    });
    // The next one is announced, and is the first that the bot hears of.
    const next = (await (await ask()).json()) as Record<string, unknown>;
    expect(await lobby.until('matched')).toMatchObject({ match_id: next['match_id'] });
    expect(() => open.sandbox.control.failDispatch(-1)).toThrow(/count/);
  });
});
