import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { type Client, dialSeat, type Frame, goOnline, RefusedUpgrade, sitDown } from '../../kit/client.js';
import { openPlatform } from '../../kit/platform.js';

type Json = Record<string, unknown>;

const sum = (numbers: unknown) => (numbers as number[]).reduce((total, value) => total + value, 0);

/** Answers every turn until the match is over. */
async function playOut(seat: Client, choose: (turn: Frame) => Json): Promise<Frame> {
  for (;;) {
    const frame = await seat.next();
    if (frame.type === 'match_end') return frame;
    if (frame.type !== 'turn_request') continue;
    const { match_id, request_id } = frame;
    seat.say({ type: 'turn_action', match_id, request_id, ...choose(frame) });
  }
}

function answer(seat: Client, turn: Frame, action: string, params?: Json): void {
  const { match_id, request_id } = turn;
  seat.say({ type: 'turn_action', match_id, request_id, action, ...(params && { params }) });
}

function handsWonBy(seat: number, frames: readonly Frame[]): number {
  return frames.filter(
    ({ type, result }) =>
      type === 'round_result' && ((result as Json)['winner_seats'] as number[]).includes(seat),
  ).length;
}

const offers = (turn: Frame, action: string) => (turn['valid_actions'] as string[]).includes(action);
const checkOrCall = (turn: Frame) => ({ action: offers(turn, 'check') ? 'check' : 'call' });
const shove = (turn: Frame) =>
  offers(turn, 'raise')
    ? { action: 'raise', params: { amount: (turn['state'] as Json)['max_raise'] } }
    : checkOrCall(turn);

describe('a match in the sandbox', () => {
  it('is played to the end, every frame in order, counted from 1, with all chips accounted for', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock, startingStack: 200, dialect: 'documents' });
    const { bot, matched, matchId } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    const end = await playOut(seat, (turn) =>
      Number((turn['state'] as Json)['hand_number']) <= 3 ? checkOrCall(turn) : shove(turn),
    );
    expect(await seat.closed()).toEqual({ code: 1000, reason: 'match_ended' });

    const frames = seat.frames.slice(1);
    expect(frames.map((frame) => frame['seq'])).toEqual(frames.map((_, index) => index + 1));
    expect(new Set(frames.map((frame) => frame['match_id']))).toEqual(new Set([matchId]));
    const order = frames.map(({ type }) => type).join(' ');
    const turns = '( turn_request turn_result| turn_result| phase_change)*';
    expect(order).toMatch(new RegExp(`^match_start( round_start${turns} round_result)+ match_end$`));

    const [one, two] = open.sandbox.matches()[0]?.seats ?? [];
    expect(frames[0]).toEqual({
      type: 'match_start',
      match_id: matchId,
      seq: 1,
      server_ts: new Date(clock.now()).toISOString(),
      seats: [
        { seat: 0, display_name: 'bot-1', participant_id: one?.participantId, is_self: true },
        { seat: 1, display_name: 'calling-station', participant_id: two?.participantId, is_self: false },
      ],
      game_config: {
        variant: 'nlhe',
        starting_stack: 200,
        small_blind: 5,
        big_blind: 10,
        ante: 0,
        num_players: 2,
      },
      turn_timeout_ms: 5_000,
      your_seat: 0,
    });

    const requestIds = new Set<unknown>();
    let round: Frame = { type: 'none' };
    for (const [index, frame] of frames.entries()) {
      switch (frame.type) {
        case 'round_start':
          round = frame;
          expect(frame['state']).toMatchObject({
            hand_number: frame['round_number'],
            your_hole_cards: [expect.any(String), expect.any(String)],
          });
          break;
        case 'turn_request':
          requestIds.add(frame['request_id']);
          expect(frame).toEqual({
            type: 'turn_request',
            match_id: matchId,
            seq: frame['seq'],
            server_ts: new Date(clock.now()).toISOString(),
            seat: 0,
            request_id: expect.stringMatching(/^req_[0-9a-f]{12}$/) as unknown,
            timeout_ms: 5_000,
            turn_duration_ms: 5_000,
            deadline_ts: clock.now() + 5_000,
            valid_actions: frame['valid_actions'],
            state: frame['state'],
          });
          expect(frames[index + 1]).toMatchObject({
            seat: 0,
            details: { is_timeout: false, action: expect.stringMatching(/^(check|call|raise)$/) as unknown },
          });
          break;
        case 'turn_result': {
          const { pot, stacks } = frame['details'] as Json;
          expect(Number(pot) + sum(stacks)).toBe(400);
          break;
        }
        case 'round_result': {
          const result = frame['result'] as Json;
          const { round_id, round_number } = round;
          expect(frame).toMatchObject({ round_id, round_number });
          expect(result['deck_commitment']).toBe((round['state'] as Json)['deck_commitment']);
          expect(sum(result['stacks'])).toBe(400);
          expect(sum((result['payouts'] as Json[]).map(({ amount }) => amount))).toBe(result['pot']);
          break;
        }
        default:
          break;
      }
    }
    const turnFrames = frames.filter(({ type }) => type === 'turn_request');
    expect(requestIds.size).toBe(turnFrames.length);

    const results = end['results'] as Json[];
    const winner = results.findIndex((line) => line['final_stack'] === 400);
    expect(results.map((line) => line['net_chips'])).toEqual(winner === 0 ? [200, -200] : [-200, 200]);
    const names = ['bot-1', 'calling-station'];
    expect(end).toEqual({
      type: 'match_end',
      match_id: matchId,
      seq: frames.length,
      server_ts: new Date(clock.now()).toISOString(),
      reason: 'complete',
      results: [0, 1].map((index) => ({
        seat: index,
        name: names[index],
        net_chips: results[index]?.['net_chips'],
        hands_won: handsWonBy(index, frames),
        final_stack: index === winner ? 400 : 0,
        bot_errors: [],
        decision_latency_samples_ms: index === 0 ? turnFrames.map(() => 0) : expect.any(Array),
      })),
      total_hands_played: frames.filter(({ type }) => type === 'round_start').length,
      mode: 'elimination',
      finishing_order: [
        { place: 1, seat: winner, name: names[winner] },
        { place: 2, seat: 1 - winner, name: names[1 - winner] },
      ],
      terminal_status: 'completed',
    });
    const { seq: _seq, server_ts: _ts, ...told } = end;
    expect(await open.sandbox.result(matchId)).toEqual(told);
    expect(open.sandbox.matches()).toMatchObject([{ matchId, state: 'ended' }]);
  });

  it('is dealt the same way again for the same seed, and says when the hand limit ended it', async () => {
    const played: unknown[][] = [];
    for (let time = 0; time < 2; time += 1) {
      const open = await openPlatform({ maxHands: 5, seed: 'again' });
      const { bot, matched } = await open.matched();
      const seat = await sitDown(open.url, matched, bot.token);
      const end = await playOut(seat, checkOrCall);
      expect(end).toMatchObject({ safety_limit_reached: true, total_hands_played: 5 });
      played.push(seat.frames.flatMap(({ result }) => (result === undefined ? [] : [result])));
      await open.close();
    }
    expect(played[0]).toHaveLength(5);
    expect(played[1]).toEqual(played[0]);
  });

  it('is told to opponents only after the reveal delay', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock, speed: 1 });
    const one = open.sandbox.addBot();
    const two = open.sandbox.addBot();
    const lobbies = [await goOnline(one), await goOnline(two)] as const;
    await open.sandbox.dispatch(one.botId, { opponent: { botId: two.botId } });
    const actor = await sitDown(open.url, await lobbies[0].next(), one.token);
    const other = await sitDown(open.url, await lobbies[1].next(), two.token);
    answer(actor, await actor.until('turn_request'), 'call');
    expect(await actor.next()).toMatchObject({ type: 'turn_result', seq: 4, seat: 0 });
    expect(await other.next()).toMatchObject({ type: 'match_start', seq: 1 });
    expect(await other.next()).toMatchObject({ type: 'round_start', seq: 2 });
    clock.advance(99);
    expect(open.events.filter(({ type }) => type === 'turn.opened')).toHaveLength(1);
    clock.advance(401);
    expect(await other.next()).toMatchObject({ type: 'turn_result', seq: 3, seat: 0 });
    expect(await other.next()).toMatchObject({ type: 'turn_request', seq: 4, seat: 1 });
  });

  it('plays check or fold for a seat whose clock runs out, and forfeits it after 15 in a row', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock, pingIntervalMs: 3_600_000 });
    const { bot, matched, matchId } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    const first = await seat.until('turn_request');
    clock.advance(4_999);
    expect(await open.event('turn.opened')).toMatchObject({ requestId: first['request_id'] });
    clock.advance(1);
    expect(await seat.next()).toMatchObject({
      type: 'turn_result',
      seat: 0,
      details: { action: 'fold', is_timeout: true },
    });
    const timeOut = async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        await seat.until('turn_request');
        clock.advance(5_000);
      }
    };
    await timeOut(13);
    const turn = await seat.until('turn_request');
    answer(seat, turn, String((turn['valid_actions'] as string[])[0]));
    await timeOut(15);
    const [last, end] = [await seat.next(), await seat.next()];
    expect(last).toMatchObject({ type: 'turn_result', seat: 0, details: { is_timeout: true } });
    expect(end).toMatchObject({
      type: 'match_end',
      reason: 'complete',
      terminal_status: 'completed',
      forfeit_seat: 0,
      forfeit_winner_seat: 1,
      forfeit_reason: 'unresponsive',
      finishing_order: [
        { place: 1, seat: 1 },
        { place: 2, seat: 0 },
      ],
    });
    expect(end['results']).toMatchObject([
      { final_stack: 0, net_chips: -1_000, hands_won: handsWonBy(0, seat.frames) },
      { final_stack: 2_000, net_chips: 1_000, hands_won: handsWonBy(1, seat.frames) },
    ]);
    expect(open.events.filter(({ type }) => type === 'turn.substituted')).toHaveLength(29);
    const ownTimeouts = seat.frames.filter(
      ({ type, seat: who, details }) =>
        type === 'turn_result' && who === 0 && (details as Json)['is_timeout'] === true,
    );
    expect(ownTimeouts).toHaveLength(29);
    expect(open.sandbox.matches()).toMatchObject([{ matchId, state: 'ended' }]);
  });

  it('refuses an illegal action and keeps the turn open', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const { bot, matched, matchId } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    const turn = await seat.until('turn_request');
    clock.advance(1_800);
    answer(seat, turn, 'check');
    const rejected = await seat.next();
    expect(rejected).toEqual({
      type: 'action_rejected',
      match_id: matchId,
      seq: 4,
      server_ts: new Date(clock.now()).toISOString(),
      request_id: turn['request_id'],
      reason: '"check" is not possible here; legal are fold, call, raise.',
      message: '"check" is not possible here; legal are fold, call, raise.',
      details: { valid_actions: ['fold', 'call', 'raise'] },
      submitted_action: 'check',
      remaining_ms: 3_200,
      valid_actions: ['fold', 'call', 'raise'],
    });
    answer(seat, turn, 'raise', { amount: 'all' });
    expect(await seat.next()).toMatchObject({
      type: 'action_rejected',
      reason: 'A raise needs `params.amount`, a whole number of chips to raise to.',
    });
    answer(seat, turn, 'raise', { amount: 1e9 });
    expect(await seat.next()).toMatchObject({
      type: 'turn_result',
      seat: 0,
      details: { action: 'raise', amount: 1_000 },
    });
  });

  it('on older servers rejects five illegal answers in a hand; more are violations, and the fifth of those closes with 4009', async () => {
    const open = await openPlatform({ dialect: 'legacy' });
    const { bot, matched } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    const turn = await seat.until('turn_request');
    for (let time = 0; time < 5; time += 1) {
      answer(seat, turn, 'bet');
      expect(await seat.next()).toMatchObject({ type: 'action_rejected', submitted_action: 'bet' });
    }
    for (let time = 0; time < 4; time += 1) {
      answer(seat, turn, 'bet');
      expect(await seat.next()).toMatchObject({ type: 'error', code: 'rate_limited' });
    }
    answer(seat, turn, 'bet');
    expect(await seat.closed()).toEqual({ code: 4009, reason: 'rate_limit_exceeded' });
  });

  it('refuses a second answer to the same turn, and one to another turn than the open one', async () => {
    const open = await openPlatform();
    const { bot, matched } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    const turn = await seat.until('turn_request');
    answer(seat, { ...turn, request_id: 'req_0' }, 'fold');
    expect(await seat.next()).toMatchObject({
      type: 'action_rejected',
      request_id: turn['request_id'],
      reason: 'The action is for another request_id.',
    });
    answer(seat, turn, 'call');
    const next = await seat.until('turn_request');
    answer(seat, turn, 'call');
    expect(await seat.next()).toMatchObject({
      type: 'action_rejected',
      request_id: turn['request_id'],
      reason: `Duplicate action for ${String(turn['request_id'])}: this decision was taken already.`,
      remaining_ms: 0,
      valid_actions: [],
    });
    answer(seat, next, 'check');
    expect(await seat.next()).toMatchObject({ type: 'turn_result', seat: 0, details: { action: 'check' } });
    expect(seat.frames.filter(({ type }) => type === 'action_rejected')).toHaveLength(2);
  });

  it('repeats the open turn after a reconnect; its clock stands still during the first one only', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const { bot, matched, matchId } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    const turn = await seat.until('turn_request');
    clock.advance(1_000);
    expect(open.sandbox.control.dropMatch(matchId, bot.botId)).toBe(true);
    expect((await seat.closed()).code).toBe(1006);
    await open.event('seat.disconnected');
    clock.advance(10_000);
    const back = await sitDown(open.url, matched, bot.token);
    const left = { timeout_ms: 4_000, turn_duration_ms: 5_000, deadline_ts: clock.now() + 4_000 };
    expect(await back.next()).toEqual({
      ...turn,
      ...left,
      seq: 4,
      server_ts: new Date(clock.now()).toISOString(),
    });
    clock.advance(1_000);
    await back.drop();
    await open.event('seat.disconnected');
    clock.advance(1_000);
    const again = await sitDown(open.url, matched, bot.token);
    expect(await again.next()).toEqual({
      ...turn,
      ...left,
      timeout_ms: 2_000,
      seq: 5,
      server_ts: new Date(clock.now()).toISOString(),
    });
    clock.advance(1_999);
    expect(open.events.filter(({ type }) => type === 'turn.substituted')).toEqual([]);
    clock.advance(1);
    expect(await again.next()).toMatchObject({ type: 'turn_result', seq: 6, details: { is_timeout: true } });
  });

  it('does not count the first absence of a seat as time it took to decide', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock, maxHands: 1 });
    const { bot, matched } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    await seat.until('turn_request');
    clock.advance(1_000);
    await seat.drop();
    await open.event('seat.disconnected');
    clock.advance(10_000);
    const back = await sitDown(open.url, matched, bot.token);
    const turn = await back.until('turn_request');
    clock.advance(500);
    answer(back, turn, 'fold');
    const end = await back.until('match_end');
    expect(end['results']).toMatchObject([{ decision_latency_samples_ms: [1_500] }, {}]);
  });

  it('opens a turn during the first absence of a seat with the clock standing still', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const one = open.sandbox.addBot();
    const two = open.sandbox.addBot();
    const lobbies = [await goOnline(one), await goOnline(two)] as const;
    await open.sandbox.dispatch(one.botId, { opponent: { botId: two.botId } });
    const actor = await sitDown(open.url, await lobbies[0].next(), one.token);
    const matched = await lobbies[1].next();
    const away = await sitDown(open.url, matched, two.token);
    const first = await actor.until('turn_request');
    await away.drop();
    await open.event('seat.disconnected');
    answer(actor, first, 'call');
    await actor.until('turn_result');
    clock.advance(20_000);
    const back = await sitDown(open.url, matched, two.token);
    expect(await back.next()).toMatchObject({
      type: 'turn_request',
      timeout_ms: 5_000,
      turn_duration_ms: 5_000,
      deadline_ts: clock.now() + 5_000,
    });
    clock.advance(5_000);
    expect(await back.next()).toMatchObject({ type: 'turn_result', seat: 1, details: { is_timeout: true } });
  });

  it("lets the turn clock run while the other seat is away, and ends the first seat's grace in time", async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock, pingIntervalMs: 3_600_000 });
    const one = open.sandbox.addBot();
    const two = open.sandbox.addBot();
    const lobbies = [await goOnline(one), await goOnline(two)] as const;
    await open.sandbox.dispatch(one.botId, { opponent: { botId: two.botId } });
    const actor = await sitDown(open.url, await lobbies[0].next(), one.token);
    const other = await sitDown(open.url, await lobbies[1].next(), two.token);
    await actor.until('turn_request');
    await other.drop();
    await open.event('seat.disconnected');
    clock.advance(5_000);
    expect(await actor.until('turn_result')).toMatchObject({ seat: 0, details: { is_timeout: true } });
    clock.advance(25_000);
    expect(await actor.until('match_end')).toMatchObject({
      forfeit_seat: 1,
      forfeit_reason: 'grace_expired',
    });
  });

  it('gives a seat three reconnects; the next drop loses the match', async () => {
    const open = await openPlatform();
    const { bot, matched, matchId } = await open.matched();
    for (let connection = 1; connection <= 4; connection += 1) {
      const seat = await sitDown(open.url, matched, bot.token);
      await seat.until('turn_request');
      await seat.drop();
      expect(await open.event('seat.disconnected')).toMatchObject({ matchId, botId: bot.botId });
    }
    expect(await open.sandbox.result(matchId)).toMatchObject({
      forfeit_seat: 0,
      forfeit_reason: 'budget_exhausted',
    });
    const late = await dialSeat(open.url, matched, bot.token);
    expect(await late.next()).toMatchObject({ type: 'error', seq: 1, code: 'budget_exhausted' });
    expect(await late.closed()).toEqual({ code: 4011, reason: 'budget_exhausted' });
  });

  it('is lost by a seat that stays away longer than the grace', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock, decisionTimeoutMs: 60_000, pingIntervalMs: 3_600_000 });
    const one = open.sandbox.addBot();
    const two = open.sandbox.addBot();
    const lobbies = [await goOnline(one), await goOnline(two)] as const;
    await open.sandbox.dispatch(one.botId, { opponent: { botId: two.botId } });
    const matched = await lobbies[0].next();
    const stays = await sitDown(open.url, await lobbies[1].next(), two.token);
    const leaves = await sitDown(open.url, matched, one.token);
    await leaves.until('turn_request');
    await leaves.drop();
    await open.event('seat.disconnected');
    clock.advance(29_999);
    expect(open.sandbox.matches()).toMatchObject([{ state: 'playing' }]);
    clock.advance(1);
    expect(await stays.until('match_end')).toMatchObject({
      forfeit_seat: 0,
      forfeit_winner_seat: 1,
      forfeit_reason: 'grace_expired',
    });
    await expect(dialSeat(open.url, matched, one.token)).rejects.toThrow(new RefusedUpgrade(403));
    expect(await open.event('seat.refused')).toMatchObject({ code: 403, reason: 'grace_expired' });
  });

  it('is cancelled, in short, when a player never comes', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock, pingIntervalMs: 3_600_000 });
    const one = open.sandbox.addBot();
    const two = open.sandbox.addBot();
    const lobby = await goOnline(one);
    await goOnline(two);
    const { matchId } = await open.sandbox.dispatch(one.botId, { opponent: { botId: two.botId } });
    const seat = await sitDown(open.url, await lobby.next(), one.token);
    await open.event('seat.connected');
    clock.advance(30_000);
    expect(await seat.next()).toMatchObject({ type: 'error', code: 'match_cancelled', seq: 1 });
    expect(await seat.until('match_end')).toEqual({
      type: 'match_end',
      match_id: matchId,
      seq: 1,
      server_ts: new Date(clock.now()).toISOString(),
      reason: 'cancelled',
      error_code: 'connection_timeout',
      terminal_status: 'abandoned',
    });
  });

  it('closes with 4008 on a frame over 4096 bytes, and goes on when the seat is back', async () => {
    const open = await openPlatform();
    const { bot, matched } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    const turn = await seat.until('turn_request');
    answer(seat, turn, 'bet', { at: 'x'.repeat(3_900) });
    expect(await seat.next()).toMatchObject({ type: 'action_rejected' });
    seat.say('x'.repeat(4_097));
    expect(await seat.next()).toMatchObject({ type: 'error', seq: 1, code: 'message_too_large' });
    expect(await seat.closed()).toEqual({ code: 4008, reason: 'message_too_large' });
    const back = await sitDown(open.url, matched, bot.token);
    expect(await back.until('turn_request')).toMatchObject({ request_id: turn['request_id'] });
    back.say('x'.repeat(100_000));
    expect((await back.closed()).code).toBe(4008);
  });

  it('answers frames that are no valid answer while a turn is open, each in its way', async () => {
    const open = await openPlatform();
    const { bot, matched, matchId } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    const { request_id } = await seat.until('turn_request');
    const action = { type: 'turn_action', match_id: matchId, request_id, action: 'fold' };
    for (const frame of [
      { ...action, x: 1 },
      { ...action, match_id: 'other' },
      { ...action, params: [] },
    ]) {
      seat.say(frame);
    }
    for (const code of ['unknown_field', 'malformed_message', 'malformed_message']) {
      expect(await seat.next()).toMatchObject({ type: 'error', seq: 1, code });
    }
    for (const frame of [{ type: 'pong', match_id: matchId }, { type: 'x' }]) {
      seat.say(frame);
      expect(await seat.next()).toMatchObject({ type: 'action_rejected', request_id, submitted_action: '' });
    }
    seat.say('{');
    expect(await seat.next()).toMatchObject({
      type: 'turn_result',
      details: { action: 'fold', is_timeout: true },
    });
  });

  it('on older servers closes with 4009 when frames that nobody asked for go on, also over a reconnect', async () => {
    const open = await openPlatform({ dialect: 'legacy' });
    const two = open.sandbox.addBot();
    const other = await goOnline(two);
    const { bot, matched, matchId } = await open.matched({ opponent: { botId: two.botId } });
    const seat = await sitDown(open.url, matched, bot.token);
    await sitDown(open.url, await other.next(), two.token);
    answer(seat, await seat.until('turn_request'), 'call');
    await seat.until('turn_result');
    const nonsense = (client: Client, times: number) => {
      for (let index = 0; index < times; index += 1) client.say({ type: 'hello', match_id: matchId, x: 1 });
    };
    nonsense(seat, 13);
    for (let violations = 0; violations < 3; ) {
      if ((await seat.until('error'))['code'] === 'rate_limited') violations += 1;
    }
    await seat.drop();
    await open.event('seat.disconnected');
    const back = await sitDown(open.url, matched, bot.token);
    nonsense(back, 12);
    expect(await back.closed()).toEqual({ code: 4009, reason: 'rate_limit_exceeded' });
    expect(back.frames.filter(({ code }) => code === 'rate_limited')).toHaveLength(1);
  });

  it('sends a bot raw text on its match connection and closes it with any code on demand', async () => {
    const open = await openPlatform();
    const { bot, matched, matchId } = await open.matched();
    const { control } = open.sandbox;
    expect(control.sendMatch(matchId, bot.botId, 'x')).toBe(false);
    const seat = await sitDown(open.url, matched, bot.token);
    await seat.until('turn_request');
    expect(control.sendMatch(matchId, bot.botId, '{"type":"garbage"}')).toBe(true);
    expect(await seat.next()).toEqual({ type: 'garbage' });
    control.dropMatch(matchId, bot.botId, 4004, 'match_started');
    expect(await seat.closed()).toEqual({ code: 4004, reason: 'match_started' });
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no idea');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no idea'))],
  ])('plays for an opponent in the sandbox that %s, and tells of it', async (_what, decide) => {
    const open = await openPlatform({ maxHands: 2 });
    const { bot, matched, matchId } = await open.matched({ opponent: { decide } });
    const seat = await sitDown(open.url, matched, bot.token);
    const end = await playOut(seat, checkOrCall);
    expect(end).toMatchObject({ total_hands_played: 2, results: [{}, { name: 'guest' }] });
    expect(await open.event('bot.failed')).toMatchObject({ matchId, name: 'guest', hook: 'decide' });
  });

  it('plays for an opponent in the sandbox that never answers, and shows every hook to one that listens', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock, maxHands: 1 });
    const seen: string[] = [];
    const note = (name: string) => () => void seen.push(name);
    const { bot, matched } = await open.matched({
      opponent: {
        decide(_state, { signal }) {
          signal.addEventListener('abort', note('aborted'));
          return new Promise<never>(() => undefined);
        },
        onMatchStart: note('match'),
        onRoundStart: note('round'),
        onTurnResult: note('turn'),
        onRoundResult: note('round over'),
        onMatchEnd: note('match over'),
      },
    });
    const seat = await sitDown(open.url, matched, bot.token);
    answer(seat, await seat.until('turn_request'), 'raise', { amount: 100 });
    await seat.until('turn_result');
    await open.event('turn.opened');
    await open.event('turn.opened');
    clock.advance(5_000);
    await seat.until('match_end');
    expect(seen).toEqual(['match', 'round', 'turn', 'aborted', 'turn', 'round over', 'match over']);
  });
});
