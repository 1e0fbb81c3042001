/** A worker among messages that no agent sends: anybody who reaches the NATS server can publish there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bus, connectBus, type Received } from '../../../../src/io/hosting/remote/bus.js';
import type { FromSeat } from '../../../../src/io/hosting/remote/remote-messages.js';
import { createAssembler, encodeParts, isSigned } from '../../../../src/io/hosting/remote/remote-wire.js';
import { startNatsWorker, type WorkerEvent } from '../../../../src/io/hosting/remote/worker.js';
import { createVirtualClock } from '../../../../src/time/virtual-clock.js';
import { scriptedPool } from '../../../kit/thread-pool.js';
import { type NatsServer, startNatsServer } from './nats-server.js';

interface Published {
  subject: string;
  message: FromSeat;
}

/** A bus of which the test is the other side; like the real one it throws for what cannot be sent. */
function scriptedBus() {
  const listeners = new Map<string, (message: Received) => void>();
  const published: Published[] = [];
  const read = createAssembler(isSigned);
  const bus: Bus = {
    server: 'nats://test',
    isConnected: true,
    maxPayload: 1_000_000,
    inbox: () => 'inbox',
    publish(subject, data) {
      if (subject === '') throw new Error('illegal argument: subject');
      const signed = read(data);
      if (signed !== null) published.push({ subject, message: signed.message });
    },
    request: () => Promise.reject(new Error('A worker of matches asks for nothing.')),
    subscribe(subject, listener) {
      listeners.set(subject, listener);
      return () => void listeners.delete(subject);
    },
    onChange: () => () => undefined,
    close: async () => undefined,
  };
  const deliver = (subject: string, text: string, reply = '') =>
    listeners.get(subject)?.({ subject, data: Buffer.from(text), reply, isUndelivered: false });
  const seat = () => [...listeners.keys()].find((subject) => subject.includes('.seat.')) ?? '';
  return { bus, deliver, seat, take: () => published.splice(0), listeners };
}

function startWorker(maxMatches = 2) {
  const clock = createVirtualClock();
  const pool = scriptedPool();
  const wire = scriptedBus();
  const events: WorkerEvent[] = [];
  const worker = startNatsWorker({
    bus: wire.bus,
    pool,
    name: 'bot',
    worker: 'w',
    maxMatches,
    clock,
    now: () => clock.now(),
    onEvent: (event) => events.push(event),
  });
  const claim = (reply = 'agent.claim') =>
    wire.deliver('chipzen.bot.claim', JSON.stringify({ version: 1, matchId: 'm1' }), reply);
  return { clock, pool, wire, events, worker, claim };
}

const over: WorkerEvent = { type: 'over', matchId: 'm1', live: 0 };
const taken: WorkerEvent = { type: 'taken', matchId: 'm1', live: 1 };

describe('a worker among strange messages', () => {
  it('takes no seat for a message that says not where to answer, and the one who does', () => {
    const { clock, pool, wire, events, claim } = startWorker();
    claim();
    const seat = wire.seat();
    wire.deliver(seat, '.{"type":"seat"}');
    wire.deliver(seat, '.{"type":"beat"}');
    expect(pool.newest.takeTypes()).toEqual([]);
    wire.deliver(seat, '.{"type":"seat"}', 'agent.seat');
    expect(pool.newest.takeTypes()).toEqual(['seat']);
    wire.deliver(seat, '.{"type":"beat"}');
    expect(wire.take()).toEqual([
      { subject: 'agent.claim', message: { type: 'claimed', worker: 'w' } },
      { subject: 'agent.seat', message: { type: 'ready' } },
      { subject: 'agent.seat', message: { type: 'beat' } },
    ]);
    clock.advance(10_000);
    expect(events).toEqual([taken, over]);
    expect(clock.pending()).toBe(0);
  });

  it('gives up a seat that nobody comes for with a place to answer', () => {
    const { clock, wire, events, claim } = startWorker();
    claim();
    wire.deliver(wire.seat(), '.{"type":"seat"}');
    clock.advance(2_000);
    expect(events).toEqual([taken, over]);
  });

  it('does not give a seat that is taken to the next one who asks for it', () => {
    const { pool, wire, claim } = startWorker();
    claim();
    const seat = wire.seat();
    wire.deliver(seat, '.{"type":"seat"}', 'agent.seat');
    wire.take();
    wire.deliver(seat, '.{"type":"seat"}', 'another.seat');
    wire.deliver(seat, '.{"type":"beat"}', 'another.seat');
    expect(pool.newest.takeTypes()).toEqual(['seat']);
    expect(wire.take()).toEqual([{ subject: 'agent.seat', message: { type: 'beat' } }]);
  });

  it.each<[string, string]>([
    [
      'a command without a frame',
      '.{"type":"command","askedAt":0,"event":0,"command":{"type":"bot.decide"}}',
    ],
    ['memories that are none', '.{"type":"revive","recollection":{"events":[]}}'],
    [
      'a snapshot that is none',
      '.{"type":"revive","recollection":{"events":[],"known":[],"snapshot":{"state":"AAAA"}}}',
    ],
  ])('ends the match of %s, once, and takes others', (_what, text) => {
    const { pool, wire, events, claim } = startWorker();
    claim();
    const seat = wire.seat();
    wire.deliver(seat, '.{"type":"seat"}', 'agent.seat');
    wire.take();
    wire.deliver(seat, text);
    wire.deliver(seat, text);
    expect(wire.take()).toMatchObject([
      { subject: 'agent.seat', message: { type: 'end', end: { why: 'lost' }, isDrained: false } },
    ]);
    expect(pool.newest.hasEnded).toBe(true);
    claim();
    expect(events).toEqual([taken, over, taken]);
  });

  it('ends a seat once also when its last word cannot be sent', () => {
    const { pool, wire, events, claim } = startWorker();
    claim();
    wire.deliver(wire.seat(), '.{"type":"seat"}', 'agent.seat');
    wire.take();
    wire.bus.publish = () => {
      throw new Error('no more');
    };
    pool.newest.say({ type: 'revived' });
    pool.newest.die();
    expect(pool.newest.hasEnded).toBe(true);
    expect(events).toEqual([taken, over]);
  });

  it('is drained for everybody who waits for it, and stopped once', async () => {
    const { pool, wire, events, worker, claim } = startWorker();
    claim();
    wire.deliver(wire.seat(), '.{"type":"seat"}', 'agent.seat');
    const drained = Promise.all([worker.drain(), worker.drain()]);
    worker.stop();
    worker.stop();
    await drained;
    expect(wire.take().map(({ message: { type } }) => type)).toEqual(['claimed', 'ready', 'end']);
    expect([pool.newest.hasEnded, wire.listeners.size]).toEqual([true, 0]);
    expect(events).toEqual([taken, over]);
  });
});

describe('messages in parts that are as small as can be', () => {
  const text = JSON.stringify({
    seat: 's',
    message: { type: 'unfit', message: 'äöü'.repeat(300), cause: null },
  });

  it('are put together', () => {
    const assemble = createAssembler(isSigned);
    const bytes = Buffer.from(text);
    const found = Array.from(bytes, (byte, index) =>
      assemble(Buffer.of(index === bytes.length - 1 ? 0x2e : 0x2b, byte)),
    );
    expect(found.at(-1)).toEqual(JSON.parse(text));
    expect(found.slice(0, -1).every((one) => one === null)).toBe(true);
  });

  it('take the memory of their bytes, however many they are', () => {
    const assemble = createAssembler(isSigned);
    const part = Buffer.from('+');
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 1_000_000; count++) assemble(part.subarray(0));
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * 1024 * 1024);
    expect(assemble(Buffer.from(`.${text}`))).toEqual(JSON.parse(text));
  });

  it('keep nothing alive of what they were read from', () => {
    const assemble = createAssembler(isSigned);
    const read = Buffer.from(`+${text.slice(0, 100)}`);
    assemble(read);
    read.fill('x');
    expect(assemble(Buffer.from(`.${text.slice(100)}`))).toEqual(JSON.parse(text));
  });

  it('are forgotten to the end of their message when they are too many, and what follows is heard', () => {
    const assemble = createAssembler(isSigned);
    const part = Buffer.alloc(1024 * 1024, 'x');
    part.write('+');
    for (let count = 0; count < 66; count++) assemble(part);
    // The rest of it is no message of its own.
    expect(assemble(Buffer.from(`.${text}`))).toBeNull();
    expect(encodeParts(JSON.parse(text), 100).map(assemble).at(-1)).toEqual(JSON.parse(text));
  });
});

describe('the connection of a worker', () => {
  let server: NatsServer;
  beforeAll(async () => {
    server = await startNatsServer();
  });
  afterAll(() => server.stop());

  it.each(['', ' ', 'a b', 'a..b', '.a', 'a.', 'a.*', 'a.>', 'a\r\nPUB x 1', 'ä', 'x'.repeat(1_025)])(
    'says nothing to %j, which is no subject',
    async (subject) => {
      const bus = await connectBus(server.url, 'x');
      const heard: string[] = [];
      bus.subscribe('>', ({ subject: to }) => heard.push(to));
      bus.publish(subject, Buffer.of());
      const arrived = new Promise<void>((resolve) => {
        bus.subscribe('here', () => resolve());
      });
      bus.publish('here', Buffer.of());
      await arrived;
      expect(heard).toEqual(['here']);
      await Promise.all([bus.close(), bus.close()]);
      await bus.close();
    },
  );
});
