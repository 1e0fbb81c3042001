/** Requests of a machine that slept: what was open before is silent, and says nothing of it. */
import { expect, it } from 'vitest';
import { createPlatformClient } from '../../src/platform/index.js';
import { clockWithTimes } from '../../src/time/clock.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { openMemoryNetwork } from '../kit/memory-network.js';
import { openPlatform } from '../kit/platform.js';

async function openSleeper() {
  const network = await openMemoryNetwork();
  const { sandbox } = await openPlatform({ clock: createVirtualClock() });
  const gate = network.openGate(sandbox.port);
  const { lobbyUrl, token } = sandbox.addBot();
  const clock = createVirtualClock();
  let sleptMs = 0;
  const client = createPlatformClient({
    lobbyUrl: gate.through(lobbyUrl),
    token,
    clock: clockWithTimes(clock, { now: clock.now, wallNow: () => clock.now() + sleptMs }),
  });
  /** Resolves with the answer and how long it took by the clock of this machine. */
  const timed = async <T>(asked: Promise<T>) => {
    const from = clock.now();
    const state = { isOver: false };
    const settled = asked.finally(() => {
      state.isOver = true;
    });
    settled.catch(() => undefined);
    await network.rest();
    for (; !state.isOver && clock.now() < from + 120_000; await network.rest()) clock.advance(1_000);
    return { answer: await settled, tookMs: clock.now() - from };
  };
  return {
    network,
    client,
    timed,
    sleep(ms: number) {
      gate.silence();
      sleptMs += ms;
    },
  };
}

const hourMs = 3_600_000;

it('after a sleep no request goes over a connection that was kept', async () => {
  const { client, timed, sleep } = await openSleeper();
  await timed(client.fixtures.upcoming());
  sleep(hourMs);
  expect(await timed(client.fixtures.upcoming())).toEqual({ answer: [], tookMs: 0 });
});

it('a question that was under way is asked again within seconds, and once', async () => {
  const { network, client, timed, sleep } = await openSleeper();
  let held = 0;
  network.intercept = () => {
    held += 1;
    return held === 1;
  };
  const asked = client.fixtures.upcoming();
  await network.rest();
  sleep(hourMs);
  // A second until the sleep is noticed, and five for an answer after all.
  expect(await timed(asked)).toEqual({ answer: [], tookMs: 6_000 });
  expect(held).toBe(2);
});

it('what changes something is not sent twice: whoever wanted it is told', async () => {
  const { network, client, timed, sleep } = await openSleeper();
  let held = 0;
  network.intercept = () => {
    held += 1;
    return true;
  };
  const asked = client.queue.join();
  await network.rest();
  sleep(hourMs);
  await expect(timed(asked)).rejects.toMatchObject({
    code: 'platform_unreachable',
    message: expect.stringContaining('slept') as string,
  });
  expect(held).toBe(1);
});
