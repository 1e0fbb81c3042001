/** Runs whose blocks are played by workers, over a real NATS server. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArenaOptions } from '../../src/arena/arena-options.js';
import type { PlayedBlock } from '../../src/arena/arena-record.js';
import type { ArenaResult } from '../../src/arena/arena-result.js';
import { castOf } from '../../src/arena/fleet-bots.js';
import {
  encoded,
  type FleetOffer,
  type FleetTask,
  fleetQueueOf,
  offerSubject,
  readOffer,
  readTask,
  subjectOfBlock,
} from '../../src/arena/fleet-messages.js';
import { proveFleetBots } from '../../src/arena/prove-bots.js';
import { connectBus } from '../../src/io/hosting/remote/bus.js';
import { addToQueue, type Given, pullOne } from '../../src/io/hosting/remote/work-queue.js';
import { version } from '../../src/protocol/version.js';
import { type NatsServer, startNatsServer } from '../io/hosting/remote/nats-server.js';
import { afterTest } from '../kit/after-test.js';
import { makeFolder } from '../kit/folder.js';
import { toldOf } from './arena-bots.js';
import { playHouseBlock } from './arena-kit.js';
import { openFleetWorker, playHere, playThere, type TestWorker } from './fleet-kit.js';

let server: NatsServer;

beforeAll(async () => {
  server = await startNatsServer('-js', '-sd', 'streams');
});
afterAll(async () => {
  await server.stop();
});

const there = (options: Partial<ArenaOptions>): Promise<ArenaResult> => playThere(server.url, options);

async function worker(
  ...args: Parameters<typeof openFleetWorker> extends [string, ...infer Rest] ? Rest : never
) {
  const opened: TestWorker = await openFleetWorker(server.url, ...args);
  afterTest(() => opened.stop());
  return opened;
}

describe('workers', () => {
  it('play what one machine plays, to the last digit and the last line of the file', async () => {
    const folder = makeFolder();
    const [one, other] = [await worker(), await worker()];
    const deals = 1_250;
    const alone = await playHere({ deals, resume: join(folder, 'here.jsonl') });
    const together = await there({ deals, resume: join(folder, 'there.jsonl') });
    expect(toldOf(together)).toEqual(toldOf(alone));
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

  it('send hands where they are recorded, the same as those of one machine', async () => {
    const [one, other] = [makeFolder(), makeFolder()];
    await worker();
    await worker();
    const alone = await playHere({ deals: 250, record: one });
    const together = await there({ deals: 250, record: other });
    expect(toldOf(together)).toEqual(toldOf(alone));
    expect(together.recorded).toEqual({ folder: other, matches: 6 });
    const [first, second] = [one, other].map((folder) =>
      readdirSync(folder).map((name) => [
        name,
        readFileSync(join(folder, name), 'utf8').replaceAll(/"(at|startedAt|endedAt)":\d+/g, ''),
      ]),
    );
    expect(second).toEqual(first);
  });

  it('say so when a block with its hands is larger than the server takes, and the run has what counted', async () => {
    const bus = await connectBus(server.url, 'test');
    afterTest(() => bus.close());
    const small = Object.create(bus, { maxPayload: { value: 10_000 } }) as typeof bus;
    await worker({ bus: small });
    const error = await there({ deals: 250, record: makeFolder() }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'state_unwritable',
      message: expect.stringMatching(
        /messages of 10000: raise its max_payload, or leave --record out/,
      ) as string,
      soFar: { end: 'stopped', pairings: [{ pairs: 0 }] },
    });
  });

  it('go on with the file of a run that was killed, and nothing counts twice', async () => {
    const resume = join(makeFolder(), 'run.jsonl');
    await worker();
    await there({ deals: 350, resume });
    const lines = readFileSync(resume, 'utf8').split('\n');
    // Two blocks count, and a part of the third was written.
    writeFileSync(resume, `${lines.slice(0, 3).join('\n')}\n${lines[3]?.slice(0, 40)}`);
    const again = await there({ deals: 350, resume });
    expect(again.playedBefore).toBe(200);
    expect(again.playedNow).toBe(150);
    expect(again.pairings).toEqual((await playHere({ deals: 350 })).pairings);
  });

  it('play two runs on one server at once, each with a queue of its own, and leave none behind', async () => {
    await worker();
    await worker();
    const [one, other] = await Promise.all([there({ deals: 150 }), there({ deals: 150, seed: 'other' })]);
    expect(toldOf(one)).toEqual(toldOf(await playHere({ deals: 150 })));
    expect(toldOf(other)).toEqual(toldOf(await playHere({ deals: 150, seed: 'other' })));
    const bus = await connectBus(server.url, 'test');
    const { data } = await bus.request('$JS.API.STREAM.NAMES', Buffer.from('{}'), { timeoutMs: 2_000 });
    expect(JSON.parse(Buffer.from(data).toString())).toMatchObject({ total: 0 });
    await bus.close();
  });

  it('refuse a run whose bots they have in another version, on both sides, and others play it', async () => {
    const folder = makeFolder();
    const write = (name: string, body: string): { module: string } => {
      const module = join(folder, name);
      writeFileSync(module, `export default class { decide(s) { ${body} } }\n`);
      return { module };
    };
    const own = write('own.mjs', `return { action: s.validActions.includes('check') ? 'check' : 'call' };`);
    const other = write('other.mjs', `return { action: 'fold' };`);
    const hosting = { place: 'thread', memoryMb: null, env: {} } as const;
    const prove = (bot: { module: string }) => proveFleetBots([bot], hosting, () => undefined);
    const refusing = await worker({ bots: await prove(other) });
    const notices: string[] = [];
    const playing = there({
      bots: [own, 'random'],
      deals: 110,
      onNotice: (sentence) => notices.push(sentence),
    });
    expect(await refusing.tells('refused')).toMatchObject({
      why: expect.stringMatching(
        /no bot file of the worker has the code of own \([0-9a-f]{12}\); its own are [0-9a-f]{12}\. Give it the same files\./,
      ) as string,
    });
    await worker({ bots: await prove(own) });
    expect(toldOf(await playing)).toEqual(toldOf(await playHere({ bots: [own, 'random'], deals: 110 })));
    expect(notices.join('\n')).toContain('plays nothing of this run: no bot file');
    expect(refusing.events.map(({ type }) => type)).not.toContain('joined');
  });
});

/** A worker of the test's own: it has heard the run, and takes its blocks one by one. */
async function hand() {
  const bus = await connectBus(server.url, 'hand');
  afterTest(() => bus.close());
  const offer = await new Promise<FleetOffer>((resolve) => {
    const end = bus.subscribe(offerSubject('arena'), ({ data }) => {
      const heard = readOffer(data);
      if (heard === null || heard.isOver) return;
      end();
      resolve(heard);
    });
  });
  const { stream, prefix } = fleetQueueOf('arena', offer);
  const cast = castOf(offer, []);
  if ('why' in cast) throw new Error(cast.why);
  const { terms } = cast;
  const take = async (): Promise<Given> => {
    for (;;) {
      const given = await pullOne(bus, stream, 'todo', 2_000);
      if (given !== null) return given;
    }
  };
  let sent = 0;
  const report = async (task: FleetTask, change: (block: PlayedBlock) => unknown = (block) => block) => {
    sent += 1;
    const played = change(await playHouseBlock(terms, task)) as PlayedBlock;
    const made = { ...task, worker: 'hand', version, played };
    await addToQueue(bus, subjectOfBlock(prefix, 'done', task), encoded(made), `${offer.run}.hand.${sent}`);
  };
  const taskOf = (given: Given): FleetTask => readTask(given.data) as FleetTask;
  return { bus, offer, stream, prefix, take, report, taskOf };
}

describe('a block', () => {
  const nats = () => ({ nats: { url: server.url, giveBackMs: 4_000 } });

  it('that a worker has taken and does not play is given to another one, and the late copy counts no more', async () => {
    const running = there({ deals: 200, ...nats() });
    const { take, report, taskOf } = await hand();
    const taken = await take();
    const one = await worker();
    await one.tells('joined');
    // The other block is played; this one comes back after its time.
    const result = await running;
    expect(taken.delivery).toBe(1);
    expect(toldOf(result)).toEqual(toldOf(await playHere({ deals: 200 })));
    await expect(report(taskOf(taken))).rejects.toThrow();
  });

  it('that comes twice counts once; and where the copies differ, the run is not repeatable', async () => {
    for (const isSame of [true, false]) {
      const notices: string[] = [];
      const running = there({ deals: 200, onNotice: (sentence) => notices.push(sentence) });
      const { take, report, taskOf } = await hand();
      const [first, second] = [await take(), await take()];
      await report(taskOf(first));
      await report(taskOf(first), (block) =>
        isSame ? block : { ...block, record: { ...block.record, readsClock: [true, false] } },
      );
      await report(taskOf(second));
      const result = await running;
      const alone = await playHere({ deals: 200 });
      expect(result.pairings).toEqual(alone.pairings);
      expect(result.isRepeatable).toBe(isSame);
      expect(notices.join('\n').includes('played twice, and differently')).toBe(!isSame);
    }
  });

  it('that is none of the run does not count, and is sent again under another id', async () => {
    const notices: string[] = [];
    const running = there({ deals: 100, onNotice: (sentence) => notices.push(sentence) });
    const { take, report, taskOf, bus, prefix } = await hand();
    const first = await take();
    const forged = (block: PlayedBlock) => ({
      ...block,
      record: {
        ...block.record,
        netChips: block.record.netChips.map((leg) => leg.map((byPair) => byPair.map(() => 1))),
      },
    });
    await report(taskOf(first), forged);
    await addToQueue(bus, `${prefix}.done.0.0`, Buffer.from('{"run":'), 'noise');
    expect(await first.confirm()).toBe(true);
    // Within the two minutes in which the server drops what it has had under an id.
    const second = await take();
    expect(taskOf(second)).toEqual({ ...taskOf(first), attempt: 2 });
    await report(taskOf(second));
    expect(toldOf(await running)).toEqual(toldOf(await playHere({ deals: 100 })));
    expect(notices).toContain('Worker hand sent a block that is none of this run; it does not count.');
    expect(notices).toContain('Something that is no block came in place of one; it does not count.');
  });

  it('that every worker fails at ends the run, which names it and its bots', async () => {
    const running = there({ deals: 100 });
    running.catch(() => undefined);
    const { take, bus, prefix, taskOf, offer } = await hand();
    for (let delivery = 1; delivery <= 5; delivery += 1) {
      const given = await take();
      expect(given.delivery).toBe(delivery);
      const made = { ...taskOf(given), worker: 'hand', version, failure: 'no memory' };
      await addToQueue(bus, `${prefix}.done.0.0`, encoded(made), `${offer.run}.${delivery}`);
      given.giveBack();
    }
    // Somebody asks, who would get it if it were given out again.
    await worker();
    await expect(running).rejects.toMatchObject({
      code: 'bad_bot',
      message: expect.stringMatching(
        /^Block 0 of tight-aggressive and random was given .* no memory$/,
      ) as string,
    });
  });
});

it('a server without streams is told', async () => {
  const plain = await startNatsServer();
  afterTest(() => plain.stop());
  await expect(there({ deals: 100, nats: { url: plain.url } })).rejects.toMatchObject({
    code: 'nats_unavailable',
    message: expect.stringContaining('nats-server -js') as string,
  });
});

it('a server whose account allows no such queue is told, with what it has to allow', async () => {
  const config = join(makeFolder(), 'nats.conf');
  writeFileSync(
    config,
    `jetstream { store_dir: ${JSON.stringify(makeFolder())} }
    accounts { A { jetstream { max_ack_pending: 1 }, users [{ user: a, password: b }] } }
    no_auth_user: a`,
  );
  const mean = await startNatsServer('-c', config);
  afterTest(() => mean.stop());
  await expect(there({ deals: 100, nats: { url: mean.url } })).rejects.toMatchObject({
    code: 'nats_unavailable',
    message: expect.stringContaining('has to allow one stream with two consumers') as string,
  });
  const bus = await connectBus(mean.url, 'test');
  afterTest(() => bus.close());
  const { data } = await bus.request('$JS.API.STREAM.NAMES', Buffer.from('{}'), { timeoutMs: 5_000 });
  expect(JSON.parse(Buffer.from(data).toString())).toMatchObject({ total: 0 });
});

it('jobs, and bots that stay on this thread, do not go with workers', async () => {
  await expect(there({ deals: 1, jobs: 2 })).rejects.toMatchObject({ code: 'bad_option', option: 'jobs' });
  class Caller {
    decide() {
      return { action: 'call' };
    }
  }
  await expect(there({ deals: 1, bots: [Caller as never, 'random'] })).rejects.toMatchObject({
    code: 'bad_option',
    option: 'bots',
  });
});
