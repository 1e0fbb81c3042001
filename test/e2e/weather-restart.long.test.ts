/**
 * A process that dies in the middle of its matches and is started anew, in every weather that the agent survives. Its
 * matches go on in the new process and come out as one process plays them in calm weather.
 *
 * Where the protocol sets a limit: the death costs a reconnect. `drops`, `closes` and `everything` use up the three
 * that a match has, so that these tests play at a platform with one more. The new process was not told what the old one
 * was: its first hand has no `round_start`, and the decision that was open is asked of it again.
 *
 * `slices` is left out: nothing in it is about processes.
 */
import { describe, expect, it } from 'vitest';
import { profiles } from '../../src/chaos/profiles.js';
import { calmRuns, describeWeather, dialects, type Run, run } from './weather.js';
import {
  accountsOf,
  conductOf,
  expectEachTurnOnce,
  expectNoTrouble,
  expectSameEnds,
  faultless,
} from './weather-accounts.js';
import { type Death, replacements } from './weather-scenarios.js';

const seed = 'death';

const weathers = profiles.filter(({ name, survivable }) => survivable && name !== 'slices');

const calmRun = calmRuns(seed);

/** The decision that was open in each match, and none that the platform had taken, and it falls the same way. */
function expectOnlyOpenTurnsAgain({ guests, matchIds }: Run, death: Death, message: string): void {
  const [first, second] = guests;
  if (first === undefined || second === undefined) throw new Error('Two processes were to play.');
  const decided = new Map(second.decisions.map((decision) => [decision.requestId, decision]));
  const again = first.decisions.filter(({ requestId }) => decided.has(requestId));
  const last = matchIds.map((id) => first.decisions.findLast(({ matchId }) => matchId === id));
  expect(
    again.filter((decision) => !last.includes(decision)),
    message,
  ).toEqual([]);
  expect(again, message).toEqual(again.map(({ requestId }) => decided.get(requestId)));
  const answered = new Set(
    first.events.map((event) => (event.type === 'turn.answered' ? event.requestId : null)),
  );
  const open = first.decisions.filter(({ requestId }) => !answered.has(requestId));
  expect(open.length > 0, message).toBe(death === 'thinking');
  expect(
    open.filter((decision) => !again.includes(decision)),
    message,
  ).toEqual([]);
}

describe.each(dialects)('in the $dialect dialect', ({ legacy }) => {
  describe.each(weathers)(`$name (seed ${seed})`, (profile) => {
    const weather = { profile, legacy, seed, more: { maxReconnects: 4 } };
    const message = describeWeather(weather);

    it.each(replacements)('$name: the next process brings it to the calm end', async (replacement) => {
      const [calm, played] = [await calmRun(replacement.undisturbed), await run(replacement, weather)];
      expect(accountsOf(played), message).toEqual(accountsOf(calm));
      const [first, second] = played.sessions;
      const cut = { ...faultless, outcome: 'abandoned', abandonReason: 'cut' };
      expect(first?.results.filter(({ end }) => end === null).map(conductOf), message).toEqual(
        second?.results.map(() => cut),
      );
      expect(second?.results.map(conductOf), message).toEqual(second?.results.map(() => faultless));
      expect(second?.results.length, message).toBeGreaterThan(0);
      expectSameEnds(played, message);
      expectEachTurnOnce(played, message);
      expectNoTrouble(played, message);
      expectOnlyOpenTurnsAgain(played, replacement.death, message);
    });
  });
});
