import { describe, expect, it } from 'vitest';
import { dial, type Frame, RefusedUpgrade } from '../../kit/client.js';
import { caller } from '../../kit/platform.js';
import { answerTurn, deal, takeTurn } from './moves.js';
import { clientHello, dialGateway, openConformance, type Seat } from './platform.js';

const text = expect.any(String) as unknown;
const number = expect.any(Number) as unknown;

const none: Frame = { type: 'none' };

/** JSON takes white space at its end: the same frame, in as many bytes as one likes. */
const padded = (frame: object, bytes: number) => JSON.stringify(frame).padEnd(bytes);

/** A heads-up table with the handshakes more than a second ago. */
async function quietTable(dialect: 'played' | 'documents' | 'legacy') {
  const open = await openConformance({ decisionTimeoutMs: 600_000, dialect });
  const { matchId, seats } = await open.table(2);
  const [button, other] = (await deal(seats)).byPosition as [Seat, Seat];
  await button.client.until('turn_request');
  open.clock.advance(2_000);
  /** Frames that draw no answer of their own: no turn of this seat is open. */
  const chatter = (times: number) => {
    for (let time = 0; time < times; time += 1) {
      other.client.say({ type: 'turn_action', match_id: matchId, request_id: 'none', action: 'fold' });
    }
  };
  return { open, matchId, seats, button, other, chatter };
}

describe('the size of a frame', () => {
  it('section 1: a frame of 4096 bytes is taken', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const { request_id } = await seat.client.until('turn_request');
    const action = { type: 'turn_action', match_id: seat.matchId, request_id, action: 'call' };
    seat.client.say(padded(action, 4_096));
    expect(await seat.client.next()).toMatchObject({ type: 'turn_result', details: { action: 'call' } });
  });

  it.each([4_097, 20_000, 200_000])(
    'section 5: a frame of %i bytes draws message_too_large and 4008, and is not acted on',
    async (bytes) => {
      const open = await openConformance();
      const seat = await open.seated({ opponent: caller });
      const turn = await seat.client.until('turn_request');
      const { request_id } = turn;
      const action = { type: 'turn_action', match_id: seat.matchId, request_id, action: 'call' };
      seat.client.say(padded(action, bytes));
      expect(await seat.client.next()).toEqual({
        type: 'error',
        match_id: seat.matchId,
        seq: number,
        server_ts: open.serverTs(),
        code: 'message_too_large',
        message: text,
      });
      expect(await seat.client.closed()).toEqual({ code: 4008, reason: 'message_too_large' });
      const client = await open.comeBack(seat);
      expect(await client.next()).toMatchObject({ type: 'turn_request', request_id });
    },
  );

  it('section 1: bytes are counted, not characters', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    seat.client.say({ type: 'turn_action', action: '€'.repeat(1_400) });
    expect((await seat.client.closed()).code).toBe(4008);
  });

  it('section 5: a handshake frame over 4096 bytes is closed with 4008', async () => {
    const open = await openConformance();
    const { bot, gateway, matchId } = await open.matched({ opponent: caller });
    const client = await dialGateway(gateway, bot.token);
    client.say({ type: 'authenticate', match_id: matchId, token: '' });
    await client.until('hello');
    client.say(padded(clientHello(matchId), 4_097));
    expect(await client.closed()).toEqual({ code: 4008, reason: 'message_too_large' });
  });
});

describe('the number of frames, on older servers', () => {
  it('section 4: ten frames in a second are fine, the eleventh draws rate_limited', async () => {
    const { open, matchId, other, chatter } = await quietTable('legacy');
    chatter(10);
    expect(await other.client.untaken()).toEqual([]);
    chatter(1);
    expect(await other.client.next()).toEqual({
      type: 'error',
      match_id: matchId,
      seq: number,
      server_ts: open.clock.now(),
      code: 'rate_limited',
      message: text,
    });
    await other.client.untaken();
    expect(other.client.socket.readyState).toBe(other.client.socket.OPEN);
  });

  it('section 4: the second rolls', async () => {
    const { open, other, chatter } = await quietTable('legacy');
    chatter(5);
    await other.client.untaken();
    open.clock.advance(600);
    chatter(5);
    await other.client.untaken();
    open.clock.advance(401);
    chatter(5);
    expect(await other.client.untaken()).toEqual([]);
    chatter(1);
    expect(await other.client.next()).toMatchObject({ type: 'error', code: 'rate_limited' });
  });

  it('section 5: four violations draw errors, the fifth 4009 rate_limit_exceeded', async () => {
    const { other, chatter } = await quietTable('legacy');
    chatter(14);
    expect(await other.client.untaken()).toMatchObject(
      Array.from({ length: 4 }, () => ({ type: 'error', code: 'rate_limited' })),
    );
    chatter(1);
    expect(await other.client.closed()).toEqual({ code: 4009, reason: 'rate_limit_exceeded' });
  });

  it('section 4: frames and violations are counted per seat, across reconnects', async () => {
    const { open, button, other, chatter } = await quietTable('legacy');
    chatter(14);
    await other.client.untaken();
    const turn: Frame = button.client.frames.findLast(({ type }) => type === 'turn_request') ?? none;
    await open.leave(other);
    open.clock.advance(2_000);
    await open.comeBack(other);
    await other.client.untaken();
    open.clock.advance(2_000);
    chatter(11);
    expect(await other.client.closed()).toEqual({ code: 4009, reason: 'rate_limit_exceeded' });
    answerTurn(button.client, turn, 'call');
    expect(await button.client.next()).toMatchObject({ type: 'turn_result', seat: button.index });
  });

  it('section 5: a seat that was closed with 4009 may come back, and its turn is still open', async () => {
    const { open, matchId, button } = await quietTable('legacy');
    const turn: Frame = button.client.frames.findLast(({ type }) => type === 'turn_request') ?? none;
    const { request_id } = turn;
    for (let time = 0; time < 15; time += 1) {
      button.client.say({ type: 'turn_action', match_id: matchId, request_id, action: 'call', extra: 1 });
    }
    expect((await button.client.closed()).code).toBe(4009);
    open.clock.advance(2_000);
    const client = await open.comeBack(button);
    expect(await client.until('reconnected')).toMatchObject({ pending_request: { request_id } });
  });
});

describe('illegal actions, on older servers', () => {
  it('section 4: five in a round are rejected, each further one is a violation, and the turn stays open', async () => {
    const { open, button } = await quietTable('legacy');
    const turn: Frame = button.client.frames.findLast(({ type }) => type === 'turn_request') ?? none;
    for (let time = 1; time <= 9; time += 1) {
      answerTurn(button.client, turn, 'check');
      expect(await button.client.next()).toMatchObject(
        time <= 5
          ? { type: 'action_rejected', request_id: turn['request_id'] }
          : { type: 'error', code: 'rate_limited' },
      );
      open.clock.advance(1_000);
    }
    answerTurn(button.client, turn, 'call');
    expect(await button.client.next()).toMatchObject({ type: 'turn_result', details: { action: 'call' } });
  });

  it('section 5: the fifth violation of a round closes with 4009', async () => {
    const { open, button } = await quietTable('legacy');
    const turn: Frame = button.client.frames.findLast(({ type }) => type === 'turn_request') ?? none;
    for (let time = 1; time <= 9; time += 1) {
      answerTurn(button.client, turn, 'check');
      await button.client.next();
      open.clock.advance(1_000);
    }
    answerTurn(button.client, turn, 'check');
    expect(await button.client.closed()).toEqual({ code: 4009, reason: 'rate_limit_exceeded' });
  });

  it('section 4: the next round has five of its own', async () => {
    const { open, seats, button } = await quietTable('legacy');
    const turn: Frame = button.client.frames.findLast(({ type }) => type === 'turn_request') ?? none;
    for (let time = 1; time <= 5; time += 1) {
      answerTurn(button.client, turn, 'check');
      expect(await button.client.next()).toMatchObject({ type: 'action_rejected' });
      open.clock.advance(1_000);
    }
    answerTurn(button.client, turn, 'fold');
    const next = (await deal(seats)).byPosition[0] as Seat;
    await takeTurn(next, 'call');
    const again = await button.client.until('turn_request');
    for (let time = 1; time <= 5; time += 1) {
      answerTurn(button.client, again, 'fold');
      expect(await button.client.next()).toMatchObject({ type: 'action_rejected' });
      open.clock.advance(1_000);
    }
  });
});

describe.each(['played', 'documents'] as const)('limits of a seat, in the dialect %s', (dialect) => {
  it('section 1: frames beyond ten in a second are dropped without a word, however many', async () => {
    const { open, other, chatter } = await quietTable(dialect);
    for (let second = 0; second < 6; second += 1) {
      chatter(20);
      expect(await other.client.untaken()).toEqual([]);
      open.clock.advance(1_001);
    }
    expect(other.client.socket.readyState).toBe(other.client.socket.OPEN);
  });

  it('section 1: a reply beyond ten frames in a second is dropped, and its turn is played for the seat', async () => {
    const { open, button, other, chatter } = await quietTable(dialect);
    chatter(10);
    await other.client.untaken();
    const first: Frame = button.client.frames.findLast(({ type }) => type === 'turn_request') ?? none;
    answerTurn(button.client, first, 'call');
    const turn = await other.client.until('turn_request');
    answerTurn(other.client, turn, 'raise', 40);
    expect(await other.client.next()).toMatchObject({
      type: 'turn_result',
      seat: other.index,
      details: { action: 'check', is_timeout: true },
    });
    open.clock.advance(1_001);
    answerTurn(other.client, await other.client.until('turn_request'), 'check');
    expect(await other.client.next()).toMatchObject({ details: { action: 'check', is_timeout: false } });
    expect(other.client.frames.filter(({ type }) => type === 'error')).toEqual([]);
  });

  it('section 1: a reply is no frame too many while others have come in time', async () => {
    const { button, other, chatter } = await quietTable(dialect);
    chatter(9);
    await other.client.untaken();
    const first: Frame = button.client.frames.findLast(({ type }) => type === 'turn_request') ?? none;
    answerTurn(button.client, first, 'call');
    answerTurn(other.client, await other.client.until('turn_request'), 'check');
    expect(await other.client.next()).toMatchObject({ details: { action: 'check', is_timeout: false } });
  });

  it('section 4: five illegal actions of a round are rejected, and the sixth is played for the seat', async () => {
    const { button } = await quietTable(dialect);
    const turn: Frame = button.client.frames.findLast(({ type }) => type === 'turn_request') ?? none;
    for (let time = 1; time <= 5; time += 1) {
      answerTurn(button.client, turn, 'check');
      expect(await button.client.next()).toMatchObject({ type: 'action_rejected' });
    }
    answerTurn(button.client, turn, 'check');
    expect(await button.client.next()).toMatchObject({
      type: 'turn_result',
      seat: button.index,
      details: { action: 'fold', is_timeout: true },
    });
  });
});

describe('connections', () => {
  it('section 5: too many connection attempts from one address are closed with 1008, on both legs', async () => {
    const open = await openConformance({
      connectsPerMinute: 3,
      joinTimeoutMs: 600_000,
      reconnectGraceMs: 600_000,
    });
    const { bot, matched, matchId, gateway } = await open.matched({ opponent: caller });
    expect(matched).toMatchObject({ match_id: matchId });
    await dial(bot.lobbyUrl);
    await dial(open.platform.addBot().lobbyUrl);
    expect((await (await dial(bot.lobbyUrl)).closed()).code).toBe(1008);
    expect((await (await dialGateway(gateway, bot.token)).closed()).code).toBe(1008);
    open.clock.advance(60_001);
    const seat = await dialGateway(gateway, bot.token);
    expect(await seat.untaken()).toEqual([]);
    expect(seat.socket.readyState).toBe(seat.socket.OPEN);
  });

  it('section 5: one connection more than there may be is turned away, the others stay', async () => {
    const open = await openConformance({ maxConnections: 2 });
    const lobbies = [
      await open.online(open.platform.addBot()),
      await open.online(open.platform.addBot()),
    ] as const;
    const { lobbyUrl } = open.platform.addBot();
    const turnedAway = await dial(lobbyUrl).then(
      async (client) => (await client.closed()).code,
      (error: unknown) => (error instanceof RefusedUpgrade ? error.status : error),
    );
    expect([503, 1008, 1013]).toContain(turnedAway);
    expect(lobbies.map(({ socket }) => socket.readyState)).toEqual([1, 1]);
  });
});
