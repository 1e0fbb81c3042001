/** An evening of the season week of `season-week.long.test.ts`: two fixtures each, with kills, sleeps and a restart of the platform. */
import { expect, it } from 'vitest';
import { minuteMs } from '../season/example-fixtures.js';
import { disturbFixtures, restartPlatformAt } from './season-faults.js';
import { chipsOf, recordedChips, recordsOf, standingOf, storyOf } from './season-judge.js';
import { hourMs, naiveName, openLeague, ourNames, roundOf } from './season-league.js';

const midnight = Date.parse('2026-01-06T00:00:00Z');
const at = (hour: number, minute: number) => midnight + hour * hourMs + minute * minuteMs;

async function playEvening(seed: string) {
  const league = await openLeague({
    startsAt: at(17, 10),
    seed,
    ours: {
      alder: { season: true, queue: { matches: 4 } },
      birch: { season: true, queue: { matches: 3 } },
    },
  });
  const { machines, naive, meetings } = league;
  const kept = { ...machines, [naiveName]: naive };
  for (const [round, time] of [at(18, 40), at(20, 0)].entries()) {
    const pairs = roundOf(round).filter((pair) => pair.some((name) => name in kept));
    league.schedule(
      'round_robin',
      pairs.map((pair, index) => [time + index * 10 * minuteMs, pair] as const),
    );
  }
  for (const [turn, [name, machine]] of Object.entries(kept).entries()) {
    const marks = meetings.flatMap(({ startsAt, players }) => (players.includes(name) ? [startsAt] : []));
    disturbFixtures(league, name, machine, { marks, turn: turn * 2 + 1 });
  }
  for (const time of [at(17, 20), at(17, 30)]) league.visitAt(time, time % 7);
  restartPlatformAt(league, at(19, 58));
  await league.start();
  await league.passTo(at(20, 40));
  for (const machine of Object.values(kept)) await machine.stop();
  return league;
}

it('an evening of two fixtures: ours are at both, whatever happens to their machines', async () => {
  const seed = 'a season day';
  const league = await playEvening(seed);
  const { machines, refuser } = league;
  const standings = Object.fromEntries(
    [...ourNames, naiveName].map((name) => [name, standingOf(league, name, midnight, 1)]),
  );
  const fixtures = 2;
  for (const name of ourNames)
    expect(standings[name]).toMatchObject({ fixtures, served: fixtures, missed: [] });
  expect(standings['alder']?.queued).toEqual([4]);
  expect(standings['birch']?.queued).toEqual([3]);
  expect(standings[naiveName]).toMatchObject({ fixtures });
  expect(standings[naiveName]?.missed.length).toBeGreaterThan(0);

  const rows = await recordsOf(league);
  for (const name of ourNames) {
    const played = chipsOf(rows, name);
    expect(played.size).toBeGreaterThan(4);
    expect(new Map(await recordedChips(machines[name].kept))).toEqual(new Map(played));
    expect(refuser.early(name, machines[name].deaths)).toEqual([]);
  }
  expect(refuser.refusals.some(({ name, isInvented }) => name === 'alder' && isInvented)).toBe(true);

  // The same seed gives the same evening, word for word.
  const story = storyOf(league).split('\n');
  expect(story.length).toBeGreaterThan(100);
  expect(storyOf(await playEvening(seed)).split('\n')).toEqual(story);
});
