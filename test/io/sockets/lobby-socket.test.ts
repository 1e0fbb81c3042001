import { afterEach, describe, expect, it } from 'vitest';
import { defineLobbySocket, type LobbySocketOptions } from '../../../src/io/sockets/lobby-socket.js';
import type { LobbySocketCommand } from '../../../src/machines/ports.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { type RawServerOptions, startRawServer } from '../../kit/raw-server.js';
import { probeSocket } from '../../kit/socket-probe.js';

const token = 'cz_extbot_0123456789abcdefghijABCDEFGHIJ';
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function serve(options?: RawServerOptions) {
  const server = await startRawServer(options);
  cleanups.push(() => server.close());
  return server;
}

function lobbySocket(options: Partial<LobbySocketOptions> = {}) {
  const clock = createVirtualClock();
  const probe = probeSocket<LobbySocketCommand>(
    defineLobbySocket({ token, userAgent: 'tester/1.0', clock, now: clock.now, ...options }),
  );
  cleanups.push(() => probe.stop());
  return { ...probe, clock };
}

async function connected(options: Partial<LobbySocketOptions> = {}, serverOptions?: RawServerOptions) {
  const server = await serve(serverOptions);
  const socket = lobbySocket(options);
  socket.send({ type: 'socket.connect', url: `${server.url}/ws/external/bot/b1` });
  const peer = await server.accept();
  expect(await socket.facts.next()).toEqual({ type: 'socket.opened' });
  return { server, peer, ...socket };
}

describe('the token', () => {
  it('is in the authenticate frame and in no other place', async () => {
    const { server, peer, send } = await connected();
    const upgrade = await server.upgrades.next();
    expect(upgrade.path).toBe('/ws/external/bot/b1');
    expect(upgrade.headers['user-agent']).toBe('tester/1.0');
    expect(upgrade.headers['sec-websocket-protocol']).toBeUndefined();
    expect(JSON.stringify(upgrade)).not.toContain(token);
    send({ type: 'socket.authenticate' });
    expect(JSON.parse(await peer.frames.next())).toEqual({ type: 'authenticate', token });
  });

  it('echoed by the lobby it appears in no fact', async () => {
    const { peer, facts } = await connected();
    const escaped = Array.from(token, (c) => `\\u00${c.charCodeAt(0).toString(16)}`).join('');
    peer.socket.send(JSON.stringify({ type: 'error', message: token, extra: { [token]: [token] } }));
    peer.socket.send(`{"type":"error","message":"${escaped}"}`);
    peer.socket.send(JSON.stringify({ type: `x${token}` }));
    peer.socket.send(token);
    peer.socket.close(4001, `no ${token}`);
    const told = [];
    for (let fact = 0; fact < 5; fact++) told.push(await facts.next());
    expect(told).toEqual([
      {
        type: 'frame.error',
        frame: { type: 'error', message: '[token]', extra: { '[token]': ['[token]'] } },
      },
      { type: 'frame.error', frame: { type: 'error', message: '[token]' } },
      { type: 'frame.ignored', why: 'unknown_type', frameType: 'x[token]' },
      { type: 'frame.ignored', why: 'not_json', frameType: null },
      { type: 'socket.closed', code: 4001, reason: 'no [token]' },
    ]);
    expect(JSON.stringify(facts.all)).not.toContain(token);
  });

  it('echoed in a refused upgrade it appears in no fact', async () => {
    const server = await serve({
      refuse: `HTTP/1.1 403 ${token}\r\nRetry-After: ${token}\r\nX-Echo: ${token}`,
    });
    const { send, facts } = lobbySocket();
    send({ type: 'socket.connect', url: server.url });
    expect(await facts.next()).toEqual({
      type: 'socket.closed',
      code: 1006,
      reason: 'The server answered HTTP 403 Forbidden',
      httpStatus: 403,
    });
    expect(JSON.stringify(facts.all)).not.toContain(token);
  });

  it('one as short as a word does not garble frames', async () => {
    const { peer, facts } = await connected({ token: 'ping' });
    peer.socket.send('{"type":"ping"}');
    expect(await facts.next()).toEqual({ type: 'frame.ping', frame: { type: 'ping' } });
  });
});

describe('frames', () => {
  it('each known frame is an event of its own', async () => {
    const { peer, facts } = await connected();
    const matched = {
      type: 'matched',
      match_id: 'm',
      participant_id: 'p',
      gateway_ws_url: '/g',
      rated: true,
      resume: false,
    };
    const frames = [
      { type: 'hello', seq: 1 },
      { type: 'ping' },
      matched,
      { type: 'evict' },
      { type: 'error' },
    ];
    for (const frame of frames) peer.socket.send(JSON.stringify(frame));
    for (const frame of frames) {
      expect(await facts.next()).toEqual({ type: `frame.${frame.type}`, frame });
    }
  });

  it('garbage of every kind is told as ignored and harms nothing', async () => {
    const { peer, facts } = await connected();
    const garbage: [string | Buffer, string, string | null][] = [
      [Buffer.from('{"type":"ping"}'), 'binary', null],
      ['', 'not_json', null],
      ['{"type":', 'not_json', null],
      ['[]', 'not_an_object', null],
      ['{"type":"socket.closed"}', 'unknown_type', 'socket.closed'],
      ['{"type":"xstate.stop"}', 'unknown_type', 'xstate.stop'],
      ['{"type":"constructor"}', 'unknown_type', 'constructor'],
      ['{"type":"matched"}', 'malformed', 'matched'],
      ['{}', 'malformed', null],
    ];
    for (const [data] of garbage) peer.socket.send(data);
    for (const [, why, frameType] of garbage) {
      expect(await facts.next()).toEqual({ type: 'frame.ignored', why, frameType });
    }
    peer.socket.send('{"type":"ping"}');
    expect(await facts.next()).toEqual({ type: 'frame.ping', frame: { type: 'ping' } });
  });

  it('pong goes out as the lobby wants it', async () => {
    const { peer, send } = await connected();
    send({ type: 'socket.send', frame: { type: 'pong' } });
    expect(await peer.frames.next()).toBe('{"type":"pong"}');
  });
});

describe('one connection at a time', () => {
  it('commands without a connection are harmless, and a frame is refused', () => {
    const { send, facts } = lobbySocket();
    send({ type: 'socket.close' });
    send({ type: 'socket.authenticate' });
    send({ type: 'socket.send', frame: { type: 'pong' } });
    expect(facts.all).toEqual([
      { type: 'socket.refused', why: 'not_open', frameType: 'authenticate' },
      { type: 'socket.refused', why: 'not_open', frameType: 'pong' },
    ]);
  });

  it('a frame before the connection is open is refused', async () => {
    const server = await serve({ mute: true });
    const { send, facts } = lobbySocket();
    send({ type: 'socket.connect', url: server.url });
    send({ type: 'socket.authenticate' });
    expect(facts.all).toEqual([{ type: 'socket.refused', why: 'not_open', frameType: 'authenticate' }]);
  });

  it('after a second connect the first connection tells nothing more', async () => {
    const { server, peer, send, facts } = await connected();
    peer.socket.send('{"type":"hello","server_name":"old"}');
    send({ type: 'socket.connect', url: server.url });
    peer.socket.send('{"type":"evict"}');
    peer.socket.close(4001, 'old');
    const second = await server.accept();
    await peer.closed;
    expect(await facts.next()).toEqual({ type: 'socket.opened' });
    second.socket.send('{"type":"hello","server_name":"new"}');
    expect(await facts.next()).toEqual({
      type: 'frame.hello',
      frame: { type: 'hello', server_name: 'new' },
    });
    expect(facts.all).toHaveLength(3);
  });

  it('a connect during a handshake replaces it', async () => {
    const mute = await serve({ mute: true });
    const server = await serve();
    const { send, facts } = lobbySocket();
    send({ type: 'socket.connect', url: mute.url });
    await mute.upgrades.next();
    send({ type: 'socket.connect', url: server.url });
    await server.accept();
    await mute.gone(0);
    expect(await facts.next()).toEqual({ type: 'socket.opened' });
    expect(facts.all).toHaveLength(1);
  });

  it('after close nothing is told and nothing is sent', async () => {
    const { peer, send, facts, clock } = await connected();
    peer.socket.send('{"type":"ping"}');
    send({ type: 'socket.close' });
    send({ type: 'socket.send', frame: { type: 'pong' } });
    expect(await peer.closed).toEqual({ code: 1000, reason: '' });
    clock.advance(600_000);
    expect(facts.all).toEqual([
      { type: 'socket.opened' },
      { type: 'socket.refused', why: 'not_open', frameType: 'pong' },
    ]);
    expect(peer.frames.all).toEqual([]);
  });

  it('it connects again after a loss', async () => {
    const { server, peer, send, facts } = await connected();
    peer.socket.close(1012, 'restart');
    expect(await facts.next()).toEqual({ type: 'socket.closed', code: 1012, reason: 'restart' });
    send({ type: 'socket.connect', url: server.url });
    await server.accept();
    expect(await facts.next()).toEqual({ type: 'socket.opened' });
  });

  it('stopping the port closes its connection and tells nothing', async () => {
    const { peer, stop, facts, clock } = await connected();
    stop();
    expect(await peer.closed).toEqual({ code: 1000, reason: '' });
    clock.advance(600_000);
    expect(facts.all).toEqual([{ type: 'socket.opened' }]);
  });

  it('aborting the signal ends the connection and every later attempt', async () => {
    const abort = new AbortController();
    const { server, peer, send, facts } = await connected({ signal: abort.signal });
    abort.abort();
    const aborted = { type: 'socket.closed', code: 1006, reason: 'The connection was aborted.' };
    expect(await facts.next()).toEqual(aborted);
    await peer.closed;
    send({ type: 'socket.connect', url: server.url });
    expect(await facts.next()).toEqual(aborted);
    expect(server.upgrades.all).toHaveLength(1);
  });

  it('a URL that must not be dialled closes the attempt', async () => {
    const { send, facts } = lobbySocket();
    send({ type: 'socket.connect', url: 'ws://chipzen.ai/ws/external/bot/b1' });
    expect(await facts.next()).toEqual({
      type: 'socket.closed',
      code: 1006,
      reason: expect.stringContaining('unencrypted'),
    });
  });
});

describe('the watchdog', () => {
  it('a lobby without a sign of life is asked once after 15 s and given up after 20', async () => {
    const { peer, facts, clock } = await connected({}, { autoPong: false });
    clock.advance(19_999);
    expect(facts.all).toEqual([{ type: 'socket.opened' }]);
    clock.advance(1);
    expect(await facts.next()).toEqual({
      type: 'socket.closed',
      code: 1006,
      reason: 'The other side does not answer pings any more.',
    });
    expect((await peer.closed).code).toBe(1006);
    // One for the round trip when it opened, and the one that was not answered.
    expect(peer.pings.all).toHaveLength(2);
  });

  it('a lobby that opens and says nothing for 40 s is given up', async () => {
    const { peer, facts, clock } = await connected();
    for (let passed = 10; passed < 40; passed += 10) {
      clock.advance(10_000);
      peer.socket.pong();
      // The answer to this ping proves that the pong before it was read.
      peer.socket.ping();
      await new Promise((resolve) => {
        peer.socket.once('pong', resolve);
      });
    }
    expect(facts.all).toEqual([{ type: 'socket.opened' }]);
    clock.advance(10_000);
    expect(await facts.next()).toEqual({
      type: 'socket.closed',
      code: 1006,
      reason: 'No frame came for 40 s.',
    });
    expect((await peer.closed).code).toBe(1006);
  });

  it('a lobby that pings every 15 s is kept', async () => {
    const { peer, facts, clock } = await connected();
    for (let ping = 0; ping < 20; ping++) {
      clock.advance(15_000);
      peer.socket.send('{"type":"ping"}');
      expect(await facts.next()).toEqual({ type: 'frame.ping', frame: { type: 'ping' } });
    }
  });

  it('the limit can be set', async () => {
    const { facts, clock } = await connected({ limits: { frameSilenceMs: 8_000 } });
    clock.advance(8_000);
    expect(await facts.next()).toMatchObject({ type: 'socket.closed', reason: 'No frame came for 8 s.' });
  });
});
