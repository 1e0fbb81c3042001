import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { reset } from '../../src/chaos/relay.js';

const server = createServer({ allowHalfOpen: true });

afterEach(() => {
  server.close();
});

async function openPair(): Promise<{ near: Socket; far: Socket }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const far = connect((server.address() as AddressInfo).port, '127.0.0.1');
  far.on('error', () => undefined);
  const [near] = (await once(server, 'connection')) as [Socket];
  near.on('error', () => undefined);
  return { near, far };
}

const heldSockets = () => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;

describe('a reset', () => {
  it.each([
    ['in the middle of an orderly end', (socket: Socket) => socket.end('goodbye')],
    ['at any other time', () => undefined],
  ])('%s leaves nothing of the connection', async (_when, prepare) => {
    const before = heldSockets();
    const { near, far } = await openPair();
    const gone = Promise.all(
      [near, far].map((side) => new Promise((resolve) => side.once('close', resolve))),
    );
    prepare(near);
    reset(near);
    far.resume();
    await gone;
    // Those of another file in this process may still be on their way out.
    await expect.poll(heldSockets).toBeLessThanOrEqual(before);
  });
});
