/** The outer world as the doctor sees it. A test provides what a real machine cannot be made to do. */
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { addressing } from '../network/address-families.js';
import type { Proxy } from '../network/environment-proxy.js';
import { onAbort } from '../network/on-abort.js';
import { systemClock, type WorldClock } from '../time/clock.js';
import { askServer, type ServerAnswer } from './ask-server.js';

export interface HostAddress {
  address: string;
  family: 4 | 6;
}

export interface DoctorPorts {
  env: NodeJS.ProcessEnv;
  runtime: { node: string; platform: string; arch: string };
  clock: WorldClock;
  /** All addresses of a host. @throws an error with the system's code, such as `ENOTFOUND`. */
  lookup(host: string): Promise<HostAddress[]>;
  /** Opens a TCP connection and closes it again. @throws an error with the system's code. */
  connect(address: string, port: number, signal: AbortSignal): Promise<void>;
  /** Sends `HEAD /` without a credential. @throws {ServerSilence} when there is no answer. */
  askServer(url: URL, proxy: Proxy | null, signal: AbortSignal): Promise<ServerAnswer>;
}

export const systemPorts = (env: NodeJS.ProcessEnv = process.env): DoctorPorts => ({
  env,
  runtime: { node: process.versions.node, platform: process.platform, arch: process.arch },
  clock: systemClock,
  async lookup(host) {
    const found = await lookup(host, { all: true });
    return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  },
  connect: (host, port, signal) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port, lookup: addressing.lookup });
      const forget = onAbort(signal, () => socket.destroy(new Error('aborted')));
      const end = (settle: () => void) => {
        forget();
        socket.destroy();
        settle();
      };
      socket.once('connect', () => end(resolve));
      socket.on('error', (error) => end(() => reject(error)));
    }),
  askServer: (url, proxy, signal) => askServer({ url, proxy, signal, clock: systemClock }),
});
