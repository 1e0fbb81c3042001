import { describe, expect, it } from 'vitest';
import { dial } from '../../kit/client.js';
import { caller } from '../../kit/platform.js';
import { takeTurn } from './moves.js';
import { clientHello, dialGateway, openConformance, refusedSeat, takeSeat } from './platform.js';

const wrongToken = `cz_extbot_${'0'.repeat(32)}`;

describe('the match gateway', () => {
  it('section 3: the subprotocol chipzen-bot-token is echoed, the token is not', async () => {
    const open = await openConformance();
    const { bot, gateway } = await open.matched({ opponent: caller });
    const client = await dialGateway(gateway, bot.token);
    expect(client.socket.protocol).toBe('chipzen-bot-token');
    expect(await client.untaken()).toEqual([]);
  });

  it('section 3: a token in the query is deprecated and still accepted', async () => {
    const open = await openConformance();
    const { bot, matchId, gateway } = await open.matched({ opponent: caller });
    const client = await dial(`${gateway}?token=${bot.token}`);
    client.say({ type: 'authenticate', match_id: matchId, token: '' });
    expect(await client.next()).toMatchObject({ type: 'hello' });
    client.say(clientHello(matchId));
    expect(await client.next()).toMatchObject({ type: 'match_start' });
  });

  it('section 5: a wrong token in the query is closed with 4001', async () => {
    const open = await openConformance();
    const { gateway } = await open.matched({ opponent: caller });
    const client = await dial(`${gateway}?token=${wrongToken}`);
    expect((await client.closed()).code).toBe(4001);
  });

  it.each([
    ['a wrong token', ['chipzen-bot-token', wrongToken]],
    ['no token', ['chipzen-bot-token']],
    ['no subprotocol', []],
  ])('section 5: %s is closed with 4001', async (_what, protocols) => {
    const open = await openConformance();
    const { gateway } = await open.matched({ opponent: caller });
    const client = await dial(gateway, { protocols });
    expect((await client.closed()).code).toBe(4001);
    expect(client.frames.filter(({ type }) => type !== 'error')).toEqual([]);
  });

  it('section 3: a token in authenticate does not make up for the missing header', async () => {
    const open = await openConformance();
    const { bot, matchId, gateway } = await open.matched({ opponent: caller });
    const client = await dial(gateway);
    client.say({ type: 'authenticate', match_id: matchId, token: bot.token });
    expect((await client.closed()).code).toBe(4001);
  });

  it('section 5: a revoked token is closed with 4001', async () => {
    const open = await openConformance();
    const { bot, gateway } = await open.matched({ opponent: caller });
    open.control.revoke(bot.token);
    const client = await dialGateway(gateway, bot.token);
    expect((await client.closed()).code).toBe(4001);
  });

  it("section 5: another bot's seat is closed with 4001", async () => {
    const open = await openConformance();
    const { gateway } = await open.matched({ opponent: caller });
    const client = await dialGateway(gateway, open.platform.addBot().token);
    expect((await client.closed()).code).toBe(4001);
  });

  it.each([
    ['an empty match id', '/ws/external/match//p'],
    ['an empty participant id', '/ws/external/match/m/'],
    ['an escape that stands for nothing', '/ws/external/match/%/p'],
  ])('section 5: %s is malformed and closed with 4002', async (_what, path) => {
    const open = await openConformance();
    const client = await dialGateway(open.url + path, open.platform.addBot().token);
    expect((await client.closed()).code).toBe(4002);
  });

  it('section 5: an unknown match has no executor and is closed with 4002', async () => {
    const open = await openConformance();
    const { bot, matched } = await open.matched({ opponent: caller });
    const path = `/ws/external/match/00000000-0000-4000-8000-000000000000/${String(matched['participant_id'])}`;
    const client = await dialGateway(open.url + path, bot.token);
    const { code, reason } = await client.closed();
    expect(code).toBe(4002);
    expect(reason).not.toBe('game_unsupported_by_client');
  });

  it('section 5: an unknown participant of a known match is closed with 4006 participant_not_found', async () => {
    const open = await openConformance();
    const { bot, matchId } = await open.matched({ opponent: caller });
    const path = `/ws/external/match/${matchId}/00000000-0000-4000-8000-000000000000`;
    const client = await dialGateway(open.url + path, bot.token);
    expect(await client.closed()).toEqual({ code: 4006, reason: 'participant_not_found' });
  });

  it('section 5: a seat that is dialled before it was announced is closed with 4002, and waits all the same', async () => {
    const open = await openConformance({ dispatchDelayMs: 1_000 });
    const bot = open.platform.addBot();
    const lobby = await open.online(bot);
    const dispatched = open.platform.dispatch(bot.botId, { opponent: caller });
    await lobby.untaken();
    const [match] = open.platform.matches();
    const match_id = match?.matchId;
    const participant_id = match?.seats[0]?.participantId;
    const gateway = `${open.url}/ws/external/match/${String(match_id)}/${String(participant_id)}`;
    const early = await dialGateway(gateway, bot.token);
    expect((await early.closed()).code).toBe(4002);
    expect(await lobby.untaken()).toEqual([]);
    open.clock.advance(1_000);
    expect(await dispatched).toEqual({ matchId: match_id });
    expect(await lobby.next()).toMatchObject({ type: 'matched', match_id, participant_id });
    const client = await takeSeat(gateway, match_id, bot.token);
    expect(await client.next()).toMatchObject({ type: 'match_start' });
  });

  it('section 5: the connection of a match that is over is closed with 1000', async () => {
    const open = await openConformance({ maxHands: 1 });
    const seat = await open.seated({ opponent: caller });
    await takeTurn(seat, 'fold');
    await seat.client.until('match_end');
    expect((await seat.client.closed()).code).toBe(1000);
    expect(seat.client.frames.at(-1)).toMatchObject({ type: 'match_end' });
  });

  it('section 5: a match that is over is closed with 4005 match_ended when it is dialled', async () => {
    const open = await openConformance({ maxHands: 1 });
    const seat = await open.seated({ opponent: caller });
    await takeTurn(seat, 'fold');
    await seat.client.closed();
    const { end } = await refusedSeat(seat.gateway, seat.matchId, seat.bot.token);
    expect(end).toEqual({ code: 4005, reason: 'match_ended' });
  });

  it("section 5: a bot's own-seat path is closed with 4003 match_full where it has no seat", async () => {
    const open = await openConformance();
    const { matchId } = await open.matched({ opponent: caller });
    const stranger = open.platform.addBot();
    const client = await dial(`${open.url}/ws/match/${matchId}/bot`);
    client.say({ type: 'authenticate', match_id: matchId, token: stranger.token });
    expect(await client.closed()).toEqual({ code: 4003, reason: 'match_full' });
  });

  it.each(['token', 'ticket'])(
    'section 1: an uploaded bot gives its credential as %s in authenticate, at the path of its seat or at bot',
    async (kind) => {
      const open = await openConformance();
      for (const last of ['participant', 'bot']) {
        const { bot, matched, matchId } = await open.matched({ opponent: caller });
        const seat = last === 'bot' ? 'bot' : String(matched['participant_id']);
        const client = await dial(`${open.url}/ws/match/${matchId}/${seat}`);
        client.say({ type: 'authenticate', match_id: matchId, [kind]: bot.token });
        expect(await client.next()).toMatchObject({ type: 'hello', match_id: matchId });
        client.say(clientHello(matchId));
        expect(await client.next()).toMatchObject({ type: 'match_start', your_seat: 0 });
      }
    },
  );
});
