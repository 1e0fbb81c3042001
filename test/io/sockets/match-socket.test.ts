import { afterEach, describe, expect, it } from 'vitest';
import { defineMatchSocket, type MatchCredential } from '../../../src/io/sockets/match-socket.js';
import type { MatchSocketCommand } from '../../../src/machines/ports.js';
import type { FrameTiming } from '../../../src/machines/turn-budget.js';
import { BOT_TOKEN_SUBPROTOCOL, botTokenSubprotocols } from '../../../src/protocol/credential.js';
import type { TurnAction } from '../../../src/protocol/frames.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { type RawServerOptions, startRawServer } from '../../kit/raw-server.js';
import { probeSocket } from '../../kit/socket-probe.js';

const token = 'cz_extbot_0123456789abcdefghijABCDEFGHIJ';
const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function connected(
  credential: MatchCredential = { kind: 'bot', token },
  options: RawServerOptions = {},
) {
  const server = await startRawServer(options);
  cleanups.push(() => server.close());
  const clock = createVirtualClock();
  const socket = probeSocket<MatchSocketCommand>(
    defineMatchSocket({ credential, userAgent: 'tester/1.0', clock, now: clock.now }),
    { matchId: 'm1' },
  );
  cleanups.push(() => socket.stop());
  socket.send({ type: 'socket.connect', url: `${server.url}/ws/external/match/m1/p1` });
  const peer = await server.accept();
  expect(await socket.facts.next()).toEqual({ type: 'socket.opened' });
  return { server, peer, clock, ...socket };
}

const turn: TurnAction = { type: 'turn_action', match_id: 'm1', request_id: 'r1', action: 'call' };

describe('the credential', () => {
  it('of a remote bot travels as a subprotocol and in no frame', async () => {
    const { server, peer, send } = await connected();
    const upgrade = await server.upgrades.next();
    expect(upgrade.headers['sec-websocket-protocol']).toBe(`chipzen-bot-token,${token}`);
    expect(upgrade.headers['user-agent']).toBe('tester/1.0');
    delete upgrade.headers['sec-websocket-protocol'];
    expect(JSON.stringify(upgrade)).not.toContain(token);
    send({ type: 'socket.authenticate' });
    expect(JSON.parse(await peer.frames.next())).toEqual({ type: 'authenticate', match_id: 'm1', token: '' });
  });

  it.each<[MatchCredential]>([
    [{ kind: 'token', token: 'an-uploaded-bot-token' }],
    [{ kind: 'ticket', ticket: 'an-uploaded-bot-ticket' }],
  ])('%j travels in authenticate and in no header', async (credential) => {
    const { kind, ...field } = credential;
    const { server, peer, send, facts } = await connected(credential);
    const upgrade = await server.upgrades.next();
    expect(upgrade.headers['sec-websocket-protocol']).toBeUndefined();
    expect(JSON.stringify(upgrade)).not.toContain(`an-uploaded-bot-${kind}`);
    send({ type: 'socket.authenticate' });
    expect(JSON.parse(await peer.frames.next())).toEqual({ type: 'authenticate', match_id: 'm1', ...field });
    peer.socket.send(JSON.stringify({ type: 'error', message: `an-uploaded-bot-${kind}` }));
    expect(await facts.next()).toEqual({ type: 'frame.error', frame: { type: 'error', message: '[token]' } });
  });

  it('echoed by the gateway it appears in no fact', async () => {
    const { peer, facts } = await connected();
    peer.socket.send(JSON.stringify({ type: 'turn_request', request_id: token, state: { deep: [token] } }));
    peer.socket.close(4011, token);
    await facts.next();
    expect(await facts.next()).toEqual({ type: 'socket.closed', code: 4011, reason: '[token]' });
    expect(JSON.stringify(facts.all)).not.toContain(token);
  });

  it('the subprotocols are the sentinel and the token', () => {
    expect(BOT_TOKEN_SUBPROTOCOL).toBe('chipzen-bot-token');
    expect(botTokenSubprotocols('t')).toEqual(['chipzen-bot-token', 't']);
  });
});

describe('frames', () => {
  it('each known frame is an event of its own', async () => {
    const { peer, facts } = await connected();
    const frames = [
      { type: 'hello' },
      { type: 'ping' },
      { type: 'match_start', seats: [] },
      { type: 'round_start', state: {} },
      { type: 'turn_request', request_id: 'r', valid_actions: [], state: {} },
      { type: 'turn_result', details: {} },
      { type: 'phase_change', state: {} },
      { type: 'round_result', result: {} },
      { type: 'action_rejected', valid_actions: [] },
      { type: 'error' },
      { type: 'reconnected' },
      { type: 'action_timeout' },
      { type: 'match_end' },
    ];
    for (const frame of frames) peer.socket.send(JSON.stringify(frame));
    for (const frame of frames) {
      expect(await facts.next()).toMatchObject({ type: `frame.${frame.type}`, frame });
    }
  });

  it('what follows the result of a match is not read if it is long', async () => {
    const { peer, facts } = await connected();
    const long = { type: 'match_end', reason: 'x'.repeat(64 * 1024) };
    for (const frame of [{ type: 'match_end' }, long, { type: 'ping' }]) {
      peer.socket.send(JSON.stringify(frame));
    }
    expect((await facts.next()).type).toBe('frame.match_end');
    expect((await facts.next()).type).toBe('frame.ping');
  });

  it('only a turn comes with how late it is and what a round trip takes', async () => {
    const { peer, facts, clock } = await connected({ kind: 'bot', token }, { autoPong: false });
    const ping = await peer.pings.next();
    const sentAt = clock.now() - 5 * 3_600_000;
    peer.socket.send(JSON.stringify({ type: 'hello', server_ts: new Date(sentAt).toISOString() }));
    expect(await facts.next()).not.toHaveProperty('timing');
    peer.socket.send(JSON.stringify({ type: 'turn_request', request_id: 'r0', server_ts: sentAt }));
    expect(await facts.next()).toMatchObject({ timing: { lateMs: 0, roundTripMs: null } });
    clock.advance(40);
    peer.socket.pong(ping);
    peer.socket.send(JSON.stringify({ type: 'turn_request', request_id: 'r1', server_ts: sentAt }));
    expect(await facts.next()).toMatchObject({ timing: { lateMs: 40, roundTripMs: 40 } });
    peer.socket.send(JSON.stringify({ type: 'turn_request', request_id: 'r2' }));
    expect(await facts.next()).toMatchObject({ timing: { lateMs: 0, roundTripMs: 40 } });
  });

  /** A table whose frames are stamped by a clock that may be off. */
  async function timed() {
    const { peer, facts, clock, send } = await connected();
    await peer.pings.next();
    let seq = 0;
    const say = async (type: string, stampedAt: number, more: object = {}) => {
      seq += 1;
      const frame = {
        type,
        seq,
        server_ts: new Date(stampedAt).toISOString(),
        state: {},
        details: {},
        ...more,
      };
      peer.socket.send(JSON.stringify(frame));
      return facts.next() as Promise<{ timing?: FrameTiming }>;
    };
    const turnAt = async (id: string, stampedAt: number) =>
      (await say('turn_request', stampedAt, { request_id: id })).timing;
    return { peer, clock, send, say, turnAt };
  }

  it.each([1_300, -1_300, 3_600_000])(
    'stamped by another machine, whose clock is %i ms ahead, make no turn late: only turns are compared',
    async (aheadMs) => {
      const { clock, say, turnAt } = await timed();
      await say('hello', clock.now() + aheadMs);
      await say('match_start', clock.now() + aheadMs, { seats: [] });
      for (const id of ['r1', 'r2', 'r3', 'r4']) {
        await say('phase_change', clock.now() + aheadMs);
        await say('error', clock.now() + aheadMs);
        clock.advance(1_000);
        expect(await turnAt(id, clock.now())).toMatchObject({ lateMs: 0 });
      }
    },
  );

  it('a turn is no later than the time since the answer before it, and one that seems late has the way measured', async () => {
    const { peer, clock, send, turnAt } = await timed();
    const answer = (id: string) => send({ type: 'socket.send', frame: { ...turn, request_id: id } });
    await turnAt('r1', clock.now());
    answer('r1');
    clock.advance(30);
    expect(await turnAt('r2', clock.now() - 1_300)).toMatchObject({ lateMs: 30 });
    answer('r2');
    clock.advance(900);
    const pings = peer.pings.all.length;
    expect(await turnAt('r3', clock.now() - 1_300)).toMatchObject({ lateMs: 900 });
    await peer.pings.next();
    expect(peer.pings.all).toHaveLength(pings + 1);
    clock.advance(1_000);
    expect(await turnAt('r4', clock.now() - 1_300)).toMatchObject({ lateMs: 0 });
    expect(await turnAt('r5', clock.now() - 1_900)).toMatchObject({ lateMs: 600 });
    // The same frame again, as a network may repeat it.
    expect(await turnAt('r5', clock.now() - 2_900)).toMatchObject({ lateMs: 1_600 });
  });

  it('a turn is fresh when it came neither before nor first on its connection', async () => {
    const { clock, say, turnAt } = await timed();
    await say('hello', clock.now());
    expect(await turnAt('r1', clock.now())).toMatchObject({ isFresh: false });
    expect(await turnAt('r1', clock.now())).toMatchObject({ isFresh: false });
    expect(await turnAt('r2', clock.now())).toMatchObject({ isFresh: true });
    expect(await turnAt('r2', clock.now())).toMatchObject({ isFresh: false });
    expect(await turnAt('r1', clock.now())).toMatchObject({ isFresh: false });
    expect(await turnAt('r2', clock.now())).toMatchObject({ isFresh: false });

    const joined = await timed();
    await joined.say('hello', clock.now());
    await joined.say('match_start', clock.now(), { seats: [] });
    expect(await joined.turnAt('r1', clock.now())).toMatchObject({ isFresh: true });
  });

  it('a turn is known again after 127 later ones, and forgotten after 256', async () => {
    const { clock, say, turnAt } = await timed();
    await say('match_start', clock.now(), { seats: [] });
    const ask = async (from: number, to: number) => {
      for (let turns = from; turns <= to; turns += 1) await turnAt(`r${turns}`, clock.now());
    };
    await ask(0, 128);
    expect(await turnAt('r1', clock.now())).toMatchObject({ isFresh: false });
    await ask(129, 256);
    expect(await turnAt('r0', clock.now())).toMatchObject({ isFresh: true });
  });

  it('a turn that is pending at a resume is told as that turn', async () => {
    const { peer, facts } = await connected();
    peer.socket.send(
      JSON.stringify({ type: 'reconnected', match_id: 'm1', pending_request: { request_id: 'r1' } }),
    );
    expect(await facts.next()).toEqual({
      type: 'frame.turn_request',
      frame: { type: 'turn_request', match_id: 'm1', request_id: 'r1', valid_actions: [], state: {} },
      timing: { lateMs: 0, roundTripMs: null, isFresh: false },
    });
  });

  it('an action goes out with the fields of the protocol only', async () => {
    const { peer, send } = await connected();
    send({
      type: 'socket.send',
      frame: Object.assign({ seq: 1 }, { ...turn, action: 'raise', params: { amount: 120 } }),
    });
    expect(JSON.parse(await peer.frames.next())).toEqual({
      ...turn,
      action: 'raise',
      params: { amount: 120 },
    });
  });

  it.each([
    ['too_large', { note: 'x'.repeat(4096) }],
    ['not_encodable', { amount: 1n }],
  ])('an action that is %s is refused with its turn and never sent', async (why, params) => {
    const { peer, send, facts } = await connected();
    send({ type: 'socket.send', frame: { ...turn, params } });
    expect(await facts.next()).toEqual({
      type: 'socket.refused',
      why,
      frameType: 'turn_action',
      requestId: 'r1',
    });
    send({ type: 'socket.send', frame: turn });
    expect(JSON.parse(await peer.frames.next())).toEqual(turn);
    expect(peer.frames.all).toHaveLength(1);
  });

  it('an action after the connection is lost is refused', async () => {
    const { peer, send, facts } = await connected();
    peer.tcp.destroy();
    expect(await facts.next()).toMatchObject({ type: 'socket.closed', code: 1006 });
    send({ type: 'socket.send', frame: turn });
    expect(await facts.next()).toEqual({
      type: 'socket.refused',
      why: 'not_open',
      frameType: 'turn_action',
      requestId: 'r1',
    });
  });
});

it.each<[string, number, MatchCredential]>([
  ['an announced match is given up just before its 5 s are over', 4.8, { kind: 'bot', token }],
  ['a known match is given up after 10 s', 10, { kind: 'ticket', ticket: 'an-uploaded-bot-ticket' }],
])('a dial that hangs of %s', async (_title, seconds, credential) => {
  const server = await startRawServer({ mute: true });
  cleanups.push(() => server.close());
  const clock = createVirtualClock();
  const { send, facts, stop } = probeSocket<MatchSocketCommand>(
    defineMatchSocket({ credential, userAgent: 'tester/1.0', clock, now: clock.now }),
    { matchId: 'm1' },
  );
  cleanups.push(stop);
  send({ type: 'socket.connect', url: server.url });
  await server.upgrades.next();
  clock.advance(seconds * 1000 - 1);
  expect(facts.all).toEqual([]);
  clock.advance(1);
  expect(facts.all).toEqual([
    {
      type: 'socket.closed',
      code: 1006,
      reason: `No answer to the opening handshake within ${seconds} s.`,
    },
  ]);
});

describe('the watchdog', () => {
  it('a gateway that answers pings but sends no frame for 5 minutes is given up', async () => {
    const { peer, facts, clock } = await connected();
    for (let passed = 15; passed <= 300; passed += 15) {
      clock.advance(15_000);
      // The answer to this ping proves that the port has read what came before it.
      if (passed === 300) break;
      peer.socket.ping();
      await new Promise((resolve) => {
        peer.socket.once('pong', resolve);
      });
      expect(facts.all).toHaveLength(1);
    }
    expect(await facts.next()).toEqual({
      type: 'socket.closed',
      code: 1006,
      reason: 'No frame came for 300 s.',
    });
  });
});
