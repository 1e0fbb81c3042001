/** Runs one after the other, and beside each other, on workers that stay up. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ArenaResult } from '../../src/arena/arena-result.js';
import type { FleetBot } from '../../src/arena/fleet-bots.js';
import { proveFleetBots } from '../../src/arena/prove-bots.js';
import { type NatsServer, startNatsServer } from '../io/hosting/remote/nats-server.js';
import { openTcpGate } from '../io/hosting/remote/tcp-gate.js';
import { afterTest } from '../kit/after-test.js';
import { startCommand } from '../kit/built-command.js';
import { makeFolder } from '../kit/folder.js';
import { toldOf } from './arena-bots.js';
import { openFleetWorker, playHere, playThere } from './fleet-kit.js';

let server: NatsServer;

beforeEach(async () => {
  server = await startNatsServer('-js', '-sd', 'streams');
  afterTest(() => server.stop());
});

async function openWorker(
  url = server.url,
  bots: readonly FleetBot[] = [],
  name = `worker-${Math.random()}`,
) {
  const worker = await openFleetWorker(url, { bots, worker: name });
  afterTest(() => worker.stop());
  return worker;
}

/** Plays a run of this seed, and expects what this machine makes of it. */
async function expectRun(seed: string): Promise<void> {
  const options = { seed, deals: 150 };
  expect(toldOf(await playThere(server.url, options))).toEqual(toldOf(await playHere(options)));
}

/** A bot that keeps a thread for seconds with one block, and no processor. */
async function slowBot(): Promise<{ module: string; bots: FleetBot[] }> {
  const module = join(makeFolder(), 'slow.mjs');
  writeFileSync(
    module,
    `export default class { async decide(s) {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return { action: s.validActions.includes('check') ? 'check' : 'call' };
} }\n`,
  );
  const hosting = { place: 'thread', memoryMb: null, env: {} } as const;
  return { module, bots: await proveFleetBots([{ module }], hosting, () => undefined) };
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

describe('a worker that stays up', () => {
  it('plays one run after the other', async () => {
    const { events } = await openWorker();
    for (const seed of ['one', 'two', 'three', 'four']) await expectRun(seed);
    expect(events.map(({ type }) => type)).toEqual(
      Array.from({ length: 4 }, () => ['joined', 'left']).flat(),
    );
  });

  it('plays a run that waited for it, and leaves the next one to another worker', async () => {
    const waiting = expectRun('one');
    const first = await openWorker();
    await waiting;
    await first.stop();
    const next = expectRun('two');
    await openWorker();
    await next;
  });

  it('is not taken for its double, nor the other way round', async () => {
    const workers = [await openWorker(server.url, [], 'same'), await openWorker(server.url, [], 'same')];
    const options = { deals: 600, seed: 'one' };
    expect(toldOf(await playThere(server.url, options))).toEqual(toldOf(await playHere(options)));
    const blocks = workers.map(({ events }) =>
      events.flatMap((event) => (event.type === 'left' ? event.blocks : [])),
    );
    expect(blocks.flat().reduce((sum, one) => sum + one, 0)).toBe(6);
    await Promise.all(workers.map((worker) => worker.stop()));
    const next = expectRun('two');
    await openWorker(server.url, [], 'same');
    await next;
  });

  it('plays two runs at once with one thread', async () => {
    await openWorker();
    await Promise.all([expectRun('one'), expectRun('two')]);
    await expectRun('three');
  });

  it('takes turns with a long run that it was at first', async () => {
    const { module, bots } = await slowBot();
    const worker = await openWorker(server.url, bots);
    const end = new AbortController();
    const played: number[] = [];
    const long = playThere(server.url, {
      bots: [{ module }, 'calling-station'],
      deals: 100_000,
      signal: end.signal,
      onProgress: ({ playedNow }) => played.push(playedNow),
    });
    await worker.tells('joined');
    await expectRun('other');
    const before = played.at(-1) ?? 0;
    expect(before).toBeGreaterThan(0);
    await expect.poll(() => played.at(-1), { timeout: 30_000 }).toBeGreaterThan(before);
    end.abort();
    expect((await long).end).toBe('stopped');
  });

  it('leaves a block of a run that was ended, and plays the next run', async () => {
    const { module, bots } = await slowBot();
    const worker = await openWorker(server.url, bots);
    const end = new AbortController();
    const long = playThere(server.url, {
      bots: [{ module }, 'calling-station'],
      deals: 500,
      signal: end.signal,
    });
    await worker.tells('joined');
    await pause(1_500);
    end.abort();
    expect(await long).toMatchObject({ end: 'stopped', playedNow: 0 });
    await expectRun('next');
    expect(await worker.tells('left')).toMatchObject({ blocks: 0 });
  });

  it('plays the next run beside the queue of one that was killed, and leaves that', async () => {
    const { module, bots } = await slowBot();
    const worker = await openWorker(server.url, bots);
    const killed = startCommand(
      ['arena', module, 'calling-station', '--deals', '500', '--isolate', 'worker', '--nats', server.url],
      { HOME: makeFolder() },
    );
    await worker.tells('joined');
    await pause(1_000);
    killed.kill();
    await killed.code();
    await expectRun('next');
    const left = () => worker.events.filter(({ type }) => type === 'left').length;
    await expect.poll(left, { timeout: 20_000 }).toBe(2);
    await expectRun('last');
  });
});

describe('a worker whose server', () => {
  it('is started again between two runs plays the second one', async () => {
    await openWorker();
    await expectRun('one');
    await server.kill();
    await pause(1_000);
    await server.start();
    await expectRun('two');
  });

  it('is started again in a run goes on with that, and with the next one', async () => {
    const { module, bots } = await slowBot();
    await openWorker(server.url, bots);
    const notices: string[] = [];
    const options = { bots: [{ module }, 'calling-station'], deals: 150 };
    const playing = playThere(server.url, { ...options, onNotice: (sentence) => notices.push(sentence) });
    await expect.poll(() => notices.join(), { timeout: 30_000 }).toContain('plays.');
    await server.kill();
    await pause(500);
    await server.start();
    expect(toldOf(await playing)).toEqual(toldOf(await playHere(options)));
    expect(notices).toContain('The NATS server is back.');
    await expectRun('two');
  });

  for (const way of ['cut', 'hush'] as const) {
    it(`is out of reach between two runs (${way}) plays the second one, which waits for it`, async () => {
      const gate = await openTcpGate(Number(new URL(server.url).port));
      const worker = await openWorker(`nats://127.0.0.1:${gate.port}`);
      await expectRun('one');
      const connected = [worker.bus.isConnected];
      worker.bus.onChange((isConnected) => connected.push(isConnected));
      gate[way]();
      const notices: string[] = [];
      const waiting = playThere(server.url, {
        seed: 'two',
        deals: 150,
        onNotice: (sentence) => notices.push(sentence),
      });
      // What is silently gone is noticed after two pings that had no answer.
      await expect.poll(() => worker.bus.isConnected, { timeout: 30_000 }).toBe(false);
      await expect.poll(() => notices.join(), { timeout: 30_000 }).toContain('No worker asks for blocks');
      gate.mend();
      expect(toldOf(await waiting)).toEqual(toldOf(await playHere({ seed: 'two', deals: 150 })));
      expect(connected.slice(0, 2)).toEqual([true, false]);
    });
  }
});

it('a run whose server is gone is ended by its user all the same', async () => {
  const notices: string[] = [];
  const end = new AbortController();
  let running: Promise<ArenaResult> | undefined;
  await new Promise<void>((resolve) => {
    running = playThere(server.url, {
      deals: 500,
      signal: end.signal,
      onStart: () => resolve(),
      onNotice: (sentence) => notices.push(sentence),
    });
  });
  await server.kill();
  await expect.poll(() => notices.join()).toContain('The connection to the NATS server is lost');
  end.abort();
  expect(await running).toMatchObject({ end: 'stopped', playedNow: 0 });
  expect(notices.at(-1)).toMatch(/^The queue chipzen-arena-[0-9a-f]{12} is left on nats:/);
});
