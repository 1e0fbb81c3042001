import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { dial, type Frame, goOnline, sitDown } from '../../kit/client.js';
import { caller, openPlatform } from '../../kit/platform.js';

describe('the lobby of a sandbox', () => {
  it('greets a bot that authenticates, with a hello of its own kind', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const { botId, token, lobbyUrl } = open.sandbox.addBot();
    const lobby = await dial(lobbyUrl);
    lobby.say({ type: 'authenticate', token });
    expect(await lobby.next()).toEqual({
      type: 'hello',
      endpoint: 'lobby',
      match_id: botId,
      seq: 1,
      server_ts: new Date(clock.now()).toISOString(),
      supported_versions: ['1.0'],
      selected_version: '1.0',
      server_name: 'chipzen',
    });
    expect(token).toMatch(/^cz_extbot_[0-9A-Za-z]{32}$/);
  });

  it.each([
    ['a wrong token', { type: 'authenticate', token: 'wrong' }, 'auth_failed'],
    ['another first frame', { type: 'pong' }, 'the first frame must be authenticate'],
    ['no JSON', 'authenticate', 'the first frame must be authenticate'],
    ['an unknown field', { type: 'authenticate', token: 'x', y: 1 }, 'the first frame must be authenticate'],
    ['a binary frame', Buffer.from('{}'), 'the first frame must be authenticate'],
  ])('closes with 4001 on %s', async (_what, frame, reason) => {
    const open = await openPlatform();
    const lobby = await dial(open.sandbox.addBot().lobbyUrl);
    lobby.say(frame);
    expect(await lobby.closed()).toEqual({ code: 4001, reason });
  });

  it("closes with 4001 on another bot's token", async () => {
    const open = await openPlatform();
    const lobby = await dial(open.sandbox.addBot().lobbyUrl);
    lobby.say({ type: 'authenticate', token: open.sandbox.addBot().token });
    expect(await lobby.closed()).toEqual({ code: 4001, reason: 'auth_failed' });
  });

  it('closes with 4001 when authenticate does not come in time', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const lobby = await dial(open.sandbox.addBot().lobbyUrl);
    clock.advance(4_999);
    expect(open.events).toEqual([]);
    clock.advance(1);
    expect(await lobby.closed()).toEqual({ code: 4001, reason: 'authentication timeout' });
  });

  it('closes with 4002 when the token is revoked, and refuses it from then on', async () => {
    const open = await openPlatform();
    const bot = open.sandbox.addBot();
    const lobby = await goOnline(bot);
    expect(open.sandbox.control.revoke(bot.token)).toBe(true);
    expect(await lobby.closed()).toEqual({ code: 4002, reason: 'token revoked' });
    const again = await dial(bot.lobbyUrl);
    again.say({ type: 'authenticate', token: bot.token });
    expect(await again.closed()).toEqual({ code: 4002, reason: 'token revoked' });
  });

  it('refuses the upgrade for an unknown bot, an unknown path and a page of a foreign site', async () => {
    const open = await openPlatform();
    const { lobbyUrl } = open.sandbox.addBot();
    await expect(dial(`${open.url}/ws/external/bot/nobody`)).rejects.toThrow('HTTP 404');
    await expect(dial(`${open.url}/ws/else`)).rejects.toThrow('HTTP 404');
    await expect(dial(`${open.url}/ws/external/bot/%E0%A4%A`)).rejects.toThrow('HTTP 400');
    await expect(dial(lobbyUrl, { headers: { origin: 'https://evil.example' } })).rejects.toThrow('HTTP 403');
    await expect(dial(lobbyUrl, { headers: { host: 'evil.example' } })).rejects.toThrow('HTTP 403');
  });

  it('pings every 15 s and closes with 4000 when no pong comes within 5 s', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const lobby = await goOnline(open.sandbox.addBot());
    clock.advance(15_000);
    expect(await lobby.next()).toEqual({ type: 'ping' });
    lobby.say({ type: 'pong' });
    // A refused frame after the pong shows that the pong has been read.
    lobby.say({ type: 'nonsense' });
    expect(await lobby.next()).toMatchObject({ type: 'error', code: 'unknown_type' });
    clock.advance(5_000);
    clock.advance(10_000);
    expect(await lobby.next()).toEqual({ type: 'ping' });
    clock.advance(5_000);
    expect(await lobby.closed()).toEqual({ code: 4000, reason: 'heartbeat missed' });
    expect(await open.event('lobby.offline')).toMatchObject({ code: 4000 });
  });

  it('evicts the older of two connections of a bot', async () => {
    const open = await openPlatform();
    const bot = open.sandbox.addBot();
    const older = await goOnline(bot);
    const newer = await goOnline(bot);
    expect(await older.next()).toEqual({ type: 'evict', reason: 'Replaced by new connection' });
    expect(await older.closed()).toEqual({ code: 4000, reason: 'Replaced by new connection' });
    const { matchId } = await open.sandbox.dispatch(bot.botId);
    expect(await newer.next()).toMatchObject({ type: 'matched', match_id: matchId });
  });

  it('announces a match, and again with resume to a bot that comes back', async () => {
    const open = await openPlatform();
    const { bot, lobby, matched, matchId } = await open.matched({ opponent: caller, rated: true });
    const [seat] = open.sandbox.matches()[0]?.seats ?? [];
    expect(matched).toEqual({
      type: 'matched',
      match_id: matchId,
      participant_id: seat?.participantId,
      gateway_ws_url: `/ws/external/match/${matchId}/${seat?.participantId}`,
      rated: true,
    });
    await lobby.drop();
    const back = await goOnline(bot);
    expect(await back.next()).toEqual({ ...matched, resume: true });
    expect(open.sandbox.control.announce(bot.botId, matchId, { gateway_ws_url: '//evil' })).toBe(true);
    expect(await back.next()).toEqual({ ...matched, gateway_ws_url: '//evil' });
  });

  it('lets a dispatch wait until both bots are online at the same time', async () => {
    const open = await openPlatform();
    const one = open.sandbox.addBot({ name: 'one' });
    const two = open.sandbox.addBot({ name: 'two' });
    const first = await goOnline(one);
    const dispatched = open.sandbox.dispatch(one.botId, { opponent: { botId: two.botId } });
    await first.drop();
    await open.event('lobby.offline');
    const second = await goOnline(two);
    expect(open.sandbox.matches()).toEqual([]);
    const again = await goOnline(one);
    const { matchId } = await dispatched;
    expect(await again.next()).toMatchObject({ type: 'matched', match_id: matchId });
    expect(await second.next()).toMatchObject({ type: 'matched', match_id: matchId });
  });

  it('answers what it does not understand with an error, and closes with 1008 when that goes on', async () => {
    const open = await openPlatform();
    const lobby = await goOnline(open.sandbox.addBot());
    lobby.say({ type: 'turn_action' });
    lobby.say({ type: 'pong', extra: 1 });
    lobby.say(Buffer.from('x'));
    expect([await lobby.next(), await lobby.next(), await lobby.next()]).toMatchObject([
      { type: 'error', seq: 1, code: 'unknown_type' },
      { type: 'error', seq: 1, code: 'unknown_field', message: 'There is no field extra in this frame.' },
      { type: 'error', seq: 1, code: 'malformed_message' },
    ]);
    for (let index = 0; index < 60; index += 1) lobby.say('{}');
    expect(await lobby.closed()).toEqual({ code: 1008, reason: 'rate_limit_exceeded' });
    expect(lobby.frames.filter((frame) => frame['code'] === 'rate_limited')).toHaveLength(4);
  });

  it('sends raw text and bytes, drops with and without a code, evicts and freezes on demand', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const { control } = open.sandbox;
    const bot = open.sandbox.addBot();
    expect(control.sendLobby(bot.botId, 'x')).toBe(false);

    const first = await goOnline(bot);
    const bytes = new Promise((resolve) => first.socket.on('message', (data) => resolve(data)));
    control.sendLobby(bot.botId, Buffer.from('bytes'));
    expect(await bytes).toEqual(Buffer.from('bytes'));
    control.sendLobby(bot.botId, '{"type":"raw"}');
    expect(await first.next()).toEqual({ type: 'raw' });
    control.dropLobby(bot.botId, 1012, 'restart');
    expect(await first.closed()).toEqual({ code: 1012, reason: 'restart' });

    const second = await goOnline(bot);
    control.dropLobby(bot.botId);
    expect((await second.closed()).code).toBe(1006);

    const third = await goOnline(bot);
    control.evict(bot.botId);
    expect(await third.next()).toEqual({ type: 'evict', reason: 'Replaced by new connection' });

    const fourth = await goOnline(bot);
    expect(control.freezeLobby(bot.botId)).toBe(true);
    fourth.say({ type: 'nonsense' });
    clock.advance(60_000);
    expect(open.events.at(-1)).toEqual({ type: 'lobby.online', botId: bot.botId });
    await goOnline(bot);
    clock.advance(2_000);
    expect((await fourth.closed()).code).toBe(4000);
  });

  it('can forget a bot whose socket stays open: requests say that it is offline, until it dials again', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const bot = open.sandbox.addBot();
    const lobby = await goOnline(bot);
    const join = async () => {
      const answer = await fetch(`${open.url.replace('ws', 'http')}/api/external-api/matchmaking/join`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bot.token}` },
      });
      return [answer.status, ((await answer.json()) as Frame)['error_code']];
    };
    expect(open.sandbox.control.forgetLobby(bot.botId)).toBe(true);
    expect(open.sandbox.control.forgetLobby(bot.botId)).toBe(false);
    clock.advance(60_000);
    expect(await join()).toEqual([409, 'EXT_BOT_OFFLINE']);
    expect(lobby.socket.readyState).toBe(lobby.socket.OPEN);
    await goOnline(bot);
    expect(await join()).toEqual([200, undefined]);
    await lobby.drop();
    expect(await join()).toEqual([429, 'RATE_001']);
  });

  it('goes on playing while the lobby connection is gone', async () => {
    const open = await openPlatform();
    const { bot, lobby, matched, matchId } = await open.matched();
    await lobby.drop();
    const seat = await sitDown(open.url, matched, bot.token);
    expect(await seat.until('turn_request')).toMatchObject({ match_id: matchId, seat: 0 });
  });
});
