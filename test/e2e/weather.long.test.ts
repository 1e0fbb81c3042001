/**
 * The agent in every weather that it survives: whole matches on real sockets through each named chaos profile, in both
 * dialects, at the platform's pace on a clock that the test owns. Each must come out as the calm run of the same seed:
 * the same hands, stacks and results, and the bot shown the same states in the same order, each once.
 *
 * Where the protocol sets a limit to that, by profile:
 *
 * - `calm`, `lobby-flaps`, `slices`, `noise`, `half-open`, `refusals`: none. `half-open` and `refusals` come before a
 *   match begins; they stay equal while the client is back within the 30 s that a seat may take to join.
 * - `slow-network`: the way there and back is on the turn's clock. Equal while it leaves time to think.
 * - `drops`, `closes`, `everything`: use up the three reconnects of a match. One loss more, such as a restart of the
 *   process, ends it (weather-restart.test.ts gives such matches one more). Equal since the cuts fall at turns of the
 *   seat itself: at any other time the table goes on, and what it says meanwhile is not said again.
 * - `restarts`: cuts every seat at once, also those that watch. What happens while a seat is away is not told again, so
 *   that its hooks and the hands in its result can be fewer; decisions and chips are the same.
 * - `silence`, `evictions`, `revoked`: cannot be survived (weather-lost.slow.test.ts).
 */
import { afterAll, describe, expect, it } from 'vitest';
import { profiles } from '../../src/chaos/profiles.js';
import {
  describeWeather,
  dialects,
  profileOf,
  type Run,
  run,
  type Scenario,
  type Weather,
} from './weather.js';
import {
  accountsOf,
  conductOf,
  expectEachTurnOnce,
  expectNoTrouble,
  expectSameEnds,
  faultless,
} from './weather-accounts.js';
import { scenarios } from './weather-scenarios.js';

const seed = 'weather';

/** Byte by byte every hand takes long. */
const shorter: Readonly<Record<string, number>> = { slices: 2 };

const runs = new Map<string, Promise<Run>>();

/** Each run is made once and looked at by several tests. */
function seen(scenario: Scenario, profileName: string, legacy: boolean, like = profileName): Promise<Run> {
  const key = JSON.stringify([scenario.name, profileName, legacy, shorter[like]]);
  const maxHands = shorter[like];
  const weather: Weather = { profile: profileOf(profileName), legacy, seed };
  const known = runs.get(key) ?? run(scenario, { ...weather, ...(maxHands && { more: { maxHands } }) });
  runs.set(key, known);
  return known;
}

const survivable = profiles.filter((profile) => profile.survivable);

describe.each(dialects)('in the $dialect dialect', ({ legacy }) => {
  afterAll(() => runs.clear());

  describe.each(survivable)(`$name (seed ${seed})`, (profile) => {
    const message = describeWeather({ profile, legacy, seed });

    it.each(scenarios)('$name comes out as in calm weather', async (scenario) => {
      const [calm, played] = [
        await seen(scenario, 'calm', false, profile.name),
        await seen(scenario, profile.name, legacy),
      ];
      expect(accountsOf(played), message).toEqual(accountsOf(calm));
      expect(
        played.sessions.map(({ error }) => error),
        message,
      ).toEqual(played.guests.map(() => null));
      const results = played.sessions.flatMap((session) => session.results);
      expect(results.map(conductOf), message).toEqual(results.map(() => faultless));
      expect(results.map(({ matchId }) => matchId).toSorted(), message).toEqual(
        played.guests.flatMap(() => played.matchIds).toSorted(),
      );
      // A seat that is away does not hear how a hand ends.
      if (profile.name !== 'restarts') {
        expect(
          results.map(({ hands }) => hands),
          message,
        ).toEqual(results.map(({ end }) => end?.total_hands_played));
      }
      expectSameEnds(played, message);
      expectEachTurnOnce(played, message);
      expectNoTrouble(played, message);
    });

    it('strikes with each of its faults', async () => {
      const struck = new Set<number>();
      for (const scenario of scenarios) {
        for (const fault of (await seen(scenario, profile.name, legacy)).struck) struck.add(fault);
      }
      expect(
        profile.faults.filter((_, index) => !struck.has(index + 1)),
        message,
      ).toEqual([]);
    });
  });
});
