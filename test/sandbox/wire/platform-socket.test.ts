import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { PlatformSocket } from '../../../src/sandbox/wire/platform-socket.js';
import { type Client, dial } from '../../kit/client.js';

describe('a socket of the platform', () => {
  let http: Server;

  afterEach(() => {
    http.close();
  });

  async function connect(): Promise<{ socket: PlatformSocket; tcp: Socket; client: Client }> {
    http = createServer();
    const sockets = new WebSocketServer({
      noServer: true,
      WebSocket: PlatformSocket,
      perMessageDeflate: false,
    });
    const accepted = new Promise<{ socket: PlatformSocket; tcp: Socket }>((resolve) => {
      http.on('upgrade', (request, duplex, head) => {
        const tcp = duplex as Socket;
        sockets.handleUpgrade(request, tcp, head, (socket) => {
          socket.tcp = tcp;
          resolve({ socket, tcp });
        });
      });
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const client = await dial(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
    return { ...(await accepted), client };
  }

  const sendTwo = (socket: PlatformSocket) => {
    for (const type of ['one', 'two']) {
      socket.gather();
      socket.send(JSON.stringify({ type }));
    }
  };

  it('holds what is sent in one go until the code that runs is through, then all of it leaves', async () => {
    const { socket, tcp, client } = await connect();
    sendTwo(socket);
    const held = tcp.writableLength;
    await new Promise<void>((resolve) => process.nextTick(resolve));
    // Two frames of two bytes of header and fourteen of text.
    expect({ held, left: tcp.writableLength, corked: tcp.writableCorked }).toEqual({
      held: 32,
      left: 0,
      corked: 0,
    });
    expect([await client.next(), await client.next()]).toEqual([{ type: 'one' }, { type: 'two' }]);
  });

  it('lets what it holds go before it ends the connection', async () => {
    const { socket, client } = await connect();
    sendTwo(socket);
    socket.terminate();
    expect(await client.closed()).toEqual({ code: 1006, reason: '' });
    expect(client.frames).toEqual([{ type: 'one' }, { type: 'two' }]);
  });
});
