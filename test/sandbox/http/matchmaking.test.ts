import { beforeEach, describe, expect, it } from 'vitest';
import type { HttpLimits } from '../../../src/sandbox/http/limits.js';
import { api, type OpenHttp, openHttp, outcome } from './http-harness.js';

const pairing = (...botIds: string[]) => ({
  origin: 'queue',
  players: botIds.map((botId) => ({ botId })),
  rated: true,
  decisionTimeoutMs: 30_000,
});
const full = { live: 5 };

describe('the rated queue', () => {
  let http: OpenHttp;

  async function open(limits: Partial<HttpLimits> = {}): Promise<void> {
    await http?.close();
    http = await openHttp(limits);
    for (const botId of ['a', 'b', 'c', 'd']) http.platform.add(botId);
  }

  const join = async (as: string) => (await http.post(`${api}/matchmaking/join`, { as, body: {} })).body;
  const leave = async (as: string) => (await http.post(`${api}/matchmaking/leave`, { as, body: {} })).body;
  const status = async (as: string) => (await http.get(`${api}/matchmaking/status`, { as })).body;

  const queued = (position: number) => ({ status: 'queued', position, queue_ttl_seconds: 60, rated: true });
  const matched = { status: 'matched', position: null, queue_ttl_seconds: 60, rated: true };
  const waiting = (position: number, seconds: number) => ({
    status: 'queued',
    position,
    waiting_seconds: seconds,
    queue_ttl_seconds: 60,
  });
  const gone = (word: string) => ({
    status: word,
    position: null,
    waiting_seconds: null,
    queue_ttl_seconds: 60,
  });

  beforeEach(() => open());
  it('queues the first bot and pairs it with the second for a rated match with the short clock', async () => {
    expect(await join('a')).toEqual(queued(1));
    expect(http.platform.started).toEqual([]);
    expect(await join('b')).toEqual(matched);
    expect(http.platform.started).toEqual([pairing('a', 'b')]);
    expect(await status('a')).toEqual(gone('idle'));
    http.clock.advance(10_000);
    expect(await join('a')).toEqual(queued(1));
  });

  it('tells the place and the time waited', async () => {
    expect(await status('a')).toEqual(gone('idle'));
    await join('a');
    http.clock.advance(59_999);
    expect(await status('a')).toEqual(waiting(1, 59));
  });

  it('keeps the place of a bot that joins again, begins its time anew, and never pairs it with itself', async () => {
    http.platform.live.set('a', full.live);
    await join('a');
    await join('b');
    http.clock.advance(33_000);
    expect(await join('a')).toEqual(queued(1));
    expect(await status('a')).toEqual(waiting(1, 0));
    http.clock.advance(59_999);
    expect([await status('a'), await status('b')]).toEqual([waiting(1, 59), gone('timed_out')]);
    expect(http.platform.started).toEqual([]);
  });

  it.each([
    [0, 12],
    [0.329, 23],
    [0.33, 60],
  ])('lets an entry die early by chance: at %d after %i s', async (chance, seconds) => {
    http.platform.chance = chance;
    await join('a');
    http.clock.advance(seconds * 1_000 - 1);
    expect(await status('a')).toEqual(waiting(1, seconds - 1));
    http.clock.advance(1_000);
    expect(await status('a')).toEqual(gone('timed_out'));
  });

  it('429 RATE_001 for a join within ten seconds of the one before; the entry stays as it was', async () => {
    await join('a');
    http.clock.advance(3_500);
    const answer = await http.post(`${api}/matchmaking/join`, { as: 'a' });
    expect(outcome(answer)).toEqual({ status: 429, code: 'RATE_001', retryAfter: '7' });
    expect(await status('a')).toEqual(waiting(1, 3));
    http.clock.advance(6_500);
    expect(await join('a')).toEqual(queued(1));
    expect((await http.post(`${api}/matchmaking/join`, { as: 'b' })).status).toBe(200);
  });

  it('429 CHALLENGE_QUOTA_EXCEEDED for a bot that has played its matches of the day', async () => {
    await open({ matchesPerDay: 1 });
    await join('a');
    await join('b');
    http.clock.advance(10_000);
    const answer = await http.post(`${api}/matchmaking/join`, { as: 'a' });
    expect(outcome(answer)).toEqual({ status: 429, code: 'CHALLENGE_QUOTA_EXCEEDED', retryAfter: '6390' });
    http.clock.advance(6_390_000);
    expect(await join('a')).toEqual(queued(1));
  });

  it('429 FREE_TIER_LIMIT_EXCEEDED for a bot that was in the lobby for too long today', async () => {
    await open({ lobbyMsPerDay: 8 * 3_600_000 });
    http.platform.lobbyMs.set('a', 8 * 3_600_000 - 1);
    await join('a');
    http.clock.advance(10_000);
    http.platform.lobbyMs.set('a', 8 * 3_600_000);
    const answer = await http.post(`${api}/matchmaking/join`, { as: 'a' });
    expect(outcome(answer)).toEqual({ status: 429, code: 'FREE_TIER_LIMIT_EXCEEDED', retryAfter: '6390' });
    expect(answer.body['message']).toMatch(/^lobby_hours_per_day: .* 8 hours/);
  });

  it('pairs those who wait longest', async () => {
    http.platform.live.set('a', full.live).set('b', full.live);
    for (const as of ['a', 'b']) await join(as);
    http.platform.live.clear();
    expect(await join('c')).toEqual(queued(1));
    expect(http.platform.started).toEqual([pairing('a', 'b')]);
  });

  it('lets a bot leave, as often as it likes', async () => {
    await join('a');
    expect(await leave('a')).toEqual({ status: 'left' });
    expect(await leave('a')).toEqual({ status: 'not_queued' });
    expect(await join('b')).toEqual(queued(1));
  });

  it('tells once that the time in the queue is over', async () => {
    await join('a');
    http.clock.advance(59_999);
    expect(await status('a')).toEqual(waiting(1, 59));
    http.clock.advance(1);
    expect(await join('b')).toEqual(queued(1));
    expect(await status('a')).toEqual(gone('timed_out'));
    expect(await status('a')).toEqual(gone('idle'));
  });

  it('forgets that the time was over when the bot joins or leaves', async () => {
    await join('a');
    http.clock.advance(60_000);
    await join('a');
    expect(await status('a')).toEqual(waiting(1, 0));
    http.clock.advance(60_000);
    expect(await leave('a')).toEqual({ status: 'not_queued' });
    expect(await status('a')).toEqual(gone('idle'));
    await join('a');
    http.clock.advance(60_000);
    await join('a');
    expect(await join('b')).toEqual(matched);
    expect(await status('a')).toEqual(gone('idle'));
  });

  it('lets go of a bot that went offline or may not play rated matches any more', async () => {
    await join('a');
    http.platform.online.delete('a');
    expect(await join('b')).toEqual(queued(1));
    http.platform.change('b', { mayPlayRated: false });
    expect(await join('c')).toEqual(queued(1));
    http.platform.online.add('a');
    expect([await status('a'), await status('b')]).toEqual([gone('idle'), gone('idle')]);
  });

  it('passes over a bot in five matches, which keeps its place, and pairs it when it is free', async () => {
    http.platform.live.set('a', full.live);
    await join('a');
    expect(await join('b')).toEqual(queued(2));
    expect(await join('c')).toEqual(matched);
    expect(http.platform.started).toEqual([pairing('b', 'c')]);
    expect(await status('a')).toEqual(waiting(1, 0));
    expect(await join('d')).toEqual(queued(2));
    http.clock.advance(5_000);
    http.platform.live.delete('a');
    http.clock.advance(1_000);
    expect(http.platform.started).toEqual([pairing('b', 'c'), pairing('a', 'd')]);
    expect(http.clock.pending()).toBe(0);
  });

  it('passes over a bot that used up its day while it waited', async () => {
    await open({ matchesPerDay: 1 });
    http.platform.live.set('b', full.live);
    await join('a');
    await http.post(`${api}/challenges/house-bot`, { as: 'a' });
    expect(await join('c')).toEqual(queued(2));
    expect(await join('d')).toEqual(matched);
    expect(http.platform.started.slice(1)).toEqual([pairing('c', 'd')]);
    expect(await status('a')).toEqual(waiting(1, 0));
  });

  it('keeps both places when a match cannot be started, and tries again', async () => {
    http.platform.failure = new Error('no table');
    await join('a');
    expect(await join('b')).toEqual(queued(2));
    expect(http.platform.faults).toEqual([http.platform.failure]);
    http.platform.failure = null;
    http.clock.advance(1_000);
    expect(http.platform.started).toEqual([pairing('a', 'b')]);
  });

  it('has one timer however many wait, and none when the requests are closed', async () => {
    for (const as of ['a', 'b', 'c']) {
      http.platform.live.set(as, full.live);
      await join(as);
    }
    expect(http.clock.pending()).toBe(1);
    http.closeApi();
    expect(http.clock.pending()).toBe(0);
  });

  it('409 EXT_BOT_OFFLINE for joining without a lobby connection', async () => {
    http.platform.online.delete('a');
    const answer = await http.post(`${api}/matchmaking/join`, { as: 'a' });
    expect(outcome(answer)).toEqual({ status: 409, code: 'EXT_BOT_OFFLINE' });
  });

  it('403 EXTAPI_MATCHMAKING_INELIGIBLE for a bot that may not play rated matches', async () => {
    http.platform.change('a', { mayPlayRated: false });
    const answer = await http.post(`${api}/matchmaking/join`, { as: 'a' });
    expect(outcome(answer)).toEqual({ status: 403, code: 'EXTAPI_MATCHMAKING_INELIGIBLE' });
  });

  it('429 SANDBOX_QUEUE_FULL when nobody more fits; those inside may still ask', async () => {
    await open({ maxQueued: 2 });
    http.platform.live.set('a', full.live).set('b', full.live);
    await join('a');
    await join('b');
    const answer = await http.post(`${api}/matchmaking/join`, { as: 'c' });
    expect(outcome(answer)).toEqual({ status: 429, code: 'SANDBOX_QUEUE_FULL', retryAfter: '1' });
    http.clock.advance(10_000);
    expect(await join('b')).toEqual(queued(2));
  });

  it('remembers no more bots whose time is over than the queue holds', async () => {
    await open({ maxQueued: 1 });
    await join('a');
    http.clock.advance(60_000);
    await join('b');
    http.clock.advance(60_000);
    expect([await status('b'), await status('a')]).toEqual([gone('timed_out'), gone('idle')]);
  });
});
