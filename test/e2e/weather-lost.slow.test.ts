/**
 * The agent in weather that no client survives unharmed: what the protocol makes of it, exactly. The runs are those of
 * weather.test.ts, in both dialects. Up to the moment at which the weather strikes they equal the calm run of the same
 * seed; from there on they cannot, by profile:
 *
 * - `silence`: the platform plays the turns of a seat that it does not hear, before either side has noticed. The match
 *   goes on when the client does and ends as those turns made it end. A match that is announced into the silence is
 *   never joined: the platform cancels it after 30 s, and the client has nothing to report of it.
 * - `evictions`: whoever evicted the bot holds its lobby. The session must end and must not come back; its matches get
 *   the drain grace, which does not last to their end. Nobody takes them over here, so that the seat forfeits.
 * - `revoked`: the same, and the session ends with an error, for no connection is let in any more.
 */
import { describe, expect, it } from 'vitest';
import { TokenRevokedError } from '../../src/protocol/errors.js';
import type { TimedAgentEvent } from '../../src/protocol/events.js';
import {
  calmRuns,
  describeWeather,
  dialects,
  type Guest,
  profileOf,
  type Run,
  run,
  type Scenario,
} from './weather.js';
import {
  type Account,
  accountsOf,
  conductOf,
  expectSameEnds,
  expectSoundProxy,
  faultless,
  turnsOf,
} from './weather-accounts.js';
import { duel, headsUpScenario, scenarios, table, three } from './weather-scenarios.js';

const seed = 'weather';
const drainGraceMs = 5_000;

const calmRun = calmRuns(seed);

const of = <E extends { type: string }, T extends E['type']>(events: readonly E[], type: T) =>
  events.filter((event): event is Extract<E, { type: T }> => event.type === type);

function guestOf({ guests }: Run, index: number): Guest {
  const guest = guests[index];
  if (guest === undefined) throw new Error(`There is no guest ${index}.`);
  return guest;
}

/** In all matches that a guest was in. */
function allTurnsOf(played: Run, { botId }: Guest, type: 'turn.opened' | 'turn.substituted'): string[] {
  return played.matchIds.flatMap((matchId) => turnsOf(played, type, matchId, botId));
}

function expectStruck({ struck }: Run, profileName: string, message: string): void {
  expect(
    profileOf(profileName).faults.filter((_, index) => !struck.has(index + 1)),
    message,
  ).toEqual([]);
}

/** What each bot of ours did is how its part of the calm run begins. */
async function expectCalmBeginning(scenario: Scenario, played: Run, message: string): Promise<void> {
  const calm = accountsOf(await calmRun(scenario));
  const done = accountsOf(played);
  expect(
    done.map(({ decisions }) => decisions),
    message,
  ).toEqual(
    calm.map(({ decisions }, match) =>
      decisions.map((own, bot) => own.slice(0, done[match]?.decisions[bot]?.length)),
    ),
  );
}

/** Nothing was dialed once the session was over, and its matches were cut at the end of their grace. */
function expectQuietEnd({ events }: Guest, { results }: Run['sessions'][number], message: string): void {
  const dials: readonly TimedAgentEvent['type'][] = ['lobby.connecting', 'match.connecting'];
  const draining = events.findIndex(({ type }) => type === 'lobby.draining');
  expect(of(events, 'lobby.connecting').length, message).toBe(1);
  expect(
    events.slice(draining).filter(({ type }) => dials.includes(type)),
    message,
  ).toEqual([]);
  const over = events[draining]?.at ?? 0;
  expect(
    results.map(({ outcome, abandonReason, endedAt }) => [
      outcome,
      abandonReason,
      Math.round(endedAt - over),
    ]),
    message,
  ).toEqual(results.map(() => ['abandoned', 'cut', drainGraceMs]));
}

const forfeited = { forfeit_seat: 0, forfeit_winner_seat: 1, forfeit_reason: 'grace_expired' };

/** How the platform ends matches whose bots have gone, in `match_end`. */
const endsWithoutUs = new Map<Scenario, object[]>([
  [headsUpScenario, [forfeited]],
  // The platform plays the seat to the end of the match.
  [table, [{ reason: 'complete', terminal_status: 'completed' }]],
  [three, [forfeited, forfeited, forfeited]],
  [duel, [{ terminal_status: 'abandoned', all_disconnected: true }]],
]);

describe.each(dialects)('in the $dialect dialect', ({ legacy }) => {
  describe.each(['evictions', 'revoked'])(`%s (seed ${seed})`, (name) => {
    const weather = { profile: profileOf(name), legacy, seed };
    const message = describeWeather(weather);

    it.each(scenarios)('$name ends the session quietly, and the seat forfeits', async (scenario) => {
      const played = await run(scenario, weather);
      for (const [index, session] of played.sessions.entries()) {
        const guest = guestOf(played, index);
        expectQuietEnd(guest, session, message);
        if (name === 'revoked') {
          expect(session.error, message).toBeInstanceOf(TokenRevokedError);
        } else {
          expect(session.error, message).toBe(null);
          expect(of(guest.events, 'lobby.ended'), message).toMatchObject([{ reason: 'evicted' }]);
        }
        expect(session.results.length, message).toBe(played.matchIds.length);
        const asked = guest.decisions.map(({ requestId }) => requestId);
        const opened = new Set(allTurnsOf(played, guest, 'turn.opened'));
        expect(new Set(asked).size, message).toBe(asked.length);
        expect(
          asked.filter((id) => !opened.has(id)),
          message,
        ).toEqual([]);
        // While it was there it lost no turn.
        const answered = new Set(of(guest.events, 'turn.answered').map(({ requestId }) => requestId));
        expect(
          allTurnsOf(played, guest, 'turn.substituted').filter((id) => answered.has(id)),
          message,
        ).toEqual([]);
      }
      expect(played.ends, message).toMatchObject(endsWithoutUs.get(scenario) ?? []);
      expect(
        of(played.events, 'seat.forfeited').map(({ reason }) => reason),
        message,
      ).toEqual(played.sessions.flatMap(({ results }) => results.map(() => 'grace_expired')));
      await expectCalmBeginning(scenario, played, message);
      expectStruck(played, name, message);
      expectSoundProxy(played, message);
    });
  });

  describe(`silence (seed ${seed})`, () => {
    const weather = { profile: profileOf('silence'), legacy, seed };
    const message = describeWeather(weather);

    it.each(scenarios)('$name goes on when the agent notices', async (scenario) => {
      const played = await run(scenario, weather);
      // Also what is announced into the silence: the lobby is missed before the platform stops waiting.
      expect(played.ends, message).toMatchObject(
        played.ends.map(() => ({ reason: 'complete', terminal_status: 'completed' })),
      );
      for (const [index, session] of played.sessions.entries()) {
        const guest = guestOf(played, index);
        const substituted = allTurnsOf(played, guest, 'turn.substituted');
        const timeouts = session.results.map((result) => result.timeouts);
        expect(session.error, message).toBe(null);
        // Of the turns that were played meanwhile it counts those whose hands it heard the end of.
        expect(session.results.map(conductOf), message).toEqual(
          timeouts.map((count) => ({ ...faultless, timeouts: count })),
        );
        expect(
          timeouts.reduce((sum, count) => sum + count, 0),
          message,
        ).toBeLessThanOrEqual(substituted.length);
        expect(session.results.map(({ matchId }) => matchId).toSorted(), message).toEqual(
          played.matchIds.toSorted(),
        );
        expect(
          session.results.map(({ resumes }) => resumes),
          message,
        ).toEqual(session.results.map(() => 1));
        expect(of(guest.events, 'lobby.connecting').length, message).toBe(2);
        expect(substituted.length, message).toBeGreaterThan(0);
        expect(guest.decisions.map(({ requestId }) => requestId).toSorted(), message).toEqual(
          allTurnsOf(played, guest, 'turn.opened')
            .filter((id) => !substituted.includes(id))
            .toSorted(),
        );
      }
      // The silence begins at the second turn.
      const firstOf = ([account]: Account[]) => account?.decisions.map(([decision]) => decision);
      expect(firstOf(accountsOf(played)), message).toEqual(firstOf(accountsOf(await calmRun(scenario))));
      expectSameEnds(played, message);
      expect(of(played.events, 'seat.forfeited'), message).toEqual([]);
      expectStruck(played, 'silence', message);
      expectSoundProxy(played, message);
    });
  });
});
