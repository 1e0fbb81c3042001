/** Runs whose blocks are played by workers, over a real NATS server. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArenaOptions } from '../../src/arena/arena-options.js';
import type { ArenaResult } from '../../src/arena/arena-result.js';
import { runArena } from '../../src/arena/run-arena.js';
import { type NatsServer, startNatsServer } from '../io/hosting/remote/nats-server.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { openFleetWorker, type TestWorker } from './fleet-kit.js';

let server: NatsServer;

beforeAll(async () => {
  server = await startNatsServer('-js', '-sd', 'streams');
});
afterAll(async () => {
  await server.stop();
});

const bots = ['tight-aggressive', 'random'];

const here = (options: Partial<ArenaOptions>): Promise<ArenaResult> =>
  runArena({ bots, seed: 'test', isolate: 'worker', jobs: 1, env: {}, ...options });

const there = (options: Partial<ArenaOptions>): Promise<ArenaResult> =>
  runArena({ bots, seed: 'test', isolate: 'worker', env: {}, nats: { url: server.url }, ...options });

const told = ({ pairings, end, isRepeatable }: ArenaResult): unknown => ({ pairings, end, isRepeatable });

async function worker(
  ...args: Parameters<typeof openFleetWorker> extends [string, ...infer Rest] ? Rest : never
) {
  const opened: TestWorker = await openFleetWorker(server.url, ...args);
  afterTest(() => opened.stop());
  return opened;
}

describe('workers', { timeout: 30_000 }, () => {
  it('play what one machine plays, to the last digit and the last line of the file', async () => {
    const folder = makeFolder();
    const [one, other] = [await worker(), await worker()];
    const deals = 1_250;
    const alone = await here({ deals, resume: join(folder, 'here.jsonl') });
    const together = await there({ deals, resume: join(folder, 'there.jsonl') });
    expect(told(together)).toEqual(told(alone));
    expect(together.end).toBe('complete');
    expect(readFileSync(join(folder, 'there.jsonl'), 'utf8')).toBe(
      readFileSync(join(folder, 'here.jsonl'), 'utf8'),
    );
    const blocks = [await one.tells('left'), await other.tells('left')].map((event) =>
      event.type === 'left' ? event.blocks : 0,
    );
    expect(blocks[0]).toBeGreaterThan(0);
    expect(blocks[1]).toBeGreaterThan(0);
    expect((blocks[0] ?? 0) + (blocks[1] ?? 0)).toBe(13);
  });
});
