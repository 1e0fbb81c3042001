/** What a queue keeper does about its place in the queue, as scenarios on scripted ports. */
import { expect } from 'vitest';
import { withClaim, withMatchOf } from '../../src/budget/claims.js';
import { type DayBook, newDayBook } from '../../src/budget/day-book.js';
import { withLobbyTime } from '../../src/budget/lobby-time.js';
import { wantsLobby } from '../../src/machines/queue.rest.js';
import { deskAnswers, offerOf, type QueueHarness, queueNoon, type startQueue } from '../kit/queue-harness.js';

export interface QueueScenario {
  title: string;
  input?: Parameters<typeof startQueue>[0];
  play(queue: QueueHarness): void;
}

const minutes = (count: number): number => count * 60_000;
const { refused } = deskAnswers;

const played = (count: number, at = queueNoon): DayBook => {
  let book = newDayBook(at);
  for (let n = 0; n < count; n += 1) book = withMatchOf(book, { matchId: `m${n}`, rated: true, at });
  return book;
};

/** Matches that came from the queue. */
const queued = (count: number): DayBook => {
  const { matches, ...book } = played(count);
  return { ...book, matches: matches.map((match) => ({ ...match, kind: 'queue' as const })) };
};

const challenge = (voidAt: number) => (book: DayBook) =>
  withClaim(
    book,
    { claimId: 'c', kind: 'challenge', opponent: 'birch', at: queueNoon, voidAt },
    { limits: { matches: 20, lobbyMs: null }, wallNow: queueNoon },
  ) ?? book;

export const queueScenarios: QueueScenario[] = [
  {
    title: 'claims a match of the day before it asks, and has it when it is in the queue',
    play(queue) {
      expect(queue.state()).toBe('joining');
      expect(queue.book().claims).toEqual([
        { claimId: 'queue', kind: 'queue', opponent: null, at: queueNoon, voidAt: queueNoon + 120_000 },
      ]);
      expect(queue.asked()).toEqual(['join']);
      queue.answer(deskAnswers.queued);
      expect(queue.state()).toBe('queued');
      expect(queue.told()).toEqual([{ type: 'queue.joined', position: 1, ttlMs: 60_000 }]);
    },
  },
  {
    title: 'asks for nothing before the claim is in the book',
    play(queue) {
      queue.answer(deskAnswers.matched);
      queue.asked();
      queue.holdBook(true);
      queue.pass(minutes(2));
      expect(queue.state()).toBe('claimingPlace');
      queue.pass(minutes(2));
      expect(queue.asked()).toEqual([]);
      queue.holdBook(false);
      queue.send({ type: 'book.changed', book: queue.book() });
      expect(queue.state()).toBe('claimingPlace');
      queue.dayBook.tell({ type: 'book.claimed', book: queue.book() });
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'gives the claim back when a match was announced while it was written',
    play(queue) {
      queue.answer(deskAnswers.matched);
      queue.holdBook(true);
      queue.pass(minutes(2));
      expect(queue.state()).toBe('claimingPlace');
      queue.asked();
      queue.announce('m');
      queue.dayBook.tell({ type: 'book.claimed', book: queue.book() });
      expect(queue.state()).toBe('resting');
      expect(queue.asked()).toEqual([]);
      expect(queue.dayBook.take().at(-1)).toEqual({ type: 'book.release', claimId: 'queue' });
    },
  },
  {
    title: 'renews its place at 15 to 20 s of age, and its claim with it',
    play(queue) {
      queue.queue();
      queue.asked();
      queue.pass(17_000);
      expect(queue.asked()).toEqual([]);
      queue.pass(1_000);
      expect(queue.state()).toBe('refreshing');
      expect(queue.asked()).toEqual(['join']);
      expect(queue.book().claims[0]?.voidAt).toBe(queueNoon + 17_500 + 120_000);
      queue.told();
      queue.answer({ ...deskAnswers.queued, ttlMs: null });
      expect(queue.told()).toEqual([{ type: 'queue.refreshed', position: 1, ageMs: 18_000 }]);
      queue.pass(17_000);
      expect(queue.asked()).toEqual([]);
      queue.pass(1_000);
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'renews earlier where a place lasts less long, and believes no age of hours',
    play(queue) {
      queue.answer({ ...deskAnswers.queued, ttlMs: 20_000 });
      queue.asked();
      queue.pass(9_999);
      expect(queue.asked()).toEqual([]);
      queue.pass(1);
      expect(queue.asked()).toEqual(['join']);
      queue.answer({ ...deskAnswers.queued, ttlMs: 1 });
      queue.pass(5_000);
      expect(queue.asked()).toEqual(['join']);
      queue.answer({ ...deskAnswers.queued, ttlMs: 86_400_000 });
      expect(queue.context().entry?.ttlMs).toBe(300_000);
    },
  },
  {
    title: 'a match that is told with the place is awaited, played and counted once',
    play(queue) {
      queue.answer(deskAnswers.matched);
      expect(queue.state()).toBe('resting');
      expect(wantsLobby(queue.context())).toBe(true);
      queue.pass(20_000);
      expect(queue.asked()).toEqual(['join']);
      queue.announce('m');
      queue.setBook((book) => withMatchOf(book, { matchId: 'm', rated: true, at: queueNoon }));
      expect(queue.told()).toEqual([
        { type: 'queue.matched', matchId: 'm', waitedMs: 20_000 },
        { type: 'queue.resting', why: 'playing', until: null, message: 'a match is live' },
      ]);
      queue.pass(minutes(3));
      expect(queue.asked()).toEqual([]);
      queue.send({ type: 'match.over', matchId: 'm' });
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'a match that is promised and never comes is not waited for for ever',
    play(queue) {
      queue.asked();
      queue.answer(deskAnswers.matched);
      queue.pass(59_000);
      expect(queue.asked()).toEqual([]);
      queue.pass(2_000);
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'a match that comes while it waits: the platform confirms that the place is gone',
    play(queue) {
      queue.queue();
      queue.asked();
      queue.pass(5_000);
      queue.told();
      queue.announce('m');
      queue.setBook((book) => withMatchOf(book, { matchId: 'm', rated: true, at: queueNoon }));
      expect(queue.state()).toEqual({ leaving: 'asking' });
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.notQueued);
      expect(queue.state()).toBe('resting');
      expect(queue.told()).toEqual([{ type: 'queue.matched', matchId: 'm', waitedMs: 5_000 }]);
      queue.send({ type: 'match.over', matchId: 'm' });
      queue.pass(8_000);
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'a match that is announced while it asks is not promised again',
    play(queue) {
      queue.announce('m');
      queue.answer(deskAnswers.matched);
      expect(queue.context().promise).toBeNull();
      queue.send({ type: 'match.over', matchId: 'm' });
      queue.asked();
      queue.pass(13_000);
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'a place that is told after a match was announced is given up at once',
    play(queue) {
      queue.asked();
      queue.announce('m');
      queue.queue();
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      expect(queue.words()).toEqual(['queue.joined', 'queue.left']);
      expect(queue.book().claims).toEqual([]);
    },
  },
  {
    title: 'a match that is told when the place is given up is awaited',
    play(queue) {
      queue.queue();
      queue.send({ type: 'fixtures.changed', marks: [queueNoon + minutes(5)] });
      queue.asked();
      queue.answer(deskAnswers.matched);
      expect(queue.state()).toBe('resting');
      expect(queue.book().claims).toHaveLength(1);
      queue.told();
      queue.announce('m');
      expect(queue.words()).toEqual(['queue.matched', 'queue.resting']);
    },
  },
  {
    title: 'a match that starts although the place was given up is played, and counted for its place',
    play(queue) {
      queue.queue();
      queue.send({ type: 'fixtures.changed', marks: [queueNoon + minutes(5)] });
      queue.asked();
      queue.told();
      queue.answer(deskAnswers.notQueued);
      expect(queue.told()).toEqual([{ type: 'queue.left', why: 'fixture' }]);
      // It may be on its way, and the claim is its own for as long.
      expect(queue.book().claims.map(({ voidAt }) => voidAt)).toEqual([queueNoon + 15_000]);
      queue.announce('m');
      queue.setBook((book) => withMatchOf(book, { matchId: 'm', rated: true, at: queueNoon }));
      expect(queue.book().matches[0]?.kind).toBe('queue');
      expect(queue.told()).toEqual([
        { type: 'queue.matched', matchId: 'm', waitedMs: 0 },
        { type: 'queue.resting', why: 'playing', until: null, message: 'a match is live' },
      ]);
    },
  },
  {
    title: 'beside a live match it queues if that is wanted, and beside two it does not',
    input: { queueWhile: 1 },
    play(queue) {
      queue.queue();
      queue.asked();
      queue.announce('m');
      expect(queue.asked()).toEqual(['leave']);
      queue.setBook((book) => withMatchOf(book, { matchId: 'm', rated: true, at: queueNoon }));
      queue.answer(deskAnswers.notQueued);
      queue.pass(12_000);
      expect(queue.asked()).toEqual(['join']);
      queue.queue();
      queue.announce('n');
      queue.setBook((book) => withMatchOf(book, { matchId: 'n', rated: true, at: queueNoon }));
      queue.answer(deskAnswers.notQueued);
      queue.asked();
      queue.pass(minutes(1));
      expect(queue.asked()).toEqual([]);
      queue.send({ type: 'match.over', matchId: 'n' });
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'resumed and unrated matches keep it from the queue as well, and come from elsewhere',
    play(queue) {
      queue.asked();
      queue.queue();
      queue.told();
      queue.announce('m', { resume: true });
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      expect(queue.told()).toEqual([{ type: 'queue.left', why: 'playing' }]);
      queue.announce('m', { resume: true });
      expect(queue.context().live).toEqual(['m']);
      queue.announce('h', { rated: false });
      expect(queue.context().live).toEqual(['m', 'h']);
      expect(queue.words()).toEqual([]);
    },
  },
  {
    title: 'leaves 15 minutes before a fixture, and is out until it is served',
    play(queue) {
      queue.send({ type: 'fixtures.changed', marks: [queueNoon + minutes(90), queueNoon + minutes(16)] });
      queue.queue();
      queue.pass(17_000);
      queue.asked();
      queue.pass(minutes(1) - 17_000 - 1);
      for (const answer of queue.asked()) if (answer === 'join') queue.queue();
      queue.told();
      queue.pass(1);
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      expect(queue.told()).toEqual([{ type: 'queue.left', why: 'fixture' }]);
      queue.pass(minutes(40));
      expect(queue.asked()).toEqual([]);
      queue.send({ type: 'fixtures.changed', marks: [queueNoon + minutes(90)] });
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'notices a fixture when the clock jumps over the time until it',
    play(queue) {
      queue.send({ type: 'fixtures.changed', marks: [queueNoon + minutes(60)] });
      queue.queue();
      queue.asked();
      queue.setClock(minutes(50));
      queue.pass(19_000);
      expect(queue.asked()).toEqual(['leave']);
    },
  },
  {
    title: 'stops at the quota of the day and goes on at 00:00 UTC',
    input: { at: Date.parse('2026-01-06T23:50:00Z'), book: played(19, Date.parse('2026-01-06T23:50:00Z')) },
    play(queue) {
      queue.asked();
      queue.answer(deskAnswers.matched);
      queue.announce('last');
      queue.setBook((book) => withMatchOf(book, { matchId: 'last', rated: true, at: queue.wallNow() }));
      queue.send({ type: 'match.over', matchId: 'last' });
      expect(queue.told().at(-1)).toEqual({
        type: 'queue.resting',
        why: 'matches',
        until: Date.parse('2026-01-07T00:00:00Z'),
        message: 'the matches of the day are used up; it goes on at 2026-01-07 00:00 UTC',
      });
      expect(wantsLobby(queue.context())).toBe(false);
      queue.pass(minutes(10) - 1);
      expect(queue.asked()).toEqual([]);
      queue.pass(1);
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'leaves when another program uses up the day',
    play(queue) {
      queue.queue();
      queue.asked();
      queue.setBook(() => ({ ...played(20), claims: queue.book().claims }));
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      expect(queue.book().claims).toEqual([]);
    },
  },
  {
    title: 'plays as many matches of the queue a day as are wanted',
    input: { queueMatches: 3, book: queued(3) },
    play(queue) {
      expect(queue.asked()).toEqual([]);
      expect(queue.told()).toEqual([
        {
          type: 'queue.resting',
          why: 'queue_matches',
          until: Date.parse('2026-01-07T00:00:00Z'),
          message:
            'as many matches of the queue as were wanted for today were played; it goes on at 2026-01-07 00:00 UTC',
        },
      ]);
      expect(wantsLobby(queue.context())).toBe(false);
      queue.pass(12 * 3_600_000);
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'keeps the lobby hours that the fixtures of today need',
    input: {
      limits: { matches: 20, lobbyMs: 8 * 3_600_000 },
      book: withLobbyTime(newDayBook(queueNoon), 7 * 3_600_000 + minutes(5.5), queueNoon),
      marks: [queueNoon + minutes(400)],
    },
    play(queue) {
      queue.queue();
      queue.asked();
      queue.setBook((book) => withLobbyTime(book, minutes(1), queueNoon));
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      expect(wantsLobby(queue.context())).toBe(false);
      expect(queue.words()).toEqual(['queue.joined', 'queue.left']);
    },
  },
  {
    title: 'waits for a challenge that another program of the bot has sent',
    play(queue) {
      queue.queue();
      queue.asked();
      queue.setBook((book) => ({
        ...book,
        claims: [...book.claims, ...challenge(queueNoon + 60_000)(newDayBook(queueNoon)).claims],
      }));
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      expect(wantsLobby(queue.context())).toBe(true);
      queue.pass(59_000);
      expect(queue.asked()).toEqual([]);
      queue.pass(31_000);
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'a renewal whose claim is denied is not asked for: another program has one',
    play(queue) {
      queue.queue();
      queue.asked();
      queue.changeFile(() => challenge(queueNoon + 60_000)(newDayBook(queueNoon)));
      queue.pass(18_000);
      expect(queue.asked()).toEqual([]);
      queue.pass(1_000);
      expect(queue.asked()).toEqual(['leave']);
    },
  },
  {
    title: 'a renewal is not asked for when a match was announced while its claim was written',
    play(queue) {
      queue.queue();
      queue.asked();
      queue.holdBook(true);
      queue.pass(18_000);
      expect(queue.state()).toBe('renewing');
      queue.announce('m');
      queue.holdBook(false);
      queue.dayBook.tell({ type: 'book.claimed', book: queue.book() });
      expect(queue.asked()).toEqual(['leave']);
    },
  },
  {
    title: 'a claim that the book denies is asked for again when that may help',
    play(queue) {
      queue.asked();
      queue.answer(deskAnswers.matched);
      queue.holdBook(true);
      queue.pass(minutes(2));
      expect(queue.state()).toBe('claimingPlace');
      queue.dayBook.tell({
        type: 'book.denied',
        book: challenge(queueNoon + minutes(4))(newDayBook(queueNoon)),
      });
      expect(queue.state()).toBe('resting');
      queue.asked();
      queue.holdBook(false);
      queue.pass(minutes(3));
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'is out of the queue while the bot is out of its lobby, and renews its place when it is back',
    input: { isOnline: false },
    play(queue) {
      expect([queue.told(), queue.asked()]).toEqual([[], []]);
      expect(wantsLobby(queue.context())).toBe(true);
      queue.send({ type: 'lobby.online' });
      queue.queue();
      queue.asked();
      queue.send({ type: 'lobby.offline' });
      queue.pass(30_000);
      expect([queue.state(), queue.asked()]).toEqual(['queued', []]);
      queue.send({ type: 'lobby.online' });
      expect(queue.asked()).toEqual(['join']);
      queue.answer(deskAnswers.queued);
      queue.send({ type: 'lobby.offline' });
      queue.told();
      queue.pass(minutes(2));
      expect(queue.told()).toEqual([{ type: 'queue.lost', ageMs: 75_000 }]);
      expect(queue.book().claims).toEqual([]);
    },
  },
  {
    title: 'a session that ends gives up its place first',
    play(queue) {
      queue.queue();
      queue.asked();
      queue.told();
      queue.send({ type: 'queue.stop' });
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      expect(queue.state()).toBe('stopped');
      expect(queue.told()).toEqual([{ type: 'queue.left', why: 'ending' }]);
      expect(queue.book().claims).toEqual([]);
    },
  },
  {
    title: 'a session that ends out of the queue ends at once, and one that asks waits for the answer',
    play(queue) {
      queue.send({ type: 'queue.stop' });
      expect(queue.state()).toBe('joining');
      queue.answer(refused('RATE_001'));
      expect(queue.state()).toBe('stopped');
    },
  },
  {
    title: 'a session that ends does not wait at a gate, and asks once',
    play(queue) {
      queue.queue();
      queue.pass(18_000);
      queue.answer(refused('RATE_001', { retryAfterMs: 30_000 }));
      queue.asked();
      queue.announce('m');
      expect([queue.state(), queue.asked()]).toEqual([{ leaving: 'held' }, []]);
      queue.send({ type: 'queue.stop' });
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(refused('RATE_001'));
      expect(queue.state()).toBe('stopped');
    },
  },
  {
    title:
      'a place is left to the session that has the lobby now, with its claim, and asked for again when that is gone',
    play(queue) {
      queue.queue();
      queue.asked();
      queue.told();
      queue.send({ type: 'queue.give' });
      expect([queue.state(), queue.asked()]).toEqual(['resting', []]);
      queue.announce('m');
      queue.pass(minutes(1));
      expect([queue.state(), queue.asked()]).toEqual(['resting', []]);
      expect(queue.told().map(({ type }) => type)).not.toContain('queue.left');
      expect(queue.book().claims).toMatchObject([{ claimId: 'queue' }]);
      queue.send({ type: 'match.over', matchId: 'm' });
      queue.send({ type: 'queue.takeBack' });
      expect(queue.asked()).toEqual([]);
      queue.send({ type: 'lobby.online' });
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'a session whose lobby another one has ends without touching the place of that one',
    play(queue) {
      queue.queue();
      queue.asked();
      queue.send({ type: 'queue.give' });
      queue.send({ type: 'queue.stop' });
      expect([queue.state(), queue.asked()]).toEqual(['stopped', []]);
      expect(queue.book().claims).toHaveLength(1);
    },
  },
  {
    title: 'a place that is promised while the lobby is given away is not left either',
    play(queue) {
      expect(queue.asked()).toEqual(['join']);
      queue.send({ type: 'queue.give' });
      expect(queue.state()).toBe('joining');
      queue.answer(deskAnswers.queued);
      expect([queue.state(), queue.asked()]).toEqual(['resting', []]);
      expect(queue.book().claims).toHaveLength(1);
    },
  },
  {
    title: 'a place that waits for the gate to be given up is left to the session that has the lobby now',
    play(queue) {
      queue.queue();
      queue.pass(18_000);
      queue.answer(refused('RATE_001', { retryAfterMs: 30_000 }));
      queue.announce('m');
      queue.asked();
      expect(queue.state()).toEqual({ leaving: 'held' });
      queue.send({ type: 'queue.give' });
      queue.pass(minutes(1));
      expect([queue.state(), queue.asked(), queue.context().leaving]).toEqual(['resting', [], null]);
    },
  },
  {
    title: 'challenges that wait are not answered by a session that has no lobby any more',
    input: { takesFrom: ['birch'], queues: false },
    play(queue) {
      expect(queue.asked()).toEqual(['look']);
      queue.send({ type: 'queue.give' });
      queue.answer(deskAnswers.listed(offerOf('birch'), offerOf('cedar')));
      queue.pass(minutes(1));
      expect([queue.state(), queue.asked()]).toEqual(['resting', []]);
    },
  },
];
