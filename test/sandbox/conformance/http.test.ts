import { describe, expect, it } from 'vitest';
import type { Client, Json } from '../../kit/client.js';
import { type BotCredentials, type Opened, openConformance, takeSeat } from './platform.js';
import { type HttpAnswer, request } from './request.js';

const api = '/api/external-api';
const text = expect.any(String) as unknown;
const number = expect.any(Number) as unknown;
const boolean = expect.any(Boolean) as unknown;
const wrongToken = `cz_extbot_${'0'.repeat(32)}`;

/** A bot that never played a rated match may have none. */
const isRating = (value: unknown) => value === null || typeof value === 'number';

const routes: [string, string][] = [
  ['POST', '/challenges/house-bot'],
  ['POST', '/matchmaking/join'],
  ['GET', '/matchmaking/status'],
  ['POST', '/matchmaking/leave'],
  ['GET', '/challenges/remote/opponents'],
  ['POST', '/challenges/remote'],
  ['GET', '/challenges/remote'],
  ['POST', '/challenges/remote/c-1/accept'],
  ['POST', '/challenges/remote/c-1/decline'],
];

/** Every error has these fields and no others. */
function expectError(answer: HttpAnswer, status: number, code: string): void {
  expect({ status: answer.status, body: answer.body }).toEqual({
    status,
    body: { error_code: code, message: text, request_id: text },
  });
}

interface Online {
  bot: BotCredentials;
  lobby: Client;
}

/** A bot with its name, online. */
async function goOnline(open: Opened, name: string): Promise<Online> {
  const bot = open.platform.addBot({ name });
  return { bot, lobby: await open.online(bot) };
}

const challengeHouse = (open: Opened, token: string, body: Json = {}) =>
  request(open, 'POST', `${api}/challenges/house-bot`, { token, body });
/** Without a body where the protocol names none. */
const post = (open: Opened, path: string, token: string, body?: Json) =>
  request(open, 'POST', api + path, body === undefined ? { token } : { token, body });
const get = (open: Opened, path: string, token: string) => request(open, 'GET', api + path, { token });

describe('house bots over HTTP', () => {
  it('section 7: a challenge is answered at once, and the seat arrives as matched', async () => {
    const open = await openConformance();
    const { bot, lobby } = await goOnline(open, 'one');
    const { status, body } = await challengeHouse(open, bot.token);
    expect(status).toBe(200);
    expect(body).toEqual({
      match_id: text,
      participant_id: text,
      status: 'dispatching',
      gateway_ws_url: null,
      opponent: text,
      opponent_bot_id: text,
      rated: false,
      decision_timeout_ms: 30_000,
    });
    const { match_id, participant_id } = body;
    const matched = await lobby.next();
    expect(matched).toEqual({
      type: 'matched',
      match_id,
      participant_id,
      gateway_ws_url: `/ws/external/match/${String(match_id)}/${String(participant_id)}`,
      rated: false,
      decision_timeout_ms: 30_000,
    });
    const client = await takeSeat(open.url + String(matched['gateway_ws_url']), match_id, bot.token);
    expect(await client.until('match_start')).toMatchObject({ turn_timeout_ms: 30_000 });
    expect(await client.until('turn_request')).toMatchObject({ timeout_ms: 30_000 });
  });

  it('section 7: a challenge may name the house bot and the own bot', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    const { status, body } = await challengeHouse(open, bot.token, {
      bot_id: bot.botId,
      opponent: 'calling-station',
    });
    expect([status, body['opponent']]).toEqual([200, 'calling-station']);
  });

  it('section 7: 400 EXTAPI_HOUSE_BOT_NOT_FOUND', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    const answer = await challengeHouse(open, bot.token, { opponent: 'nobody-of-this-name' });
    expectError(answer, 400, 'EXTAPI_HOUSE_BOT_NOT_FOUND');
  });

  it('section 7: 409 EXT_BOT_OFFLINE without a live lobby connection', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    expectError(await challengeHouse(open, bot.token), 409, 'EXT_BOT_OFFLINE');
  });

  it('section 7: 429 TOKEN_AT_CONCURRENT_MATCH_CAP, with Retry-After, at five live matches of a token', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    const other = await goOnline(open, 'two');
    for (let match = 1; match <= 5; match += 1) {
      expect((await challengeHouse(open, bot.token)).status).toBe(200);
    }
    const answer = await challengeHouse(open, bot.token);
    expectError(answer, 429, 'TOKEN_AT_CONCURRENT_MATCH_CAP');
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await challengeHouse(open, other.bot.token)).status).toBe(200);
  });
});

describe('every HTTP request', () => {
  it.each(routes)(
    'section 7: 401 EXTAPI_INVALID_TOKEN on %s %s without a token or with a wrong one',
    async (...route) => {
      const open = await openConformance();
      const [method, path] = route;
      const body = method === 'POST' ? { body: {} } : {};
      expectError(await request(open, method, api + path, body), 401, 'EXTAPI_INVALID_TOKEN');
      expectError(
        await request(open, method, api + path, { token: wrongToken, ...body }),
        401,
        'EXTAPI_INVALID_TOKEN',
      );
    },
  );

  it('section 7: 401 EXTAPI_INVALID_TOKEN on a revoked token', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    open.control.revoke(bot.token);
    expectError(await challengeHouse(open, bot.token), 401, 'EXTAPI_INVALID_TOKEN');
  });

  it.each(['/challenges/house-bot', '/challenges/remote', '/matchmaking/join'])(
    'section 7: a body with a field nobody knows is refused by %s',
    async (path) => {
      const open = await openConformance();
      const { bot } = await goOnline(open, 'one');
      const { status, body } = await post(open, path, bot.token, { opponent: 'calling-station', extra: 1 });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(body).toEqual({ error_code: text, message: text, request_id: text });
      expect(open.platform.matches()).toEqual([]);
    },
  );

  it("section 7: a token does not act for another one's bot", async () => {
    const open = await openConformance();
    const [one, two] = [await goOnline(open, 'one'), await goOnline(open, 'two')];
    const { status, body } = await challengeHouse(open, one.bot.token, { bot_id: two.bot.botId });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).toEqual({ error_code: text, message: text, request_id: text });
    expect(open.platform.matches()).toEqual([]);
  });

  it('section 7: 404 on a path that is not deployed', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    expect((await get(open, '/tournaments', bot.token)).status).toBe(404);
  });
});

describe('the rated queue', () => {
  it('section 7: join queues, status counts the seconds, leave leaves', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    expect((await get(open, '/matchmaking/status', bot.token)).body).toMatchObject({ status: 'idle' });
    const joined = await post(open, '/matchmaking/join', bot.token);
    expect([joined.status, joined.body]).toEqual([
      200,
      { status: 'queued', position: 1, queue_ttl_seconds: number, rated: true },
    ]);
    open.clock.advance(7_000);
    expect((await get(open, '/matchmaking/status', bot.token)).body).toEqual({
      status: 'queued',
      position: 1,
      waiting_seconds: 7,
      queue_ttl_seconds: number,
    });
    expect((await post(open, '/matchmaking/leave', bot.token)).body).toEqual({ status: 'left' });
    expect((await get(open, '/matchmaking/status', bot.token)).body).toMatchObject({ status: 'idle' });
  });

  it('section 7: leave may be repeated', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await post(open, '/matchmaking/leave', bot.token);
      expect([status, body]).toEqual([200, { status: 'not_queued' }]);
    }
  });

  it('section 7: two bots in the queue are seated in one rated match with 30000 ms for a decision', async () => {
    const open = await openConformance();
    const [one, two] = [await goOnline(open, 'one'), await goOnline(open, 'two')];
    await post(open, '/matchmaking/join', one.bot.token);
    const { status, body } = await post(open, '/matchmaking/join', two.bot.token);
    expect(status).toBe(200);
    expect(Object.keys(body).toSorted()).toEqual(['position', 'queue_ttl_seconds', 'rated', 'status']);
    expect(body).toMatchObject({ rated: true });
    const matches = [await one.lobby.until('matched'), await two.lobby.until('matched')];
    expect(matches).toMatchObject([
      { rated: true, decision_timeout_ms: 30_000 },
      { rated: true, decision_timeout_ms: 30_000 },
    ]);
    expect(matches[0]?.['match_id']).toBe(matches[1]?.['match_id']);
    expect((await get(open, '/matchmaking/status', one.bot.token)).body).toMatchObject({ status: 'idle' });
  });

  it('section 7: who waits longer than the queue lasts is told timed_out', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    const { body } = await post(open, '/matchmaking/join', bot.token);
    open.clock.advance((Number(body['queue_ttl_seconds']) + 1) * 1_000);
    expect((await get(open, '/matchmaking/status', bot.token)).body).toMatchObject({ status: 'timed_out' });
  });
});

describe('challenges between remote bots', () => {
  async function challenged() {
    const open = await openConformance();
    const [one, two] = [await goOnline(open, 'one'), await goOnline(open, 'two')];
    const answer = await post(open, '/challenges/remote', one.bot.token, { opponent: two.bot.botId });
    return { open, one, two, answer, id: String(answer.body['challenge_id']) };
  }

  it('section 7: opponents lists who can be challenged, without oneself', async () => {
    const open = await openConformance();
    const [one, two] = [await goOnline(open, 'one'), await goOnline(open, 'two')];
    const { status, body } = await get(open, '/challenges/remote/opponents', one.bot.token);
    expect([status, body]).toEqual([
      200,
      {
        opponents: [{ bot_id: two.bot.botId, name: 'two', rating: expect.toSatisfy(isRating) as unknown }],
        count: 1,
        rated: boolean,
      },
    ]);
  });

  it('section 7: a challenge is pending, and both sides see it', async () => {
    const { open, one, two, answer, id } = await challenged();
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        challenge_id: text,
        status: 'pending',
        opponent_bot_id: two.bot.botId,
        opponent_name: 'two',
        rated: boolean,
        expires_in_seconds: number,
      },
    ]);
    const mine = (await get(open, '/challenges/remote', one.bot.token)).body;
    const theirs = (await get(open, '/challenges/remote', two.bot.token)).body;
    expect(Object.keys(mine).toSorted()).toEqual(['inbound', 'outbound']);
    expect(mine).toMatchObject({ inbound: [], outbound: [{ challenge_id: id }] });
    expect(theirs).toMatchObject({ inbound: [{ challenge_id: id }], outbound: [] });
    expect(open.platform.matches()).toEqual([]);
  });

  it('section 7: accept seats both in one match with 30000 ms for a decision', async () => {
    const { open, one, two, id } = await challenged();
    const { status, body } = await post(open, `/challenges/remote/${id}/accept`, two.bot.token);
    expect([status, body]).toEqual([
      200,
      {
        challenge_id: id,
        status: 'accepted',
        opponent_bot_id: one.bot.botId,
        opponent_name: 'one',
        rated: boolean,
      },
    ]);
    const matches = [await one.lobby.until('matched'), await two.lobby.until('matched')];
    expect(matches).toMatchObject([
      { rated: body['rated'], decision_timeout_ms: 30_000 },
      { rated: body['rated'], decision_timeout_ms: 30_000 },
    ]);
    expect(matches[0]?.['match_id']).toBe(matches[1]?.['match_id']);
  });

  it('section 7: decline ends the challenge without a match', async () => {
    const { open, one, two, id } = await challenged();
    const { status, body } = await post(open, `/challenges/remote/${id}/decline`, two.bot.token);
    expect([status, body]).toEqual([
      200,
      {
        challenge_id: id,
        status: 'declined',
        opponent_bot_id: one.bot.botId,
        opponent_name: 'one',
        rated: boolean,
      },
    ]);
    expect([await one.lobby.untaken(), await two.lobby.untaken()]).toEqual([[], []]);
    const left = (await get(open, '/challenges/remote', two.bot.token)).body;
    const pending = (left['inbound'] as Json[]).filter((challenge) => challenge['status'] === 'pending');
    expect(pending).toEqual([]);
  });

  it('section 7: 400 EXTAPI_CHALLENGE_TARGET_NOT_FOUND', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    const answer = await post(open, '/challenges/remote', bot.token, { opponent: 'nobody-of-this-name' });
    expectError(answer, 400, 'EXTAPI_CHALLENGE_TARGET_NOT_FOUND');
  });

  it.each(['accept', 'decline'])('section 7: 400 EXTAPI_CHALLENGE_NOT_FOUND on %s', async (what) => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    const answer = await post(open, `/challenges/remote/none/${what}`, bot.token);
    expectError(answer, 400, 'EXTAPI_CHALLENGE_NOT_FOUND');
  });

  it('section 7: a challenge is not there for a third bot', async () => {
    const { open, id } = await challenged();
    const third = await goOnline(open, 'three');
    const answer = await post(open, `/challenges/remote/${id}/accept`, third.bot.token);
    expectError(answer, 400, 'EXTAPI_CHALLENGE_NOT_FOUND');
  });

  it('section 7: 409 EXTAPI_CHALLENGE_OPPONENT_OFFLINE', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    const absent = open.platform.addBot({ name: 'absent' });
    const answer = await post(open, '/challenges/remote', bot.token, { opponent: absent.botId });
    expectError(answer, 409, 'EXTAPI_CHALLENGE_OPPONENT_OFFLINE');
  });

  it('section 7: 409 EXTAPI_CHALLENGE_NOT_PENDING on one that was answered', async () => {
    const { open, two, id } = await challenged();
    await post(open, `/challenges/remote/${id}/decline`, two.bot.token);
    const answer = await post(open, `/challenges/remote/${id}/accept`, two.bot.token);
    expectError(answer, 409, 'EXTAPI_CHALLENGE_NOT_PENDING');
  });

  it('section 7: 409 EXTAPI_CHALLENGE_NOT_PENDING on one that has expired', async () => {
    const { open, two, answer, id } = await challenged();
    open.clock.advance((Number(answer.body['expires_in_seconds']) + 1) * 1_000);
    const late = await post(open, `/challenges/remote/${id}/accept`, two.bot.token);
    expectError(late, 409, 'EXTAPI_CHALLENGE_NOT_PENDING');
  });

  it('section 7: 429 EXTAPI_CHALLENGE_OUTSTANDING_LIMIT, with Retry-After', async () => {
    const open = await openConformance();
    const { bot } = await goOnline(open, 'one');
    let answer: HttpAnswer | null = null;
    for (let challenge = 1; challenge <= 60; challenge += 1) {
      const other = await goOnline(open, `other-${challenge}`);
      answer = await post(open, '/challenges/remote', bot.token, { opponent: other.bot.botId });
      if (answer.status !== 200) break;
    }
    if (answer === null) throw new Error('No challenge was made.');
    expectError(answer, 429, 'EXTAPI_CHALLENGE_OUTSTANDING_LIMIT');
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe('tokens and the sandbox itself', () => {
  it('section 7: a second token of a bot logs in, and is closed with 4002 when it is deleted', async () => {
    const open = await openConformance();
    const bot = open.platform.addBot();
    const made = await post(open, `/bots/${bot.botId}/tokens`, bot.token);
    expect(made.status).toBeGreaterThanOrEqual(200);
    expect(made.status).toBeLessThan(300);
    expect(made.body).toMatchObject({
      token: expect.stringMatching(/^cz_extbot_[0-9A-Za-z]{32}$/) as unknown,
      token_id: text,
    });
    const lobby = await open.online({ ...bot, token: String(made.body['token']) });
    const gone = await request(open, 'DELETE', `${api}/tokens/${String(made.body['token_id'])}`, {
      token: bot.token,
    });
    expect(gone.status).toBeGreaterThanOrEqual(200);
    expect(gone.status).toBeLessThan(300);
    expect((await lobby.closed()).code).toBe(4002);
    await open.online(bot);
  });

  it('section 7: the sandbox makes a bot on request, with all that is needed to go online', async () => {
    const open = await openConformance();
    const { status, body } = await request(open, 'POST', '/sandbox/bots', { body: { name: 'new' } });
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(300);
    const { bot_id: botId } = body;
    expect(body).toEqual({
      bot_id: text,
      name: 'new',
      token: expect.stringMatching(/^cz_extbot_[0-9A-Za-z]{32}$/) as unknown,
      token_id: text,
      lobby_url: `${open.url}/ws/external/bot/${String(botId)}`,
    });
    await open.online({
      token: String(body['token']),
      lobbyUrl: String(body['lobby_url']),
    });
    expect((await challengeHouse(open, String(body['token']))).status).toBe(200);
  });

  it('section 7: the sandbox says that it is well', async () => {
    const open = await openConformance();
    expect((await request(open, 'GET', '/healthz')).status).toBe(200);
  });
});
