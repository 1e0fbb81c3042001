import { describe, expect, it } from 'vitest';
import { dial } from '../../kit/client.js';
import { caller } from '../../kit/platform.js';
import { takeTurn } from './moves.js';
import { dialGateway, openConformance, takeSeat } from './platform.js';

const replaced = 'Replaced by new connection';

describe('the lobby', () => {
  it('section 2: the token has the prefix and 32 base62 characters, and the lobby the path of the bot', async () => {
    const { platform } = await openConformance();
    const { botId, token, lobbyUrl } = platform.addBot();
    expect(token).toMatch(/^cz_extbot_[0-9A-Za-z]{32}$/);
    expect(lobbyUrl).toBe(`${platform.url}/ws/external/bot/${botId}`);
  });

  it('section 2: nothing is said, and no subprotocol chosen, before authenticate', async () => {
    const { platform } = await openConformance();
    const lobby = await dial(platform.addBot().lobbyUrl);
    expect(lobby.socket.protocol).toBe('');
    expect(await lobby.untaken()).toEqual([]);
  });

  it('section 2: authenticate is answered with the hello of the lobby', async () => {
    const { platform, serverTs } = await openConformance();
    const { botId, token, lobbyUrl } = platform.addBot();
    const lobby = await dial(lobbyUrl);
    lobby.say({ type: 'authenticate', token });
    expect(await lobby.next()).toEqual({
      type: 'hello',
      endpoint: 'lobby',
      match_id: botId,
      seq: 1,
      server_ts: serverTs(),
      supported_versions: ['1.0'],
      selected_version: '1.0',
      server_name: 'chipzen',
    });
    expect(await lobby.untaken()).toEqual([]);
  });

  it('section 2: a token in the query or in the subprotocol header does not log in to the lobby', async () => {
    const { platform } = await openConformance();
    const { token, lobbyUrl } = platform.addBot();
    const query = await dial(`${lobbyUrl}?token=${token}`);
    expect(await query.untaken()).toEqual([]);
    const header = await dial(lobbyUrl, { headers: { authorization: `Bearer ${token}` } });
    expect(await header.untaken()).toEqual([]);
  });

  it('section 2: a bot is online from hello on, and not before', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const lobby = await dial(bot.lobbyUrl);
    const dispatched = open.platform.dispatch(bot.botId);
    expect(await lobby.untaken()).toEqual([]);
    expect(open.platform.matches()).toEqual([]);
    lobby.say({ type: 'authenticate', token: bot.token });
    const { matchId } = await dispatched;
    expect([await lobby.next(), await lobby.next()]).toMatchObject([
      { type: 'hello' },
      { type: 'matched', match_id: matchId },
    ]);
  });

  it('section 2: ping comes every 15 s', async () => {
    const open = await openConformance({ pingIntervalMs: 15_000 });
    const lobby = await open.online(open.platform.addBot());
    for (let beat = 0; beat < 3; beat += 1) {
      open.clock.advance(14_999);
      expect(await lobby.untaken()).toEqual([]);
      open.clock.advance(1);
      expect(await lobby.next()).toEqual({ type: 'ping' });
      lobby.say({ type: 'pong' });
      expect(await lobby.untaken()).toEqual([]);
    }
  });

  it('section 2: a pong within 5 s keeps the connection', async () => {
    const open = await openConformance({ pingIntervalMs: 15_000 });
    const lobby = await open.online(open.platform.addBot());
    open.clock.advance(15_000);
    await lobby.until('ping');
    open.clock.advance(4_999);
    lobby.say({ type: 'pong' });
    expect(await lobby.untaken()).toEqual([]);
    open.clock.advance(1_000);
    await lobby.untaken();
    expect(lobby.socket.readyState).toBe(lobby.socket.OPEN);
  });

  it('section 2: without a pong for 5 s the lobby closes with 4000, not speaking of a replacement', async () => {
    const open = await openConformance({ pingIntervalMs: 15_000 });
    const lobby = await open.online(open.platform.addBot());
    open.clock.advance(15_000);
    await lobby.until('ping');
    open.clock.advance(5_000);
    const { code, reason } = await lobby.closed();
    expect(code).toBe(4000);
    expect(reason).not.toMatch(/replaced/i);
  });

  it('section 2: matched names the match, the seat, the path to dial, and whether it is rated', async () => {
    const open = await openConformance();
    const { matched, matchId } = await open.matched({ opponent: caller, rated: false });
    const participantId = open.platform.matches()[0]?.seats[0]?.participantId;
    expect(matched).toEqual({
      type: 'matched',
      match_id: matchId,
      participant_id: participantId,
      gateway_ws_url: `/ws/external/match/${matchId}/${participantId}`,
      rated: false,
    });
  });

  it('section 2: matched names the clock where a token asked for the match', async () => {
    const open = await openConformance({ format: 'house-bot' });
    const { matched } = await open.matched({ opponent: caller });
    expect(matched).toMatchObject({ rated: false, decision_timeout_ms: 30_000 });
  });

  it('section 2: a rated match is announced as rated', async () => {
    const open = await openConformance();
    const { matched } = await open.matched({ opponent: caller, rated: true });
    expect(matched).toMatchObject({ rated: true });
  });

  it('section 2: decision_timeout_ms of matched is the clock that is enforced', async () => {
    const open = await openConformance({ format: 'queue' });
    const seat = await open.seated({ opponent: caller, decisionTimeoutMs: 700 });
    expect(seat.matched).toMatchObject({ decision_timeout_ms: 700 });
    await seat.client.until('turn_request');
    open.clock.advance(699);
    expect(await seat.client.untaken()).toEqual([]);
    open.clock.advance(1);
    expect(await seat.client.until('turn_result')).toMatchObject({ details: { is_timeout: true } });
  });

  it('section 2: one connection announces several matches that are live at once', async () => {
    const open = await openConformance();
    const { bot, lobby, matchId } = await open.matched({ opponent: caller });
    const ids = [matchId];
    for (let match = 2; match <= 5; match += 1) {
      ids.push((await open.platform.dispatch(bot.botId, { opponent: caller })).matchId);
      expect(await lobby.next()).toMatchObject({ type: 'matched', match_id: ids.at(-1) });
    }
    expect(new Set(ids).size).toBe(5);
    expect(open.platform.matches().map((match) => match.matchId)).toEqual(ids);
  });

  it('section 2: every match in progress is announced again, with resume, on a new connection', async () => {
    const open = await openConformance();
    const first = await open.matched({ opponent: caller });
    const second = await open.platform.dispatch(first.bot.botId, { opponent: caller });
    const announced = [first.matched, await first.lobby.until('matched')];
    expect(announced[1]).toMatchObject({ match_id: second.matchId });
    await first.lobby.drop();
    const lobby = await open.online(first.bot);
    expect([await lobby.next(), await lobby.next()]).toEqual(
      announced.map((matched) => ({ ...matched, resume: true })),
    );
    expect(await lobby.untaken()).toEqual([]);
  });

  it('section 2: a match that is over is not announced again', async () => {
    const open = await openConformance({ maxHands: 1 });
    const seat = await open.seated({ opponent: caller });
    await takeTurn(seat, 'fold');
    await seat.client.until('match_end');
    await seat.lobby.drop();
    const lobby = await open.online(seat.bot);
    expect(await lobby.untaken()).toEqual([]);
  });

  it('section 2: a match may be announced again while it is played', async () => {
    const open = await openConformance();
    const { bot, lobby, matched, matchId } = await open.matched({ opponent: caller });
    open.control.announce(bot.botId, matchId);
    expect(await lobby.next()).toEqual(matched);
    open.control.announce(bot.botId, matchId, { gateway_ws_url: '//elsewhere' });
    expect(await lobby.next()).toEqual({ ...matched, gateway_ws_url: '//elsewhere' });
  });

  it('section 2: a newer connection evicts the older one, and only that', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const older = await open.online(bot);
    const newer = await open.online(bot);
    expect(await older.next()).toEqual({ type: 'evict', reason: replaced });
    expect(await older.closed()).toEqual({ code: 4000, reason: replaced });
    const { matchId } = await open.platform.dispatch(bot.botId, { opponent: caller });
    expect(await newer.next()).toMatchObject({ type: 'matched', match_id: matchId });
  });

  it('section 2: a connection that does not log in evicts nobody', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const lobby = await open.online(bot);
    const stranger = await dial(bot.lobbyUrl);
    stranger.say({ type: 'authenticate', token: `cz_extbot_${'0'.repeat(32)}` });
    await stranger.closed();
    expect(await lobby.untaken()).toEqual([]);
    expect(lobby.socket.readyState).toBe(lobby.socket.OPEN);
  });

  it('section 2: frames of the game are not acted on in the lobby, and do not end the connection', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    seat.lobby.say({
      type: 'turn_action',
      match_id: seat.matchId,
      request_id: turn['request_id'],
      action: 'fold',
    });
    await seat.lobby.untaken();
    expect(await seat.client.untaken()).toEqual([]);
    expect(seat.lobby.socket.readyState).toBe(seat.lobby.socket.OPEN);
  });

  it('section 2: a match goes on while the lobby connection is gone', async () => {
    const open = await openConformance();
    const seat = await open.seated({ opponent: caller });
    const turn = await seat.client.until('turn_request');
    await seat.lobby.drop();
    seat.client.say({
      type: 'turn_action',
      match_id: seat.matchId,
      request_id: turn['request_id'],
      action: 'call',
    });
    expect(await seat.client.next()).toMatchObject({ type: 'turn_result', seat: 0 });
  });

  it('section 2: an announcement is good for a gateway even after the lobby connection is gone', async () => {
    const open = await openConformance();
    const { bot, lobby, matchId, gateway } = await open.matched({ opponent: caller });
    await lobby.drop();
    const client = await takeSeat(gateway, matchId, bot.token);
    expect(await client.next()).toMatchObject({ type: 'match_start', match_id: matchId });
  });

  it('section 2: two remote bots are told of the same match, each with a seat of its own', async () => {
    const open = await openConformance();
    const { matchId, seats } = await open.table(2);
    const [one, two] = seats.map(({ matched }) => matched);
    expect([one?.['match_id'], two?.['match_id']]).toEqual([matchId, matchId]);
    expect(one?.['participant_id']).not.toBe(two?.['participant_id']);
    const foreign = await dialGateway(open.url + String(one?.['gateway_ws_url']), seats[1]?.bot.token ?? '');
    expect((await foreign.closed()).code).toBe(4001);
  });
});
