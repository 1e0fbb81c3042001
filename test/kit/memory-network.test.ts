import { createServer } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { goOnline } from './client.js';
import { openMemoryNetwork } from './memory-network.js';
import { openPlatform } from './platform.js';

async function openHouse() {
  const network = await openMemoryNetwork();
  const { sandbox } = await openPlatform({ clock: createVirtualClock(), pongTimeoutMs: 10_000 });
  const gate = network.openGate(sandbox.port);
  const account = sandbox.addBot();
  const { token } = account;
  const lobbyUrl = gate.through(account.lobbyUrl);
  const status = async () => {
    const url = `${gate.through(sandbox.url).replace(/^ws/, 'http')}/api/external-api/matchmaking/status`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const body: unknown = await answer.json();
    return { status: answer.status, body };
  };
  return { network, sandbox, gate, status, online: () => goOnline({ token, lobbyUrl }) };
}

it('WebSockets and requests go through it, and no socket of the system is opened', async () => {
  const { sandbox, status, online } = await openHouse();
  const lobby = await online();
  expect(await status()).toMatchObject({ status: 200, body: { status: 'idle' } });
  expect(sandbox.port).toBeGreaterThanOrEqual(40_000);
  sandbox.control.dropLobby(sandbox.bots()[0]?.botId ?? '', 4_321, 'over');
  expect(await lobby.closed()).toEqual({ code: 4_321, reason: 'over' });
});

it('what is cut off is closed on both sides, and nothing is reached until it is mended', async () => {
  const { network, sandbox, gate, status, online } = await openHouse();
  const lobby = await online();
  const offline: string[] = [];
  sandbox.on((event) => event.type === 'lobby.offline' && offline.push(event.botId));
  gate.cut();
  await network.rest();
  expect(await lobby.closed()).toMatchObject({ code: 1006 });
  expect(offline).toHaveLength(1);
  await expect(status()).rejects.toThrow('fetch failed');
  await expect(online()).rejects.toThrow('ECONNREFUSED');
  gate.mend();
  expect((await status()).status).toBe(200);
});

it('what is silent stays open, and new connections are not', async () => {
  const { network, gate, online } = await openHouse();
  const lobby = await online();
  gate.silence();
  lobby.say({ type: 'pong' });
  lobby.socket.ping();
  let isAnswered = false;
  lobby.socket.once('pong', () => {
    isAnswered = true;
  });
  await network.rest();
  expect([lobby.socket.readyState, isAnswered]).toEqual([lobby.socket.OPEN, false]);
  expect((await online()).frames[0]?.type).toBe('hello');
});

it('a request can be answered in place of its server', async () => {
  const { network, status } = await openHouse();
  network.intercept = (_request, response) => {
    response.writeHead(429).end('{}');
    return true;
  };
  expect(await status()).toEqual({ status: 429, body: {} });
});

it('all that was written comes, in order, also what was written before the end', async () => {
  await openMemoryNetwork();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => response.end(Buffer.concat(chunks)));
  });
  server.listen(0, '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  const body = Array.from({ length: 50_000 }, (_, index) => String(index)).join(' ');
  const socket = net.connect({ port, host: '127.0.0.1' });
  socket.write(
    `POST / HTTP/1.1\r\nHost: host\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  socket.write(body);
  const told = (await socket.toArray()) as Buffer[];
  expect(Buffer.concat(told).toString().split('\r\n\r\n')[1]).toContain(body.slice(-100));
  server.close();
});
