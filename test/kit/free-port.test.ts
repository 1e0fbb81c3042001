import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePort } from './free-port.js';

it('a free port is given once, to this worker alone, and is none that the system gives', async () => {
  const ports = [];
  for (let count = 0; count < 20; count += 1) ports.push(await freePort());
  expect(new Set(ports).size).toBe(20);
  // The parts of Linux begin at 32768, those of others later.
  expect(Math.max(...ports)).toBeLessThan(32_768);
  const worker = Number(process.env.VITEST_POOL_ID);
  expect(worker).toBeGreaterThan(0);
  expect([...new Set(ports.map((port) => port % 16))]).toEqual([worker % 16]);
});

it('a port where somebody listens is not free', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await expect(freePort(() => port)).rejects.toThrow('No port is free');
  await new Promise((resolve) => server.close(resolve));
});
