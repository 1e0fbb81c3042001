import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock, type VirtualClock } from '../../src/time/virtual-clock.js';
import {
  createEventStream,
  type EventPage,
  type EventStreamOptions,
  eventText,
} from '../../src/web/event-stream.js';
import { FakeSink } from './fake-sink.js';

let clock: VirtualClock;
beforeEach(() => {
  clock = createVirtualClock();
});

function setUp(options: Partial<EventStreamOptions> = {}) {
  const stream = createEventStream({
    clock,
    maxPages: 2,
    maxWaiting: 100,
    maxBehindMs: 1_000,
    closeTimeoutMs: 500,
    ...options,
  });
  const happened: string[] = [];
  function join(): { sink: FakeSink; page: EventPage } {
    const sink = new FakeSink();
    const page = stream.open(sink, {
      onBehind: () => happened.push('behind'),
      onCaughtUp: () => happened.push('caught up'),
      onClose: () => happened.push('closed'),
    });
    if (page === null) throw new Error('turned away');
    return { sink, page };
  }
  return { stream, join, happened };
}

describe('a message', () => {
  it('has a name or none', () => {
    expect([eventText('notice', '"x"'), eventText(null, '[1]')]).toEqual([
      'event: notice\ndata: "x"\n\n',
      'data: [1]\n\n',
    ]);
  });
});

describe('a stream of events', () => {
  it('begins with its head at once, and tells when to come back', () => {
    const plain = setUp().join().sink;
    const told = setUp({ retryMs: 1_000 }).join().sink;
    const head = [200, { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' }];
    expect([plain.head, plain.isFlushed, plain.text()]).toEqual([head, true, '']);
    expect([told.head, told.text()]).toEqual([head, 'retry: 1000\n\n']);
  });

  it('turns away a page too many, and has room again when one goes', () => {
    const { stream, join, happened } = setUp();
    const { sink } = join();
    join();
    const third = new FakeSink();
    expect([stream.open(third), third.head, stream.size]).toEqual([null, null, 2]);
    sink.emit('close');
    expect([stream.size, happened]).toEqual([1, ['closed']]);
    expect(stream.open(third)).not.toBeNull();
  });

  it('drops a page whose connection fails', () => {
    const { stream, join, happened } = setUp();
    const { sink, page } = join();
    sink.emit('error');
    expect([sink.isOpen, stream.size, happened]).toEqual([false, 0, ['closed']]);
    expect(page.send(eventText(null, '1'))).toBe(false);
  });

  it('gives signs of life while somebody looks, if it is told to', () => {
    const { join } = setUp({ heartbeatMs: 100 });
    const { sink } = join();
    clock.advance(250);
    expect(sink.text()).toBe(': \n\n: \n\n');
    sink.emit('close');
    clock.advance(100);
    expect(clock.pending()).toBe(0);
    join();
    expect(clock.pending()).toBe(1);
  });

  describe('with a queue', () => {
    const message = eventText(null, 'x'.repeat(40));

    it('sends what fits; a page is behind with what does not, and gets nothing until it has taken all', () => {
      const { join, happened } = setUp({ maxWaiting: 120 });
      const { sink, page } = join();
      sink.stall();
      expect([page.room, page.send(message), page.send(message), page.isBehind]).toEqual([
        119,
        true,
        true,
        false,
      ]);
      expect([page.send(message), page.isBehind, page.send('x')]).toEqual([false, true, false]);
      expect([sink.messages().length, sink.writableLength, happened]).toEqual([2, 97, ['behind']]);
      sink.drain();
      expect([page.isBehind, page.room, page.send(message), happened]).toEqual([
        false,
        120,
        true,
        ['behind', 'caught up'],
      ]);
    });

    it('sends a page that waits for nothing more than could wait for it', () => {
      const { join } = setUp({ maxWaiting: 10 });
      expect(join().page.send(message)).toBe(true);
    });
  });

  describe('with the newest state', () => {
    it('makes a message only for a page that can take it', () => {
      const { join, happened } = setUp({ maxWaiting: 0 });
      const { sink, page } = join();
      let made = 0;
      const send = () => page.send(() => eventText(null, String(++made)));
      send();
      sink.stall();
      expect([send(), send(), made]).toEqual([false, false, 1]);
      sink.drain();
      expect([send(), happened, sink.text()]).toEqual([
        true,
        ['behind', 'caught up'],
        'data: 1\n\ndata: 2\n\n',
      ]);
    });

    it('sends nothing when there is nothing new', () => {
      const { sink, page } = setUp().join();
      expect([page.send(() => null), sink.text()]).toEqual([true, '']);
    });
  });

  it('drops a page that is behind for too long, but none that takes everything in time', () => {
    const { stream, join } = setUp({ maxWaiting: 0 });
    const { sink, page } = join();
    for (let turn = 0; turn < 3; turn += 1) {
      sink.stall();
      page.send('x');
      clock.advance(999);
      sink.drain();
      page.send('x');
    }
    expect([sink.isOpen, clock.pending()]).toEqual([true, 0]);
    sink.stall();
    page.send('x');
    clock.advance(999);
    expect(sink.isOpen).toBe(true);
    clock.advance(1);
    expect([sink.isOpen, stream.size, clock.pending()]).toEqual([false, 0, 0]);
  });

  it('ends with an event, waits for slow pages, but not long, and takes nobody any more', async () => {
    const { stream, join } = setUp({ heartbeatMs: 100, maxWaiting: 0, maxPages: 3 });
    const [quick, slow] = [join(), join()];
    slow.sink.stall();
    slow.page.send('x');
    let isClosed = false;
    const closed = stream.close('bye').then(() => {
      isClosed = true;
    });
    expect([quick, slow].map(({ sink }) => sink.text())).toEqual([
      'event: bye\ndata: {}\n\n',
      'event: bye\ndata: {}\n\n',
    ]);
    expect([quick.page.send('x'), stream.open(new FakeSink())]).toEqual([false, null]);
    clock.advance(499);
    await Promise.resolve();
    expect(isClosed).toBe(false);
    clock.advance(1);
    await closed;
    expect(clock.pending()).toBe(0);
  });

  it('ends as soon as all pages have taken the end or are gone', async () => {
    const { stream, join } = setUp();
    const [, slow] = [join(), join()];
    slow.sink.stall();
    const closed = stream.close('bye');
    slow.sink.destroy();
    await closed;
    expect([clock.pending(), stream.size]).toEqual([0, 1]);
  });

  it('holds back and goes on with a real connection that does not read for a while', async () => {
    const { stream } = setUp({ maxWaiting: 0, maxBehindMs: 60_000 });
    let caughtUp = 0;
    let page: EventPage | null = null;
    const server = createServer((_request, response) => {
      page = stream.open(response, { onCaughtUp: () => (caughtUp += 1) });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    socket.pause();
    const message = eventText(null, 'x'.repeat(1_000_000));
    const opened = page as unknown as EventPage;
    let sent = 0;
    while (sent < 50 && opened.send(message)) sent += 1;
    expect([sent > 0 && sent < 50, opened.isBehind]).toEqual([true, true]);
    socket.resume();
    await expect.poll(() => [caughtUp, opened.isBehind]).toEqual([1, false]);
    socket.destroy();
    await expect.poll(() => stream.size).toBe(0);
    server.close();
  });
});
