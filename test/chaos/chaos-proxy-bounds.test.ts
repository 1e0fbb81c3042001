import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ChaosEvent,
  type ChaosFault,
  type ChaosProxyOptions,
  createChaosProxy,
} from '../../src/chaos/index.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { collectGarbage } from '../kit/collect-garbage.js';
import { freePort } from '../kit/free-port.js';
import { frame, lobbyPath, matchPath, openProxy } from './harness.js';

const upgradeRequest = [
  `GET ${matchPath} HTTP/1.1`,
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
  '',
  '',
].join('\r\n');

/** A connection without a WebSocket client, and all that came back on it when it ended. */
function raw(port: number, text: string | Buffer): { socket: Socket; all: Promise<string> } {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.write(text);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.on('end', () => socket.end());
  return {
    socket,
    all: new Promise((resolve) => socket.on('close', () => resolve(Buffer.concat(chunks).toString()))),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

describe('the proxy', () => {
  it('passes plain requests and asks for one answer a connection', async () => {
    const http = createHttpServer((request, response) => {
      request.on('data', (body: Buffer) =>
        response.end(`${request.method} ${request.url}: ${body.toString()}, ${request.headers.connection}`),
      );
    }).listen(0, '127.0.0.1');
    await once(http, 'listening');
    const { proxy, events } = await openProxy([{ kind: 'refuse', status: 503, times: Infinity }], {
      target: `127.0.0.1:${portOf(http)}`,
    });
    const answer = await fetch(`${proxy.url.replace('ws', 'http')}/api?q=1`, {
      method: 'POST',
      body: 'text',
    });
    expect(await answer.text()).toBe('POST /api?q=1: text, close');
    expect(events).toEqual([]);
    http.close();
  });

  it('refuses a head that is too large, no request, or too slow', async () => {
    const clock = createVirtualClock();
    const { proxy, events } = await openProxy([], { clock });
    expect(await raw(proxy.port, `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`).all).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect(await raw(proxy.port, 'hello\r\n\r\n').all).toMatch(/^HTTP\/1\.1 400 /);
    await expect.poll(() => clock.pending()).toBe(0);
    const slow = raw(proxy.port, 'GET / HT');
    await expect.poll(() => clock.pending()).toBe(1);
    clock.advance(10_000);
    expect(await slow.all).toMatch(/^HTTP\/1\.1 408 /);
    expect(events).toEqual([431, 400, 408].map((status) => ({ type: 'request.refused', status })));
    await expect.poll(() => clock.pending()).toBe(0);
  });

  it('answers 502 when nobody listens at the target', async () => {
    const { dial, events } = await openProxy([], { target: `127.0.0.1:${await freePort()}` });
    expect(await dial().next()).toBe('HTTP 502');
    expect(events).toEqual([{ type: 'target.unreachable', path: matchPath, why: 'ECONNREFUSED' }]);
  });

  it('passes the refusal of a server as it is', async () => {
    const refuse = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3\r\nContent-Length: 0';
    const { dial, proxy } = await openProxy([], {}, { refuse });
    expect(await dial().next()).toBe('HTTP 503, retry after 3');
    await expect.poll(() => proxy.control.connections()).toEqual([]);
  });

  it.each<[string, (socket: Socket) => unknown]>([
    ['ends', (socket) => socket.end()],
    ['is reset', (socket) => socket.resetAndDestroy()],
  ])('lets go of the target when a client %s before its upgrade is answered', async (_how, leave) => {
    const { server, proxy } = await openProxy([], {}, { mute: true });
    const { socket } = raw(proxy.port, upgradeRequest);
    await server.upgrades.next();
    leave(socket);
    await server.gone(0);
    await expect.poll(() => proxy.control.connections()).toEqual([]);
  });

  it('gives a client two seconds to leave after its connection was closed', async () => {
    const clock = createVirtualClock();
    const { proxy, server } = await openProxy([{ kind: 'close', code: 1001 }], { clock });
    const socket = connect({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true });
    const closed = once(socket, 'close');
    socket.on('error', () => undefined).resume();
    socket.write(upgradeRequest);
    const peer = await server.accept();
    peer.socket.send(frame('a'));
    await once(socket, 'end');
    clock.advance(1_999);
    // Were it too short, the end would be there after a few turns of the event loop.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(proxy.control.connections()).toHaveLength(1);
    clock.advance(1);
    await expect.poll(() => proxy.control.connections()).toEqual([]);
    socket.end();
    await closed;
    expect(clock.pending()).toBe(0);
  });

  it('forgets what it holds for a client that is gone', async () => {
    const clock = createVirtualClock();
    const { proxy, server } = await openProxy([{ kind: 'delay', ms: 1_000 }], { clock });
    const { socket } = raw(proxy.port, upgradeRequest);
    const peer = await server.accept();
    peer.socket.send(frame('a'));
    await expect.poll(() => clock.pending()).toBe(1);
    socket.resetAndDestroy();
    await expect.poll(() => proxy.control.connections()).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  it('holds back a server whose client does not read', async () => {
    const { connect: join } = await openProxy([
      { kind: 'huge', every: 1, times: Infinity, bytes: 64 * 1024 },
    ]);
    const { client, peer } = await join();
    client.socket.pause();
    // The same buffer each time: texts that wait are written into new memory of three times their length, by the server.
    const text = Buffer.alloc(64 * 1024, 'x');
    await collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    for (let sent = 0; sent < 800; sent += 1) {
      peer.socket.send(text, { binary: false });
      await new Promise((resolve) => setImmediate(resolve));
    }
    // What the server could not get rid of waits with the server: 50 MiB, but for what fits into the buffers of the
    // system, which grow to 6 MiB and 4 MiB on each of the two ways.
    expect(peer.socket.bufferedAmount).toBeGreaterThan(24 * 1024 * 1024);
    // V8 gives back the memory of buffers beside other work, some time after they were collected. What waits in the proxy
    // stays, since its client does not read.
    const held = async () => {
      await collectGarbage();
      return process.memoryUsage().arrayBuffers - before;
    };
    await expect.poll(held).toBeLessThan(4 * 1024 * 1024);
    let heard = 0;
    client.socket.on('message', () => (heard += 1));
    client.socket.resume();
    await expect.poll(() => heard).toBe(1_600);
  });

  it('survives bytes that are no frames, from both sides', async () => {
    const {
      proxy,
      server,
      connect: join,
    } = await openProxy([
      { kind: 'duplicate', every: 1, times: Infinity },
      { kind: 'slice', every: 2, times: Infinity },
      { kind: 'garble', chance: 0.5, times: Infinity },
      { kind: 'unknownType', direction: 'up', every: 1, times: Infinity },
    ]);
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        async (fromClient, fromServer) => {
          const { socket, all } = raw(proxy.port, upgradeRequest);
          const peer = await server.accept();
          peer.tcp.write(fromServer);
          socket.write(fromClient);
          socket.end();
          peer.tcp.end();
          await peer.closed;
          peer.tcp.destroy();
          await all;
        },
      ),
      { numRuns: 40 },
    );
    await expect.poll(() => proxy.control.connections()).toEqual([]);
    const { client, peer } = await join(lobbyPath);
    peer.socket.send(frame('a'));
    expect(await client.next()).toMatch(/\{/);
  });

  it('leaves nothing behind when it is closed, whatever is under way', async () => {
    const clock = createVirtualClock();
    const faults: ChaosFault[] = [
      { kind: 'delay', leg: 'lobby', ms: 1_000 },
      { kind: 'halfOpen', leg: 'match' },
    ];
    const { connect: join, proxy, dial, server } = await openProxy(faults, { clock });
    const delayed = await join(lobbyPath);
    delayed.peer.socket.send(frame('a'));
    const silent = await join();
    silent.peer.socket.send(frame('a'));
    const unfinished = raw(proxy.port, 'GET /');
    await expect.poll(() => clock.pending()).toBe(2);
    await proxy.close();
    await proxy.close();
    expect(clock.pending()).toBe(0);
    expect(await delayed.client.next()).toBe('close 1006');
    expect(await silent.client.next()).toBe('close 1006');
    expect(await unfinished.all).toBe('');
    await server.gone(0);
    await server.gone(1);
    expect(await dial().next()).toMatch(/^error connect ECONNREFUSED/);
  });

  it('can be told to cut everything, and to be down for a time', async () => {
    const clock = createVirtualClock();
    const { connect: join, proxy, dial } = await openProxy([], { clock });
    const first = await join();
    expect(proxy.control.connections()).toEqual([{ leg: 'match', path: matchPath, connection: 1 }]);
    proxy.control.cut();
    expect(await first.client.next()).toBe('close 1006');
    const second = await join();
    proxy.control.down(500);
    expect(await second.client.next()).toBe('close 1006');
    expect(await dial().next()).toMatch(/^error .*(?:ECONNRESET|socket hang up)/);
    clock.advance(500);
    await join();
  });

  it('contains a listener that throws', async () => {
    const events: ChaosEvent[] = [];
    const { connect: join } = await openProxy([{ kind: 'duplicate' }], {
      onEvent(event) {
        events.push(event);
        throw new Error('listener');
      },
    });
    const { client, peer } = await join();
    peer.socket.send(frame('a'));
    expect(await client.until(frame('a'))).toEqual([frame('a')]);
    expect(await client.next()).toBe(frame('a'));
    expect(events.map(({ type }) => type)).toEqual(['fault', 'proxy.fault']);
  });

  it.each([[undefined], [null], ['calm'], [[]]])(
    'says what a chaos is when it is given %o',
    async (chaos) => {
      const options = { target: 'ws://127.0.0.1:1', chaos } as unknown as ChaosProxyOptions;
      await expect(createChaosProxy(options)).rejects.toMatchObject({
        code: 'bad_option',
        option: 'chaos',
        message: expect.stringMatching(/^The option chaos must be an object: one of `profiles`/),
      });
    },
  );

  it.each<[Partial<ChaosProxyOptions>, string]>([
    [{ target: 'wss://example.org' }, 'target'],
    [{ target: 'ws://127.0.0.1:1/path' }, 'target'],
    [{ target: 'ws://user:secret@127.0.0.1:1' }, 'target'],
    [{ target: ':' }, 'target'],
    [{ port: 70_000 }, 'port'],
    [{ speed: 3 }, 'speed'],
    [{ chaos: { name: 'x', faults: [{ kind: 'delay', ms: -1 }] } }, 'chaos.faults[0].ms'],
    [{ chaos: { name: 'x', faults: [{ kind: 'delay', ms: 1 }, { kind: 'evict' }] } }, 'platform'],
  ])('does not open with %j', async (options, option) => {
    const attempt = createChaosProxy({
      target: 'ws://127.0.0.1:1',
      chaos: { name: 'calm', faults: [] },
      ...options,
    });
    await expect(attempt).rejects.toMatchObject({ code: 'bad_option', option });
    await expect(attempt).rejects.not.toThrow(/secret/);
  });
});
