import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below what systems hand out to those that ask for any port, as most tests do: nobody gets one of these meanwhile. Workers
 * of the tests have every so manyth port each.
 */
const range = { first: 10_000, beyond: 32_000, workers: 16 } as const;

const worker = Number(process.env.VITEST_POOL_ID ?? 0) % range.workers;
const given = new Set<number>();

function anyPort(): number {
  const rounds = Math.floor((range.beyond - range.first) / range.workers);
  return range.first + worker + range.workers * randomInt(rounds);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}

/** A port on which nobody listens, and nobody will but for who is told of it here. */
export async function freePort(draw: () => number = anyPort): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = draw();
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`No port is free from ${range.first} to ${range.beyond}.`);
}
