/** The network of one machine: everything of it goes through here, so that it can be cut, or fall asleep. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterTest } from '../kit/after-test.js';

export interface Relay {
  /** An address of the platform, as this machine reaches it. */
  through(url: string): string;
  /** Ends every connection, and takes none until `mend`. */
  cut(): void;
  mend(): void;
  /** Nothing passes any more, and neither side is told: what was open stays open on this machine, for ever silent. */
  silence(): void;
}

interface Pair {
  near: Socket;
  far: Socket;
  isSilent: boolean;
}

export async function openRelay(port: number): Promise<Relay> {
  const pairs = new Set<Pair>();
  let isCut = false;
  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    const pair: Pair = { near, far, isSilent: false };
    pairs.add(pair);
    far.on('error', () => undefined);
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.on('data', (data) => !pair.isSilent && far.write(data));
    far.on('data', (data) => !pair.isSilent && near.write(data));
    near.on('close', () => {
      pairs.delete(pair);
      far.destroy();
    });
    far.on('close', () => !pair.isSilent && near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  const endAll = (): void => {
    for (const { near, far } of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  afterTest(() => {
    endAll();
    server.close();
  });
  return {
    through: (url) => url.replace(`:${port}`, `:${own}`),
    cut() {
      isCut = true;
      endAll();
    },
    mend() {
      isCut = false;
    },
    silence() {
      for (const pair of pairs) pair.isSilent = true;
    },
  };
}
