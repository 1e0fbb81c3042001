import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type Closed,
  type Connection,
  type ConnectionOptions,
  openConnection,
} from '../../../src/io/sockets/connection.js';
import type { ClockJumps } from '../../../src/time/clock-jumps.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { createMailbox, type Mailbox } from '../../kit/mailbox.js';
import { type RawServerOptions, startRawServer } from '../../kit/raw-server.js';

type Fact = 'open' | 'binary' | { text: string } | { closed: Closed };

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

function dial(url: string, options: Partial<ConnectionOptions> = {}) {
  const facts: Mailbox<Fact> = createMailbox();
  const clock = createVirtualClock();
  const connection: Connection = openConnection(
    { url, userAgent: 'tester/1.0', secret: token, clock, now: clock.now, ...options },
    {
      onOpen: () => facts.push('open'),
      onText: (text) => facts.push({ text }),
      onBinary: () => facts.push('binary'),
      onClosed: (closed) => facts.push({ closed }),
    },
  );
  cleanups.push(() => connection.abandon());
  return { facts, clock, connection };
}

async function opened(server: Awaited<ReturnType<typeof serve>>, options: Partial<ConnectionOptions> = {}) {
  const dialled = dial(server.url, options);
  const peer = await server.accept();
  expect(await dialled.facts.next()).toBe('open');
  // The one that measures the first round trip.
  await peer.pings.next();
  return { ...dialled, peer };
}

describe('the upgrade', () => {
  it('carries the user agent and the subprotocols, offers no compression', async () => {
    const server = await serve();
    dial(`${server.url}/ws?x=1`, { subprotocols: ['chipzen-bot-token', token] });
    const { path, headers } = await server.upgrades.next();
    expect(path).toBe('/ws?x=1');
    expect(headers['user-agent']).toBe('tester/1.0');
    expect(headers['sec-websocket-protocol']).toBe(`chipzen-bot-token,${token}`);
    expect(headers['sec-websocket-extensions']).toBeUndefined();
  });

  it('a redirect is not followed', async () => {
    const target = await serve();
    const server = await serve({ refuse: `HTTP/1.1 302 Found\r\nLocation: ${target.url}/${token}` });
    const { facts } = dial(server.url);
    expect(await facts.next()).toEqual({
      closed: { code: 1006, reason: 'The server answered HTTP 302 Found', httpStatus: 302 },
    });
    await server.gone(0);
    expect(target.upgrades.all).toEqual([]);
  });

  it.each<[string, Partial<Closed>]>([
    ['401 Unauthorized', { httpStatus: 401, reason: 'The server answered HTTP 401 Unauthorized' }],
    [`599 ${token}`, { httpStatus: 599, reason: 'The server answered HTTP 599' }],
    ['429 Slow\r\nRetry-After: 7', { httpStatus: 429, retryAfterMs: 7000 }],
    ['429 Slow\r\nRetry-After: 0', { httpStatus: 429 }],
    ['429 Slow\r\nRetry-After: 99999999999', { httpStatus: 429, retryAfterMs: 600_000 }],
    ['503 Away\r\nRetry-After: Tue, 14 Nov 2023 22:13:50 GMT', { httpStatus: 503, retryAfterMs: 30_000 }],
    ['503 Away\r\nRetry-After: Tue, 14 Nov 2000 22:13:50 GMT', { httpStatus: 503 }],
  ])('HTTP %j closes with its status', async (response, expected) => {
    const server = await serve({ refuse: `HTTP/1.1 ${response}` });
    const { facts, clock } = dial(server.url);
    expect(await facts.next()).toMatchObject({ closed: { code: 1006, ...expected } });
    await server.gone(0);
    expect(facts.all).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it('Retry-After is measured against the Date of the response, and without one against the wall clock', async () => {
    const date = (ms: number) => new Date(ms).toUTCString();
    const noon = Date.UTC(2026, 10, 28, 12);
    const refusal = `HTTP/1.1 503 Away\r\nRetry-After: ${date(noon + 30_000)}`;
    const own = await serve({ refuse: `${refusal}\r\nDate: ${date(noon + 20_000)}` });
    expect(await dial(own.url, { wallNow: () => 0 }).facts.next()).toMatchObject({
      closed: { retryAfterMs: 10_000 },
    });
    const ours = await serve({ refuse: refusal });
    expect(await dial(ours.url, { wallNow: () => noon }).facts.next()).toMatchObject({
      closed: { retryAfterMs: 30_000 },
    });
  });

  it.each(['soon', '-5', '1.5', '', 'Mon, never'])('Retry-After %j says nothing', async (value) => {
    const server = await serve({ refuse: `HTTP/1.1 503 Away\r\nRetry-After: ${value}` });
    const { facts } = dial(server.url);
    expect(await facts.next()).toEqual({
      closed: { code: 1006, reason: 'The server answered HTTP 503 Service Unavailable', httpStatus: 503 },
    });
  });

  it('a server that never answers it is given up after the handshake timeout', async () => {
    const server = await serve({ mute: true });
    const { facts, clock } = dial(server.url);
    await server.upgrades.next();
    clock.advance(9_999);
    expect(facts.all).toEqual([]);
    clock.advance(1);
    expect(facts.all).toEqual([
      { closed: { code: 1006, reason: 'No answer to the opening handshake within 10 s.' } },
    ]);
    await server.gone(0);
  });

  it('what is no HTTP at all closes with a readable reason', async () => {
    const tcp = createServer((socket) => socket.end('hello\r\n\r\n'));
    await new Promise<void>((resolve) => {
      tcp.listen(0, '127.0.0.1', resolve);
    });
    cleanups.push(() => tcp.close());
    const address = tcp.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const { facts } = dial(`ws://127.0.0.1:${port}`);
    expect(await facts.next()).toMatchObject({ closed: { code: 1006, reason: /Parse Error/ } });
  });

  it.each<[string, Partial<ConnectionOptions> & { url?: string }, RegExp]>([
    ['a URL that is none', { url: 'nonsense' }, /not a WebSocket URL/],
    ['plain ws to another host', { url: 'ws://chipzen.ai/x' }, /unencrypted/],
    [
      'a host that does not exist',
      { url: 'wss://no-such-host.invalid/x' },
      /no-such-host\.invalid|EAI_AGAIN/,
    ],
    ['a port nobody listens on', { url: 'ws://localhost:1/x' }, /ECONNREFUSED/],
    ['a token that is no subprotocol', { subprotocols: ['chipzen-bot-token', 'a b'] }, /subprotocol/],
    ['a user agent that is no header', { userAgent: 'a\nb' }, /User-Agent/],
  ])('%s closes with a readable reason, after the call', async (_title, { url, ...options }, reason) => {
    const { facts } = dial(url ?? 'ws://127.0.0.1:1', options);
    expect(facts.all).toEqual([]);
    expect(await facts.next()).toEqual({ closed: { code: 1006, reason: expect.stringMatching(reason) } });
  });
});

describe('an open connection', () => {
  it('tells texts and binary messages, and sends', async () => {
    const { facts, peer, connection } = await opened(await serve());
    peer.socket.send('{"a":"é"}');
    peer.socket.send(Buffer.from([1, 2]));
    expect([await facts.next(), await facts.next()]).toEqual([{ text: '{"a":"é"}' }, 'binary']);
    expect(connection.send('hi')).toBe(true);
    expect(await peer.frames.next()).toBe('hi');
  });

  it('tells the close code and reason once, without secret, control characters or excess', async () => {
    const { facts, peer, connection, clock } = await opened(await serve());
    peer.socket.close(4001, `bad\u001b[31m ${token}\n`);
    expect(await facts.next()).toEqual({ closed: { code: 4001, reason: 'bad[31m [token]' } });
    expect(connection.send('x')).toBe(false);
    await peer.closed;
    expect(facts.all).toHaveLength(2);
    expect(clock.pending()).toBe(0);
  });

  it('a lost connection closes with 1006', async () => {
    const { facts, peer } = await opened(await serve());
    peer.tcp.destroy();
    expect(await facts.next()).toEqual({ closed: { code: 1006, reason: 'The connection was lost.' } });
  });

  it('a message over 1 MiB closes it', async () => {
    const { facts, peer } = await opened(await serve());
    peer.socket.send('x'.repeat(1024 * 1024 + 1));
    expect(await facts.next()).toEqual({ closed: { code: 1006, reason: 'Max payload size exceeded' } });
    expect((await peer.closed).code).toBe(1009);
  });

  it('a message of 1 MiB is read', async () => {
    const { facts, peer } = await opened(await serve());
    peer.socket.send('x'.repeat(1024 * 1024));
    expect(await facts.next()).toEqual({ text: 'x'.repeat(1024 * 1024) });
  });

  it.each<[string, number[]]>([
    ['reserved bits', [0xf1, 0x00]],
    ['an unknown opcode', [0x83, 0x00]],
    ['text that is not UTF-8', [0x81, 0x01, 0xff]],
    ['a masked server frame', [0x81, 0x81, 1, 2, 3, 4, 5]],
    ['a close code that is not allowed', [0x88, 0x02, 0x00, 0x01]],
  ])('%s closes it with a readable reason', async (_title, bytes) => {
    const { facts, peer } = await opened(await serve());
    peer.tcp.write(Buffer.from(bytes));
    expect(await facts.next()).toEqual({
      closed: { code: 1006, reason: expect.stringMatching(/^Invalid|MASK/) },
    });
    expect(facts.all).toHaveLength(2);
  });

  it.each<[string, Error, string]>([
    ['an error', new Error('defect'), 'defect'],
    ['an error full of secrets', new Error(`${token} `.repeat(10)), '[token] '.repeat(10)],
    ['several errors at once', new AggregateError([new Error('one'), new Error('two')]), 'one; two'],
    ['an error without a message', new Error(''), 'unknown error'],
  ])('a handler that throws %s ends the connection, not the process', async (_title, error, reason) => {
    const server = await serve();
    const facts = createMailbox<Closed>();
    openConnection(
      { url: server.url, userAgent: 'tester/1.0', secret: token },
      {
        onOpen: () => {},
        onText: () => {
          throw error;
        },
        onBinary: () => {},
        onClosed: (closed) => facts.push(closed),
      },
    );
    const peer = await server.accept();
    peer.socket.send('x');
    expect(await facts.next()).toEqual({ code: 1006, reason: `A frame could not be handled: ${reason}` });
    await peer.closed;
  });
});

describe('keepalive', () => {
  it('a peer that answers no ping is terminated after two silent intervals', async () => {
    const { facts, peer, clock } = await opened(await serve({ autoPong: false }));
    clock.advance(15_000);
    await peer.pings.next();
    clock.advance(14_999);
    expect(facts.all).toEqual(['open']);
    clock.advance(1);
    expect(facts.all).toEqual([
      'open',
      { closed: { code: 1006, reason: 'The other side does not answer pings any more.' } },
    ]);
    expect(clock.pending()).toBe(0);
    expect((await peer.closed).code).toBe(1006);
  });

  it('one that is asked only after silence is pinged once, and has its time to answer', async () => {
    const { facts, peer, clock } = await opened(await serve({ autoPong: false }), {
      pings: 'silence',
      limits: { pongTimeoutMs: 5_000 },
    });
    clock.advance(15_000);
    await peer.pings.next();
    clock.advance(4_999);
    expect(facts.all).toEqual(['open']);
    clock.advance(1);
    expect(facts.all).toEqual([
      'open',
      { closed: { code: 1006, reason: 'The other side does not answer pings any more.' } },
    ]);
    expect((await peer.closed).code).toBe(1006);
    expect(peer.pings.all).toHaveLength(2);
  });

  it('a jump of the clock pings all that are open at once, and who does not answer within 5 s is lost', async () => {
    const listeners = new Set<() => void>();
    const jumps: ClockJumps = {
      watch(onJump) {
        listeners.add(onJump);
        return () => listeners.delete(onJump);
      },
    };
    const gone = await opened(await serve({ autoPong: false }), { jumps, pings: 'silence' });
    const alive = await opened(await serve({ autoPong: false }), { jumps, pings: 'always' });
    for (const onJump of listeners) onJump();
    for (const { clock, peer } of [gone, alive]) {
      clock.advance(0);
      await peer.pings.next();
    }
    alive.peer.socket.pong();
    for (let trip = 0; trip < 2; trip++) {
      alive.connection.send('trip');
      await alive.peer.frames.next();
    }
    for (const { clock } of [gone, alive]) clock.advance(4_999);
    expect([gone.facts.all, alive.facts.all]).toEqual([['open'], ['open']]);
    for (const { clock } of [gone, alive]) clock.advance(1);
    expect(alive.facts.all).toEqual(['open']);
    expect(gone.facts.all).toEqual([
      'open',
      { closed: { code: 1006, reason: 'The other side does not answer pings any more.' } },
    ]);
    alive.connection.abandon();
    expect(listeners.size).toBe(0);
  });

  it.each<[string, (peer: Awaited<ReturnType<typeof opened>>['peer']) => void]>([
    ['pongs', (peer) => peer.socket.pong()],
    ['pings', (peer) => peer.socket.ping()],
    ['binary messages', (peer) => peer.socket.send(Buffer.from([1]))],
    ['texts', (peer) => peer.socket.send('life')],
  ])('%s are signs of life', async (_title, live) => {
    const { facts, peer, clock, connection } = await opened(await serve({ autoPong: false }));
    for (let interval = 0; interval < 6; interval++) {
      clock.advance(15_000);
      await peer.pings.next();
      live(peer);
      // Two ways to the server and back: what it sent before has been read by then.
      for (let trip = 0; trip < 2; trip++) {
        connection.send('trip');
        await peer.frames.next();
      }
    }
    expect(facts.all.some((fact) => typeof fact === 'object' && 'closed' in fact)).toBe(false);
  });

  it('without frames the silence limit ends it, pongs or not', async () => {
    const { facts, peer, clock } = await opened(await serve(), { limits: { frameSilenceMs: 40_000 } });
    for (let second = 5; second < 40; second += 5) {
      clock.advance(5_000);
      peer.socket.pong();
      peer.socket.send(Buffer.from([0]));
      expect(await facts.next()).toBe('binary');
    }
    clock.advance(5_000);
    expect(await facts.next()).toEqual({ closed: { code: 1006, reason: 'No frame came for 40 s.' } });
    await peer.closed;
  });
});

describe('ending it', () => {
  it('close goes through the closing handshake', async () => {
    const { facts, peer, connection, clock } = await opened(await serve());
    connection.close(1000, 'done');
    expect(connection.send('late')).toBe(false);
    expect(await peer.closed).toEqual({ code: 1000, reason: 'done' });
    expect(await facts.next()).toEqual({ closed: { code: 1000, reason: 'done' } });
    expect(clock.pending()).toBe(0);
  });

  it('a close code the protocol forbids becomes a normal closure', async () => {
    const { peer, connection } = await opened(await serve());
    connection.close(1006, 'x'.repeat(200));
    expect(await peer.closed).toEqual({ code: 1000, reason: '' });
  });

  it('a peer that never answers the close frame is terminated after 2 s', async () => {
    const server = await serve();
    const { facts, peer, connection, clock } = await opened(server);
    peer.socket.pause();
    connection.close();
    clock.advance(1_999);
    expect(facts.all).toEqual(['open']);
    clock.advance(1);
    expect(await facts.next()).toEqual({ closed: { code: 1006, reason: 'The connection was lost.' } });
    peer.socket.resume();
    await server.gone(0);
  });

  it('abandon says good-bye and tells nothing', async () => {
    const { facts, peer, connection, clock } = await opened(await serve());
    peer.socket.send('unheard');
    connection.abandon();
    connection.abandon();
    expect(await peer.closed).toEqual({ code: 1000, reason: '' });
    expect(connection.send('x')).toBe(false);
    expect(facts.all).toEqual(['open']);
    clock.advance(60_000);
    expect(facts.all).toEqual(['open']);
  });

  it('abandon during the handshake ends the attempt at once', async () => {
    const server = await serve({ mute: true });
    const { facts, connection, clock } = dial(server.url);
    await server.upgrades.next();
    connection.abandon();
    await server.gone(0);
    clock.advance(60_000);
    expect(facts.all).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('abandon before anything happened is harmless', async () => {
    const { facts, connection } = dial('nonsense');
    connection.abandon();
    connection.close();
    await Promise.resolve();
    expect(facts.all).toEqual([]);
  });

  it('aborting the signal ends it at once, also before it was dialled', async () => {
    const server = await serve();
    const abort = new AbortController();
    const { facts, peer } = await opened(server, { signal: abort.signal });
    abort.abort();
    expect(facts.all).toEqual(['open', { closed: { code: 1006, reason: 'The connection was aborted.' } }]);
    expect((await peer.closed).code).toBe(1006);

    const late = dial(server.url, { signal: abort.signal });
    expect(await late.facts.next()).toEqual({
      closed: { code: 1006, reason: 'The connection was aborted.' },
    });
    expect(server.upgrades.all).toHaveLength(1);
  });

  it('many connections may share a signal without a warning', async () => {
    const warnings: Error[] = [];
    const collect = (warning: Error) => warnings.push(warning);
    process.on('warning', collect);
    cleanups.push(() => process.off('warning', collect));
    const server = await serve();
    const { signal } = new AbortController();
    for (let count = 0; count < 12; count++) await opened(server, { signal });
    expect(warnings).toEqual([]);
  });

  it('a peer that sends its close frame and leaves the TCP connection open is given up', async () => {
    const { facts, peer } = await opened(await serve(), { limits: { closeTimeoutMs: 20 } });
    peer.tcp.write(Buffer.from([0x88, 0x02, 0x0f, 0xa2]));
    peer.socket.pause();
    expect(await facts.next()).toEqual({ closed: { code: 4002, reason: '' } });
  });
});
