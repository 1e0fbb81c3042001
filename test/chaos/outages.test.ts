import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { Outage } from '../../src/chaos/index.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { frame, lobbyPath, matchPath, openProxy } from './harness.js';

async function open() {
  const clock = createVirtualClock();
  const harness = await openProxy([], { clock });
  return { clock, ...harness };
}

/** What a dial meets while this lasts. */
async function meet(answer: Outage['answer'], protocols?: string[]) {
  const { proxy, dial, events, clock } = await open();
  proxy.control.outage({ ms: 1_000, ...(answer !== undefined && { answer }) });
  return { heard: dial(matchPath, protocols), events, clock, proxy };
}

describe('an outage', () => {
  it('of one leg ends its connections and refuses its dials until it is over, and leaves the other alone', async () => {
    const { connect, dial, proxy, clock, events } = await open();
    const match = await connect(matchPath);
    const lobby = await connect(lobbyPath);
    proxy.control.outage({
      leg: 'match',
      ms: 5_000,
      cut: { kind: 'close', code: 1012, reason: 'service restart' },
      answer: { kind: 'status', status: 503, retryAfterSeconds: 2 },
    });
    expect(await match.client.next()).toBe('close 1012 service restart');
    expect((await match.peer.closed).code).toBe(1006);
    lobby.peer.socket.send(frame('ping'));
    expect(await lobby.client.next()).toBe(frame('ping'));
    clock.advance(4_999);
    expect(await dial(matchPath).next()).toBe('HTTP 503, retry after 2');
    clock.advance(1);
    await connect(matchPath);
    expect(events).toEqual([
      { type: 'outage.began', leg: 'match', ms: 5_000 },
      {
        type: 'outage.met',
        leg: 'match',
        path: matchPath,
        connection: 2,
        detail: 'HTTP 503, retry after 2 s',
      },
      { type: 'outage.over', leg: 'match' },
    ]);
  });

  it.each<[string, Outage['cut'], string]>([
    ['a reset, when nothing else is said', undefined, 'close 1006'],
    ['a reset', { kind: 'drop', how: 'reset' }, 'close 1006'],
    ['an orderly end', { kind: 'drop', how: 'fin' }, 'close 1006'],
    ['a close', { kind: 'close', code: 1001, reason: 'bye' }, 'close 1001 bye'],
  ])('ends what is open with %s', async (_how, cut, end) => {
    const { connect, proxy } = await open();
    const { client, peer } = await connect();
    proxy.control.outage({ ms: 1_000, ...(cut !== undefined && { cut }) });
    expect(await client.next()).toBe(end);
    await peer.closed;
  });

  it('can leave what is open in silence, which lasts beyond it', async () => {
    const { connect, proxy, clock } = await open();
    const { client, peer } = await connect();
    proxy.control.outage({ ms: 1_000, cut: { kind: 'halfOpen' } });
    clock.advance(1_000);
    peer.socket.send(frame('lost'));
    client.socket.send(frame('lost too'));
    const second = await connect();
    second.peer.socket.send(frame('heard'));
    expect(await second.client.next()).toBe(frame('heard'));
    expect([client.log, peer.frames.all]).toEqual([['open'], []]);
  });

  it.each<[string, Outage['answer'], RegExp]>([
    ['a reset, when nothing else is said', undefined, /^error .*(?:ECONNRESET|socket hang up)/],
    ['an HTTP error', { kind: 'status', status: 404 }, /^HTTP 404$/],
    ['a page', { kind: 'status', status: 200 }, /^HTTP 200$/],
    ['a refused connection', { kind: 'refused' }, /^error .*ECONNREFUSED/],
    ['bytes that are no HTTP', { kind: 'garbage' }, /^error Parse Error/],
  ])('meets a dial with %s', async (_what, answer, entry) => {
    const { heard } = await meet(answer);
    expect(await heard.next()).toMatch(entry);
  });

  it('meets a dial with an upgrade and the close that was told, behind the frames that were told', async () => {
    const error = frame('error', { code: 'duplicate_participant' });
    const { heard, events } = await meet(
      { kind: 'close', code: 4011, reason: 'duplicate_participant', frames: [error] },
      ['chipzen-bot-token', 'secret'],
    );
    expect(await heard.until(/^close/)).toEqual(['open', error, 'close 4011 duplicate_participant']);
    expect(heard.socket.protocol).toBe('chipzen-bot-token');
    expect(events.at(-1)).toEqual({
      type: 'outage.met',
      leg: 'match',
      path: matchPath,
      connection: 1,
      detail: 'upgraded and closed with 4011',
    });
    const { heard: ended } = await meet({ kind: 'close' });
    expect(await ended.until(/^close/)).toEqual(['open', 'close 1006']);
  });

  it.each<[Outage['answer'] & object, string[]]>([
    [{ kind: 'hang' }, []],
    [{ kind: 'silent' }, ['open']],
  ])(
    'leaves a dial that met %j waiting, also when it is over, and lets go of it when it leaves',
    async (answer, log) => {
      const { heard, events, clock, proxy } = await meet(answer);
      await expect.poll(() => events.at(-1)?.type).toBe('outage.met');
      clock.advance(60_000);
      await expect.poll(() => heard.log).toEqual(log);
      expect(proxy.control.connections()).toHaveLength(1);
      heard.socket.terminate();
      await expect.poll(() => proxy.control.connections()).toEqual([]);
      expect(clock.pending()).toBe(0);
    },
  );

  it('of everything concerns plain requests too', async () => {
    const { proxy } = await open();
    proxy.control.outage({ ms: 1_000, answer: { kind: 'status', status: 502 } });
    expect((await fetch(`${proxy.url.replace('ws', 'http')}/api`)).status).toBe(502);
  });

  it('takes the place of one of the same leg, and lasts beside one of the other', async () => {
    const { proxy, dial, clock, connect } = await open();
    proxy.control.outage({ leg: 'lobby', ms: 2_000, answer: { kind: 'status', status: 500 } });
    proxy.control.outage({ leg: 'match', ms: 9_000, answer: { kind: 'status', status: 502 } });
    proxy.control.outage({ leg: 'match', ms: 1_000, answer: { kind: 'status', status: 504 } });
    expect(await dial(lobbyPath).next()).toBe('HTTP 500');
    expect(await dial(matchPath).next()).toBe('HTTP 504');
    clock.advance(1_000);
    await connect(matchPath);
    expect(await dial(lobbyPath).next()).toBe('HTTP 500');
    clock.advance(1_000);
    await connect(lobbyPath);
    expect(clock.pending()).toBe(0);
  });

  it('in which nobody listens is over on the same port, whatever ends meanwhile', async () => {
    const { proxy, dial, clock, connect } = await open();
    proxy.control.outage({ leg: 'lobby', ms: 500 });
    proxy.control.outage({ ms: 1_000, answer: { kind: 'refused' } });
    clock.advance(500);
    expect(await dial().next()).toMatch(/^error .*ECONNREFUSED/);
    clock.advance(500);
    await expect.poll(() => dial().next()).toBe('open');
    await connect();
  });

  it('in which nobody listens waits for its port, if somebody took it', async () => {
    const { proxy, clock, dial } = await open();
    proxy.control.outage({ ms: 1_000, answer: { kind: 'refused' } });
    expect(await dial().next()).toMatch(/^error .*ECONNREFUSED/);
    const thief = createServer().listen(proxy.port, '127.0.0.1');
    await new Promise((resolve) => thief.once('listening', resolve));
    clock.advance(1_000);
    await expect.poll(() => clock.pending()).toBe(1);
    await new Promise((resolve) => thief.close(resolve));
    clock.advance(50);
    await expect.poll(() => dial().next()).toBe('open');
  });

  it('in which nobody listens does not hold up the end of the proxy', async () => {
    const { proxy, clock } = await open();
    proxy.control.outage({ ms: 1_000, answer: { kind: 'refused' } });
    await proxy.close();
    expect(clock.pending()).toBe(0);
  });

  it.each<[Outage, string]>([
    [{ ms: -1 }, 'outage.ms'],
    [{ ms: 0.5 }, 'outage.ms'],
    [{ ms: 1, leg: 'other' as 'any' }, 'outage.leg'],
    [{ ms: 1, cut: { kind: 'slam' as 'halfOpen' } }, 'outage.cut.kind'],
    [{ ms: 1, cut: { kind: 'drop', how: 'soon' as 'fin' } }, 'outage.cut.how'],
    [{ ms: 1, cut: { kind: 'close', code: 65_536 } }, 'outage.cut.code'],
    [{ ms: 1, answer: { kind: 'close', code: 1000, reason: 'x'.repeat(124) } }, 'outage.answer.reason'],
    [{ ms: 1, answer: { kind: 'close', frames: 'text' as never } }, 'outage.answer.frames'],
    [{ ms: 1, answer: { kind: 'status', status: 101 } }, 'outage.answer.status'],
    [
      { ms: 1, answer: { kind: 'status', status: 503, retryAfterSeconds: -1 } },
      'outage.answer.retryAfterSeconds',
    ],
    [{ ms: 1, leg: 'match', answer: { kind: 'refused' } }, 'outage.answer.kind'],
  ])('cannot be %j', async (outage, option) => {
    const { proxy, events } = await open();
    expect(() => proxy.control.outage(outage)).toThrow(
      expect.objectContaining({ code: 'bad_option', option }),
    );
    expect(events).toEqual([]);
  });
});
