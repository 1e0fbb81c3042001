import { describe, expect, it } from 'vitest';
import { dial, type Json, RefusedUpgrade } from '../../kit/client.js';
import { caller } from '../../kit/platform.js';
import { answerTurn, checkAndCall, deal, takeTurn } from './moves.js';
import { dialGateway, openConformance, type Seat, takeSeat } from './platform.js';

const number = expect.any(Number) as unknown;
const text = expect.any(String) as unknown;
const wrongToken = `cz_extbot_${'0'.repeat(32)}`;

/** The fields of the long form; keys that depend on how the match ended come on top. */
const longForm = [
  'finishing_order',
  'match_id',
  'mode',
  'reason',
  'results',
  'seq',
  'server_ts',
  'terminal_status',
  'total_hands_played',
  'type',
];

const keysOf = (frame: Json) => Object.keys(frame).toSorted();
const withKeys = (...keys: string[]) => [...longForm, ...keys].toSorted();

const refusedUpgrade = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: unknown) => (error instanceof RefusedUpgrade ? error.status : String(error)),
  );

describe('closes of the lobby', () => {
  it('section 5: lobby 4001 on a wrong token', async () => {
    const { platform } = await openConformance();
    const lobby = await dial(platform.addBot().lobbyUrl);
    lobby.say({ type: 'authenticate', token: wrongToken });
    expect((await lobby.closed()).code).toBe(4001);
    expect(lobby.frames.map(({ type }) => type)).not.toContain('hello');
  });

  it("section 5: lobby 4001 on another bot's token", async () => {
    const { platform } = await openConformance();
    const lobby = await dial(platform.addBot().lobbyUrl);
    lobby.say({ type: 'authenticate', token: platform.addBot().token });
    expect((await lobby.closed()).code).toBe(4001);
  });

  it.each([
    ['another first frame', { type: 'pong' }],
    ['text that is no JSON', 'authenticate'],
    ['an authenticate without a token', { type: 'authenticate' }],
  ])('section 5: lobby 4001 on %s', async (_what, frame) => {
    const { platform } = await openConformance();
    const lobby = await dial(platform.addBot().lobbyUrl);
    lobby.say(frame);
    expect((await lobby.closed()).code).toBe(4001);
  });

  it('section 5: lobby 4002 when the token is revoked while the connection is open', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const lobby = await open.online(bot);
    open.control.revoke(bot.token);
    expect((await lobby.closed()).code).toBe(4002);
  });

  it('section 5: lobby 4001 or 4002 on a token that was revoked before', async () => {
    const { platform, control } = await openConformance();
    const bot = platform.addBot();
    control.revoke(bot.token);
    const lobby = await dial(bot.lobbyUrl);
    lobby.say({ type: 'authenticate', token: bot.token });
    expect([4001, 4002]).toContain((await lobby.closed()).code);
  });

  it('section 5: lobby 4000 on control.evict, after the frame', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const lobby = await open.online(bot);
    open.control.evict(bot.botId);
    expect(await lobby.next()).toEqual({ type: 'evict', reason: 'Replaced by new connection' });
    expect(await lobby.closed()).toEqual({ code: 4000, reason: 'Replaced by new connection' });
  });

  it('section 5: the end of the platform closes both legs with 1001', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    await open.platform.close();
    expect([(await seat.lobby.closed()).code, (await seat.client.closed()).code]).toEqual([1001, 1001]);
  });

  it.each([1000, 1001, 1008, 1011, 1012, 1013, 4000, 4001, 4002])(
    'section 5: lobby %i through control',
    async (code) => {
      const open = await openConformance();
      const bot = open.platform.addBot();
      const lobby = await open.online(bot);
      open.control.dropLobby(bot.botId, code, 'because');
      expect(await lobby.closed()).toEqual({ code, reason: 'because' });
    },
  );

  it('section 5: lobby 1006 through control', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const lobby = await open.online(bot);
    open.control.dropLobby(bot.botId);
    expect((await lobby.closed()).code).toBe(1006);
  });

  it('section 5: a frozen lobby keeps the connection and says nothing, not even ping', async () => {
    const open = await openConformance({ pingIntervalMs: 15_000 });
    const bot = open.platform.addBot();
    const lobby = await open.online(bot);
    open.control.freezeLobby(bot.botId);
    open.clock.advance(60_000);
    // Another connection of this machine has its turn of the event loop meanwhile.
    await open.online(open.platform.addBot());
    expect(lobby.frames).toHaveLength(1);
    expect(lobby.socket.readyState).toBe(lobby.socket.OPEN);
  });
});

describe('refused upgrades', () => {
  it('section 5: HTTP 404 on a wrong bot id or path', async () => {
    const { url } = await openConformance();
    const id = '00000000-0000-4000-8000-000000000000';
    expect(await refusedUpgrade(dial(`${url}/ws/external/bot/${id}`))).toBe(404);
    expect(await refusedUpgrade(dial(`${url}/ws/external/lobby`))).toBe(404);
  });

  it('section 5: a restart closes both legs with 1012, refuses with 503 until it is over, and loses no match', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    open.control.restart({ downMs: 2_000 });
    expect([(await seat.lobby.closed()).code, (await seat.client.closed()).code]).toEqual([1012, 1012]);
    open.clock.advance(1_999);
    expect(await refusedUpgrade(dial(seat.bot.lobbyUrl))).toBe(503);
    expect(await refusedUpgrade(dialGateway(seat.gateway, seat.bot.token))).toBe(503);
    open.clock.advance(1);
    const lobby = await open.online(seat.bot);
    expect(await lobby.next()).toEqual({ ...seat.matched, resume: true });
    const client = await open.comeBack(seat);
    expect(await client.next()).toMatchObject({ type: 'turn_request', request_id: turn['request_id'] });
  });
});

describe('closes of a match', () => {
  it.each([
    1000, 1001, 1008, 1011, 1012, 1013, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 4008, 4009, 4010, 4011,
    4012, 4013,
  ])('section 5: match %i through control, after which the seat can come back', async (code) => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    open.control.dropMatch(seat.matchId, seat.bot.botId, code, 'because');
    expect(await seat.client.closed()).toEqual({ code, reason: 'because' });
    const client = await open.comeBack(seat);
    expect(await client.next()).toMatchObject({ type: 'turn_request', request_id: turn['request_id'] });
  });

  it('section 5: match 1006 through control', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    open.control.dropMatch(seat.matchId, seat.bot.botId);
    expect((await seat.client.closed()).code).toBe(1006);
  });

  it('section 5: match 4013 on no version in common comes before any play', async () => {
    const open = await openConformance();
    const { bot, gateway, matchId } = await open.matched({ opponent: caller });
    const client = await dialGateway(gateway, bot.token);
    client.say({ type: 'authenticate', match_id: matchId, token: '' });
    await client.until('hello');
    client.say({ type: 'hello', match_id: matchId, supported_versions: [] });
    expect((await client.closed()).code).toBe(4013);
    expect(client.frames.map(({ type }) => type)).not.toContain('match_start');
  });

  it('section 5: a frozen match connection stays open and says nothing', async () => {
    const open = await openConformance();
    const { seats, matchId } = await open.table(2);
    const [button, other] = (await deal(seats)).byPosition as [Seat, Seat];
    const turn = await button.client.until('turn_request');
    open.control.freezeMatch(matchId, other.bot.botId);
    const before = other.client.frames.length;
    answerTurn(button.client, turn, 'call');
    await button.client.until('turn_result');
    await button.client.untaken();
    expect(other.client.frames).toHaveLength(before);
    expect(other.client.socket.readyState).toBe(other.client.socket.OPEN);
  });
});

describe('match_end', () => {
  it('section 4: a match that was played out ends in the long form, whole', async () => {
    const open = await openConformance({ maxHands: 1 });
    const { matchId, seats } = await open.table(2);
    const [button, other] = (await deal(seats)).byPosition as [Seat, Seat];
    open.clock.advance(40);
    await takeTurn(button, 'raise', 200);
    await other.client.until('turn_request');
    open.clock.advance(60);
    answerTurn(other.client, other.client.frames.at(-1) ?? { type: 'none' }, 'call');
    const end = await button.client.until('match_end');
    const results = end['results'] as Json[];
    const winner = results.findIndex(({ final_stack }) => final_stack === 400);
    const name = (seat: number) => ['bot-a', 'bot-b'][seat];
    expect(keysOf(end).filter((key) => key !== 'safety_limit_reached')).toEqual(longForm);
    expect(end).toMatchObject({
      type: 'match_end',
      match_id: matchId,
      server_ts: open.serverTs(),
      reason: 'complete',
      mode: 'elimination',
      terminal_status: 'completed',
      total_hands_played: 1,
    });
    expect(winner).not.toBe(-1);
    expect(results).toEqual(
      [0, 1].map((seat) => ({
        seat,
        name: name(seat),
        net_chips: seat === winner ? 200 : -200,
        hands_won: seat === winner ? 1 : 0,
        final_stack: seat === winner ? 400 : 0,
        bot_errors: [],
        decision_latency_samples_ms: [seat === button.index ? 40 : 60],
      })),
    );
    expect(end['finishing_order']).toEqual([
      { place: 1, seat: winner, name: name(winner) },
      { place: 2, seat: 1 - winner, name: name(1 - winner) },
    ]);
  });

  it('section 4: match_end is told to every seat and is the last frame, on the counter of the game', async () => {
    const open = await openConformance({ maxHands: 2 });
    const { seats, matchId } = await open.table(2);
    await Promise.all(seats.map(({ client }) => checkAndCall(client)));
    for (const { client } of seats) {
      expect((await client.closed()).code).toBe(1000);
      const frames = client.frames.slice(1);
      expect(frames.at(-1)).toMatchObject({ type: 'match_end', seq: frames.length });
    }
    const told: Json = { ...seats[0]?.client.frames.at(-1) };
    for (const key of ['seq', 'server_ts', 'match_id']) delete told[key];
    expect(await open.platform.result(matchId)).toMatchObject(told);
  });

  it('section 6: a match that reaches its limit of hands says safety_limit_reached', async () => {
    const open = await openConformance({ maxHands: 2 });
    const { client } = await open.seated({ opponent: caller });
    const end = await checkAndCall(client);
    expect(keysOf(end)).toEqual(withKeys('safety_limit_reached'));
    expect(end).toMatchObject({
      reason: 'complete',
      terminal_status: 'completed',
      total_hands_played: 2,
      safety_limit_reached: true,
    });
  });

  it('section 4: 15 turns in a row without an answer forfeit the match', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    for (let turn = 1; turn <= 15; turn += 1) {
      await seat.client.until('turn_request');
      open.clock.advance(5_000);
    }
    const end = await seat.client.until('match_end');
    expect(keysOf(end)).toEqual(withKeys('forfeit_reason', 'forfeit_seat', 'forfeit_winner_seat'));
    expect(end).toMatchObject({
      reason: 'complete',
      terminal_status: 'completed',
      forfeit_seat: 0,
      forfeit_winner_seat: 1,
      forfeit_reason: text,
      results: [{ final_stack: 0 }, { final_stack: 400 }],
    });
    const missed = seat.client.frames.filter(
      ({ type, seat: who, details }) =>
        type === 'turn_result' && who === 0 && (details as Json)['is_timeout'] === true,
    );
    expect(missed).toHaveLength(15);
  });

  it('section 4: an answer in between starts the count of missed turns anew', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    for (let turn = 1; turn <= 29; turn += 1) {
      const request = await seat.client.until('turn_request');
      if (turn === 15) answerTurn(seat.client, request, (request['valid_actions'] as string[])[0] ?? '');
      else open.clock.advance(5_000);
    }
    await seat.client.until('turn_request');
    expect(seat.client.frames.map(({ type }) => type)).not.toContain('match_end');
  });

  it('section 4: when nobody answers any more the match ends with an error', async () => {
    const open = await openConformance();
    const { seats } = await open.table(2);
    const [one, two] = seats as [Seat, Seat];
    for (let turn = 1; turn <= 60; turn += 1) {
      await one.client.untaken();
      if (one.client.frames.at(-1)?.type === 'match_end') break;
      open.clock.advance(5_000);
    }
    const end = await one.client.until('match_end');
    expect(keysOf(end)).toEqual(withKeys('auto_substitute_limit_seat', 'error_code', 'error_message'));
    expect(end).toMatchObject({
      terminal_status: 'error',
      error_code: text,
      auto_substitute_limit_seat: number,
      error_message: text,
    });
    await two.client.until('match_end');
  });

  it('section 4: the short form of a cancelled match', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    open.control.endMatch(seat.matchId, 'cancelled');
    expect(await seat.client.until('match_end')).toEqual({
      type: 'match_end',
      match_id: seat.matchId,
      seq: number,
      server_ts: open.serverTs(),
      reason: 'cancelled',
      error_code: 'connection_timeout',
      terminal_status: 'abandoned',
    });
    expect((await seat.client.closed()).code).toBe(1000);
  });

  it('section 4: the short form of a match that broke on the platform', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    open.control.endMatch(seat.matchId, 'error');
    const { terminal_status = 'error', ...end } = await seat.client.until('match_end');
    expect(end).toEqual({
      type: 'match_end',
      match_id: seat.matchId,
      seq: number,
      server_ts: open.serverTs(),
      reason: 'error',
      error_code: 'server_error',
      error_message: text,
    });
    expect(terminal_status).toBe('error');
  });

  it('section 4: the short form of the gateway itself gives the close reason, and 1000 follows', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    open.control.endMatch(seat.matchId, 'gateway');
    const end = await seat.client.until('match_end');
    const { code, reason } = await seat.client.closed();
    expect(end).toEqual({
      type: 'match_end',
      match_id: seat.matchId,
      seq: number,
      server_ts: open.serverTs(),
      reason,
      source: 'gateway',
    });
    expect(code).toBe(1000);
  });

  it('section 4: the conditional form of an abandoned match', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    open.control.endMatch(seat.matchId, 'abandoned');
    const end = await seat.client.until('match_end');
    expect(keysOf(end)).toEqual(withKeys('abandoned', 'abandoned_seat'));
    expect(end).toMatchObject({ abandoned: true, abandoned_seat: number, terminal_status: 'abandoned' });
  });

  it('section 5: a match that was ended by the platform is over for those who dial it', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    await seat.client.until('turn_request');
    open.control.endMatch(seat.matchId, 'cancelled');
    await seat.client.closed();
    const late = await takeSeat(seat.gateway, seat.matchId, seat.bot.token).catch((error: unknown) => error);
    expect(String(late)).toContain('4005');
    expect(await (await open.online(seat.bot)).untaken()).toEqual([]);
  });
});
