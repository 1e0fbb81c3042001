/** The frames of a socket port as a tap gets them, on real sockets. */
import { afterEach, describe, expect, it } from 'vitest';
import type { FrameTap } from '../../../src/io/sockets/frame-tap.js';
import { defineLobbySocket } from '../../../src/io/sockets/lobby-socket.js';
import { defineMatchSocket, type MatchCredential } from '../../../src/io/sockets/match-socket.js';
import type { LobbySocketCommand, MatchSocketCommand } from '../../../src/machines/ports.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { createMailbox } from '../../kit/mailbox.js';
import { startRawServer } from '../../kit/raw-server.js';
import { probeSocket, type SocketProbe } from '../../kit/socket-probe.js';

const token = 'cz_extbot_0123456789abcdefghijABCDEFGHIJ';
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

function tapOf(onReport: () => void = () => undefined) {
  const seen = createMailbox<Parameters<FrameTap['report']>>();
  const tap = {
    isOpen: true,
    report: (...told: Parameters<FrameTap['report']>) => {
      seen.push(told);
      onReport();
    },
  };
  return { tap, seen };
}

async function connected(probe: SocketProbe<MatchSocketCommand>) {
  const server = await startRawServer();
  cleanups.push(
    () => server.close(),
    () => probe.stop(),
  );
  probe.send({ type: 'socket.connect', url: `${server.url}/ws/external/match/m1/p1` });
  const peer = await server.accept();
  expect(await probe.facts.next()).toEqual({ type: 'socket.opened' });
  const say = (frame: object): void => peer.socket.send(JSON.stringify(frame));
  return { ...probe, peer, say };
}

function match(
  tap: FrameTap | undefined,
  credential: MatchCredential = { kind: 'bot', token },
  onArrival?: () => void,
) {
  const clock = createVirtualClock();
  const told = { ...(tap && { tap }), ...(onArrival && { onArrival }) };
  const logic = defineMatchSocket({ credential, userAgent: 'tester/1.0', clock, now: clock.now, ...told });
  return connected(probeSocket<MatchSocketCommand>(logic, { matchId: 'm1' }));
}

it('whoever only asks whether frames come is called for each that comes, and for none that leaves', async () => {
  let arrived = 0;
  const { send, say, facts, peer } = await match(undefined, undefined, () => {
    arrived += 1;
  });
  send({ type: 'socket.authenticate' });
  await peer.frames.next();
  expect(arrived).toBe(0);
  for (const seq of [1, 2]) {
    say({ type: 'hello', match_id: 'm1', seq });
    await facts.next();
  }
  expect(arrived).toBe(2);
});

describe('the frames that pass a port', () => {
  it('are told in the order of the wire: before they are handled, or when they have left', async () => {
    const { tap, seen } = tapOf();
    const { send, say, facts, peer } = await match(tap);
    send({ type: 'socket.authenticate' });
    await peer.frames.next();
    say({ type: 'hello', match_id: 'm1', seq: 1, selected_version: 7 });
    await facts.next();
    send({
      type: 'socket.send',
      frame: {
        type: 'turn_action',
        match_id: 'm1',
        request_id: 'r1',
        action: 'call',
        params: undefined as never,
      },
    });
    await peer.frames.next();
    say({ type: 'no_such_frame' });
    say({ type: 'ping', match_id: 'm1' });
    await facts.next();
    await facts.next();
    expect(seen.all).toEqual([
      ['m1', 'out', { type: 'authenticate', match_id: 'm1', token: '' }],
      ['m1', 'in', { type: 'hello', match_id: 'm1', seq: 1 }],
      ['m1', 'out', { type: 'turn_action', match_id: 'm1', request_id: 'r1', action: 'call' }],
      ['m1', 'in', { type: 'ping', match_id: 'm1' }],
    ]);
    expect(facts.all.map(({ type }) => type)).toEqual([
      'socket.opened',
      'frame.hello',
      'frame.ignored',
      'frame.ping',
    ]);
  });

  it('are told of the lobby without a match', async () => {
    const { tap, seen } = tapOf();
    const clock = createVirtualClock();
    const logic = defineLobbySocket({ token, userAgent: 'tester/1.0', clock, now: clock.now, tap });
    const { send, say, facts, peer } = await connected(
      probeSocket<LobbySocketCommand>(logic) as SocketProbe<MatchSocketCommand>,
    );
    send({ type: 'socket.authenticate' });
    expect(JSON.parse(await peer.frames.next())).toEqual({ type: 'authenticate', token });
    say({ type: 'hello' });
    await facts.next();
    expect(seen.all).toEqual([
      [null, 'out', { type: 'authenticate', token: '[token]' }],
      [null, 'in', { type: 'hello' }],
    ]);
  });

  it.each<[MatchCredential, object]>([
    [{ kind: 'token', token: 'short' }, { token: '[token]' }],
    [{ kind: 'ticket', ticket: 'short' }, { ticket: '[token]' }],
  ])('hold no credential, not even one too short to search for: %j', async (credential, shown) => {
    const { tap, seen } = tapOf();
    const { send, peer } = await match(tap, credential);
    send({ type: 'socket.authenticate' });
    await peer.frames.next();
    expect(seen.all).toEqual([['m1', 'out', { type: 'authenticate', match_id: 'm1', ...shown }]]);
  });

  it('hold no secret that a server echoes or a bot gives away', async () => {
    const { tap, seen } = tapOf();
    const { send, say, peer, facts } = await match(tap);
    say({ type: 'round_start', match_id: token, state: { [token]: [token] } });
    await facts.next();
    send({
      type: 'socket.send',
      frame: {
        type: 'turn_action',
        match_id: 'm1',
        request_id: token,
        action: token,
        params: { deep: [token] },
      },
    });
    expect(await peer.frames.next()).toContain(token);
    expect(seen.all.map(([, direction]) => direction)).toEqual(['in', 'out']);
    expect(JSON.stringify(seen.all)).not.toContain(token);
  });

  it('are not told when they did not leave', async () => {
    const { tap, seen } = tapOf();
    const { send, facts } = await match(tap);
    const frame = {
      type: 'turn_action',
      match_id: 'm1',
      request_id: 'r1',
      action: 'x'.repeat(5_000),
    } as const;
    send({ type: 'socket.send', frame });
    send({ type: 'socket.close' });
    send({ type: 'socket.send', frame: { ...frame, action: 'call' } });
    expect([await facts.next(), await facts.next()]).toMatchObject([
      { why: 'too_large' },
      { why: 'not_open' },
    ]);
    expect(seen.all).toEqual([]);
  });

  it('are handed to no machine any more when whoever listens has ended the connection', async () => {
    let hangUp = (): void => undefined;
    const { tap, seen } = tapOf(() => hangUp());
    const { send, say, facts, peer } = await match(tap);
    hangUp = () => send({ type: 'socket.close' });
    say({ type: 'hello', match_id: 'm1' });
    await seen.next();
    await peer.closed;
    expect(facts.all.map(({ type }) => type)).toEqual(['socket.opened']);
  });

  it('cost nothing while the tap is closed, and are told from when it is open', async () => {
    const { tap, seen } = tapOf();
    tap.isOpen = false;
    const { send, say, peer, facts } = await match(tap);
    send({ type: 'socket.authenticate' });
    await peer.frames.next();
    say({ type: 'hello' });
    await facts.next();
    tap.isOpen = true;
    say({ type: 'ping' });
    await facts.next();
    expect(seen.all).toEqual([['m1', 'in', { type: 'ping' }]]);
  });
});
