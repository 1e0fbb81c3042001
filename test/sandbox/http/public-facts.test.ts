import { beforeEach, describe, expect, it } from 'vitest';
import type { MatchFacts } from '../../../src/sandbox/http/platform.js';
import { type OpenHttp, openHttp } from './http-harness.js';

const match = (matchId: string, state: MatchFacts['state']): MatchFacts => ({
  matchId,
  state,
  rated: true,
  hand: 3,
  seats: [
    { name: 'Ann', botId: 'a' },
    { name: 'random', botId: null },
  ],
});

describe('public facts', () => {
  let http: OpenHttp;

  beforeEach(async () => {
    http = await openHttp({ maxListed: 2 });
    http.platform.facts.push(match('m1', 'ended'), match('m2', 'waiting'), match('m3', 'playing'));
  });
  it('GET /healthz says how the platform does', async () => {
    for (const botId of ['a', 'b', 'c']) http.platform.add(botId);
    http.platform.online.delete('b');
    http.clock.advance(1_234);
    const { status, body } = await http.get('/healthz');
    expect({ status, body }).toEqual({
      status: 200,
      body: { status: 'ok', version: '9.9.9', uptime_ms: 1_234, matches_live: 2, bots_online: 2 },
    });
  });

  it('GET /sandbox/matches lists the newest matches without the ids of seats', async () => {
    const { status, body } = await http.get('/sandbox/matches');
    const seats = [
      { seat: 0, name: 'Ann', bot_id: 'a' },
      { seat: 1, name: 'random', bot_id: null },
    ];
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        matches: [
          { match_id: 'm3', state: 'playing', rated: true, hand: 3, seats },
          { match_id: 'm2', state: 'waiting', rated: true, hand: 3, seats },
        ],
        count: 2,
      },
    });
  });
});
