import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpLimits } from '../../../src/sandbox/http/limits.js';
import { api, type OpenHttp, openHttp, outcome } from './http-harness.js';

const path = `${api}/challenges/remote`;

describe('remote challenges', () => {
  let http: OpenHttp;

  async function open(limits: Partial<HttpLimits> = {}): Promise<void> {
    await http?.close();
    http = await openHttp(limits);
    for (const botId of ['a', 'b', 'c']) http.platform.add(botId);
  }

  const offer = (as: string, opponent: string) => http.post(path, { as, body: { opponent } });
  const answer = (as: string, id: unknown, word: string) =>
    http.post(`${path}/${String(id)}/${word}`, { as, body: {} });
  const list = async (as: string) => (await http.get(path, { as })).body;
  const opponents = async (as: string) => (await http.get(`${path}/opponents`, { as })).body;
  const offered = async (as: string, opponent: string) => (await offer(as, opponent)).body.challenge_id;

  const side = (botId: string) => ({
    opponent_bot_id: botId,
    opponent_name: `name-of-${botId}`,
    rated: true,
  });
  const entry = (id: unknown, direction: string, botId: string, status: string, seconds = 0) => ({
    challenge_id: id,
    status,
    ...side(botId),
    direction,
    expires_in_seconds: seconds,
    detail: null,
  });
  const statuses = async (as: string) => {
    const { outbound } = (await list(as)) as { outbound: { status: string; detail: string | null }[] };
    return outbound.map(({ status, detail }) => [status, detail]);
  };

  beforeEach(() => open());
  describe('opponents', () => {
    it('are the other bots that are online and may play rated matches', async () => {
      http.platform.change('b', { rating: 1_512 });
      http.platform.add('away');
      http.platform.online.delete('away');
      http.platform.add('unrated', { mayPlayRated: false });
      expect(await opponents('a')).toEqual({
        opponents: [
          { bot_id: 'b', name: 'name-of-b', rating: 1_512 },
          { bot_id: 'c', name: 'name-of-c', rating: null },
        ],
        count: 2,
        rated: true,
      });
    });

    it('are listed up to a limit, the newest', async () => {
      await open({ maxListed: 1 });
      expect(await opponents('a')).toMatchObject({ opponents: [{ bot_id: 'c' }], count: 1 });
    });

    it('403 EXTAPI_MATCHMAKING_INELIGIBLE for a bot that may not play rated matches', async () => {
      http.platform.change('a', { mayPlayRated: false });
      const refused = await http.get(`${path}/opponents`, { as: 'a' });
      expect(outcome(refused)).toEqual({ status: 403, code: 'EXTAPI_MATCHMAKING_INELIGIBLE' });
    });
  });

  describe('an offer', () => {
    it.each(['b', 'name-of-b'])('names its opponent by id or name: %s', async (opponent) => {
      const { status, body } = await offer('a', opponent);
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          challenge_id: expect.stringMatching(/^[\da-f-]{36}$/) as unknown,
          status: 'pending',
          ...side('b'),
          expires_in_seconds: 60,
        },
      });
      expect(http.platform.started).toEqual([]);
    });

    it('is seen by both sides and by nobody else', async () => {
      const first = await offered('a', 'b');
      http.clock.advance(10_500);
      const second = await offered('c', 'a');
      expect(await list('a')).toEqual({
        inbound: [entry(second, 'inbound', 'c', 'pending', 60)],
        outbound: [entry(first, 'outbound', 'b', 'pending', 50)],
      });
      expect(await list('b')).toEqual({
        inbound: [entry(first, 'inbound', 'a', 'pending', 50)],
        outbound: [],
      });
      expect(await list('c')).toEqual({
        inbound: [],
        outbound: [entry(second, 'outbound', 'a', 'pending', 60)],
      });
    });

    it('expires', async () => {
      const id = await offered('a', 'b');
      http.clock.advance(59_999);
      expect(await list('a')).toMatchObject({ outbound: [{ status: 'pending', expires_in_seconds: 1 }] });
      http.clock.advance(1);
      expect((await list('a')).outbound).toEqual([entry(id, 'outbound', 'b', 'expired')]);
    });

    it.each([
      ['nobody', 'nobody'],
      ['itself', 'a'],
      ['itself by name', 'name-of-a'],
      ['a house bot', 'calling-station'],
      ['two bots of one name', 'twin'],
    ])('400 EXTAPI_CHALLENGE_TARGET_NOT_FOUND for %s', async (_who, opponent) => {
      for (const botId of ['t1', 't2']) http.platform.add(botId, { name: 'twin' });
      expect(outcome(await offer('a', opponent))).toEqual({
        status: 400,
        code: 'EXTAPI_CHALLENGE_TARGET_NOT_FOUND',
      });
    });

    it('422 REQUEST_BAD_FIELD without an opponent', async () => {
      for (const body of [undefined, {}, { opponent: null }]) {
        const refused = await http.post(path, { as: 'a', body });
        expect(outcome(refused)).toEqual({ status: 422, code: 'REQUEST_BAD_FIELD' });
      }
    });

    it.each(['a', 'b'])('403 EXTAPI_MATCHMAKING_INELIGIBLE when %s may not play rated', async (botId) => {
      http.platform.change(botId, { mayPlayRated: false });
      expect(outcome(await offer('a', 'b'))).toEqual({ status: 403, code: 'EXTAPI_MATCHMAKING_INELIGIBLE' });
    });

    it('409 says which of the two is offline', async () => {
      http.platform.online.delete('b');
      expect(outcome(await offer('a', 'b'))).toEqual({
        status: 409,
        code: 'EXTAPI_CHALLENGE_OPPONENT_OFFLINE',
      });
      http.platform.online.delete('a');
      expect(outcome(await offer('a', 'b'))).toEqual({ status: 409, code: 'EXT_BOT_OFFLINE' });
    });

    it('429 EXTAPI_CHALLENGE_OUTSTANDING_LIMIT for a sixth, until the first expires', async () => {
      for (let count = 0; count < 5; count += 1) {
        expect((await offer('a', 'b')).status).toBe(200);
        http.clock.advance(1_000);
      }
      const refused = { status: 429, code: 'EXTAPI_CHALLENGE_OUTSTANDING_LIMIT' };
      expect(outcome(await offer('a', 'c'))).toEqual({ ...refused, retryAfter: '55' });
      expect((await offer('b', 'a')).status).toBe(200);
      http.clock.advance(54_999);
      expect(outcome(await offer('a', 'c'))).toEqual({ ...refused, retryAfter: '1' });
      http.clock.advance(1);
      expect((await offer('a', 'c')).status).toBe(200);
    });

    it('429 EXTAPI_CHALLENGE_OUTSTANDING_LIMIT when all bots together have too many', async () => {
      await open({ maxPendingChallenges: 2 });
      await offer('a', 'b');
      await offer('b', 'a');
      expect(outcome(await offer('c', 'a'))).toEqual({
        status: 429,
        code: 'EXTAPI_CHALLENGE_OUTSTANDING_LIMIT',
        retryAfter: '60',
      });
    });
  });

  describe('accepting', () => {
    it('starts a rated match with the long clock, the challenger in the first seat', async () => {
      const id = await offered('a', 'b');
      const { status, body } = await answer('b', id, 'accept');
      expect({ status, body }).toEqual({
        status: 200,
        body: { challenge_id: id, status: 'accepted', ...side('a') },
      });
      expect(http.platform.started).toEqual([
        {
          players: [{ botId: 'a' }, { botId: 'b' }],
          origin: 'challenge',
          rated: true,
          decisionTimeoutMs: 30_000,
        },
      ]);
      expect((await list('a')).outbound).toEqual([entry(id, 'outbound', 'b', 'accepted')]);
    });

    it('403 EXTAPI_MATCHMAKING_INELIGIBLE for a bot that may not play rated matches any more', async () => {
      const id = await offered('a', 'b');
      http.platform.change('b', { mayPlayRated: false });
      expect(outcome(await answer('b', id, 'accept'))).toEqual({
        status: 403,
        code: 'EXTAPI_MATCHMAKING_INELIGIBLE',
      });
    });

    it('409 EXT_BOT_OFFLINE keeps the challenge open', async () => {
      const id = await offered('a', 'b');
      http.platform.online.delete('b');
      expect(outcome(await answer('b', id, 'accept'))).toEqual({ status: 409, code: 'EXT_BOT_OFFLINE' });
      http.platform.online.add('b');
      expect((await answer('b', id, 'accept')).status).toBe(200);
    });

    it('409 EXTAPI_CHALLENGE_OPPONENT_OFFLINE closes it', async () => {
      const id = await offered('a', 'b');
      http.platform.online.delete('a');
      expect(outcome(await answer('b', id, 'accept'))).toEqual({
        status: 409,
        code: 'EXTAPI_CHALLENGE_OPPONENT_OFFLINE',
      });
      expect(await statuses('a')).toEqual([['error', 'The challenger went offline.']]);
      expect(http.platform.started).toEqual([]);
    });

    it.each([
      ['a', 'The challenger is in 5 matches already; wait for one to end.'],
      ['b', 'Your bot is in 5 matches already; wait for one to end.'],
    ])('429 TOKEN_AT_CONCURRENT_MATCH_CAP when %s plays enough; it stays open', async (botId, message) => {
      const id = await offered('a', 'b');
      http.platform.live.set(botId, 5);
      const refused = await answer('b', id, 'accept');
      expect(outcome(refused)).toEqual({
        status: 429,
        code: 'TOKEN_AT_CONCURRENT_MATCH_CAP',
        retryAfter: '10',
      });
      expect(refused.body.message).toBe(message);
      http.platform.live.delete(botId);
      expect((await answer('b', id, 'accept')).status).toBe(200);
    });

    it('429 CHALLENGE_QUOTA_EXCEEDED when one of the two has no match left today', async () => {
      await open({ matchesPerDay: 1 });
      const [first, second] = [await offered('a', 'b'), await offered('a', 'c')];
      expect((await answer('b', first, 'accept')).status).toBe(200);
      expect(outcome(await answer('c', second, 'accept'))).toEqual({
        status: 429,
        code: 'CHALLENGE_QUOTA_EXCEEDED',
        retryAfter: '6400',
      });
    });

    it('502 EXTAPI_DISPATCH_FAILED when the match cannot be started; that ends the challenge', async () => {
      const id = await offered('a', 'b');
      http.platform.failure = new Error('no table');
      expect(outcome(await answer('b', id, 'accept'))).toEqual({
        status: 502,
        code: 'EXTAPI_DISPATCH_FAILED',
      });
      expect(await statuses('a')).toEqual([['error', 'The match could not be started.']]);
    });
  });

  it('declining ends it without a match, and makes room for another', async () => {
    await open({ maxOutboundChallenges: 1 });
    const id = await offered('a', 'b');
    const { status, body } = await answer('b', id, 'decline');
    expect({ status, body }).toEqual({
      status: 200,
      body: { challenge_id: id, status: 'declined', ...side('a') },
    });
    expect((await list('a')).outbound).toEqual([entry(id, 'outbound', 'b', 'declined')]);
    expect(http.platform.started).toEqual([]);
    expect((await offer('a', 'b')).status).toBe(200);
  });

  describe.each(['accept', 'decline'])('to %s', (word) => {
    it('400 EXTAPI_CHALLENGE_NOT_FOUND for one that is not there or not for this bot', async () => {
      const id = await offered('a', 'b');
      for (const [as, which] of [
        ['b', 'x'],
        ['a', id],
        ['c', id],
        ['b', 'opponents'],
      ] as const) {
        expect(outcome(await answer(as, which, word))).toEqual({
          status: 400,
          code: 'EXTAPI_CHALLENGE_NOT_FOUND',
        });
      }
    });

    it('409 EXTAPI_CHALLENGE_NOT_PENDING for one that was answered or has expired', async () => {
      const refused = { status: 409, code: 'EXTAPI_CHALLENGE_NOT_PENDING' };
      const [accepted, declined, late] = [
        await offered('a', 'b'),
        await offered('a', 'b'),
        await offered('a', 'b'),
      ];
      await answer('b', accepted, 'accept');
      await answer('b', declined, 'decline');
      http.clock.advance(60_000);
      for (const id of [accepted, declined, late]) {
        expect(outcome(await answer('b', id, word))).toEqual(refused);
      }
      expect(http.platform.started).toHaveLength(1);
    });
  });

  describe('what is over', () => {
    it('is listed for ten minutes, the newest first', async () => {
      const first = await offered('a', 'b');
      await answer('b', first, 'decline');
      http.clock.advance(1_000);
      const second = await offered('a', 'b');
      http.clock.advance(598_999);
      expect((await list('a')).outbound).toEqual([
        entry(second, 'outbound', 'b', 'expired'),
        entry(first, 'outbound', 'b', 'declined'),
      ]);
      http.clock.advance(1);
      expect((await list('a')).outbound).toEqual([entry(second, 'outbound', 'b', 'expired')]);
      http.clock.advance(61_000);
      expect(await list('a')).toEqual({ inbound: [], outbound: [] });
    });

    it('is kept in limited number, and never pushes out what is open', async () => {
      await open({ keepEndedChallenges: 2 });
      const stays = await offered('c', 'b');
      for (let count = 0; count < 4; count += 1) {
        await answer('b', await offered('a', 'b'), 'decline');
        http.clock.advance(1);
      }
      expect(await statuses('a')).toEqual([
        ['declined', null],
        ['declined', null],
      ]);
      expect((await answer('b', stays, 'accept')).status).toBe(200);
    });

    it('fills a list up to a limit', async () => {
      await open({ maxListed: 2 });
      for (let count = 0; count < 3; count += 1) await offer('a', 'b');
      expect(await statuses('a')).toHaveLength(2);
    });
  });
});
