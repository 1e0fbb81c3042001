import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { dialSeat, goOnline, sitDown } from '../../kit/client.js';
import { openPlatform } from '../../kit/platform.js';

interface FrameBits {
  fin?: boolean;
  mask?: boolean;
  rsv?: number;
}

/** One frame by hand (RFC 6455 5.2), with a mask of zeros. */
function frame(
  opcode: number,
  payload: string | Buffer = '',
  { fin = true, mask = true, rsv = 0 }: FrameBits = {},
) {
  const body = Buffer.from(payload);
  const length = body.length < 126 ? [body.length] : [126, body.length >> 8, body.length & 255];
  const [first = 0, ...more] = length;
  const head = [(fin ? 128 : 0) | (rsv << 4) | opcode, (mask ? 128 : 0) | first, ...more];
  return Buffer.concat([Buffer.from(head), mask ? Buffer.alloc(4) : Buffer.alloc(0), body]);
}

/** A TCP connection whose upgrade to the lobby of this bot was taken. */
async function openTcp(lobbyUrl: string, token: string): Promise<Socket> {
  const { port, pathname } = new URL(lobbyUrl);
  const tcp = connect(Number(port), '127.0.0.1');
  const head = [
    `GET ${pathname} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
  ];
  tcp.on('error', () => undefined);
  tcp.write(`${head.join('\r\n')}\r\n\r\n`);
  await once(tcp, 'data');
  tcp.write(frame(1, JSON.stringify({ type: 'authenticate', token })));
  await once(tcp, 'data');
  return tcp;
}

describe('a sandbox among clients that never come to an end', () => {
  it('cuts them after 5 s, whatever half they have sent', async () => {
    const open = await openPlatform({});
    const post = 'POST /queue HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
    const halves = [
      '',
      'GET /healthz HTTP/1.1\r\nA: ',
      'GET /ws/external/bot/b HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n',
      `${post}Content-Length: 9\r\n\r\n{`,
      `${post}Transfer-Encoding: chunked\r\n\r\n9\r\n{`,
    ];
    const begun = performance.now();
    const sockets = halves.map((text) => {
      const socket = connect({ port: open.sandbox.port, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('error', () => undefined);
      socket.write(text);
      return socket.resume();
    });
    const heldFor = await Promise.all(
      sockets.map(async (socket) => {
        await once(socket, 'end');
        return performance.now() - begun;
      }),
    );
    for (const socket of sockets) socket.destroy();
    // Node itself has a minute for them.
    expect(heldFor.filter((ms) => ms > 20_000)).toEqual([]);
  }, 90_000);
});

describe('a sandbox among clients that break WebSocket', () => {
  let tcp: Socket | null = null;
  const warnings: string[] = [];
  const onWarning = ({ message }: Error) => void warnings.push(message);

  beforeEach(() => {
    warnings.length = 0;
    process.on('warning', onWarning);
  });

  afterEach(() => {
    process.off('warning', onWarning);
    tcp?.destroy();
  });

  it.each<[string, Buffer, number]>([
    ['a reserved bit', frame(1, 'x', { rsv: 4 }), 1002],
    ['no mask', frame(1, 'x', { mask: false }), 1002],
    ['a continuation of nothing', frame(0, 'x'), 1002],
    ['an opcode that does not exist', frame(3, 'x'), 1002],
    ['a ping of 126 bytes', frame(9, 'x'.repeat(126)), 1002],
    ['a ping in pieces', frame(9, 'x', { fin: false }), 1002],
    ['a close of one byte', frame(8, Buffer.from([3])), 1002],
    ['a close code that does not exist', frame(8, Buffer.from([3, 231])), 1002],
    ['text that is none', frame(1, Buffer.from([255, 254])), 1007],
    ['a close reason that is no text', frame(8, Buffer.from([3, 232, 255])), 1007],
    [
      'a frame in 65 pieces',
      Buffer.concat([
        frame(1, '{', { fin: false }),
        ...Array.from({ length: 64 }, () => frame(0, ' ', { fin: false })),
      ]),
      1008,
    ],
  ])('closes on %s, and serves the others', async (_what, bytes, code) => {
    const open = await openPlatform();
    const bot = open.sandbox.addBot();
    tcp = await openTcp(bot.lobbyUrl, bot.token);
    const answer = once(tcp, 'data');
    tcp.write(bytes);
    const [data] = (await answer) as [Buffer];
    expect([data[0], data.readUInt16BE(2)]).toEqual([0x88, code]);
    expect(await open.event('lobby.offline')).toMatchObject({ botId: bot.botId });
    await goOnline(bot);
    expect(open.events.filter(({ type }) => type === 'platform.fault')).toEqual([]);
  });

  it('reads a frame in 64 pieces', async () => {
    const open = await openPlatform();
    const bot = open.sandbox.addBot();
    tcp = await openTcp(bot.lobbyUrl, bot.token);
    const answer = once(tcp, 'data');
    const rest = Array.from({ length: 62 }, () => frame(0, ' ', { fin: false }));
    tcp.write(Buffer.concat([frame(1, '{', { fin: false }), ...rest, frame(0, '}')]));
    expect(String(await answer)).toContain('unknown_type');
  });

  it('ends a connection that its client closed and keeps', async () => {
    const open = await openPlatform();
    const bot = open.sandbox.addBot();
    tcp = await openTcp(bot.lobbyUrl, bot.token);
    tcp.allowHalfOpen = true;
    tcp.resume();
    const startedAt = performance.now();
    tcp.write(frame(8, Buffer.from([3, 232])));
    await open.event('lobby.offline');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('looks after a silent seat once, however many dial it at the same time', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const { bot, matched, matchId } = await open.matched();
    const silent = await sitDown(open.url, matched, bot.token, { autoPong: false });
    await silent.until('turn_request');
    const dials = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const seat = await dialSeat(open.url, matched, bot.token);
        const pinged = once(silent.socket, 'ping');
        seat.say({ type: 'authenticate', match_id: matchId, token: '' });
        await pinged;
        return seat;
      }),
    );
    await goOnline(bot);
    silent.socket.pong();
    expect(await Promise.all(dials.map((seat) => seat.closed()))).toEqual(
      dials.map(() => ({ code: 4011, reason: 'duplicate_participant' })),
    );
    expect(warnings).toEqual([]);
  });
});
