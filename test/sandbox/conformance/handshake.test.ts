import { describe, expect, it } from 'vitest';
import { caller } from '../../kit/platform.js';

import { clientHello, dialGateway, type Opened, openConformance } from './platform.js';

/** A seat that has sent authenticate and taken the server's hello. */
async function greeted(open: Opened, authenticate = {}) {
  const seat = await open.matched({ opponent: caller });
  const client = await dialGateway(seat.gateway, seat.bot.token);
  client.say({ type: 'authenticate', match_id: seat.matchId, token: '', ...authenticate });
  const hello = await client.until('hello');
  return { ...seat, client, hello };
}

describe('the handshake of a match', () => {
  it('section 3: authenticate is answered with the hello of the match', async () => {
    const open = await openConformance();
    const { hello, matchId } = await greeted(open);
    expect(hello).toEqual({
      type: 'hello',
      match_id: matchId,
      seq: 1,
      server_ts: open.serverTs(),
      supported_versions: ['1.0'],
      selected_version: '1.0',
      server_name: 'chipzen',
      game_type: 'poker',
      capabilities: ['reconnect'],
    });
  });

  it('section 3: there are no capabilities where reconnects are switched off', async () => {
    const open = await openConformance({ maxReconnects: 0 });
    const { hello } = await greeted(open);
    expect(hello).toMatchObject({ game_type: 'poker', capabilities: [] });
  });

  it.each(['', 'anything', `cz_extbot_${'0'.repeat(32)}`])(
    'section 3: the token of authenticate is not looked at on this leg (%j)',
    async (token) => {
      const open = await openConformance();
      expect((await greeted(open, { token })).hello).toMatchObject({ type: 'hello' });
    },
  );

  it.each([
    ['nothing but the match', { token: undefined }],
    ['what the client calls itself', { token: undefined, client_name: 'n', client_version: '1' }],
    ['a token and a ticket', { ticket: 'anything' }],
    ['credentials that are no text', { token: null, ticket: 7 }],
    ['every field that the other one may have', { supported_versions: ['9.9'], supported_games: ['ofc'] }],
  ])('section 3: an authenticate with %s is taken', async (_what, more) => {
    const open = await openConformance();
    expect((await greeted(open, more)).hello).toMatchObject({ type: 'hello' });
  });

  it('section 3: a hello with a token and a ticket is good', async () => {
    const open = await openConformance();
    const { client, matchId } = await greeted(open);
    client.say(clientHello(matchId, { token: 'anything', ticket: 'anything' }));
    expect(await client.next()).toMatchObject({ type: 'match_start' });
  });

  it('section 5: an authenticate with a field nobody knows is closed with 4013 protocol_mismatch', async () => {
    const open = await openConformance();
    const seat = await open.matched({ opponent: caller });
    const client = await dialGateway(seat.gateway, seat.bot.token);
    client.say({ type: 'authenticate', match_id: seat.matchId, token: '', extra: 1 });
    expect(await client.next()).toMatchObject({ type: 'error', seq: 1, code: 'unknown_field' });
    expect(await client.closed()).toEqual({ code: 4013, reason: 'protocol_mismatch' });
  });

  it('section 5: a hello with a field nobody knows is closed with 4013 protocol_mismatch', async () => {
    const open = await openConformance();
    const { client, matchId } = await greeted(open);
    client.say(clientHello(matchId, { extra: 1 }));
    expect(await client.closed()).toEqual({ code: 4013, reason: 'protocol_mismatch' });
  });

  it("section 3: nothing comes between the server's hello and the client's", async () => {
    const open = await openConformance();
    const { client, matchId } = await greeted(open);
    expect(await client.untaken()).toEqual([]);
    client.say(clientHello(matchId));
    expect(await client.next()).toMatchObject({ type: 'match_start' });
  });

  it('section 3: match_start is counted from 1, on another counter than hello', async () => {
    const open = await openConformance();
    const { client, hello, matchId } = await greeted(open);
    client.say(clientHello(matchId));
    expect([hello['seq'], (await client.next())['seq'], (await client.next())['seq']]).toEqual([1, 1, 2]);
  });

  it('section 3: a hello within 5 s is in time', async () => {
    const open = await openConformance();
    const { client, matchId } = await greeted(open);
    open.clock.advance(4_999);
    client.say(clientHello(matchId));
    expect(await client.next()).toMatchObject({ type: 'match_start' });
  });

  it('section 5: a hello that does not come within 5 s is closed with 4007 handshake_timeout', async () => {
    const open = await openConformance();
    const { client } = await greeted(open);
    open.clock.advance(5_000);
    expect(await client.closed()).toEqual({ code: 4007, reason: 'handshake_timeout' });
  });

  it('section 5: an authenticate that never comes is closed with 4007 handshake_timeout', async () => {
    const open = await openConformance();
    const { bot, gateway } = await open.matched({ opponent: caller });
    const client = await dialGateway(gateway, bot.token);
    open.clock.advance(5_000);
    expect(await client.closed()).toEqual({ code: 4007, reason: 'handshake_timeout' });
  });

  it('section 5: a seat that was too slow to shake hands may try again', async () => {
    const open = await openConformance();
    const { bot, client, gateway, matchId } = await greeted(open);
    open.clock.advance(5_000);
    await client.closed();
    const again = await dialGateway(gateway, bot.token);
    again.say({ type: 'authenticate', match_id: matchId, token: '' });
    await again.until('hello');
    again.say(clientHello(matchId));
    expect(await again.next()).toMatchObject({ type: 'match_start', seq: 1 });
  });

  it.each([
    ['client_name of 64 characters', { client_name: 'n'.repeat(64) }],
    ['client_version of 32 characters', { client_version: '1'.repeat(32) }],
    ['supported_games with poker among others', { supported_games: ['draw27', 'poker'] }],
    ['supported_versions with 1.0 among others', { supported_versions: ['0.9', '1.0', '2.0'] }],
  ])('section 3: a hello with %s is good', async (_what, more) => {
    const open = await openConformance();
    const { client, matchId } = await greeted(open);
    client.say(clientHello(matchId, more));
    expect(await client.next()).toMatchObject({ type: 'match_start' });
  });

  it.each([
    ['client_name of 65 characters', { client_name: 'n'.repeat(65) }, 'malformed_message'],
    ['client_version of 33 characters', { client_version: '1'.repeat(33) }, 'malformed_message'],
    ['versions that are no list', { supported_versions: '1.0' }, 'malformed_message'],
    ['a field nobody knows', { extra: 1 }, 'unknown_field'],
  ])('section 3: a hello with %s is refused', async (_what, more, code) => {
    const open = await openConformance();
    const { client, matchId } = await greeted(open);
    client.say(clientHello(matchId, more));
    expect(await client.next()).toEqual({
      type: 'error',
      match_id: matchId,
      seq: expect.any(Number) as unknown,
      server_ts: open.serverTs(),
      code,
      message: expect.any(String) as unknown,
    });
    await client.untaken();
    expect(client.frames.map(({ type }) => type)).not.toContain('match_start');
  });

  it.each([
    ['no game at all', []],
    ['other games only', ['draw27', 'ofc']],
  ])('section 3: a client that declares %s is refused a poker seat', async (_what, games) => {
    const open = await openConformance();
    const { client, matchId } = await greeted(open);
    client.say(clientHello(matchId, { supported_games: games }));
    expect(await client.next()).toEqual({
      type: 'error',
      match_id: matchId,
      seq: expect.any(Number) as unknown,
      server_ts: open.serverTs(),
      code: 'EXTAPI_CLIENT_GAME_UNSUPPORTED',
      message: expect.any(String) as unknown,
      game_type: 'poker',
    });
    expect(await client.closed()).toEqual({ code: 4002, reason: 'game_unsupported_by_client' });
  });

  it('section 5: no version in common is closed with 4013 protocol_mismatch', async () => {
    const open = await openConformance();
    const { client, matchId } = await greeted(open);
    client.say(clientHello(matchId, { supported_versions: ['2.0'] }));
    expect(await client.closed()).toEqual({ code: 4013, reason: 'protocol_mismatch' });
  });

  it('section 4: a seat that nobody takes within 30 s cancels the match, with an error and a short match_end', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const absent = open.platform.addBot();
    const lobby = await open.online(bot);
    await open.online(absent);
    const { matchId } = await open.platform.dispatch(bot.botId, { opponent: { botId: absent.botId } });
    const matched = await lobby.until('matched');
    const client = await dialGateway(open.url + String(matched['gateway_ws_url']), bot.token);
    client.say({ type: 'authenticate', match_id: matchId, token: '' });
    await client.until('hello');
    client.say(clientHello(matchId));
    await client.untaken();
    open.clock.advance(29_999);
    expect(await client.untaken()).toEqual([]);
    open.clock.advance(1);
    expect([await client.next(), await client.next()]).toEqual([
      {
        type: 'error',
        match_id: matchId,
        seq: expect.any(Number) as unknown,
        server_ts: open.serverTs(),
        code: 'match_cancelled',
        message: expect.any(String) as unknown,
      },
      {
        type: 'match_end',
        match_id: matchId,
        seq: expect.any(Number) as unknown,
        server_ts: open.serverTs(),
        reason: 'cancelled',
        error_code: 'connection_timeout',
        terminal_status: 'abandoned',
      },
    ]);
    expect((await client.closed()).code).toBe(1000);
  });

  it('section 3: no play begins before the last seat has shaken hands', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const late = open.platform.addBot();
    const lobby = await open.online(bot);
    const lateLobby = await open.online(late);
    const { matchId } = await open.platform.dispatch(bot.botId, { opponent: { botId: late.botId } });
    const urls = [await lobby.until('matched'), await lateLobby.until('matched')].map(
      (matched) => open.url + String(matched['gateway_ws_url']),
    );
    const [first, last] = [
      await dialGateway(urls[0] ?? '', bot.token),
      await dialGateway(urls[1] ?? '', late.token),
    ];
    for (const client of [first, last]) {
      client.say({ type: 'authenticate', match_id: matchId, token: '' });
      await client.until('hello');
    }
    first.say(clientHello(matchId));
    expect([await first.untaken(), await last.untaken()]).toEqual([[], []]);
    last.say(clientHello(matchId));
    expect([await first.next(), await last.next()]).toMatchObject([
      { type: 'match_start', your_seat: 0 },
      { type: 'match_start', your_seat: 1 },
    ]);
  });
});
