/** A way to a server on this machine that can be cut, or go silent as a network does whose cable is pulled. */
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { afterTest } from '../../../kit/after-test.js';

export interface TcpGate {
  port: number;
  /** Ends all connections, and every new one at once. */
  cut(): void;
  /** Nothing more arrives, and nobody is told. */
  hush(): void;
  /** New connections are let through; those that were silent go on. */
  mend(): void;
}

export async function openTcpGate(port: number): Promise<TcpGate> {
  const ways = new Set<{ near: Socket; far: Socket }>();
  let state: 'open' | 'cut' | 'silent' = 'open';
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = createConnection({ port, host: '127.0.0.1' });
    const way = { near, far };
    ways.add(way);
    const end = (): void => {
      ways.delete(way);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on('error', end).on('close', end);
    near.pipe(far);
    far.pipe(near);
    if (state === 'silent') hushOne(way);
  });
  const hushOne = ({ near, far }: { near: Socket; far: Socket }): void => {
    near.unpipe(far);
    far.unpipe(near);
    near.pause();
    far.pause();
  };
  const cut = (): void => {
    state = 'cut';
    for (const { near, far } of ways) {
      near.destroy();
      far.destroy();
    }
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterTest(() => {
    cut();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    hush() {
      state = 'silent';
      ways.forEach(hushOne);
    },
    mend() {
      state = 'open';
      for (const { near, far } of ways) {
        near.pipe(far);
        far.pipe(near);
      }
    },
  };
}
