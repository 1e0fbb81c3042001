import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { OptionError } from '../../../src/protocol/errors.js';
import { createSandbox, type PlayOptions, type SandboxOptions } from '../../../src/sandbox/index.js';
import { createAccounts } from '../../../src/sandbox/memory/accounts.js';
import { settingsOf } from '../../../src/sandbox/terms/sandbox-options.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { afterTest } from '../../kit/after-test.js';
import { dial, goOnline } from '../../kit/client.js';
import { collectGarbage } from '../../kit/collect-garbage.js';
import { caller, openPlatform } from '../../kit/platform.js';
import { api, openHttp, outcome } from '../http/http-harness.js';
import { openOfflinePlatform } from './hostile-platform.js';

/** What programs without types may give. */
const untyped = (value: unknown) => value as never;

describe('options of a sandbox', () => {
  it.each<[string, SandboxOptions]>([
    ['onEvent', { onEvent: untyped(5) }],
    ['clock', { clock: untyped({}) }],
  ])('name %s when it is nothing to call', async (option, options) => {
    await expect(createSandbox({ port: 0, ...options })).rejects.toMatchObject({
      code: 'bad_option',
      option,
    });
  });

  it.each<[string, unknown]>([
    ['a list of levels', 'fast'],
    ['`blindSchedule[0]`', [null]],
    ['`blindSchedule[0].bigBlind`', [{ fromHand: 2, smallBlind: 3, bigBlind: 2 }]],
    ['`blindSchedule[0].ante`', [{ fromHand: 2, smallBlind: 1, bigBlind: 2, ante: { bigBlind: 2 } }]],
    [
      '`blindSchedule[1].ante`',
      [
        { fromHand: 2, smallBlind: 1, bigBlind: 2 },
        { fromHand: 3, smallBlind: 1, bigBlind: 2, ante: [1, 1] },
      ],
    ],
  ])('name what is wrong with a blind schedule: %s', async (what, blindSchedule) => {
    const opening = createSandbox({ port: 0, blindSchedule: untyped(blindSchedule) });
    await expect(opening).rejects.toMatchObject({
      code: 'bad_option',
      option: 'blindSchedule',
      message: expect.stringContaining(what),
    });
  });

  it.each([
    ['MyMachine', 'mymachine'],
    ['LOCALHOST', 'localhost'],
    ['[::1]', '::1'],
  ])('take the host %s as requests have it: %s', (host, asked) => {
    expect(settingsOf({ host }).host).toBe(asked);
  });

  it('make no time longer than timers can count', () => {
    const longest = 2 ** 31 - 1;
    const settings = settingsOf({
      speed: 2,
      decisionTimeoutMs: longest,
      dispatchDelayMs: longest,
      revealDelayMs: [0, longest],
    });
    expect(settings).toMatchObject({
      decisionTimeoutMs: longest,
      dispatchDelayMs: longest,
      revealDelayMs: [0, longest],
    });
  });
});

describe('a sandbox in the hands of a hasty program', () => {
  it.each(['.', '..', '\ud800', 'x\udfff'])('refuses the bot id %j, which no URL can hold', async (botId) => {
    const open = await openPlatform();
    expect(() => open.sandbox.addBot({ botId })).toThrow(
      'The option botId must be text that a URL can hold.',
    );
    await expect(open.sandbox.dispatch(botId)).rejects.toThrow('There is no such bot');
  });

  it.each<[string, PlayOptions]>([
    ['no players', untyped({})],
    ['a name in place of the list', untyped({ players: 'random' })],
    ['a bot that make did not make', { players: ['random', { name: 'a', make: untyped(() => null) }] }],
    ['a bot without decide', { players: ['random', { name: 'a', make: untyped(() => ({})) }] }],
    ['a bot without a name', { players: ['random', untyped({ make: () => caller })] }],
  ])('refuses to play with %s', async (_what, options) => {
    const open = await openPlatform();
    await expect(open.sandbox.play(options)).rejects.toMatchObject({ code: 'bad_option' });
  });

  it('plays on when a hook of a bot cannot even be looked at', async () => {
    const open = await openPlatform({ maxHands: 1, revealDelayMs: [0, 0] });
    const trap = {
      ...caller,
      get onMatchEnd(): never {
        throw new Error('trap');
      },
    };
    const { matchId } = await open.sandbox.play({ players: [trap, caller] });
    expect(await open.sandbox.result(matchId)).toMatchObject({ reason: 'complete' });
    expect(await open.event('bot.failed')).toMatchObject({ hook: 'onMatchEnd' });
  });

  it('is closed when any of its closes says so', async () => {
    const open = await openPlatform();
    const order: string[] = [];
    const first = open.sandbox.close().then(() => order.push('first'));
    const second = open.sandbox.close().then(() => order.push('second'));
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
    await expect(dial(open.url)).rejects.toThrow('ECONNREFUSED');
  });

  it('is down for as long as its last restart said', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const bot = open.sandbox.addBot();
    open.sandbox.control.restart({ downMs: 1_000 });
    clock.advance(500);
    open.sandbox.control.restart({ downMs: 1_000 });
    clock.advance(999);
    await expect(dial(bot.lobbyUrl)).rejects.toThrow('HTTP 503');
    clock.advance(1);
    await goOnline(bot);
  });

  it('closes at once though a client that came too often has not hung up', async () => {
    const open = await openPlatform({ clock: createVirtualClock(), connectsPerMinute: 1 });
    const bot = open.sandbox.addBot();
    await goOnline(bot);
    // Of the WebSocket library, which hangs up after two seconds: no close waits for that.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    afterTest(() => void vi.useRealTimers());
    const { port, pathname } = new URL(bot.lobbyUrl);
    const tcp = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
    const key = Buffer.alloc(16).toString('base64');
    tcp.write(
      `GET ${pathname} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    await once(tcp, 'data');
    await expect(open.sandbox.close()).resolves.toBeUndefined();
    tcp.destroy();
  });
});

describe('what a sandbox remembers', () => {
  it('is not the bots that played in it', async () => {
    const open = await openPlatform({ maxHands: 1, revealDelayMs: [0, 0] });
    const bots: WeakRef<object>[] = [];
    const make = () => {
      const bot = { ...caller, onMatchEnd: () => undefined };
      bots.push(new WeakRef(bot));
      return bot;
    };
    const players = [
      { name: 'a', make },
      { name: 'b', make },
    ];
    const { matchId } = await open.sandbox.play({ players });
    await open.sandbox.result(matchId);
    await collectGarbage();
    expect(bots.map((bot) => bot.deref())).toEqual([undefined, undefined]);
    expect(open.sandbox.matches()).toMatchObject([{ matchId, state: 'ended' }]);
    await open.close();
  });

  it('makes room for new tokens by forgetting those that were revoked long ago', () => {
    const accounts = createAccounts();
    const { bot, token: first } = accounts.addBot({});
    const made = Array.from({ length: 25_000 }, () => {
      const record = accounts.addToken(bot);
      record.revoked = true;
      return record.token;
    });
    expect(accounts.token(first)).toMatchObject({ revoked: false });
    expect(accounts.token(made.at(-1) ?? '')).toMatchObject({ revoked: true });
    expect(accounts.token(made[0] ?? '')).toBeUndefined();
  });

  it('tells over HTTP that there is no room for a token, which is no defect', async () => {
    const http = await openHttp();
    http.platform.add('a');
    http.platform.mintToken = () => {
      throw new OptionError('token', 'There are enough.');
    };
    const answer = await http.post(`${api}/bots/a/tokens`, { as: 'a' });
    expect(outcome(answer)).toEqual({ status: 409, code: 'SANDBOX_LIMIT_REACHED' });
    await http.close();
  });

  it('says once that a login was refused, however long the client takes to leave', () => {
    const platform = openOfflinePlatform({ seed: 'a', speed: 0.1 });
    const [record] = platform.addBots(1);
    platform.goOnline(record?.bot.botId ?? '', 'wrong', false);
    platform.pass(3_000);
    expect(platform.events.map(({ type }) => type)).toEqual(['lobby.refused']);
    platform.close();
  });

  it('is not what a client leaves unread', () => {
    const platform = openOfflinePlatform({ seed: 'a' });
    const [record] = platform.addBots(1);
    const client = platform.goOnline(record?.bot.botId ?? '', record?.token ?? '');
    client.bufferedAmount = 4 * 1024 * 1024 + 1;
    platform.pass(15_000);
    expect(platform.events.at(-1)).toMatchObject({ type: 'lobby.offline', code: 1006 });
    platform.close();
  });
});
