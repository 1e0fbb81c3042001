import { describe, expect, it } from 'vitest';
import { caller } from '../../kit/platform.js';
import { answerTurn, deal } from './moves.js';
import {
  gatewayOf,
  openConformance as openCurrent,
  type PlatformOptions,
  refusedSeat,
  type Seat,
} from './platform.js';

const openConformance = (options: PlatformOptions = {}) => openCurrent({ legacy: true, ...options });
const number = expect.any(Number) as unknown;
const text = expect.any(String) as unknown;

describe('the dialect of older servers', () => {
  it('section 4: server_ts is epoch milliseconds', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    const stamps = seat.client.frames.flatMap(({ server_ts }) =>
      server_ts === undefined ? [] : [server_ts],
    );
    expect(stamps.length).toBeGreaterThan(2);
    expect(new Set(stamps)).toEqual(new Set([open.clock.now()]));
  });

  it('section 4: session_token comes after the handshake and is not the token of the bot', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    const types = seat.client.frames.map(({ type }) => type);
    expect(types.filter((type) => type === 'session_token')).toHaveLength(1);
    expect(types.indexOf('session_token')).toBeLessThan(types.indexOf('round_start'));
    expect(JSON.stringify(seat.client.frames)).not.toContain(seat.bot.token);
  });

  it('section 4: match_start has no your_seat; is_self says it', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const start = await seat.client.until('match_start');
    expect(Object.keys(start).toSorted()).toEqual([
      'game_config',
      'match_id',
      'seats',
      'seq',
      'server_ts',
      'turn_timeout_ms',
      'type',
    ]);
    expect(start['seats']).toMatchObject([{ is_self: true }, { is_self: false }]);
  });

  it('section 4: turn_request has neither turn_duration_ms nor deadline_ts', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    expect(Object.keys(turn).toSorted()).toEqual([
      'match_id',
      'request_id',
      'seat',
      'seq',
      'server_ts',
      'state',
      'timeout_ms',
      'type',
      'valid_actions',
    ]);
    expect(turn).toMatchObject({ timeout_ms: 5_000 });
  });

  it('section 4: action_rejected has no valid_actions', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    answerTurn(seat.client, turn, 'bet');
    const rejected = await seat.client.next();
    expect(rejected).toMatchObject({
      type: 'action_rejected',
      request_id: turn['request_id'],
      submitted_action: 'bet',
      remaining_ms: 5_000,
    });
    expect(rejected).not.toHaveProperty('valid_actions');
  });

  it('section 4: ping comes as a text frame; its pong is no answer to the open turn', async () => {
    const open = await openConformance({ pingIntervalMs: 15_000, decisionTimeoutMs: 60_000 });
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    open.clock.advance(15_000);
    expect(await seat.client.next()).toMatchObject({ type: 'ping', match_id: seat.matchId });
    seat.client.say({ type: 'pong', match_id: seat.matchId });
    expect(await seat.client.untaken()).toEqual([]);
    open.clock.advance(5_000);
    answerTurn(seat.client, turn, 'call');
    expect(await seat.client.next()).toMatchObject({ type: 'turn_result', details: { action: 'call' } });
  });

  it('section 4: action_timeout tells a seat what was played for it', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    open.clock.advance(5_000);
    expect(await seat.client.until('action_timeout')).toEqual({
      type: 'action_timeout',
      match_id: seat.matchId,
      seq: number,
      server_ts: open.clock.now(),
      request_id: turn['request_id'],
      auto_action: 'fold',
    });
    await seat.client.untaken();
    expect(seat.client.frames.find(({ type }) => type === 'turn_result')).toMatchObject({
      details: { action: 'fold', is_timeout: true },
    });
  });

  it('section 4: after a reconnect reconnected brings the open turn, which is not repeated besides', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    await open.leave(seat);
    const client = await open.comeBack(seat);
    const reconnected = await client.until('reconnected');
    expect(reconnected).toMatchObject({
      type: 'reconnected',
      match_id: seat.matchId,
      pending_request: {
        type: 'turn_request',
        seat: turn['seat'],
        request_id: turn['request_id'],
        valid_actions: turn['valid_actions'],
        state: turn['state'],
        timeout_ms: number,
      },
    });
    await client.untaken();
    expect(client.frames.map(({ type }) => type)).not.toContain('turn_request');
    expect(client.frames.map(({ type }) => type)).not.toContain('match_start');
    answerTurn(client, turn, 'call');
    expect(await client.until('turn_result')).toMatchObject({ seat: 0, details: { action: 'call' } });
  });

  it('section 4: reconnected brings no turn when none of this seat is open', async () => {
    const open = await openConformance();
    const { seats } = await open.table(2);
    const [button, other] = (await deal(seats)).byPosition as [Seat, Seat];
    await button.client.until('turn_request');
    await open.leave(other);
    const client = await open.comeBack(other);
    const reconnected = await client.until('reconnected');
    expect(reconnected['pending_request'] ?? null).toBeNull();
  });

  it('section 5: a reconnect after the grace is closed with 4010 reconnect_expired', async () => {
    const open = await openConformance();
    const { matchId, seats } = await open.table(3);
    await deal(seats);
    const [seat] = seats as [Seat];
    await open.leave(seat);
    open.clock.advance(30_000);
    const { end } = await refusedSeat(gatewayOf(open.url, seat.matched), matchId, seat.bot.token);
    expect(end).toEqual({ code: 4010, reason: 'reconnect_expired' });
  });

  it('section 4: the rest of the match is as ever', async () => {
    const open = await openConformance({ maxHands: 1 });
    const seat = await open.seated({ opponent: caller });
    answerTurn(seat.client, await seat.client.until('turn_request'), 'fold');
    expect(await seat.client.until('round_result')).toMatchObject({ round_number: 1, round_id: text });
    expect(await seat.client.until('match_end')).toMatchObject({ reason: 'complete' });
    expect((await seat.client.closed()).code).toBe(1000);
  });
});
