import { execFile } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalServer, type LocalServer } from '../../src/web/local-server.js';

let server: LocalServer;
let asked: string[];

beforeEach(async () => {
  asked = [];
  server = await createLocalServer({
    handler(heard, response) {
      asked.push(`${heard.method} ${heard.url}`);
      response.end('here');
    },
    onUpgrade(heard, socket) {
      asked.push(`upgrade ${heard.url}`);
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n');
    },
  });
});
afterEach(() => server.close());

interface Ask {
  path?: string;
  headers?: OutgoingHttpHeaders;
}

async function ask({ path = new URL(server.url).pathname, headers = {} }: Ask): Promise<IncomingMessage> {
  const sent = request({ host: '127.0.0.1', port: server.port, path, headers }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}

/** The status that an upgrade is answered with, and what is left to do with its socket. */
async function upgrade({ path = new URL(server.url).pathname, headers = {} }: Ask) {
  const socket = connect(server.port, '127.0.0.1');
  const lines = Object.entries({ Host: `127.0.0.1:${server.port}`, ...headers })
    .map(([name, value]) => `${name}: ${String(value)}\r\n`)
    .join('');
  socket.write(`GET ${path} HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: test\r\n${lines}\r\n`);
  const [data] = (await once(socket, 'data')) as [Buffer];
  return { socket, status: Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1]) };
}

const strangers: [string, number, () => Ask][] = [
  ['another name for this machine', 403, () => ({ headers: { Host: `localhost:${server.port}` } })],
  ['a name that a foreign site made up', 403, () => ({ headers: { Host: `evil.example:${server.port}` } })],
  ['a name without our port', 403, () => ({ headers: { Host: '127.0.0.1' } })],
  ['a page of another site', 403, () => ({ headers: { Origin: 'https://evil.example' } })],
  ['a page of another port', 403, () => ({ headers: { Origin: 'http://127.0.0.1:1' } })],
  ['a page without an origin', 403, () => ({ headers: { Origin: 'null' } })],
  ['no secret', 404, () => ({ path: '/' })],
  ['an empty secret', 404, () => ({ path: '//' })],
  ['a wrong secret', 404, () => ({ path: `/${'x'.repeat(24)}/` })],
  ['half of the secret', 404, () => ({ path: `${new URL(server.url).pathname.slice(0, 12)}/` })],
  ['the secret without its slash', 404, () => ({ path: new URL(server.url).pathname.slice(0, -1) })],
];

/** What somebody sends who never comes to an end, and how long until the connection is gone. */
const halves: [string, () => string][] = [
  ['nothing at all', () => ''],
  ['half of a first line', () => 'GET /'],
  ['half of a head', () => 'GET /x HTTP/1.1\r\nA: '],
  ['half of an upgrade', () => 'GET /x HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'],
  [
    'half of a body, to a wrong address',
    () => `POST /x HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Length: 9\r\n\r\n1`,
  ],
  [
    'half of a body, to the right one',
    () =>
      `POST ${new URL(server.url).pathname} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Length: 9\r\n\r\n1`,
  ],
  [
    'half of a chunk',
    () =>
      `POST ${new URL(server.url).pathname} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n1`,
  ],
  [
    'a whole request, and half of the next one',
    () =>
      `GET ${new URL(server.url).pathname} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n\r\nGET / HTTP/1.1\r\n`,
  ],
  [
    'an upgrade that is refused, whose socket is kept',
    () => `GET /x HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n`,
  ],
];

describe('the local server', () => {
  it('listens on 127.0.0.1, below a path that is different each time', async () => {
    const other = await createLocalServer({ handler: () => undefined });
    await other.close();
    expect(server.url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${server.port}/[\\w-]{24}/$`));
    expect(new URL(other.url).pathname).not.toBe(new URL(server.url).pathname);
  });

  it('hands on what came to its address, with the path below the secret', async () => {
    const { pathname, origin } = new URL(server.url);
    const plain = await ask({ path: `${pathname}a/b?c=d` });
    const ofOurPage = await ask({ headers: { Origin: origin } });
    const upgraded = await upgrade({ path: `${pathname}e` });
    expect([plain.statusCode, ofOurPage.statusCode, upgraded.status]).toEqual([200, 200, 101]);
    expect(asked).toEqual(['GET /a/b?c=d', 'GET /', 'upgrade /e']);
    expect(plain.headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(strangers)('refuses %s with %i', async (_who, status, stranger) => {
    const plain = await ask(stranger());
    const upgraded = await upgrade(stranger());
    expect([plain.statusCode, upgraded.status]).toEqual([status, status]);
    expect(plain.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(asked).toEqual([]);
  });

  it('takes no upgrades unless asked to', async () => {
    const other = await createLocalServer({ handler: () => undefined });
    const socket = connect(other.port, '127.0.0.1');
    const { pathname, host } = new URL(other.url);
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n`);
    const [data] = (await once(socket, 'data')) as [Buffer];
    await other.close();
    expect(data.toString()).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  });

  it('cuts whoever asks by halves after 5 s, and is there for others again', async () => {
    const begun = performance.now();
    const sockets = halves.map(([, text]) => {
      // Half open: this side never ends it.
      const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => undefined);
      socket.write(text());
      // It is cut while there is something to be told it, or nobody would notice.
      socket.resume();
      return socket;
    });
    const cutAt = await Promise.all(
      sockets.map(async (socket) => {
        await once(socket, 'end');
        return performance.now() - begun;
      }),
    );
    // Node itself has a minute for them.
    const held = sockets.length - cutAt.filter((ms) => ms < 20_000).length;
    for (const socket of sockets) socket.destroy();
    expect(held).toBe(0);
    expect((await ask({})).statusCode).toBe(200);
  }, 90_000);

  it('ends every connection when it is closed: idle, asked for, and upgraded', async () => {
    const idle = connect(server.port, '127.0.0.1');
    await once(idle, 'connect');
    const { socket } = await upgrade({});
    const ended = [idle, socket].map((one) => once(one, 'close'));
    idle.on('error', () => undefined);
    await server.close();
    await Promise.all(ended);
    expect([idle.destroyed, socket.destroyed]).toEqual([true, true]);
  });

  it('says so when the port is taken', async () => {
    const taken = createLocalServer({ port: server.port, handler: () => undefined });
    await expect(taken).rejects.toMatchObject({
      code: 'bad_option',
      option: 'port',
      message: `Port ${server.port} of 127.0.0.1 cannot be opened: another program has it (EADDRINUSE). Name another one; 0 takes any free one.`,
    });
  });

  it('lets a process end that does not want to be kept, also with a connection open', async () => {
    const module = fileURLToPath(new URL('../../src/web/local-server.ts', import.meta.url));
    const script = `
      import { get } from 'node:http';
      import { createJiti } from 'jiti';
      const { createLocalServer } = await createJiti(import.meta.url).import(${JSON.stringify(module)});
      const handler = (request, response) => response.write('not the end');
      const server = await createLocalServer({ keepsProcess: false, handler });
      get(server.url, (response) => response.once('data', () => {
        console.log('connected');
        response.socket.unref();
      }));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      timeout: 30_000,
    });
    expect(stdout).toBe('connected\n');
  });
});
