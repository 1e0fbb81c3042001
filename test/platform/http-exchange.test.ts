/** Requests that have to go through a proxy, and proxies that do not do what they should. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/network/environment-proxy.js';
import { createPlatformClient } from '../../src/platform/index.js';
import { afterTest } from '../kit/after-test.js';
import { createTestClock } from '../kit/clock.js';
import { createMailbox } from '../kit/mailbox.js';
import { botToken } from './fake-endpoint.js';

const lobbyUrl = 'wss://elsewhere.test:8443/ws/external/bot/b';
const password = 'pass-word-1';

/** A proxy that does this with the head of each connection. */
async function openProxy(answer: (socket: Socket) => void) {
  const heads = createMailbox<string>();
  const ends = createMailbox<'end'>();
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('close', () => ends.push('end'));
    socket.once('data', (data) => {
      heads.push(data.toString());
      answer(socket);
    });
    afterTest(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterTest(() => server.close());
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, heads, ends };
}

async function clientThrough(proxy: string) {
  // Loaded before the clock is asked what there is to wait for.
  await import('undici');
  const clock = createTestClock();
  const client = createPlatformClient({
    lobbyUrl,
    token: botToken,
    proxy: proxyFor(lobbyUrl, { HTTPS_PROXY: proxy }),
    clock,
  });
  afterTest(() => client.close());
  const failure = (): Promise<Error> =>
    clock.passUntil(
      client.queue.status().then(
        () => new Error('It did not fail.'),
        (error: unknown) => error as Error,
      ),
      'a request through a proxy',
    );
  return { clock, client, failure };
}

describe('a proxy', () => {
  it('is asked for a tunnel to the platform, with its password and without our token', async () => {
    const { host, heads } = await openProxy((socket) => socket.end('HTTP/1.1 502 x\r\n\r\n'));
    await (await clientThrough(`http://bob:${password}@${host}`)).failure();
    const head = await heads.next();
    expect(head).toMatch(/^CONNECT elsewhere\.test:8443 HTTP\/1\.1\r\n/);
    const basic = Buffer.from(`bob:${password}`).toString('base64');
    expect(head.toLowerCase()).toContain(`proxy-authorization: basic ${basic.toLowerCase()}\r\n`);
    expect(head).not.toContain(botToken);
  });

  it.each([
    [
      'no password',
      '407 Give me bob',
      'it answered HTTP 407 Proxy Authentication Required: it wants a user and a password',
    ],
    ['a rule against us', '403 Forbidden', 'it answered HTTP 403 Forbidden'],
    ['no way to the platform', '502 Bad Gateway', 'it answered HTTP 502 Bad Gateway'],
    [
      'another place to ask',
      '301 Moved\r\nLocation: http://127.0.0.1:1/',
      'it answered HTTP 301 Moved Permanently',
    ],
  ])('with %s is named', async (_title, status, said) => {
    const { host } = await openProxy((socket) => socket.end(`HTTP/1.1 ${status}\r\n\r\n`));
    const error = await (await clientThrough(`http://bob:${password}@${host}`)).failure();
    expect(error).toMatchObject({ code: 'platform_unreachable' });
    expect(error.message).toBe(
      `GET /api/external-api/matchmaking/status: no answer from https://elsewhere.test:8443 through the proxy http://${host}: ${said}`,
    );
  });

  it('that never answers is left after 30 s, and asked anew', async () => {
    const { host, heads, ends } = await openProxy(() => {});
    const { failure, client } = await clientThrough(`http://${host}`);
    expect((await failure()).message).toMatch(/gave no whole answer within 30 s/);
    await ends.next();
    expect((await failure()).message).toMatch(/gave no whole answer within 30 s/);
    expect(heads.all).toHaveLength(2);
    client.close();
    await ends.next();
  });

  it('that speaks no HTTP is none', async () => {
    const { host } = await openProxy((socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'));
    expect(await (await clientThrough(`http://${host}`)).failure()).toMatchObject({
      code: 'platform_unreachable',
    });
  });

  it('that lets through a platform without a certificate to trust is of no use', async () => {
    const { host } = await openProxy((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.once('data', () => socket.end('not TLS'));
    });
    const error = await (await clientThrough(`http://${host}`)).failure();
    expect(error).toMatchObject({ code: 'platform_unreachable' });
    expect(error.message).not.toContain(botToken);
  });
});

it('this machine is reached without a proxy', () => {
  expect(proxyFor('http://127.0.0.1:8001', { HTTP_PROXY: 'http://127.0.0.1:1' })).toBeNull();
});

it('a variable that names no proxy is told at once', () => {
  const saved = process.env.HTTPS_PROXY;
  process.env.HTTPS_PROXY = 'socks5://127.0.0.1:1';
  try {
    expect(() => createPlatformClient({ lobbyUrl })).toThrow(/HTTPS_PROXY names a SOCKS proxy/);
  } finally {
    if (saved === undefined) delete process.env.HTTPS_PROXY;
    else process.env.HTTPS_PROXY = saved;
  }
});
