/** Connections that have to go through a proxy, and proxies that do not do what they should. */
import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Closed, openConnection } from '../../../src/io/sockets/connection.js';
import { proxyFor } from '../../../src/network/environment-proxy.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { createMailbox } from '../../kit/mailbox.js';

const url = 'wss://elsewhere.test:8443/ws';
const password = 'pass-word-1';
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A proxy that does this with the first bytes of each connection. */
async function serveProxy(answer: (socket: Socket) => void) {
  const requests = createMailbox<string>();
  const ends = createMailbox<'end'>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => ends.push('end'));
    socket.once('data', (data) => {
      requests.push(data.toString());
      answer(socket);
    });
    socket.resume();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return { host: `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, requests, ends };
}

function dialThrough(proxy: string) {
  const clock = createVirtualClock();
  const closed = createMailbox<Closed>();
  const connection = openConnection(
    {
      url,
      userAgent: 'tester/1.0',
      secret: 'cz_extbot_0123456789abcdefghijABCDEFGHIJ',
      proxy: proxyFor(url, { HTTPS_PROXY: proxy }),
      clock,
      now: clock.now,
    },
    { onOpen() {}, onText() {}, onBinary() {}, onClosed: closed.push },
  );
  cleanups.push(() => connection.abandon());
  return { clock, closed, connection };
}

describe('a proxy', () => {
  it('is asked for a tunnel to the platform, with its password and without our token', async () => {
    const { host, requests } = await serveProxy((socket) => socket.end('HTTP/1.1 502 x\r\n\r\n'));
    const { closed } = dialThrough(`http://bob:${password}@${host}`);
    expect(await requests.next()).toBe(
      'CONNECT elsewhere.test:8443 HTTP/1.1\r\n' +
        `Proxy-Authorization: Basic ${Buffer.from(`bob:${password}`).toString('base64')}\r\n` +
        'Host: elsewhere.test:8443\r\nProxy-Connection: close\r\n\r\n',
    );
    await closed.next();
  });

  it.each<[string, string, string]>([
    [
      'no password',
      '407 Give me bob',
      'answered HTTP 407 Proxy Authentication Required: it wants a user and a password.',
    ],
    // The platform's own 401, 403 and 404 mean something else: this is no status of the upgrade.
    ['a rule against us', '403 Forbidden', 'answered HTTP 403 Forbidden.'],
    ['no way to the platform', '502 Bad Gateway\r\nRetry-After: 500', 'answered HTTP 502 Bad Gateway.'],
    [
      'another place to ask',
      '301 Moved\r\nLocation: http://127.0.0.1:1/',
      'answered HTTP 301 Moved Permanently.',
    ],
    ['a status that is none', 'OK', 'does not speak HTTP.'],
  ])('with %s is named, and let go', async (_title, status, said) => {
    const { host, ends } = await serveProxy((socket) => socket.write(`HTTP/1.1 ${status}\r\n\r\n`));
    const { closed, clock } = dialThrough(`http://${host}`);
    expect(await closed.next()).toEqual({ code: 1006, reason: `The proxy http://${host} ${said}` });
    await ends.next();
    expect(closed.all).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });

  it.each<[string, (socket: Socket) => void]>([
    ['hangs up', (socket) => socket.end()],
    ['answers what is no header', (socket) => socket.write(`HTTP/1.1 200 OK\r\n${password}\r\n\r\n`)],
  ])('that %s is named, and not quoted', async (_title, answer) => {
    const { host, ends } = await serveProxy(answer);
    const { closed } = dialThrough(`http://bob:${password}@${host}`);
    expect(await closed.next()).toEqual({
      code: 1006,
      reason: `The proxy http://${host} cannot be used: it gives no answer that is HTTP.`,
    });
    await ends.next();
  });

  it('that nobody runs is named', async () => {
    const { closed } = dialThrough(`http://bob:${password}@127.0.0.1:1`);
    expect(await closed.next()).toEqual({
      code: 1006,
      reason: 'The proxy http://127.0.0.1:1 cannot be used: connect ECONNREFUSED 127.0.0.1:1',
    });
  });

  it.each<[string, string, (host: string) => string]>([
    ['', '', (host) => `The proxy http://${host} cannot be used:`],
    [
      'and lets us through to nothing',
      'HTTP/1.1 200 OK\r\n\r\n',
      (host) => `Through the proxy http://${host}:`,
    ],
    ['and says nothing that is HTTP', 'garbage', (host) => `The proxy http://${host} cannot be used:`],
  ])('that hangs %s is given up with the handshake, and let go', async (_title, answer, blamed) => {
    const { host, requests, ends } = await serveProxy((socket) => socket.write(answer));
    const { closed, clock } = dialThrough(`http://${host}`);
    await requests.next();
    // What it answered has been read when a second connection has come as far.
    const later = dialThrough(`http://${host}`);
    await requests.next();
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(9_999);
    expect(closed.all).toEqual([]);
    clock.advance(1);
    expect(closed.all).toEqual([
      { code: 1006, reason: `${blamed(host)} No answer to the opening handshake within 10 s.` },
    ]);
    await ends.next();
    later.connection.abandon();
    await ends.next();
  });

  it('is let go by who abandons the attempt, before it is asked and after', async () => {
    const { host, requests, ends } = await serveProxy(() => {});
    const early = dialThrough(`http://${host}`);
    early.connection.abandon();
    const late = dialThrough(`http://${host}`);
    await requests.next();
    late.connection.abandon();
    await ends.next();
    expect([early.closed.all, late.closed.all, requests.all.length]).toEqual([[], [], 1]);
    expect(late.clock.pending()).toBe(0);
  });
});
