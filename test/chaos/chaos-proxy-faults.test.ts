import { describe, expect, it } from 'vitest';
import type { ChaosFault } from '../../src/chaos/index.js';
import { createVirtualClock } from '../../src/time/virtual-clock.js';
import { frame, lobbyPath, matchPath, openProxy } from './harness.js';

/** What a client hears of a server that sends these frames, until the last one of them or the end. */
async function hear(faults: readonly ChaosFault[], frames: readonly string[], end: string | RegExp) {
  const { connect, events } = await openProxy(faults);
  const { client, peer } = await connect();
  for (const text of frames) peer.socket.send(text);
  return { heard: await client.until(end), events, client, peer };
}

const three = [frame('a', { n: 1 }), frame('b', { n: 2 }), frame('a', { n: 3 })];
const [a1 = '', b2 = '', a3 = ''] = three;

describe('a fault', () => {
  it('is not done without one: frames, pings, closes and plain requests pass both ways', async () => {
    const { connect, proxy, events } = await openProxy([]);
    const { client, peer } = await connect();
    peer.socket.send(a1);
    peer.socket.send(Buffer.alloc(70_000), { binary: true });
    peer.socket.ping();
    client.socket.send('up');
    client.socket.ping('x');
    expect(await client.until('ping')).toEqual([a1, 'binary 70000', 'ping']);
    expect(await peer.frames.next()).toBe('up');
    expect(await peer.pings.next()).toBe('x');
    peer.socket.close(4001, 'auth failed');
    expect(await client.next()).toBe('close 4001 auth failed');
    expect(await peer.closed).toEqual({ code: 4001, reason: 'auth failed' });
    expect(proxy.control.connections()).toEqual([]);
    expect(events).toEqual([]);
  });

  it('`drop` resets the connection in place of a frame; what came before it arrived', async () => {
    const { heard, events, client, peer } = await hear([{ kind: 'drop', at: 2 }], three, /^close/);
    expect(heard).toEqual([a1, 'close 1006']);
    expect(await peer.closed).toEqual({ code: 1006, reason: '' });
    expect(client.log).toEqual(['open', a1, 'close 1006']);
    expect(events).toEqual([
      {
        type: 'fault',
        kind: 'drop',
        fault: 1,
        leg: 'match',
        path: matchPath,
        connection: 1,
        frame: 2,
        detail: 'reset before the frame',
      },
    ]);
  });

  it('`drop` can end in order behind a frame of a type', async () => {
    const fault: ChaosFault = { kind: 'drop', how: 'fin', when: 'after', type: 'b' };
    const { heard, peer } = await hear([fault], three, /^close/);
    expect(heard).toEqual([a1, b2, 'close 1006']);
    expect(await peer.closed).toEqual({ code: 1006, reason: '' });
  });

  it('`drop` at a frame of the client loses it, or lets it through first', async () => {
    const { connect } = await openProxy([
      { kind: 'drop', direction: 'up', type: 'answer', connections: 1 },
      { kind: 'drop', direction: 'up', type: 'answer', when: 'after' },
    ]);
    const lost = await connect();
    lost.client.socket.send(frame('hello'));
    lost.client.socket.send(frame('answer'));
    expect(await lost.client.next()).toBe('close 1006');
    await lost.peer.closed;
    const through = await connect();
    through.client.socket.send(frame('answer'));
    expect(await through.client.next()).toBe('close 1006');
    await through.peer.closed;
    expect([lost.peer.frames.all, through.peer.frames.all]).toEqual([[frame('hello')], [frame('answer')]]);
  });

  it('`halfOpen` leaves the connection open, and neither side hears of the other again', async () => {
    const { connect, proxy, server } = await openProxy([{ kind: 'halfOpen', at: 2 }]);
    const { client, peer } = await connect();
    peer.socket.send(a1);
    peer.socket.send(b2);
    expect(await client.next()).toBe(a1);
    client.socket.send('nobody hears this');
    peer.socket.terminate();
    await server.gone(0);
    expect(proxy.control.connections()).toEqual([{ leg: 'match', path: matchPath, connection: 1 }]);
    expect(peer.frames.all).toEqual([]);
    expect(client.log).toEqual(['open', a1]);
    client.socket.terminate();
    await client.until(/^close/);
    await expect.poll(() => proxy.control.connections()).toEqual([]);
  });

  it('`halfOpen` can silence one direction only', async () => {
    const { connect } = await openProxy([{ kind: 'halfOpen', silent: 'up', direction: 'up', at: 2 }]);
    const { client, peer } = await connect();
    client.socket.send('1');
    client.socket.send('2');
    client.socket.send('3');
    expect(await peer.frames.next()).toBe('1');
    peer.socket.send(a1);
    expect(await client.next()).toBe(a1);
    peer.socket.close(4000, 'heartbeat missed');
    expect(await client.next()).toBe('close 4000 heartbeat missed');
    expect(peer.frames.all).toEqual(['1']);
  });

  it('`delay` holds a frame and all behind it up, by the clock and the speed it is given', async () => {
    const clock = createVirtualClock();
    const { connect, events } = await openProxy([{ kind: 'delay', at: 2, ms: 400 }], { clock, speed: 0.5 });
    const { client, peer } = await connect();
    for (const text of three) peer.socket.send(text);
    expect(await client.next()).toBe(a1);
    await expect.poll(() => events.length).toBe(1);
    clock.advance(199);
    peer.socket.send(frame('last'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(client.log).toEqual(['open', a1]);
    clock.advance(1);
    expect(await client.until(frame('last'))).toEqual([b2, a3, frame('last')]);
    expect(clock.pending()).toBe(0);
  });

  it('`slice` lets a frame arrive in many pieces', async () => {
    const { connect } = await openProxy([{ kind: 'slice', at: 2, bytes: 2 }]);
    const { client, peer } = await connect();
    peer.socket.send(a1);
    expect(await client.next()).toBe(a1);
    const sizes: number[] = [];
    const tcp: unknown = Reflect.get(client.socket, '_socket');
    if (tcp instanceof Object && 'prependListener' in tcp && typeof tcp.prependListener === 'function') {
      tcp.prependListener('data', (chunk: Buffer) => sizes.push(chunk.length));
    }
    peer.socket.send('123456');
    expect(await client.next()).toBe('123456');
    expect(sizes).toEqual([2, 2, 2, 2]);
  });

  it('`duplicate` sends a frame twice', async () => {
    const { heard } = await hear([{ kind: 'duplicate', type: 'b' }], three, a3);
    expect(heard).toEqual([a1, b2, b2, a3]);
  });

  it('`garble` makes text that is no JSON, in place of a frame or ahead of it', async () => {
    const { heard, events } = await hear(
      [
        { kind: 'garble', at: 1 },
        { kind: 'garble', at: 2, extra: true },
      ],
      three,
      a3,
    );
    expect(heard).toHaveLength(4);
    expect(heard.slice(2)).toEqual([b2, a3]);
    for (const text of heard.slice(0, 2)) expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(events).toMatchObject([{ detail: 'json' }, { detail: 'json, extra' }]);
  });

  it('`garble` can break the text or the framing, and the client hangs up', async () => {
    const text = await hear([{ kind: 'garble', what: 'utf8', at: 2 }], three, /^close/);
    expect(text.heard).toEqual([
      a1,
      'error Invalid WebSocket frame: invalid UTF-8 sequence',
      expect.stringMatching(/^close 100[67]/),
    ]);
    const framing = await hear([{ kind: 'garble', what: 'framing', at: 2 }], three, /^close/);
    expect(framing.heard).toEqual([
      a1,
      expect.stringMatching(/^error Invalid WebSocket frame: /),
      expect.stringMatching(/^close 100[26]/),
    ]);
  });

  it('`unknownType`, `huge`, `binary` and `pings` send frames of their own', async () => {
    const { heard } = await hear(
      [
        { kind: 'unknownType', at: 1, frameType: 'riddle' },
        { kind: 'huge', at: 2, bytes: 100 },
        { kind: 'binary', at: 3, bytes: 5 },
        { kind: 'pings', at: 3, count: 2 },
      ],
      three,
      a3,
    );
    expect(heard).toEqual([
      frame('riddle'),
      a1,
      frame('session_control', { padding: 'x'.repeat(61) }),
      b2,
      'binary 5',
      'ping',
      'ping',
      a3,
    ]);
    expect(Buffer.byteLength(heard[2] ?? '')).toBe(100);
    const huge = await hear([{ kind: 'huge' }], [a1], a1);
    expect(Buffer.byteLength(huge.heard[0] ?? '')).toBe(1024 * 1024);
  });

  it('an additional frame that a frame of the client causes waits until the message of the server is whole', async () => {
    const { connect, events } = await openProxy([{ kind: 'unknownType', direction: 'up' }]);
    const { client, peer } = await connect();
    peer.socket.send('first half, ', { fin: false });
    client.socket.send('up');
    await peer.frames.next();
    await expect.poll(() => events.length).toBe(1);
    peer.socket.send('second half', { fin: true });
    expect(await client.until(frame('chaos_unknown'))).toEqual([
      'first half, second half',
      frame('chaos_unknown'),
    ]);
  });

  it('`wrongTypes` changes fields that a turn can do without, or all of an additional copy', async () => {
    const turn = frame('turn_request', {
      seq: 3,
      request_id: 'r1',
      valid_actions: ['fold'],
      state: {},
      timeout_ms: 5,
      resume: true,
    });
    const { heard } = await hear(
      [
        { kind: 'wrongTypes', type: 'turn_request', at: 1 },
        { kind: 'wrongTypes', type: 'turn_request', at: 2, extra: true },
        { kind: 'wrongTypes', type: 'turn_request', at: 3, fields: ['state'] },
        { kind: 'wrongTypes', type: 'a' },
      ],
      [turn, turn, turn, frame('a'), 'end'],
      'end',
    );
    const parsed: unknown[] = heard.slice(0, -1).map((text) => JSON.parse(text) as unknown);
    const original: unknown = JSON.parse(turn);
    expect(parsed).toEqual([
      { ...Object(original), seq: 'seven', timeout_ms: 'seven' },
      {
        type: 'turn_request',
        seq: 'seven',
        request_id: 7,
        valid_actions: 7,
        state: null,
        timeout_ms: 'seven',
        resume: 'yes',
      },
      original,
      { ...Object(original), state: null },
      { type: 'a' },
    ]);
  });

  it('`invertRaise` tells a short stack a least raise above its chips, and strikes at no other frame', async () => {
    const asked = (min_raise: number, max_raise: number) =>
      frame('turn_request', { request_id: 'r', state: { min_raise, max_raise, pot: 9 } });
    const { heard } = await hear(
      [{ kind: 'invertRaise', every: 1 }],
      [asked(20, 100), asked(0, 0), frame('turn_result', { state: {} }), asked(15, 15), asked(15, 15), 'end'],
      'end',
    );
    expect(heard.slice(0, 3)).toEqual([asked(20, 100), asked(0, 0), frame('turn_result', { state: {} })]);
    expect(heard.slice(3, 5).map((text) => JSON.parse(text) as unknown)).toEqual([
      JSON.parse(asked(30, 15)),
      JSON.parse(asked(15, 15)),
    ]);
  });

  it.each([
    [{ code: 1012, reason: 'service restart' }, ['close 1012 service restart']],
    [{}, ['close 1005']],
    [{ code: 4013 }, ['close 4013']],
    [{ code: 1005 }, ['error Invalid WebSocket frame: invalid status code 1005', 'close 1006']],
  ])('`close` with %j', async (close, end) => {
    const { heard, peer } = await hear([{ kind: 'close', at: 2, ...close }], three, /^close/);
    expect(heard).toEqual([a1, ...end]);
    expect(await peer.closed).toMatchObject({ code: 1006 });
  });

  it('`close` at a frame of the client, which gets through before', async () => {
    const { connect } = await openProxy([{ kind: 'close', direction: 'up', when: 'after', code: 4009 }]);
    const { client, peer } = await connect();
    client.socket.send('last words');
    expect(await client.next()).toBe('close 4009');
    await peer.closed;
    expect(peer.frames.all).toEqual(['last words']);
  });

  it('`refuse` answers upgrades with an error, the first ones of a path', async () => {
    const { dial, connect, events, server } = await openProxy([
      { kind: 'refuse', leg: 'match', at: 1, status: 429, retryAfterSeconds: 7 },
      { kind: 'refuse', leg: 'match', at: 2, status: 404 },
    ]);
    expect(await dial().next()).toBe('HTTP 429, retry after 7');
    expect(await dial(`${matchPath}?token=cz_extbot_secret`).next()).toBe('HTTP 404');
    await connect();
    await connect(lobbyPath);
    expect(server.upgrades.all.map(({ path }) => path)).toEqual([matchPath, lobbyPath]);
    expect(events).toEqual([
      {
        type: 'fault',
        kind: 'refuse',
        fault: 1,
        leg: 'match',
        path: matchPath,
        connection: 1,
        frame: 0,
        detail: 'HTTP 429',
      },
      {
        type: 'fault',
        kind: 'refuse',
        fault: 2,
        leg: 'match',
        path: matchPath,
        connection: 2,
        frame: 0,
        detail: 'HTTP 404',
      },
    ]);
  });

  it('of a platform is handed to it, with whom it struck', async () => {
    const calls: unknown[] = [];
    const { connect, events } = await openProxy(
      [
        { kind: 'evict', leg: 'match', at: 1 },
        { kind: 'revoke', leg: 'lobby', at: 1 },
        { kind: 'lobbyDrop', leg: 'match', at: 2 },
        { kind: 'restart', leg: 'match', at: 3, downMs: 500 },
      ],
      {
        platform: {
          evict: (victim) => void calls.push(['evict', victim]),
          revoke: (victim) => void calls.push(['revoke', victim]),
          lobbyDrop: (victim) => void calls.push(['lobbyDrop', victim]),
          restart(downMs) {
            calls.push(['restart', downMs]);
            throw new Error('cannot restart');
          },
        },
      },
    );
    const match = await connect();
    for (const text of three) match.peer.socket.send(text);
    await match.client.until(a3);
    const lobby = await connect(lobbyPath);
    lobby.peer.socket.send(a1);
    await lobby.client.until(a1);
    const victim = { leg: 'match', matchId: 'm1', participantId: 'p1' };
    expect(calls).toEqual([
      ['evict', victim],
      ['lobbyDrop', victim],
      ['restart', 500],
      ['revoke', { leg: 'lobby', botId: 'b1' }],
    ]);
    expect(events).toContainEqual({
      type: 'proxy.fault',
      where: 'platform restart',
      error: new Error('cannot restart'),
    });
  });
});
