/** What a queue keeper does about the challenges of others. */
import { expect } from 'vitest';
import { withMatchOf } from '../../src/budget/claims.js';
import { newDayBook } from '../../src/budget/day-book.js';
import { wantsLobby } from '../../src/machines/queue.rest.js';
import { deskAnswers, offerOf, queueNoon } from '../kit/queue-harness.js';
import type { QueueScenario } from './queue.scenarios.js';

const { refused, unanswered, listed, done } = deskAnswers;
const onlyChallenges = { queues: false, takesFrom: 'all' as const };
const minutes = (count: number): number => count * 60_000;

export const queueOfferScenarios: QueueScenario[] = [
  {
    title: 'looks at the challenges every ten seconds, and takes one as a match of the day',
    input: onlyChallenges,
    play(queue) {
      expect(queue.asked()).toEqual(['look']);
      queue.answer(listed());
      queue.pass(9_999);
      expect(queue.asked()).toEqual([]);
      queue.pass(1);
      expect(queue.asked()).toEqual(['look']);
      queue.answer(listed(offerOf('birch')));
      expect(queue.asked()).toEqual(['accept']);
      expect(queue.book().claims).toMatchObject([
        { claimId: 'c-birch', kind: 'accepted', opponent: 'birch' },
      ]);
      queue.answer(done);
      expect(queue.told()).toEqual([
        { type: 'challenge.received', challengeId: 'c-birch', opponent: 'birch', expiresInMs: 60_000 },
        { type: 'challenge.accepted', challengeId: 'c-birch', opponent: 'birch' },
      ]);
      queue.announce('m');
      expect(queue.words()).toEqual([]);
      expect(wantsLobby(queue.context())).toBe(true);
    },
  },
  {
    title: 'takes one challenge at a time: the second waits until it is known what becomes of the first',
    input: onlyChallenges,
    play(queue) {
      queue.answer(listed(offerOf('birch'), offerOf('cedar')));
      queue.answer(done);
      queue.asked();
      queue.pass(10_000);
      expect(queue.asked()).toEqual(['look']);
      queue.answer(listed(offerOf('birch'), offerOf('cedar', { expiresInMs: 50_000 })));
      expect(queue.asked()).toEqual([]);
      queue.announce('m');
      queue.setBook((book) => withMatchOf(book, { matchId: 'm', rated: true, at: queueNoon }));
      expect(queue.asked()).toEqual(['decline']);
      queue.told();
      queue.answer({ type: 'desk.answered', status: 'declined' });
      expect(queue.told()).toEqual([
        {
          type: 'challenge.declined',
          challengeId: 'c-cedar',
          opponent: 'cedar',
          why: 'playing',
          message: 'a match is live',
        },
      ]);
      expect(queue.book().declines).toEqual([
        {
          challengeId: 'c-cedar',
          by: 'us',
          opponent: 'cedar',
          why: 'playing',
          at: queueNoon + 10_000,
        },
      ]);
    },
  },
  {
    title: 'leaves the queue before it takes a challenge',
    input: { takesFrom: ['Birch'] },
    play(queue) {
      queue.answer(listed());
      queue.queue();
      queue.asked();
      queue.pass(10_000);
      expect(queue.asked()).toEqual(['look']);
      queue.answer(listed(offerOf('birch')));
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      expect(queue.asked()).toEqual(['accept']);
      expect(queue.book().claims.map(({ claimId }) => claimId)).toEqual(['c-birch']);
    },
  },
  {
    title: 'declines who is not named, with a place in the queue and without one',
    input: { takesFrom: ['birch'] },
    play(queue) {
      queue.answer(listed(offerOf('cedar'), offerOf('dogwood', { opponent: null, expiresInMs: null })));
      expect(queue.asked()).toEqual(['look', 'decline']);
      queue.answer(done);
      expect(queue.asked()).toEqual(['decline']);
      queue.answer(done);
      expect(queue.asked()).toEqual(['join']);
      queue.queue();
      queue.pass(10_000);
      queue.answer(listed(offerOf('elm')));
      queue.asked();
      queue.answer(done);
      expect(queue.state()).toBe('queued');
      expect(queue.book().declines.map(({ opponent, why }) => [opponent, why])).toEqual([
        ['cedar', 'not_named'],
        [null, 'not_named'],
        ['elm', 'not_named'],
      ]);
    },
  },
  {
    title: 'declines near a fixture, and when the day is used up',
    input: { ...onlyChallenges, marks: [queueNoon + minutes(10)] },
    play(queue) {
      queue.answer(listed(offerOf('birch')));
      queue.answer(done);
      queue.send({ type: 'fixtures.changed', marks: [] });
      let book = newDayBook(queueNoon);
      for (let n = 0; n < 20; n += 1)
        book = withMatchOf(book, { matchId: `m${n}`, rated: true, at: queueNoon });
      queue.setBook(() => book);
      queue.pass(10_000);
      queue.answer(listed(offerOf('cedar')));
      queue.answer(done);
      queue.setBook(() => ({
        ...newDayBook(queueNoon),
        refusedUntil: { matches: null, lobbyHours: queueNoon + minutes(30) },
      }));
      queue.pass(10_000);
      queue.answer(listed(offerOf('dogwood')));
      queue.answer(done);
      const declined = queue
        .told()
        .flatMap((event) => (event.type === 'challenge.declined' ? [event.why] : []));
      expect(declined).toEqual(['fixture', 'matches', 'lobby_hours']);
      expect(wantsLobby(queue.context())).toBe(false);
    },
  },
  {
    title: 'a challenge that is over when it is answered is told, and gives its claim back',
    input: onlyChallenges,
    play(queue) {
      queue.answer(listed(offerOf('birch')));
      queue.told();
      queue.answer(refused('EXTAPI_CHALLENGE_NOT_PENDING', { httpStatus: 409 }));
      expect(queue.words()).toEqual(['challenge.failed']);
      expect(queue.book().claims).toEqual([]);
      queue.send({ type: 'fixtures.changed', marks: [queueNoon + minutes(5)] });
      queue.pass(10_000);
      queue.answer(listed(offerOf('birch'), offerOf('cedar')));
      queue.answer(refused('EXTAPI_CHALLENGE_NOT_FOUND', { httpStatus: 404 }));
      expect(queue.words()).toEqual(['challenge.received', 'challenge.failed']);
      expect(queue.book().declines).toEqual([]);
    },
  },
  {
    title: 'a 429 keeps the intent: the challenge is taken, or declined, when the gate opens',
    input: { queues: false, takesFrom: ['birch'] },
    play(queue) {
      queue.answer(listed(offerOf('birch')));
      queue.asked();
      queue.answer(refused('RATE_001', { retryAfterMs: 5_000 }));
      expect([queue.state(), queue.asked(), queue.book().claims]).toEqual(['resting', [], []]);
      queue.pass(6_000);
      expect(queue.asked()).toEqual(['accept']);
      queue.answer(done);
      queue.pass(4_000);
      queue.asked();
      queue.answer(listed(offerOf('cedar')));
      queue.asked();
      queue.answer(refused('RATE_001', { retryAfterMs: 5_000 }));
      expect(queue.asked()).toEqual([]);
      queue.pass(6_000);
      expect(queue.asked()).toEqual(['decline']);
    },
  },
  {
    title: 'a challenge that expires while the gate is shut is asked for no more',
    input: onlyChallenges,
    play(queue) {
      queue.answer(listed(offerOf('birch', { expiresInMs: 4_000 })));
      queue.answer(refused('RATE_001', { retryAfterMs: 5_000 }));
      queue.asked();
      queue.pass(6_000);
      expect(queue.asked()).toEqual([]);
    },
  },
  {
    title: 'a challenge whose answer was not heard may be taken all the same: its match is waited for',
    input: onlyChallenges,
    play(queue) {
      queue.answer(listed(offerOf('birch')));
      queue.told();
      queue.answer(unanswered);
      expect(queue.words()).toEqual(['queue.refused', 'challenge.failed']);
      expect(queue.book().claims).toHaveLength(1);
      expect(queue.context().promise).toMatchObject({ from: 'challenge' });
    },
  },
  {
    title: 'a challenge that the platform refuses for the day is told, and not asked for again',
    input: onlyChallenges,
    play(queue) {
      queue.answer(listed(offerOf('birch')));
      queue.answer(refused('CHALLENGE_QUOTA_EXCEEDED'));
      expect(queue.book().claims).toEqual([]);
      expect(queue.book().refusedUntil.matches).toBe(queueNoon + minutes(30));
      expect(queue.words()).toEqual([
        'challenge.received',
        'queue.refused',
        'budget.spent',
        'challenge.failed',
      ]);
    },
  },
  {
    title: 'a claim for a challenge is denied, or comes too late',
    input: onlyChallenges,
    play(queue) {
      queue.holdBook(true);
      queue.answer(listed(offerOf('birch')));
      expect(queue.state()).toBe('claimingMatch');
      queue.asked();
      queue.dayBook.tell({ type: 'book.denied', book: newDayBook(queueNoon) });
      expect(queue.state()).toBe('resting');
      queue.pass(2_000);
      expect(queue.state()).toBe('claimingMatch');
      queue.announce('m');
      queue.dayBook.tell({ type: 'book.claimed', book: newDayBook(queueNoon) });
      expect(queue.dayBook.take().at(-1)).toEqual({ type: 'book.release', claimId: 'c-birch' });
      expect(queue.asked()).toEqual(['decline']);
    },
  },
  {
    title: 'a look that is refused is tried again behind the gate, and redials a dead lobby as a join does',
    input: { takesFrom: 'all' },
    play(queue) {
      queue.asked();
      queue.answer(refused('RATE_001', { retryAfterMs: 30_000 }));
      expect(queue.asked()).toEqual([]);
      queue.pass(31_000);
      expect(queue.asked()).toEqual(['look']);
      queue.answer(refused('EXT_BOT_OFFLINE', { httpStatus: 409 }));
      expect(queue.door.take()).toHaveLength(1);
    },
  },
  {
    title: 'challenges are looked at from the queue as well, and a refusal leaves the place as it is',
    input: { takesFrom: 'all' },
    play(queue) {
      queue.answer(listed());
      queue.queue();
      queue.asked();
      queue.pass(10_000);
      expect(queue.asked()).toEqual(['look']);
      queue.answer(refused(null, { httpStatus: 500 }));
      expect(queue.state()).toBe('queued');
    },
  },
  {
    title: 'a session that ends answers no challenge any more',
    input: onlyChallenges,
    play(queue) {
      queue.send({ type: 'queue.stop' });
      expect(queue.state()).toBe('looking');
      queue.answer(listed());
      expect(queue.state()).toBe('stopped');
    },
  },
];
