/** What a bot has before it, in words for every view: fixtures, the queue, what is left of the day, the rating. */
import type { DayFigures } from '../protocol/queue-events.js';
import { describeRest } from '../protocol/queue-words.js';
import { ageWords } from '../time/age-words.js';
import type { SessionFixture, SessionQueue, SessionRating } from './session-state.js';

type FixtureFacts = Pick<SessionFixture, 'opponent' | 'startsAt' | 'standing'>;

/** `birch in 2 h 3 min`, `birch, due for 40 s`, `birch, being played`. @param now epoch milliseconds of the wall clock. */
export function fixtureWords({ opponent, startsAt, standing }: FixtureFacts, now: number): string {
  const name = opponent ?? 'somebody';
  const inMs = startsAt - now;
  switch (standing) {
    case 'coming':
    case 'near':
    case 'due':
      return inMs > 0 ? `${name} in ${ageWords(inMs)}` : `${name}, due for ${ageWords(-inMs)}`;
    case 'playing':
      return `${name}, being played`;
    case 'served':
    case 'missed':
    case 'cancelled':
      return `${name}, ${standing}`;
  }
}

/** `waiting for 12 s, place 2`, `resting: a match is live`. @param now on the clock of the events. */
export function queueWords(
  { place, since, position, restWhy, restUntil, trouble }: SessionQueue,
  now: number,
): string {
  const refused = trouble === null ? '' : ` (${trouble})`;
  if (place === 'resting')
    return `${restWhy === null ? 'resting' : `resting: ${describeRest(restWhy, restUntil)}`}${refused}`;
  if (place === 'out') return `not in it${refused}`;
  const forWords = since === null ? '' : ` for ${ageWords(now - since)}`;
  return `waiting${forWords}${position === null ? '' : `, place ${position}`}${refused}`;
}

/** `3 of 20 matches`, and those that were asked for. */
export function matchesWords({ matches, claims, matchesLimit }: DayFigures): string {
  const asked = claims === 0 ? '' : `, ${claims} asked for`;
  if (matchesLimit === null) return `${matches} ${matches === 1 ? 'match' : 'matches'}${asked}`;
  return `${matches} of ${matchesLimit} matches${asked}`;
}

/** Time in the lobby up to now, also while the bot is there. @param now epoch milliseconds of the wall clock. */
export function lobbyMsAt({ lobbyMs, lobbySince }: DayFigures, now: number): number {
  // Those that another version has written may have no such time.
  return typeof lobbySince === 'number' ? lobbyMs + Math.max(0, now - lobbySince) : lobbyMs;
}

/** `2 h 5 min of 8 h in the lobby, 40 min kept for fixtures`. @param now epoch milliseconds of the wall clock. */
export function hoursWords(day: DayFigures, now: number): string {
  const { lobbyLimitMs, reservedMs } = day;
  const limit = lobbyLimitMs === null ? '' : ` of ${limitWords(lobbyLimitMs)}`;
  const kept = reservedMs === 0 ? '' : `, ${ageWords(reservedMs)} kept for fixtures`;
  return `${ageWords(lobbyMsAt(day, now))}${limit} in the lobby${kept}`;
}

/** `8 h`: a limit is mostly whole hours. */
function limitWords(ms: number): string {
  return ageWords(ms).replace(/ 0 min$/, '');
}

/** `1617, deviation 61`. */
export function ratingWords({ rating, deviation }: SessionRating): string {
  return `${Math.round(rating)}${deviation === null ? '' : `, deviation ${Math.round(deviation)}`}`;
}
