/** A real CONNECT proxy, and beyond it a platform that is elsewhere: names that this machine does not know, over TLS. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { requireProgram } from '../../scripts/verify/programs.mjs';
import { freePort } from '../kit/free-port.js';

export interface Elsewhere {
  /** For `NODE_EXTRA_CA_CERTS`. */
  caPath: string;
  /** Where a proxy has to be to reach it: it sends every name there. */
  gatePort: number;
  /** The `HOST:PORT`s that were asked for. */
  asked: string[];
  /** Of the platform on this machine that is at each of the names. */
  platformPort: number;
  close(): void;
}

export interface Tinyproxy {
  port: number;
  close(): Promise<void>;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function listen(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

function tie(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  for (const [socket, peer] of [[one, other] as const, [other, one] as const]) {
    socket.on('error', () => {});
    socket.on('close', () => peer.destroy());
  }
}

/** @param names at which a platform of this machine is to be found. */
export async function startElsewhere(dir: string, names: string[]): Promise<Elsewhere> {
  const [keyPath, caPath] = [join(dir, 'key.pem'), join(dir, 'ca.pem')];
  const altNames = names.map((name) => `DNS:${name}`).join(',');
  const keys = ['-newkey', 'rsa:2048', '-nodes', '-keyout', keyPath, '-out', caPath, '-days', '2'];
  const subject = ['-subj', '/CN=elsewhere', '-addext', `subjectAltName=${altNames}`];
  await promisify(execFile)(requireProgram('openssl'), ['req', '-x509', ...keys, ...subject]);
  const front = createTlsServer({ key: readFileSync(keyPath), cert: readFileSync(caPath) }, (socket) => {
    // The platform of a test listens to its own name only.
    socket.once('data', (head) => {
      const request = head
        .toString('latin1')
        .replace(/^host: .*$/im, `Host: 127.0.0.1:${elsewhere.platformPort}`);
      const inside = connect(elsewhere.platformPort, '127.0.0.1');
      inside.write(request, 'latin1');
      tie(socket, inside);
    });
    socket.on('error', () => {});
  });
  await listen(front);
  const asked: string[] = [];
  const gate = createServer();
  gate.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    tie(socket, connect(portOf(front), '127.0.0.1'));
  });
  await listen(gate);
  const elsewhere: Elsewhere = {
    caPath,
    gatePort: portOf(gate),
    asked,
    platformPort: 0,
    close() {
      front.close();
      gate.close();
    },
  };
  return elsewhere;
}

/** A tinyproxy with a user and a password, which asks another proxy for all it is asked for. */
export async function startTinyproxy(
  dir: string,
  { user, password, parent }: { user: string; password: string; parent: number },
): Promise<Tinyproxy> {
  const port = await freePort();
  const path = join(dir, 'tinyproxy.conf');
  writeFileSync(
    path,
    [
      `Port ${port}`,
      'Listen 127.0.0.1',
      'Timeout 600',
      'MaxClients 50',
      `BasicAuth ${user} ${password}`,
      `Upstream http 127.0.0.1:${parent}`,
      'ConnectPort 443',
    ].join('\n'),
  );
  const child = spawn(requireProgram('tinyproxy'), ['-d', '-c', path], { stdio: 'ignore' });
  const failed = once(child, 'exit').then(() => {
    throw new Error('tinyproxy ended at its start.');
  });
  failed.catch(() => undefined);
  while (!(await Promise.race([answers(port), failed]))) {
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
  return {
    port,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
