import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import { dial, dialSeat, type Frame, sitDown } from '../../kit/client.js';
import { openPlatform } from '../../kit/platform.js';

const hello = (matchId: unknown, more = {}) => ({
  type: 'hello',
  match_id: matchId,
  supported_versions: ['1.0'],
  ...more,
});

describe('the gateway of a sandbox', () => {
  it('shakes hands: sentinel echoed, authenticate, hello, hello, match_start', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const { bot, matched, matchId } = await open.matched();
    const seat = await dialSeat(open.url, matched, bot.token);
    expect(seat.socket.protocol).toBe('chipzen-bot-token');
    seat.say({ type: 'authenticate', match_id: matchId, token: '' });
    expect(await seat.next()).toEqual({
      type: 'hello',
      match_id: matchId,
      seq: 1,
      server_ts: new Date(clock.now()).toISOString(),
      supported_versions: ['1.0'],
      selected_version: '1.0',
      server_name: 'chipzen',
      game_type: 'poker',
      capabilities: ['reconnect'],
    });
    seat.say(hello(matchId, { client_name: 'raw', client_version: '1', supported_games: ['ofc', 'nlhe'] }));
    expect(await seat.next()).toMatchObject({ type: 'match_start', seq: 1 });
  });

  it.each([
    ['a wrong token', ['chipzen-bot-token', 'wrong']],
    ['no token', ['chipzen-bot-token']],
    ['a token without the sentinel', ['cz_extbot_x']],
    ['no subprotocol', []],
  ])('accepts the upgrade and closes with 4001 on %s', async (_what, protocols) => {
    const open = await openPlatform();
    const { matched } = await open.matched();
    // A client that gets none of its subprotocols back gives up by itself.
    const attempt = dialSeat(open.url, matched, '', { protocols });
    if (protocols.length > 0 && protocols[0] !== 'chipzen-bot-token') {
      await expect(attempt).rejects.toThrow('no subprotocol');
    } else {
      expect(await (await attempt).closed()).toEqual({ code: 4001, reason: 'auth_failed' });
    }
    expect(await open.event('seat.refused')).toMatchObject({ code: 4001 });
  });

  it("closes with 4001 on another bot's seat, 4002 and 4006 on unknown ones, 4005 after the end", async () => {
    const open = await openPlatform({ maxHands: 1 });
    const { bot, matched, matchId } = await open.matched();
    const other = open.sandbox.addBot();
    const foreign = await dialSeat(open.url, matched, other.token);
    expect(await foreign.closed()).toEqual({ code: 4001, reason: 'auth_failed' });
    const elsewhere = [
      ['/ws/external/match/nothing/x', { code: 4002, reason: 'match_not_found' }],
      [`/ws/external/match/${matchId}/x`, { code: 4006, reason: 'participant_not_found' }],
    ] as const;
    for (const [gateway_ws_url, closed] of elsewhere) {
      const lost = await dialSeat(open.url, { ...matched, gateway_ws_url }, bot.token);
      expect(await lost.closed()).toEqual(closed);
    }
    const seat = await sitDown(open.url, matched, bot.token);
    const { request_id } = await seat.until('turn_request');
    seat.say({ type: 'turn_action', match_id: matchId, request_id, action: 'fold' });
    expect(await seat.closed()).toEqual({ code: 1000, reason: 'match_ended' });
    const late = await dialSeat(open.url, matched, bot.token);
    expect(await late.closed()).toEqual({ code: 4005, reason: 'match_ended' });
  });

  it.each([
    ['of the table', ['nlhe']],
    ['of all poker tables', ['draw27', 'poker']],
  ])('seats a client that lists the name %s', async (_what, games) => {
    const open = await openPlatform();
    const { bot, matched, matchId } = await open.matched();
    const seat = await dialSeat(open.url, matched, bot.token);
    seat.say({ type: 'authenticate', match_id: matchId, token: '' });
    await seat.next();
    seat.say(hello(matchId, { supported_games: games }));
    expect(await seat.next()).toMatchObject({ type: 'match_start', seq: 1 });
  });

  it.each([
    ['an empty match id', '/ws/external/match//p'],
    ['an empty participant id', '/ws/external/match/m/'],
    ['a match id of 129 characters', `/ws/external/match/${'m'.repeat(129)}/p`],
    ['a participant id of 129 characters', `/ws/external/match/m/${'p'.repeat(129)}`],
    ['a sign that ids do not have', '/ws/external/match/m%20m/p'],
    ['a letter that ids do not have', '/ws/external/match/m/p%C3%A4'],
    ['a slash in disguise', '/ws/external/match/m%2Fm/p'],
    ['an escape that stands for nothing', '/ws/external/match/%/p'],
    ['bytes that are no text', '/ws/external/match/m/%FF'],
    ['an empty id on the leg of uploaded bots', '/ws/match/m/'],
  ])('closes with 4002 on %s', async (_what, path) => {
    const open = await openPlatform();
    const { token } = open.sandbox.addBot();
    const seat = await dial(open.url + path, { protocols: ['chipzen-bot-token', token] });
    expect(await seat.closed()).toEqual({ code: 4002, reason: 'match_not_found' });
    expect(await open.event('seat.refused')).toMatchObject({ code: 4002, reason: 'match_not_found' });
  });

  it('takes ids of 128 characters and every sign they may have for well-formed', async () => {
    const open = await openPlatform();
    const { bot, matchId } = await open.matched();
    for (const id of ['m'.repeat(128), 'aZ09_.-']) {
      const seat = await dial(`${open.url}/ws/external/match/${matchId}/${id}`, {
        protocols: ['chipzen-bot-token', bot.token],
      });
      expect(await seat.closed()).toEqual({ code: 4006, reason: 'participant_not_found' });
    }
  });

  it.each<[string, (matchId: string) => object | string, number]>([
    ['hello first', (matchId) => hello(matchId), 4001],
    ['another match', () => ({ type: 'authenticate', match_id: 'other', token: '' }), 4001],
    ['no match', () => ({ type: 'authenticate', token: '' }), 4001],
    [
      'a long name',
      (matchId) => ({ type: 'authenticate', match_id: matchId, client_name: 'x'.repeat(65) }),
      4001,
    ],
    ['an unknown field', (matchId) => ({ type: 'authenticate', match_id: matchId, token: '', x: 1 }), 4013],
    ['garbage', () => '[', 4001],
  ])('closes when authenticate comes as %s', async (_what, frame, code) => {
    const open = await openPlatform();
    const { bot, matched, matchId } = await open.matched();
    const seat = await dialSeat(open.url, matched, bot.token);
    seat.say(frame(matchId));
    expect((await seat.closed()).code).toBe(code);
  });

  it.each<[string, object, number, string, Frame[]]>([
    ['no version in common', { supported_versions: ['2.0'] }, 4013, 'protocol_mismatch', []],
    [
      'no poker',
      { supported_games: ['ofc'] },
      4002,
      'game_unsupported_by_client',
      [{ type: 'error', code: 'EXTAPI_CLIENT_GAME_UNSUPPORTED', game_type: 'poker' }],
    ],
    ['no game at all', { supported_games: [] }, 4002, 'game_unsupported_by_client', [{ type: 'error' }]],
    ['a long name', { client_name: 'x'.repeat(65) }, 4007, 'handshake_timeout', [{ type: 'error' }]],
    ['an unknown field', { x: 1 }, 4013, 'protocol_mismatch', [{ type: 'error', code: 'unknown_field' }]],
  ])('closes when the hello has %s', async (_what, more, code, reason, errors) => {
    const open = await openPlatform();
    const { bot, matched, matchId } = await open.matched();
    const seat = await dialSeat(open.url, matched, bot.token);
    seat.say({ type: 'authenticate', match_id: matchId, token: '' });
    await seat.next();
    seat.say(hello(matchId, more));
    expect(await seat.closed()).toEqual({ code, reason });
    expect(seat.frames.slice(1)).toMatchObject(errors);
  });

  it('closes with 4007 when authenticate or hello does not come within 5 s', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const { bot, matched, matchId } = await open.matched();
    const silent = await dialSeat(open.url, matched, bot.token);
    clock.advance(5_000);
    expect(await silent.closed()).toEqual({ code: 4007, reason: 'handshake_timeout' });
    const slow = await dialSeat(open.url, matched, bot.token);
    clock.advance(4_000);
    slow.say({ type: 'authenticate', match_id: matchId, token: '' });
    await slow.next();
    clock.advance(4_999);
    expect(open.events.filter(({ type }) => type === 'seat.refused')).toHaveLength(1);
    clock.advance(1);
    expect(await slow.closed()).toEqual({ code: 4007, reason: 'handshake_timeout' });
  });

  it('refuses a second connection of a live seat', async () => {
    const open = await openPlatform();
    const { bot, matched, matchId } = await open.matched();
    const seat = await sitDown(open.url, matched, bot.token);
    await seat.until('turn_request');
    const second = await dialSeat(open.url, matched, bot.token);
    second.say({ type: 'authenticate', match_id: matchId, token: '' });
    expect(await second.next()).toMatchObject({ type: 'error', seq: 1, code: 'duplicate_participant' });
    expect(await second.closed()).toEqual({ code: 4011, reason: 'duplicate_participant' });
    expect(seat.socket.readyState).toBe(seat.socket.OPEN);
  });

  it('replaces a connection that is dead without having closed', async () => {
    const clock = createVirtualClock();
    const open = await openPlatform({ clock });
    const { bot, matched, matchId } = await open.matched();
    const dead = await sitDown(open.url, matched, bot.token, { autoPong: false });
    const turn = await dead.until('turn_request');
    const pinged = new Promise((resolve) => dead.socket.once('ping', resolve));
    const heir = await dialSeat(open.url, matched, bot.token);
    heir.say({ type: 'authenticate', match_id: matchId, token: '' });
    await pinged;
    clock.advance(4_999);
    expect(heir.frames).toEqual([]);
    clock.advance(1);
    expect(await heir.next()).toMatchObject({ type: 'hello' });
    heir.say(hello(matchId));
    // By then the clock of the turn had run out, and the next one is open.
    expect(await heir.until('turn_request')).not.toMatchObject({ request_id: turn['request_id'] });
    expect((await dead.closed()).code).toBe(1006);
  });

  it.each([
    ['played', 30_000, 10_000],
    ['documents', 30_000, 10_000],
    ['legacy', 15_000, 5_000],
  ] as const)(
    'pings in the dialect %s every %i ms, and waits %i ms for the answer',
    async (dialect, every, patience) => {
      const clock = createVirtualClock();
      const open = await openPlatform({ clock, dialect, decisionTimeoutMs: 600_000 });
      const { bot, matched } = await open.matched();
      const seat = await sitDown(open.url, matched, bot.token, { autoPong: false });
      await seat.until('turn_request');
      const asked = dialect === 'legacy' ? seat.until('ping') : once(seat.socket, 'ping');
      clock.advance(every);
      await asked;
      clock.advance(patience - 1);
      expect(open.events.filter(({ type }) => type === 'seat.disconnected')).toEqual([]);
      clock.advance(1);
      expect((await seat.closed()).code).toBe(1006);
      expect(await open.event('seat.disconnected')).toMatchObject({ code: 1006 });
    },
  );

  describe('on the leg of uploaded bots', () => {
    it.each([
      ['token', 'the participant'],
      ['ticket', 'the participant'],
      ['token', 'bot'],
    ])('takes a %s in authenticate, at the path of %s', async (kind, who) => {
      const open = await openPlatform();
      const { bot, matched, matchId } = await open.matched();
      const last = who === 'bot' ? 'bot' : String(matched['participant_id']);
      const seat = await dial(`${open.url}/ws/match/${matchId}/${last}`);
      seat.say({ type: 'authenticate', match_id: matchId, [kind]: bot.token });
      expect(await seat.next()).toMatchObject({ type: 'hello', game_type: 'poker' });
      seat.say(hello(matchId));
      expect(await seat.until('turn_request')).toMatchObject({ seat: 0 });
    });

    it('closes with 4001 on a wrong credential, both kinds, or none', async () => {
      const open = await openPlatform();
      const { bot, matched, matchId } = await open.matched();
      const { token } = bot;
      for (const credential of [{ token: 'x' }, { token, ticket: token }, {}]) {
        const seat = await dial(`${open.url}/ws/match/${matchId}/${String(matched['participant_id'])}`);
        seat.say({ type: 'authenticate', match_id: matchId, ...credential });
        expect((await seat.closed()).code).toBe(4001);
      }
    });
  });
});
