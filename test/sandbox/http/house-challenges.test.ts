import { beforeEach, describe, expect, it } from 'vitest';
import { api, type OpenHttp, openHttp, outcome } from './http-harness.js';

const path = `${api}/challenges/house-bot`;
const callingStationId = 'f6097412-81a1-888a-80f5-0154698d2dbf';

describe('POST /challenges/house-bot', () => {
  let http: OpenHttp;

  beforeEach(async () => {
    http = await openHttp({ matchesPerDay: 7 });
    http.platform.add('a');
  });
  it('starts an unrated match with the long clock against the default house bot', async () => {
    const { status, body } = await http.post(path, { as: 'a', body: {} });
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        match_id: 'match-1',
        participant_id: 'seat-of-a',
        status: 'dispatching',
        gateway_ws_url: null,
        opponent: 'calling-station',
        opponent_bot_id: callingStationId,
        rated: false,
        decision_timeout_ms: 30_000,
      },
    });
    expect(http.platform.started).toEqual([
      {
        players: [{ botId: 'a' }, { house: 'calling-station' }],
        origin: 'house',
        rated: false,
        decisionTimeoutMs: 30_000,
      },
    ]);
  });

  it('takes the opponent by name, and by the id that an answer gave', async () => {
    const byName = await http.post(path, { as: 'a', body: { opponent: 'random', bot_id: 'a' } });
    const byId = await http.post(path, { as: 'a', body: { opponent: byName.body.opponent_bot_id } });
    expect([byName.body.opponent, byId.body.opponent]).toEqual(['random', 'random']);
    expect(byId.body.opponent_bot_id).not.toBe(callingStationId);
  });

  it('400 EXTAPI_HOUSE_BOT_NOT_FOUND for anybody else, another remote bot included', async () => {
    http.platform.add('b');
    for (const opponent of ['nobody', 'b', 'name-of-b', 'CALLING-STATION']) {
      const answer = await http.post(path, { as: 'a', body: { opponent } });
      expect(outcome(answer)).toEqual({ status: 400, code: 'EXTAPI_HOUSE_BOT_NOT_FOUND' });
    }
  });

  it('409 EXT_BOT_OFFLINE without a lobby connection', async () => {
    http.platform.online.delete('a');
    const answer = await http.post(path, { as: 'a' });
    expect(outcome(answer)).toEqual({ status: 409, code: 'EXT_BOT_OFFLINE' });
  });

  it('429 TOKEN_AT_CONCURRENT_MATCH_CAP for a sixth live match, until one ends', async () => {
    http.platform.live.set('a', 4);
    expect((await http.post(path, { as: 'a' })).status).toBe(200);
    expect(outcome(await http.post(path, { as: 'a' }))).toEqual({
      status: 429,
      code: 'TOKEN_AT_CONCURRENT_MATCH_CAP',
      retryAfter: '10',
    });
    http.platform.live.set('a', 4);
    expect((await http.post(path, { as: 'a' })).status).toBe(200);
    expect(http.platform.started).toHaveLength(2);
  });

  it('429 CHALLENGE_QUOTA_EXCEEDED for a bot that started all its matches, until 00:00 UTC', async () => {
    http.platform.add('b');
    for (let match = 0; match < 7; match += 1) {
      expect((await http.post(path, { as: 'a' })).status).toBe(200);
      http.platform.live.set('a', 0);
      http.clock.advance(1_000);
    }
    http.clock.advance(13_500);
    expect(outcome(await http.post(path, { as: 'a' }))).toEqual({
      status: 429,
      code: 'CHALLENGE_QUOTA_EXCEEDED',
      // The clock stood at 22:13:20 before these 20.5 s.
      retryAfter: '6380',
    });
    expect((await http.post(path, { as: 'b' })).status).toBe(200);
    http.clock.advance(6_379_499);
    expect((await http.post(path, { as: 'a' })).status).toBe(429);
    http.clock.advance(1);
    expect((await http.post(path, { as: 'a' })).status).toBe(200);
  });

  it('502 EXTAPI_DISPATCH_FAILED when the match cannot be started; it counts for nothing', async () => {
    const failure = new Error('no table');
    http.platform.failure = failure;
    for (let match = 0; match < 8; match += 1) {
      const answer = await http.post(path, { as: 'a' });
      expect(outcome(answer)).toEqual({ status: 502, code: 'EXTAPI_DISPATCH_FAILED' });
    }
    expect(http.platform.faults[0]).toBe(failure);
    http.platform.failure = null;
    expect((await http.post(path, { as: 'a' })).status).toBe(200);
  });
});
