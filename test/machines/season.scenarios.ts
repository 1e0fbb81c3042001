/** What a season keeper does, as scenarios on scripted ports; together they take every transition of the chart. */
import { expect } from 'vitest';
import { newRecord } from '../../src/machines/season.context.js';
import { type SeasonInput, seasonMemoryOf } from '../../src/machines/season.js';
import { fixtureAt, type SeasonHarness, seasonMark, startSeason } from '../kit/season-harness.js';

export interface SeasonScenario {
  title: string;
  input?: Partial<SeasonInput> & { minutes?: number };
  play(season: SeasonHarness): void;
}

const first = fixtureAt(0);

const announce = ({ actor }: SeasonHarness, matchId: string, opponents?: string[], rated = true): void => {
  actor.send({ type: 'match.announced', matchId, rated });
  if (opponents !== undefined) actor.send({ type: 'match.started', matchId, opponents });
};

/** In the lobby, with the fixture opened a moment ago. */
function openedIn(season: SeasonHarness): void {
  season.tell([first]);
  season.actor.send({ type: 'lobby.online' });
  season.pass(60, [first]);
  season.tell([]);
  season.told();
}

export const seasonScenarios: SeasonScenario[] = [
  {
    title: 'goes on with what an older session knew, and with the match that it plays to its end',
    input: { minutes: 1, dryRunAt: seasonMark + 3_600_000 },
    play(season) {
      season.told();
      const record = {
        ...newRecord(first),
        standing: 'playing',
        nearAt: seasonMark,
        matchIds: ['m1'],
      } as const;
      const match = { announcedAt: seasonMark, opponents: ['birch'], end: null };
      const matches = ['m1', 'm0'].map((matchId) => ({ ...match, matchId }));
      season.actor.send({
        type: 'season.inherited',
        memory: { fixtures: [record], matches },
        playing: ['m1'],
      });
      expect(season.words()).toEqual(['fixture.near', 'fixture.matched']);
      expect(season.actor.getSnapshot().context.matches.map(({ end }) => end)).toEqual([null, 'abandoned']);
      expect(season.actor.getSnapshot().context.fixtures).toHaveLength(2);
      season.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: true });
      expect(season.told()).toEqual([{ type: 'fixture.served', fixture: first, matchId: 'm1' }]);
    },
  },
  {
    title: 'is not late for a fixture at which an older session was in the lobby',
    input: { minutes: 1 },
    play(season) {
      const record = { ...newRecord(first), standing: 'due', nearAt: seasonMark } as const;
      season.told();
      season.actor.send({
        type: 'season.inherited',
        memory: { fixtures: [record], matches: [] },
        playing: [],
      });
      expect(season.words()).toEqual(['fixture.near', 'fixture.due']);
    },
  },
  {
    title: 'is in the lobby from twelve minutes before a fixture until its match is over',
    play(season) {
      expect(season.list.take()).toEqual([{ type: 'list.read', known: [] }]);
      season.tell([first]);
      expect(season.told()).toEqual([{ type: 'fixture.listed', fixtures: [first], message: null }]);
      season.pass(47.95, [first]);
      expect(season.presence()).toBe('apart');
      season.pass(0.1, [first]);
      expect(season.presence()).toEqual({ attending: 'near' });
      expect(season.told()).toEqual([{ type: 'fixture.near', fixture: first, inMs: 12 * 60_000 }]);
      season.actor.send({ type: 'lobby.online' });
      season.pass(11.9, [first]);
      expect(season.presence()).toEqual({ attending: 'due' });
      expect(season.told()).toEqual([{ type: 'fixture.due', fixture: first }]);
      season.pass(0.5, []);
      announce(season, 'm1', ['birch']);
      expect(season.presence()).toEqual({ attending: 'playing' });
      expect(season.told()).toEqual([{ type: 'fixture.matched', fixture: first, matchId: 'm1', rivals: [] }]);
      season.pass(6, []);
      season.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: true });
      expect(season.presence()).toBe('apart');
      expect(season.told()).toEqual([{ type: 'fixture.served', fixture: first, matchId: 'm1' }]);
      season.pass(60, []);
      expect(season.told()).toEqual([]);
    },
  },
  {
    title:
      'an alarm comes when a fixture left the list and no match came within three minutes, and the lobby is kept for forty',
    play(season) {
      openedIn(season);
      season.pass(3.4, []);
      expect(season.told()).toEqual([]);
      season.pass(0.2, []);
      expect(season.told()).toEqual([
        {
          type: 'fixture.alarm',
          fixture: first,
          why: 'no_match',
          message: 'No match came for the fixture against birch, which left the list 3 min ago.',
        },
      ]);
      season.pass(36.3, []);
      expect(season.presence()).toEqual({ attending: 'due' });
      season.pass(0.2, []);
      expect(season.presence()).toBe('apart');
      expect(season.told()).toEqual([
        { type: 'fixture.missed', fixture: first, message: 'no match came until 40 min after its mark' },
      ]);
    },
  },
  {
    title: 'unrated matches, those of others and those outside the window are not the match of a fixture',
    play(season) {
      openedIn(season);
      announce(season, 'unrated', ['birch'], false);
      announce(season, 'other', ['cedar']);
      expect(season.presence()).toEqual({ attending: 'due' });
      // It may have been the fixture's until its opponent was known.
      expect(season.words()).toEqual(['fixture.unmatched']);
      season.pass(5.1, []);
      announce(season, 'late', ['birch']);
      expect(season.presence()).toEqual({ attending: 'due' });
      expect(season.words()).toEqual(['alarm no_match']);
    },
  },
  {
    title: 'of two matches that may be the fixture both are told, and the earlier one counts',
    play(season) {
      openedIn(season);
      announce(season, 'm1', ['birch']);
      season.pass(0.1, []);
      announce(season, 'm2', ['BIRCH ']);
      expect(season.told()).toEqual([
        { type: 'fixture.matched', fixture: first, matchId: 'm1', rivals: [] },
        { type: 'fixture.matched', fixture: first, matchId: 'm2', rivals: ['m1'] },
      ]);
      season.actor.send({ type: 'match.ended', matchId: 'm2', isCompleted: true });
      expect(season.presence()).toEqual({ attending: 'playing' });
      season.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: true });
      expect(season.told()).toEqual([{ type: 'fixture.served', fixture: first, matchId: 'm1' }]);
    },
  },
  {
    title: 'a match that was given up serves nothing, and the later one counts then',
    play(season) {
      openedIn(season);
      announce(season, 'm1', ['birch']);
      season.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: false });
      expect(season.words()).toEqual(['fixture.matched', 'fixture.unmatched']);
      // The platform says that it goes on.
      announce(season, 'm1');
      expect(season.presence()).toEqual({ attending: 'playing' });
      season.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: true });
      expect(season.words()).toEqual(['fixture.served']);
    },
  },
  {
    title: 'a fixture is still played when another one comes near, and the lobby is kept for it after that',
    play(season) {
      const second = fixtureAt(10, { opponent: null });
      season.tell([first, second]);
      season.actor.send({ type: 'lobby.online' });
      season.pass(60.2, [first, second]);
      announce(season, 'm1', ['birch']);
      expect(season.presence()).toEqual({ attending: 'playing' });
      season.pass(2, [second]);
      season.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: true });
      expect(season.presence()).toEqual({ attending: 'near' });
      season.pass(8, []);
      expect(season.presence()).toEqual({ attending: 'due' });
      announce(season, 'm2', ['whoever']);
      season.actor.send({ type: 'match.ended', matchId: 'm2', isCompleted: true });
      expect(season.presence()).toBe('apart');
    },
  },
  {
    title: 'two fixtures of one mark without names have a match each',
    play(season) {
      const one = fixtureAt(0, { fixtureId: 'one', opponent: null });
      const other = fixtureAt(0, { fixtureId: 'other', opponent: null });
      season.tell([one, other]);
      season.pass(60.2, [one, other]);
      season.told();
      announce(season, 'm1', ['birch']);
      announce(season, 'm2', ['cedar']);
      for (const matchId of ['m1', 'm2'])
        season.actor.send({ type: 'match.ended', matchId, isCompleted: true });
      expect(season.told().filter(({ type }) => type === 'fixture.served')).toEqual([
        { type: 'fixture.served', fixture: one, matchId: 'm1' },
        { type: 'fixture.served', fixture: other, matchId: 'm2' },
      ]);
    },
  },
  {
    title: 'a fixture in forty days is no event now, and no timer waits for it',
    play(season) {
      const far = fixtureAt(40 * 24 * 60);
      season.tell([far]);
      season.told();
      season.clock.advance(1_000);
      expect(season.words()).toEqual([]);
      expect(season.actor.getSnapshot().context.tick.delayMs).toBe(30_000);
    },
  },
  {
    title:
      'a sleep from twenty minutes before a fixture to two after it is noticed, and the lobby entered at once',
    input: { minutes: -20 },
    play(season) {
      season.tell([first]);
      season.list.take();
      season.told();
      season.sleep(22);
      season.actor.send({ type: 'clock.moved' });
      expect(season.presence()).toEqual({ attending: 'due' });
      const [jump, near, due, alarm] = season.told();
      expect(jump).toMatchObject({ type: 'clock.jumped', byMs: 22 * 60_000 });
      expect(near).toEqual({ type: 'fixture.near', fixture: first, inMs: -2 * 60_000 });
      expect(due).toEqual({ type: 'fixture.due', fixture: first });
      expect(alarm).toMatchObject({ type: 'fixture.alarm', why: 'late' });
      expect(season.list.take()).toHaveLength(1);
    },
  },
  {
    title:
      'a sleep that nobody else notices is noticed by the next tick; a clock that is set back too, and nothing is told twice',
    play(season) {
      openedIn(season);
      announce(season, 'm1', ['birch']);
      season.pass(1, []);
      season.told();
      season.sleep(-120);
      season.clock.advance(30_000);
      expect(season.words()).toEqual(['clock.jumped']);
      season.sleep(120);
      season.clock.advance(30_000);
      expect(season.told()).toMatchObject([{ type: 'clock.jumped', byMs: 120 * 60_000 }]);
    },
  },
  {
    title: 'a list that cannot be read is asked for again at a growing pace, and what was known stays',
    play(season) {
      season.tell([first]);
      season.told();
      season.pass(5.1);
      season.list.take();
      season.list.tell({ type: 'list.failed', message: 'HTTP 503', retryAfterMs: null });
      expect(season.told()).toEqual([{ type: 'fixture.unlisted', message: 'HTTP 503', retryMs: 30_000 }]);
      season.clock.advance(29_000);
      expect(season.list.take()).toEqual([]);
      season.clock.advance(1_000);
      expect(season.list.take()).toHaveLength(1);
      season.list.tell({ type: 'list.failed', message: 'HTTP 503', retryAfterMs: null });
      expect(season.told()).toEqual([]);
      season.clock.advance(59_000);
      expect(season.list.take()).toEqual([]);
      season.clock.advance(1_000);
      expect(season.list.take()).toHaveLength(1);
      season.list.tell({ type: 'list.failed', message: 'HTTP 429', retryAfterMs: 900_000 });
      expect(season.told()).toMatchObject([{ type: 'fixture.unlisted', retryMs: 900_000 }]);
      season.pass(48);
      expect(season.presence()).toEqual({ attending: 'near' });
    },
  },
  {
    title: 'waits in the lobby while no list could be read yet, for fixtures that nobody knows of',
    play(season) {
      const fail = () => season.list.tell({ type: 'list.failed', message: 'HTTP 503', retryAfterMs: null });
      expect(season.presence()).toBe('apart');
      fail();
      expect(season.presence()).toBe('watching');
      season.pass(0.5);
      season.tell([fixtureAt(600)]);
      expect(season.presence()).toBe('apart');
      // What was known stays for an hour, and then says too little.
      season.pass(5);
      fail();
      season.pass(54);
      expect(season.presence()).toBe('apart');
      season.pass(2);
      expect(season.presence()).toBe('watching');
      // In each retry a list of its own may come.
      season.pass(10, [fixtureAt(600)]);
      expect(season.presence()).toBe('apart');
    },
  },
  ...(['near', 'due', 'playing'] as const).map((urgency) => ({
    title: `goes from watching to a fixture that is ${urgency}`,
    play(season: SeasonHarness) {
      season.list.tell({ type: 'list.failed', message: 'HTTP 503', retryAfterMs: null });
      const minutes = { near: 10, due: 0, playing: 0 }[urgency] - 60;
      if (urgency === 'playing') season.actor.send({ type: 'match.announced', matchId: 'm1', rated: true });
      const record = { ...newRecord(fixtureAt(minutes)), standing: 'near' as const };
      season.actor.send({
        type: 'season.inherited',
        memory: { fixtures: [record], matches: [...season.actor.getSnapshot().context.matches] },
        playing: ['m1'],
      });
      expect(season.presence()).toEqual({ attending: urgency });
    },
  })),
  {
    title: 'a platform that does not answer is asked again',
    play(season) {
      season.list.take();
      season.clock.advance(60_000);
      expect(season.told()).toMatchObject([
        { type: 'fixture.unlisted', message: 'The platform did not answer in a minute.' },
      ]);
      season.clock.advance(30_000);
      expect(season.list.take()).toHaveLength(1);
    },
  },
  {
    title: 'a list port with a defect is told, and the fixtures that are known are served without it',
    play(season) {
      season.tell([first]);
      season.told();
      season.actor.send({
        type: 'xstate.error.actor.list',
        actorId: 'list',
        error: new Error('a defect'),
      } as never);
      expect(season.told()).toMatchObject([
        { type: 'fixture.unlisted', message: 'The list of fixtures failed, and is not read again: a defect' },
      ]);
      season.pass(50);
      expect(season.presence()).toEqual({ attending: 'near' });
    },
  },
  {
    title:
      'a fixture that is missing once is waited for; one that is missing twice long before its time is cancelled, and may come back',
    play(season) {
      season.tell([first]);
      season.told();
      season.pass(5.1, []);
      expect(season.words()).toEqual([]);
      season.pass(5.1, []);
      expect(season.words()).toEqual(['fixture.cancelled', 'fixture.listed']);
      season.pass(5.1, [first]);
      expect(season.words()).toEqual(['fixture.listed']);
      season.pass(40, [first]);
      expect(season.presence()).toEqual({ attending: 'near' });
    },
  },
  {
    title: 'a list of which a part cannot be read cancels nothing, and says so',
    play(season) {
      season.tell([first]);
      season.told();
      season.pass(5.1);
      season.tell([], {
        isWhole: false,
        message: 'Entries of the list that cannot be read, and are left out: 1.',
      });
      expect(season.words()).toEqual(['fixture.listed']);
      season.pass(5.1);
      season.tell([], {
        isWhole: false,
        message: 'Entries of the list that cannot be read, and are left out: 1.',
      });
      expect(season.words()).toEqual([]);
      expect(season.actor.getSnapshot().context.fixtures[0]?.standing).toBe('coming');
    },
  },
  {
    title: 'a fixture that is moved is waited for at its new time',
    play(season) {
      season.tell([first]);
      season.told();
      season.pass(50, [first]);
      expect(season.presence()).toEqual({ attending: 'near' });
      const moved = { ...first, startsAt: seasonMark + 3_600_000 };
      season.told();
      season.pass(5.1, [moved]);
      expect(season.presence()).toBe('apart');
      expect(season.told()).toEqual([
        { type: 'fixture.moved', fixture: moved, before: seasonMark },
        { type: 'fixture.listed', fixtures: [moved], message: null },
      ]);
    },
  },
  {
    title: 'a bot that is out of its lobby near a fixture is an alarm, once for each time',
    play(season) {
      season.tell([first]);
      season.pass(48.5, [first]);
      season.told();
      season.pass(0.6, [first]);
      expect(season.told()).toEqual([
        {
          type: 'fixture.alarm',
          fixture: first,
          why: 'offline',
          message: 'The bot is not in its lobby, and the fixture against birch begins in 11 min.',
        },
      ]);
      season.pass(2, [first]);
      expect(season.words()).toEqual([]);
      season.actor.send({ type: 'lobby.online' });
      season.actor.send({ type: 'lobby.offline' });
      season.actor.send({ type: 'lobby.offline' });
      season.pass(0.9, [first]);
      expect(season.words()).toEqual([]);
      season.pass(0.2, [first]);
      expect(season.words()).toEqual(['alarm offline']);
    },
  },
  {
    title: 'a run that begins after the mark goes on with what an earlier one knew',
    play(season) {
      openedIn(season);
      announce(season, 'm1', ['birch']);
      const memory = seasonMemoryOf(season.actor.getSnapshot().context);
      expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
      const next = startSeason({ minutes: 2, memory });
      expect(next.presence()).toEqual({ attending: 'due' });
      expect(next.words()).toEqual(['fixture.near', 'fixture.due']);
      next.tell([]);
      announce(next, 'm1');
      expect(next.presence()).toEqual({ attending: 'playing' });
      next.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: true });
      expect(next.told().slice(-2)).toEqual([
        { type: 'fixture.matched', fixture: first, matchId: 'm1', rivals: [] },
        { type: 'fixture.served', fixture: first, matchId: 'm1' },
      ]);
      const third = startSeason({ minutes: 8, memory: seasonMemoryOf(next.actor.getSnapshot().context) });
      expect(third.presence()).toBe('apart');
      for (const one of [next, third]) one.actor.stop();
    },
  },
  {
    title: 'a run that begins in the match of a fixture has no alarm that none came',
    play(season) {
      openedIn(season);
      announce(season, 'm1', ['birch']);
      const next = startSeason({
        minutes: 7,
        memory: seasonMemoryOf(season.actor.getSnapshot().context),
      });
      next.tell([]);
      next.actor.send({ type: 'lobby.online' });
      expect(next.words()).toEqual(['fixture.near', 'fixture.due', 'fixture.listed']);
      announce(next, 'm1');
      next.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: true });
      expect(next.words()).toEqual(['fixture.matched', 'fixture.served']);
      next.actor.stop();
    },
  },
  {
    title: 'a fixture whose match had begun is not said to have had none',
    play(season) {
      openedIn(season);
      announce(season, 'm1', ['birch']);
      season.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: false });
      season.told();
      season.pass(5, []);
      expect(season.told()).toMatchObject([
        {
          type: 'fixture.alarm',
          why: 'no_match',
          message: 'The match of the fixture against birch had begun, and is not played here any more.',
        },
      ]);
      season.pass(36, []);
      expect(season.told().at(-1)).toMatchObject({
        type: 'fixture.missed',
        message: 'its match had begun, and its end was not seen',
      });
    },
  },
  {
    title: 'a run that begins when a fixture is over tells that it was missed',
    input: {
      minutes: 45,
      memory: {
        fixtures: [
          {
            fixture: first,
            standing: 'near',
            nearAt: null,
            leftAt: null,
            absences: 0,
            alarms: [],
            matchIds: [],
          },
        ],
        matches: [],
      },
    },
    play(season) {
      expect(season.told()).toEqual([
        {
          type: 'fixture.missed',
          fixture: first,
          message: 'this was not running from its mark until 40 min after it',
        },
      ]);
      expect(season.presence()).toBe('apart');
    },
  },
  {
    title:
      'a dry run takes the same way with an invented fixture, takes no match from a real one, and leaves nothing behind',
    input: { minutes: -1, dryRunAt: seasonMark },
    play(season) {
      expect(season.presence()).toEqual({ attending: 'near' });
      season.tell([first]);
      season.actor.send({ type: 'lobby.online' });
      season.pass(1.1, []);
      announce(season, 'm1', ['birch']);
      season.actor.send({ type: 'match.ended', matchId: 'm1', isCompleted: true });
      expect(season.told().filter(({ type }) => type === 'fixture.served')).toMatchObject([
        { fixture: first },
      ]);
      expect(season.presence()).toEqual({ attending: 'due' });
      season.pass(2.8, []);
      expect(season.words()).not.toContain('alarm no_match');
      season.pass(0.2, []);
      expect(season.told()).toMatchObject([
        { type: 'fixture.alarm', message: 'No match came for the invented fixture 3 min after its mark.' },
      ]);
      season.pass(38, []);
      expect(season.told().at(-1)).toMatchObject({
        type: 'fixture.missed',
        message: 'no match came, as was to be expected of a dry run',
      });
      expect(
        seasonMemoryOf(season.actor.getSnapshot().context).fixtures.map(({ fixture }) => fixture),
      ).toEqual([first]);
    },
  },
  {
    title: "a match that is announced to a machine that has just woken is the fixture's at once",
    play(season) {
      season.tell([first]);
      season.told();
      season.sleep(60.5);
      announce(season, 'm1', ['birch']);
      expect(season.presence()).toEqual({ attending: 'playing' });
      expect(season.words()).toEqual(['fixture.near', 'fixture.matched']);
    },
  },
  {
    title: 'one that is announced to a bot that waits for it in a sleep, too',
    play(season) {
      season.tell([first]);
      season.pass(50, [first]);
      season.sleep(10.5);
      announce(season, 'm1', ['birch']);
      expect(season.presence()).toEqual({ attending: 'playing' });
    },
  },
  {
    title: 'a fixture that was missing in a list for a moment is near again, and not due',
    play(season) {
      season.tell([first]);
      season.pass(49, [first]);
      season.pass(2, []);
      expect(season.presence()).toEqual({ attending: 'due' });
      season.told();
      season.pass(5.1, [first]);
      expect(season.presence()).toEqual({ attending: 'near' });
    },
  },
];
