/** An hour of a session's metrics, over midnight in UTC, through a restart of the platform: counters only ever rise. */
import { expect, it } from 'vitest';
import { Action } from '../../src/holdem/action.js';
import { startAgent } from '../kit/agent.js';
import { createTestClock } from '../kit/clock.js';
import { makeFolder } from '../kit/folder.js';
import { openPlatform } from '../kit/platform.js';
import { promtoolOn } from './check-with-promtool.js';
import { type Family, parseExposition, valueOf, valuesBy } from './exposition.js';

const minuteMs = 60_000;

/** The values of all counters, and of what histograms count, by series. */
function counted(families: ReadonlyMap<string, Family>): Map<string, number> {
  return new Map(
    [...families.values()]
      .filter(({ type }) => type === 'counter' || type === 'histogram')
      .flatMap(({ samples }) => samples)
      .map(({ name, labels, value }) => [`${name} ${JSON.stringify(labels)}`, value]),
  );
}

it('counters never fall, no series goes, and promtool takes the texts of an hour', async () => {
  const clock = createTestClock(Date.parse('2026-01-06T23:30:00Z'));
  const { sandbox } = await openPlatform({
    clock,
    maxHands: 2,
    limits: 'platform',
    pingIntervalMs: 15_000,
  });
  const home = makeFolder();
  const world = { clock, now: clock.now, env: { HOME: home, USERPROFILE: home } };
  let turns = 0;
  const bot = {
    decide: () => {
      turns += 1;
      if (turns % 7 === 0) throw new Error('no cards');
      return Action.check();
    },
  };
  const accounts = ['alder', 'birch'].map((name) => sandbox.addBot({ name }));
  const sessions = accounts.map((account) => startAgent(bot, account, { queue: true, metrics: 0 }, world));
  const [alder] = sessions;
  if (alder === undefined) throw new Error('there is no session');
  const { url } = await alder.events.next('metrics.listening');
  for (const { events } of sessions) await events.next('fixture.listed');

  const texts: string[] = [];
  for (let minute = 0; minute <= 60; minute += 1) {
    texts.push(await (await fetch(url)).text());
    // The matches of a day are soon played.
    if (minute === 2) sandbox.control.restart({ downMs: 30_000 });
    // Matches are played at the beginning, and from midnight on, until the quota is used up: then nobody is in the lobby.
    const stepMs = minute % 30 < 6 ? 4_000 : 15_000;
    for (let passedMs = 0; passedMs < minuteMs; passedMs += stepMs) {
      clock.advance(stepMs);
      await clock.rest();
    }
  }
  await clock.passUntil(Promise.all(sessions.map(({ agent }) => agent.stop())), 'the end');

  const scrapes = texts.map(parseExposition);
  for (const [index, scrape] of scrapes.entries()) {
    const before = counted(scrapes[index - 1] ?? new Map());
    const now = counted(scrape);
    const fallen = [...before].filter(([series, value]) => !((now.get(series) ?? Number.NaN) >= value));
    expect([index, fallen]).toEqual([index, []]);
    // A process each.
    if (index % 10 === 0) expect(promtoolOn(texts[index] ?? '')).toEqual({ status: 0, said: '' });
  }
  const [first, last] = [
    scrapes[0] ?? new Map<string, Family>(),
    scrapes.at(-1) ?? new Map<string, Family>(),
  ];
  const rise = (name: string) => (valueOf(last, name) ?? 0) - (valueOf(first, name) ?? 0);
  // More than the quota of a day: the hour has two.
  expect(rise('chipzen_queue_matches_total')).toBeGreaterThan(20);
  expect(rise('chipzen_turns_total')).toBeGreaterThan(30);
  expect(rise('chipzen_decision_seconds_count')).toBeGreaterThan(30);
  expect(valuesBy(last, 'chipzen_turns_answered_for_total', 'why')['failed']).toBeGreaterThan(3);
  const reconnects = last.get('chipzen_reconnects_total')?.samples ?? [];
  const ofLobby = reconnects.filter(({ labels, value }) => labels['connection'] === 'lobby' && value > 0);
  expect(ofLobby).toHaveLength(1);
  // What belongs to a day begins anew.
  expect(valueOf(last, 'chipzen_day_matches')).toBeLessThan(21);
});
