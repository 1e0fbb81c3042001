/**
 * A whole season week: eight rounds from Tuesday to Friday, play-offs at the weekend, the queue each day; processes are killed,
 * machines sleep, the platform restarts and refuses. Two bots of ours miss nothing; beside them stands a keeper as most players write
 * it first. `SEASON_SEEDS=a,b,c` plays other weeks.
 */

import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { minuteMs } from '../season/example-fixtures.js';
import { disturbFixtures, killAt, restartPlatformAt, sleepAt } from './season-faults.js';
import {
  cancelledOf,
  chipsOf,
  lostSeatsOf,
  recordedChips,
  recordsOf,
  type Standing,
  standingOf,
  storyOf,
  winnersOf,
} from './season-judge.js';
import { dayMs, hourMs, naiveName, names, openLeague, ourNames, roundOf } from './season-league.js';
import { unseenBy } from './season-unseen.js';

const monday = Date.parse('2026-01-05T00:00:00Z');
const seeds = (process.env['SEASON_SEEDS'] ?? 'first week').split(',');
const days = [0, 1, 2, 3, 4, 5, 6];
const timeOf = (day: number, hour: number, minute = 0) =>
  monday + day * dayMs + hour * hourMs + minute * minuteMs;

/** Ten minutes apart from this time on. */
const marksFrom = (time: number, pairs: readonly (readonly [string, string])[]) =>
  pairs.map((pair, index) => [time + index * 10 * minuteMs, pair] as const);

it.each(seeds)(
  'a week of a season (%s): ours miss no fixture and no hour, and the naive keeper does',
  async (seed) => {
    const league = await openLeague({
      startsAt: monday,
      seed,
      ours: { alder: { season: true, queue: true }, birch: { season: true, queue: { matches: 12 } } },
    });
    const { machines, naive, meetings, refuser, accountOf, at, schedule } = league;
    const kept = { ...machines, [naiveName]: naive };

    for (const day of [1, 2, 3, 4]) {
      schedule('round_robin', marksFrom(timeOf(day, 18, 40), roundOf(2 * day - 2)));
      schedule('round_robin', marksFrom(timeOf(day, 20), roundOf(2 * day - 1)));
      // Three of the others do not come this evening.
      for (const index of [0, 5, 9])
        at(timeOf(day, 18), () =>
          league.absent.set(names[3 + ((index + day) % 13)] ?? '', timeOf(day + 1, 0)),
        );
    }
    for (const day of days) {
      const everyMinutes = day % 2 === 0 ? 20 : 120;
      for (let minute = 10; minute < 17 * 60; minute += everyMinutes)
        league.visitAt(timeOf(day, 0, minute), day * 5 + minute / 10);
      at(timeOf(day, 0, 3), () => league.sandbox.control.forgetLobby(league.accountOf('alder').botId));
      for (const machine of [machines.alder, naive]) killAt(league, machine, timeOf(day, 0, 11));
      for (const machine of [machines.birch, naive]) sleepAt(league, machine, timeOf(day, 0, 7), hourMs);
      killAt(league, machines.birch, timeOf(day, 1, 15));
      if (day % 3 === 1) restartPlatformAt(league, timeOf(day, 0, 5));
      // Its author is up.
      killAt(league, naive, timeOf(day, 8));
    }
    restartPlatformAt(league, timeOf(3, 19, 58));
    const marksOf = (name: string) =>
      meetings.flatMap(({ startsAt, players }) => (players.includes(name) ? [startsAt] : []));
    const disturbFrom = (time: number) => {
      for (const [turn, [name, machine]] of Object.entries(kept).entries())
        disturbFixtures(league, name, machine, {
          marks: marksOf(name).filter((mark) => mark >= time),
          turn: turn * 2,
        });
    };
    disturbFrom(monday);

    await league.start();
    await league.passTo(timeOf(5, 12));
    const points = winnersOf(league);
    const winsOf = (name: string) => points.filter((winner) => winner === name).length;
    const best = names.toSorted((one, other) => winsOf(other) - winsOf(one)).slice(0, 8);
    const pairUp = (of: readonly string[]) =>
      of.slice(0, of.length / 2).map((name, index) => [name, of.at(-1 - index) ?? ''] as const);
    const before = winnersOf(league).length;
    schedule('quarter', marksFrom(timeOf(5, 18), pairUp(best)));
    disturbFrom(timeOf(5, 0));
    await league.passTo(timeOf(6, 12));
    const four = winnersOf(league).slice(before);
    schedule('semi', marksFrom(timeOf(6, 18), pairUp(four)));
    disturbFrom(timeOf(6, 0));
    await league.passTo(timeOf(6, 20));
    schedule('final', marksFrom(timeOf(6, 21), pairUp(winnersOf(league).slice(before + four.length))));
    disturbFrom(timeOf(6, 20));
    await league.passTo(timeOf(7, 0) - 1);
    for (const machine of Object.values(kept)) await machine.stop();

    const standings = Object.fromEntries(
      Object.keys(kept).map((name) => [name, standingOf(league, name, monday, days.length)]),
    );
    const standing = (name: string) => standings[name] as Standing;
    const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0);
    const rows = await recordsOf(league);
    tellFigures(league, seed, standings);
    const lost = lostSeatsOf(league, ourNames);
    const cancelled = cancelledOf(league);
    for (const [name, quota] of [
      ['alder', 20],
      ['birch', 12],
    ] as const) {
      const { fixtures, served, missed, queued, lobbyMs } = standing(name);
      expect(missed).toEqual([]);
      expect([fixtures, served]).toEqual([marksOf(name).length, marksOf(name).length]);
      expect(queued.filter((count) => count > quota)).toEqual([]);
      expect(lobbyMs.filter((ms) => ms > 8 * hourMs)).toEqual([]);
      const played = chipsOf(rows, name);
      const recorded = await recordedChips(machines[name].kept);
      const recordedIds = [...recorded.keys()].filter((id) => !cancelled.has(id));
      expect(recordedIds.toSorted()).toEqual([...played.keys()].toSorted());
      // A match that a machine slept through is over when it wakes, and nobody tells it how.
      const unseen = unseenBy(league, accountOf(name).botId, machines[name]);
      const differ = [...played].filter(([id, chips]) => !unseen.has(id) && recorded.get(id) !== chips);
      expect(differ).toEqual([]);
      // One match is live at a time, so an absence hides one at most, and few do: 1 to 9 % of the matches, in six weeks.
      const absences = machines[name].deaths.length + machines[name].sleeps.length;
      expect(unseen.size).toBeLessThanOrEqual(Math.min(absences, played.size / 10));
      expect(refuser.early(name, machines[name].deaths)).toEqual([]);
      const refused = refuser.refusals.filter((refusal) => refusal.name === name && refusal.isInvented);
      expect(new Set(refused.map(({ request }) => request)).size).toBe(2);
      expect(refused.length).toBeGreaterThan(50);
      // A sleep in a match costs it, and a day has one of each machine.
      expect(lost.size).toBeLessThanOrEqual(2 * days.length);
    }
    const lazy = standing(naiveName);
    expect(lazy.missed.length).toBeGreaterThan(0);
    // It is over its hours each day, for no more matches.
    expect(lazy.lobbyMs.filter((ms) => ms <= 8 * hourMs)).toEqual([]);
    // One that was called off, because a machine was away when it began, was one of its day all the same.
    expect(sum(lazy.queued)).toBeLessThanOrEqual(sum(standing('alder').queued) + cancelled.size);
  },
  600_000,
);

/** The figures of docs/operating.md. */
function tellFigures(
  league: Awaited<ReturnType<typeof openLeague>>,
  seed: string,
  standings: Record<string, Standing>,
): void {
  for (const [name, { fixtures, served, walkovers, missed, queued, lobbyMs }] of Object.entries(standings)) {
    const hours = lobbyMs.map((ms) => (ms / hourMs).toFixed(1)).join(' ');
    const own = league.refuser.refusals.filter((refusal) => refusal.name === name);
    const invented = own.filter(({ isInvented }) => isInvented).length;
    process.stdout.write(
      `${seed}, ${name}: ${served} of ${fixtures} fixtures (${walkovers} walkovers of others, ${missed.length} missed), queue ${queued.join(' ')}, lobby hours ${hours}, ${own.length} answers of 429 (${invented} invented)\n`,
    );
  }
  const story = createHash('sha256').update(storyOf(league)).digest('hex').slice(0, 12);
  process.stdout.write(`${seed}: ${league.facts.length} facts, ${story}\n`);
}
