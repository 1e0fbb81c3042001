import { describe, expect, it } from 'vitest';
import type { Json } from '../../kit/client.js';
import { caller } from '../../kit/platform.js';
import { answerTurn, checkAndCall, deal, takeTurn } from './moves.js';
import { gatewayOf, type Opened, openConformance, refusedSeat, type Seat, takeSeat } from './platform.js';

/** Leaves, and lets the grace run out. */
async function stayAway(open: Opened, ...seats: Seat[]): Promise<void> {
  for (const seat of seats) await open.leave(seat);
  open.clock.advance(30_000);
}

/** The pair that a refused reconnect is told. */
const refusal = (code: string) => ({ type: 'error', code });

describe('reconnects', () => {
  it('section 4: after the same handshake the open turn is repeated, with its request_id and no match_start', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    await open.leave(seat);
    const client = await open.comeBack(seat);
    const again = await client.next();
    expect(again).toEqual({
      ...turn,
      seq: Number(turn['seq']) + 1,
      server_ts: open.serverTs(),
    });
    expect(await client.untaken()).toEqual([]);
    answerTurn(client, again, 'call');
    expect(await client.next()).toMatchObject({
      type: 'turn_result',
      seq: Number(turn['seq']) + 2,
      seat: 0,
      details: { action: 'call', is_timeout: false },
    });
  });

  it("section 3: the server's hello of a reconnect counts from 1 again", async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    await open.leave(seat);
    const client = await open.comeBack(seat);
    await client.until('turn_request');
    expect(client.frames[0]).toMatchObject({ type: 'hello', seq: 1, capabilities: ['reconnect'] });
  });

  it('section 4: a turn that was answered before the loss is not asked again', async () => {
    const open = await openConformance();
    const { seats } = await open.table(2);
    const { byPosition } = await deal(seats);
    const [button, other] = byPosition as [Seat, Seat];
    await takeTurn(button, 'call');
    const turn = await other.client.until('turn_request');
    await open.leave(button);
    const client = await open.comeBack(button);
    expect(await client.untaken()).toEqual([]);
    answerTurn(other.client, turn, 'check');
    expect(await client.until('turn_result')).toMatchObject({ seat: other.index });
  });

  it('section 4: seq goes on across a reconnect, whatever was missed', async () => {
    const open = await openConformance();
    const { seats } = await open.table(2);
    const { byPosition } = await deal(seats);
    const [button, other] = byPosition as [Seat, Seat];
    const turn = await button.client.until('turn_request');
    const last = Math.max(...other.client.frames.slice(1).map(({ seq }) => Number(seq)));
    await open.leave(other);
    answerTurn(button.client, turn, 'call');
    await button.client.until('turn_result');
    const client = await open.comeBack(other);
    const request = await client.until('turn_request');
    const seqs = client.frames.slice(1).map(({ seq }) => Number(seq));
    expect(Math.min(...seqs)).toBeGreaterThan(last);
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
    expect(client.frames.map(({ type }) => type)).not.toContain('match_start');
    expect(request).toMatchObject({ seat: other.index, valid_actions: ['check', 'raise'] });
  });

  it('section 4: the clock of a turn stands still during the first absence', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    open.clock.advance(1_000);
    await open.leave(seat);
    open.clock.advance(20_000);
    const client = await open.comeBack(seat);
    const again = await client.next();
    expect(again).toMatchObject({
      type: 'turn_request',
      request_id: turn['request_id'],
      turn_duration_ms: 5_000,
      deadline_ts: open.clock.now() + 4_000,
    });
    open.clock.advance(3_999);
    expect(await client.untaken()).toEqual([]);
    open.clock.advance(1);
    expect(await client.next()).toMatchObject({ type: 'turn_result', details: { is_timeout: true } });
  });

  it('section 4: the clock of a turn keeps running during the second absence', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    await open.leave(seat);
    await (await open.comeBack(seat)).until('turn_request');
    await open.leave(seat);
    open.clock.advance(2_000);
    const client = await open.comeBack(seat);
    expect(await client.next()).toMatchObject({
      type: 'turn_request',
      request_id: turn['request_id'],
      deadline_ts: open.clock.now() + 3_000,
    });
    open.clock.advance(3_000);
    expect(await client.next()).toMatchObject({ type: 'turn_result', details: { is_timeout: true } });
  });

  it('section 4: a turn that ran out during the second absence was played by the platform', async () => {
    const open = await openConformance();
    const { seats } = await open.table(2);
    const { byPosition } = await deal(seats);
    const [button, other] = byPosition as [Seat, Seat];
    await button.client.until('turn_request');
    await open.leave(button);
    await (await open.comeBack(button)).until('turn_request');
    await open.leave(button);
    open.clock.advance(5_000);
    expect(await other.client.until('turn_result')).toMatchObject({
      seat: button.index,
      details: { action: 'fold', is_timeout: true },
    });
  });

  it('section 4: a second connection to a live seat is refused with duplicate_participant and 4011', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    const { frames, end } = await refusedSeat(seat.gateway, seat.matchId, seat.bot.token);
    expect(frames).toEqual([
      {
        type: 'error',
        match_id: seat.matchId,
        seq: 1,
        server_ts: open.serverTs(),
        code: 'duplicate_participant',
        message: expect.any(String) as unknown,
      },
    ]);
    expect(end.code).toBe(4011);
    answerTurn(seat.client, turn, 'call');
    expect(await seat.client.next()).toMatchObject({ type: 'turn_result', seat: 0 });
  });

  it('section 4: after duplicate_participant the seat may come back once the other connection is gone', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    await refusedSeat(seat.gateway, seat.matchId, seat.bot.token);
    await open.leave(seat);
    const client = await open.comeBack(seat);
    expect(await client.next()).toMatchObject({ type: 'turn_request', request_id: turn['request_id'] });
  });

  it('section 4: three reconnects are taken; the fourth is refused with budget_exhausted and 4011', async () => {
    const open = await openConformance();
    const { matchId, seats } = await open.table(3);
    const [seat] = seats as [Seat];
    for (let reconnect = 1; reconnect <= 3; reconnect += 1) {
      await open.leave(seat);
      await open.comeBack(seat);
      await seat.client.untaken();
      expect(seat.client.socket.readyState).toBe(seat.client.socket.OPEN);
    }
    await open.leave(seat);
    const { frames, end } = await refusedSeat(gatewayOf(open.url, seat.matched), matchId, seat.bot.token);
    expect(frames).toMatchObject([refusal('budget_exhausted')]);
    expect(end.code).toBe(4011);
  });

  it('section 4: a seat that comes back within the grace of 30 s is taken', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    await open.leave(seat);
    open.clock.advance(29_999);
    const client = await open.comeBack(seat);
    expect(await client.next()).toMatchObject({ type: 'turn_request' });
  });

  it('section 4: a seat that comes back after the grace is refused with grace_expired and 4011', async () => {
    const open = await openConformance();
    const { matchId, seats } = await open.table(3);
    await deal(seats);
    const [seat] = seats as [Seat];
    await stayAway(open, seat);
    const { frames, end } = await refusedSeat(gatewayOf(open.url, seat.matched), matchId, seat.bot.token);
    expect(frames).toMatchObject([refusal('grace_expired')]);
    expect(end.code).toBe(4011);
  });

  it('section 5: where reconnects are switched off, a match that began is closed with 4004 match_started', async () => {
    const open = await openConformance({ maxReconnects: 0 });
    const { matchId, seats } = await open.table(3);
    await deal(seats);
    const [seat] = seats as [Seat];
    await open.leave(seat);
    const { end } = await refusedSeat(gatewayOf(open.url, seat.matched), matchId, seat.bot.token);
    expect(end).toEqual({ code: 4004, reason: 'match_started' });
  });

  it('section 4: a seat that left before the match began is seated when it comes again', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const late = open.platform.addBot();
    const lobbies = [await open.online(bot), await open.online(late)] as const;
    const { matchId } = await open.platform.dispatch(bot.botId, { opponent: { botId: late.botId } });
    const [mine, theirs] = [await lobbies[0].until('matched'), await lobbies[1].until('matched')];
    const early = await takeSeat(gatewayOf(open.url, mine), matchId, bot.token);
    await early.untaken();
    await early.drop();
    const client = await takeSeat(gatewayOf(open.url, mine), matchId, bot.token);
    await takeSeat(gatewayOf(open.url, theirs), matchId, late.token);
    expect(await client.next()).toMatchObject({ type: 'match_start', seq: 1 });
  });

  it('section 2: after a restart of the whole client the match is announced with resume, and goes on', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    await seat.lobby.drop();
    await open.leave(seat);
    const lobby = await open.online(seat.bot);
    expect(await lobby.next()).toEqual({ ...seat.matched, resume: true });
    const client = await open.comeBack(seat);
    expect(await client.next()).toMatchObject({ type: 'turn_request', request_id: turn['request_id'] });
  });

  it('section 4: match_end names the seat that stayed away too long as the one that forfeits', async () => {
    const open = await openConformance();
    const { seats } = await open.table(2, { decisionTimeoutMs: 60_000 });
    await deal(seats);
    const [leaves, stays] = seats as [Seat, Seat];
    await stayAway(open, leaves);
    expect(await stays.client.until('match_end')).toMatchObject({
      reason: 'complete',
      mode: 'elimination',
      terminal_status: 'completed',
      forfeit_seat: 0,
      forfeit_winner_seat: 1,
      forfeit_reason: expect.any(String) as unknown,
      results: [
        { seat: 0, final_stack: 0, net_chips: -200 },
        { seat: 1, final_stack: 400, net_chips: 200 },
      ],
      finishing_order: [
        { place: 1, seat: 1 },
        { place: 2, seat: 0 },
      ],
    });
  });

  it('section 4: a match of three goes on when a seat forfeits; its turns are played at once', async () => {
    const open = await openConformance({ maxHands: 3 });
    const { seats } = await open.table(3, { decisionTimeoutMs: 60_000 });
    await deal(seats);
    const [leaves, one, two] = seats as [Seat, Seat, Seat];
    await stayAway(open, leaves);
    const ends = await Promise.all([checkAndCall(one.client), checkAndCall(two.client)]);
    expect(ends).toMatchObject([{ total_hands_played: 3 }, { total_hands_played: 3 }]);
    const actions = one.client.frames.filter(({ type, seat }) => type === 'turn_result' && seat === 0);
    expect(actions.length).toBeGreaterThanOrEqual(3);
    for (const { details } of actions) {
      expect(details).toMatchObject({
        action: expect.stringMatching(/^(check|fold)$/) as unknown,
        is_timeout: true,
      });
    }
  });

  it('section 4: when all others have forfeited, the seat that is left gets every chip and the match ends', async () => {
    const open = await openConformance();
    const { seats } = await open.table(3, { decisionTimeoutMs: 60_000 });
    await deal(seats);
    const [one, two, stays] = seats as [Seat, Seat, Seat];
    await stayAway(open, one, two);
    const end = await stays.client.until('match_end');
    expect((end['results'] as Json[]).map(({ final_stack }) => final_stack)).toEqual([0, 0, 600]);
    expect((end['finishing_order'] as Json[])[0]).toMatchObject({ place: 1, seat: 2 });
  });

  it('section 4: a match that everybody left ends as abandoned, with all_disconnected', async () => {
    const open = await openConformance();
    const { matchId, seats } = await open.table(2, { decisionTimeoutMs: 60_000 });
    await deal(seats);
    await stayAway(open, ...seats);
    expect(await open.platform.result(matchId)).toMatchObject({
      terminal_status: 'abandoned',
      all_disconnected: true,
      error_message: expect.any(String) as unknown,
    });
  });
});
