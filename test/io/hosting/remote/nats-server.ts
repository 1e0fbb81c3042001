/** A real NATS server on a port of its own, for one test file. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireProgram } from '../../../../scripts/verify/programs.mjs';
import { freePort } from '../../../kit/free-port.js';

export interface NatsServer {
  url: string;
  /** As a crash does it. */
  kill(): Promise<void>;
  /** On the same port again. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

async function answers(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'data');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** @param flags more of the server's. */
export async function startNatsServer(...flags: string[]): Promise<NatsServer> {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'chipzen-nats-'));
  let child: ChildProcess | null = null;

  const start = async (): Promise<void> => {
    const args = ['-a', '127.0.0.1', '-p', String(port), ...flags];
    const started = spawn(requireProgram('nats-server'), args, { cwd: dir, stdio: 'ignore' });
    child = started;
    const failed = new Promise<never>((_, reject) => {
      started.once('error', reject);
      started.once('exit', () => reject(new Error('The NATS server ended at its start.')));
    });
    failed.catch(() => undefined);
    while (!(await Promise.race([answers(port), failed]))) {
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
  };

  const kill = async (): Promise<void> => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };

  await start();
  return {
    url: `nats://127.0.0.1:${port}`,
    kill,
    start,
    async stop() {
      await kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
