/** A queue keeper in front of a platform that does whatever a platform may do, in any order: what never happens. */
import { describe, expect, it } from 'vitest';
import { matchesUsed, withFixture, withMatchOf } from '../../src/budget/claims.js';
import { createRandom } from '../../src/chance/random.js';
import { deskAnswers, offerOf, queueNoon, startQueue } from '../kit/queue-harness.js';

const minuteMs = 60_000;
const limit = 6;

/** What a seed played, for the proof that something was played at all. */
interface Tally {
  joins: number;
  matches: number;
  refused: number;
  taken: number;
}

function play(seed: string, steps: number, tally: Tally): void {
  const random = createRandom(seed);
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const queueWhile = chance(0.3) ? 1 : 0;
  const queue = startQueue({
    at: queueNoon + Math.floor(random() * 12 * 60) * minuteMs,
    takesFrom: chance(0.7) ? 'all' : null,
    queueWhile,
    limits: { matches: limit, lobbyMs: null },
    random,
  });
  /** What the platform has: a place, and who challenges. */
  let placedUntil = 0;
  const isPlaced = (): boolean => queue.clock.now() < placedUntil;
  const place = (): void => {
    placedUntil = queue.clock.now() + minuteMs;
  };
  const forget = (): void => {
    placedUntil = 0;
  };
  let marks: number[] = [];
  let live: string[] = [];
  let matches = 0;
  let uninvited = 0;
  let requests: string[] = [];

  const announce = (isAsked: boolean): void => {
    matches += 1;
    tally.matches += 1;
    if (!isAsked) uninvited += 1;
    const matchId = `m${matches}`;
    forget();
    live = [...live, matchId];
    queue.announce(matchId);
    queue.setBook((book) => withMatchOf(book, { matchId, rated: true, at: Math.round(queue.wallNow()) }));
  };
  const isQuiet = (): boolean => marks.some((mark) => mark - 15 * minuteMs <= queue.wallNow());
  /** Of each request, when it is asked. */
  const look = (): void => {
    for (const request of queue.asked()) {
      expect(requests, 'one request at a time').toEqual([]);
      requests = [request];
      const book = queue.book();
      if (request === 'join' || request === 'accept') {
        expect(live.length, `${request} while playing`).toBeLessThanOrEqual(queueWhile);
        expect(isQuiet(), `${request} into a fixture`).toBe(false);
        expect(book.claims, `${request} without a claim of its own`).toHaveLength(1);
        // Those that nobody asked for were counted as well.
        expect(matchesUsed(book)).toBeLessThanOrEqual(limit + uninvited);
        expect(matchesUsed(book) - book.claims.length, `${request} over the quota`).toBeLessThan(limit);
      }
      if (request === 'join') tally.joins += 1;
      if (request === 'accept') expect(isPlaced(), 'two matches asked for at once').toBe(false);
    }
  };
  const answer = (): void => {
    const [request] = requests;
    if (request === undefined) return;
    requests = [];
    if (chance(0.15)) {
      tally.refused += 1;
      const refusal = pick([
        deskAnswers.refused('RATE_001', { retryAfterMs: pick([null, 0, 5_000, 90_000]) }),
        deskAnswers.refused(null, { httpStatus: 503 }),
        deskAnswers.refused('EXT_BOT_OFFLINE', { httpStatus: 409 }),
        deskAnswers.refused('CHALLENGE_QUOTA_EXCEEDED'),
        deskAnswers.unanswered,
      ]);
      // What had no answer may have been done.
      if (refusal === deskAnswers.unanswered && request === 'join') place();
      if (refusal === deskAnswers.unanswered && request === 'leave') forget();
      queue.answer(refusal);
      return;
    }
    switch (request) {
      case 'join':
        place();
        if (!chance(0.4)) queue.answer(deskAnswers.queued);
        else if (chance(0.5)) {
          queue.answer(deskAnswers.matched);
          forget();
          if (chance(0.9)) announce(true);
        } else {
          announce(true);
          queue.answer(deskAnswers.matched);
        }
        break;
      case 'leave':
        queue.answer(isPlaced() ? deskAnswers.left : deskAnswers.notQueued);
        forget();
        break;
      case 'look':
        queue.answer(
          deskAnswers.listed(
            ...['birch', 'cedar'].flatMap((name) =>
              chance(0.3)
                ? [offerOf(name, { challengeId: `${name}${Math.floor(queue.wallNow() / minuteMs)}` })]
                : [],
            ),
          ),
        );
        break;
      case 'accept':
        tally.taken += 1;
        queue.answer(deskAnswers.done);
        if (chance(0.9)) announce(true);
        break;
      default:
        queue.answer(deskAnswers.done);
    }
  };
  const endOne = (): void => {
    const [matchId] = live;
    if (matchId === undefined) return;
    live = live.slice(1);
    queue.send({ type: 'match.over', matchId });
  };
  const setMarks = (next: number[]): void => {
    marks = next;
    queue.send({ type: 'fixtures.changed', marks });
  };
  const moves: (() => void)[] = [
    answer,
    answer,
    answer,
    () => queue.pass(pick([500, 5_000, 20_000])),
    () => queue.pass(pick([1_000, 15_000, 70_000])),
    () => isPlaced() && chance(0.5) && announce(true),
    () => chance(0.1) && announce(false),
    endOne,
    endOne,
    () => queue.send({ type: chance(0.3) ? 'lobby.offline' : 'lobby.online' }),
    () => chance(0.1) && queue.setClock(pick([-20, 10, 40]) * minuteMs),
    () => chance(0.2) && setMarks([queue.wallNow() + pick([5, 20, 60]) * minuteMs]),
    () => setMarks([]),
    () => {
      if (live[0] === undefined || !chance(0.1)) return;
      const [matchId] = live;
      queue.setBook((book) => withFixture(book, { matchId, at: Math.round(queue.wallNow()) }));
    },
  ];
  look();
  for (let step = 0; step < steps; step += 1) {
    pick(moves)();
    look();
  }
  // It ends whatever it was about.
  queue.send({ type: 'queue.stop' });
  look();
  for (let left = 10; left > 0 && queue.state() !== 'stopped'; left -= 1) {
    queue.answer(
      requests[0] === 'look'
        ? deskAnswers.listed()
        : requests[0] === 'accept' || requests[0] === 'decline'
          ? deskAnswers.done
          : deskAnswers.left,
    );
    requests = [];
    look();
  }
  expect(queue.state()).toBe('stopped');
  queue.actor.stop();
  expect(queue.clock.pending()).toBe(0);
}

describe('a queue keeper, whatever happens', () => {
  it('is never queued while seated or into a fixture, never asks for two matches at once, and never for more than the day has', () => {
    const tally: Tally = { joins: 0, matches: 0, refused: 0, taken: 0 };
    for (let seed = 0; seed < 100; seed += 1) play(`queue ${seed}`, 150, tally);
    expect(tally.joins).toBeGreaterThan(200);
    expect(tally.matches).toBeGreaterThan(100);
    expect(tally.refused).toBeGreaterThan(50);
    expect(tally.taken).toBeGreaterThan(10);
  });
});
