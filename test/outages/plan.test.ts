import { describe, expect, it } from 'vitest';
import { lobbyMeetings, matchCuts, matchMeetings } from './kinds.js';
import { describeOutage, leftOf, planDefaults, planOutages } from './plan.js';

describe('a plan of outages', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(planOutages('a', 50)).toEqual(planOutages('a', 50));
    expect(planOutages('b', 50)).not.toEqual(planOutages('a', 50));
    expect(planOutages('a', 50).slice(0, 20)).toEqual(planOutages('a', 20));
  });

  it.each(['1', '2', '3'])('of 200 has every kind on each leg that meets it (seed %s)', (seed) => {
    const plan = planOutages(seed, 200);
    const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);
    const match = plan.flatMap((outage) => outage.match ?? []);
    const lobby = plan.flatMap((outage) => outage.lobby ?? []);
    const isMissing = (name: string, seen: ReadonlySet<string>) => !seen.has(name);
    const met = new Set(match.map(({ meeting }) => meeting.name));
    const cut = new Set(match.map((trouble) => trouble.cut.name));
    const metInLobby = new Set(lobby.map(({ meeting }) => meeting.name));
    expect(names(matchMeetings).filter((name) => isMissing(name, met))).toEqual([]);
    expect(names(matchCuts).filter((name) => isMissing(name, cut))).toEqual([]);
    expect(names(lobbyMeetings).filter((name) => isMissing(name, metInLobby))).toEqual([]);
    expect(met.has('TCP refused')).toBe(true);
    expect(new Set(plan.map(({ point }) => point))).toEqual(new Set(['play', 'dial']));
  });

  it('leaves a second of the grace, and six where a dial can hang', () => {
    const plan = planOutages('times', 1_000);
    const longest = (hangs: boolean) =>
      Math.max(...plan.filter(({ match }) => (match?.meeting.hangs ?? false) === hangs).map(({ ms }) => ms));
    expect([longest(false), longest(true)]).toEqual([29_000, 24_000]);
    expect(Math.min(...plan.map(({ ms }) => ms))).toBeGreaterThanOrEqual(planDefaults.shortestMs);
    expect(plan.every((outage) => planDefaults.graceMs - outage.ms >= leftOf(outage))).toBe(true);
  });

  it('says what an outage is in one line', () => {
    const [cut] = matchCuts;
    const meeting = matchMeetings.find(({ name }) => name === 'HTTP 503');
    if (cut === undefined || meeting === undefined) throw new Error('There are no kinds.');
    const outage = { number: 3, afterMs: 1_200, ms: 20_000, matches: 1 };
    const trouble = { cut, meeting };
    expect(describeOutage({ ...outage, point: 'play', match: trouble, lobby: trouble })).toBe(
      'outage 3: 20.0 s of gateway (reset, then HTTP 503) and lobby (reset, then HTTP 503), 1.2 s into the match',
    );
    expect(describeOutage({ ...outage, point: 'dial', match: trouble, lobby: null })).toBe(
      'outage 3: 20.0 s of gateway (HTTP 503), before the first dial',
    );
  });
});
