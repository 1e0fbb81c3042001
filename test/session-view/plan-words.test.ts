import { describe, expect, it } from 'vitest';
import type { AgentEvent } from '../../src/protocol/events.js';
import { foldEvent } from '../../src/session-view/fold-event.js';
import {
  fixtureWords,
  hoursWords,
  lobbyMsAt,
  matchesWords,
  queueWords,
  ratingWords,
} from '../../src/session-view/plan-words.js';
import { newSession, type SessionQueue } from '../../src/session-view/session-state.js';
import { end, start } from './session-events.js';

const minute = 60_000;

/** The queue after these events, which came a second after each other. */
function queueAfter(...events: AgentEvent[]): SessionQueue | null {
  return events.reduce(
    (state, event, index) => foldEvent(state, { ...event, at: start + index * 1_000 }),
    newSession,
  ).queue;
}

const joined: AgentEvent = { type: 'queue.joined', position: 3, ttlMs: 60_000 };
const refreshed: AgentEvent = { type: 'queue.refreshed', position: 2, ageMs: 18_000 };
const refused: AgentEvent = {
  type: 'queue.refused',
  request: 'GET /api/external-api/challenges/remote',
  code: 'RATE_001',
  httpStatus: 429,
  delayMs: 30_000,
  message: 'too many requests',
};
const until = Date.UTC(2026, 0, 7);
/** The request for a place, as the platform client names it. */
const asked: AgentEvent = { ...refused, request: 'POST /api/external-api/matchmaking/join' };
const playing: AgentEvent = { type: 'queue.resting', why: 'playing', until: null, message: '' };

describe('the queue in words', () => {
  it.each<[AgentEvent[], string]>([
    [[joined], 'waiting for 1 min, place 3'],
    [[joined, refreshed], 'waiting for 1 min, place 2'],
    [[joined, refused], 'waiting for 1 min, place 3 (too many requests)'],
    [[joined, refused, refreshed], 'waiting for 1 min, place 2'],
    [[joined, { type: 'queue.lost', ageMs: 60_000 }], 'not in it'],
    [[refused], 'not in it (too many requests)'],
    [[joined, { type: 'queue.matched', matchId: 'm', waitedMs: 1 }], 'not in it'],
    [[joined, { type: 'queue.left', why: 'fixture' }], 'resting: a fixture is near'],
    [
      [{ type: 'queue.resting', why: 'matches', until, message: '' }],
      'resting: the matches of the day are used up; it goes on at 2026-01-07 00:00 UTC',
    ],
    [
      [{ type: 'queue.resting', why: 'playing', until: null, message: '' }, joined],
      'waiting for 59 s, place 3',
    ],
    [[playing, end(1, 10)], 'not in it'],
    [[playing, end(1, 10), asked], 'not in it (too many requests)'],
    [[playing, refused], 'resting: a match is live (too many requests)'],
    [[{ type: 'queue.left', why: 'fixture' }, end(1, 10)], 'resting: a fixture is near'],
    [[{ type: 'queue.left', why: 'fixture' }, asked], 'not in it (too many requests)'],
  ])('after %j', (events, words) => {
    const queue = queueAfter(...events);
    expect(queue && queueWords(queue, start + minute)).toBe(words);
  });

  it('is nothing where nobody joins it', () => {
    expect(queueAfter({ type: 'challenge.accepted', challengeId: 'c', opponent: null })).toBeNull();
  });
});

it.each([
  ['birch', 'coming', 2 * 60 * minute + 3 * minute, 'birch in 2 h 3 min'],
  [null, 'near', 5 * minute, 'somebody in 5 min'],
  ['birch', 'due', -40_000, 'birch, due for 40 s'],
  ['birch', 'playing', -minute, 'birch, being played'],
  ['birch', 'missed', -minute, 'birch, missed'],
] as const)('the fixture of %s that is %s', (opponent, standing, inMs, words) => {
  expect(fixtureWords({ opponent, standing, startsAt: start + inMs }, start)).toBe(words);
});

const day = {
  day: '2026-01-06',
  matches: 3,
  claims: 0,
  matchesLimit: 20,
  lobbyMs: 125 * minute,
  lobbySince: null,
  lobbyLimitMs: 480 * minute,
  reservedMs: 40 * minute,
  dials: 1,
};

it('time in the lobby goes on while the bot is there, and never back', () => {
  const there = { ...day, lobbySince: start };
  expect(lobbyMsAt(there, start + 40_000)).toBe(day.lobbyMs + 40_000);
  expect(hoursWords(there, start + 2 * minute)).toMatch(/^2 h 7 min of 8 h in the lobby/);
  expect(lobbyMsAt(there, start - minute)).toBe(day.lobbyMs);
  expect(lobbyMsAt(day, start + minute)).toBe(day.lobbyMs);
});

it('the day in words has its limits where there are any', () => {
  expect(matchesWords(day)).toBe('3 of 20 matches');
  expect(matchesWords({ ...day, claims: 2 })).toBe('3 of 20 matches, 2 asked for');
  expect(matchesWords({ ...day, matches: 1, matchesLimit: null })).toBe('1 match');
  expect(hoursWords(day, start)).toBe('2 h 5 min of 8 h in the lobby, 40 min kept for fixtures');
  expect(hoursWords({ ...day, lobbyLimitMs: null, reservedMs: 0 }, start)).toBe('2 h 5 min in the lobby');
});

it('the rating in words', () => {
  expect(ratingWords({ rating: 1617.4, deviation: 61.2 })).toBe('1617, deviation 61');
  expect(ratingWords({ rating: 1500, deviation: null })).toBe('1500');
});
