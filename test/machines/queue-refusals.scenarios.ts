/** What a queue keeper does about requests that are refused or have no answer. */
import { expect } from 'vitest';
import { wantsLobby } from '../../src/machines/queue.rest.js';
import { deskAnswers, queueNoon } from '../kit/queue-harness.js';
import type { QueueScenario } from './queue.scenarios.js';

const minutes = (count: number): number => count * 60_000;
const { refused, unanswered } = deskAnswers;

export const queueRefusalScenarios: QueueScenario[] = [
  {
    title: 'a 429 is waited out as long as the platform says, and the intent stays',
    play(queue) {
      queue.asked();
      queue.answer(refused('RATE_001', { retryAfterMs: 120_000 }));
      expect(queue.state()).toBe('resting');
      expect(queue.book().claims).toEqual([]);
      // Item 37: not less, and a little more by chance.
      expect(queue.told()).toEqual([
        {
          type: 'queue.refused',
          request: 'POST /x',
          code: 'RATE_001',
          httpStatus: 429,
          delayMs: 123_000,
          message: 'no',
        },
      ]);
      queue.pass(122_999);
      expect(queue.asked()).toEqual([]);
      queue.pass(1);
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title: 'a time of more than a day is none: neither for a pace nor for a limit of the day',
    play(queue) {
      queue.answer(refused('RATE_001', { retryAfterMs: 172_800_000 }));
      expect(queue.told()).toMatchObject([{ type: 'queue.refused', delayMs: 1_750 }]);
      queue.pass(62_000);
      queue.answer(refused('RATE_001', { retryAfterMs: 86_400_000 }));
      expect(queue.told()).toMatchObject([{ type: 'queue.refused', delayMs: 88_560_000 }]);
    },
  },
  {
    title: 'nor does a limit of the day last for days',
    play(queue) {
      queue.answer(refused('FREE_TIER_LIMIT_EXCEEDED', { retryAfterMs: 172_800_000 }));
      expect(queue.book().refusedUntil.matches).toBe(queueNoon + minutes(30));
    },
  },
  {
    title:
      'without a time the back-off is its own: doubled up to a minute, and back to the start after an answer',
    play(queue) {
      const delays: number[] = [];
      for (let n = 0; n < 8; n += 1) {
        queue.answer(refused('RATE_001', { retryAfterMs: n === 0 ? 0 : null }));
        for (const event of queue.told()) if (event.type === 'queue.refused') delays.push(event.delayMs);
        queue.pass(62_000);
        expect(queue.state()).toBe('joining');
      }
      expect(delays).toEqual([1_750, 3_500, 7_000, 14_000, 28_000, 52_500, 52_500, 52_500]);
      queue.answer(deskAnswers.queued);
      queue.pass(18_000);
      queue.told();
      queue.answer(refused('RATE_001'));
      expect(queue.told()).toMatchObject([{ delayMs: 1_750 }]);
    },
  },
  {
    title: 'one gate is in front of every request: a refused renewal holds back leaving, too',
    play(queue) {
      queue.queue();
      queue.pass(18_000);
      queue.asked();
      queue.answer(refused('RATE_001', { retryAfterMs: 10_000 }));
      expect(queue.state()).toBe('queued');
      queue.send({ type: 'fixtures.changed', marks: [queueNoon + minutes(10)] });
      expect([queue.state(), queue.asked()]).toEqual([{ leaving: 'held' }, []]);
      queue.pass(10_000);
      expect(queue.asked()).toEqual([]);
      queue.pass(250);
      expect(queue.asked()).toEqual(['leave']);
    },
  },
  {
    title: 'a place that can neither be renewed nor left is gone by itself',
    play(queue) {
      queue.queue();
      queue.pass(18_000);
      queue.asked();
      queue.answer(refused('RATE_001', { retryAfterMs: 3_600_000 }));
      queue.announce('m');
      expect(queue.state()).toEqual({ leaving: 'held' });
      queue.pass(56_000);
      expect(queue.state()).toEqual({ leaving: 'held' });
      queue.pass(2_000);
      expect(queue.state()).toBe('resting');
      expect(queue.asked()).toEqual([]);
      expect(queue.book().claims).toEqual([]);
    },
  },
  {
    title: 'a renewal that is refused in passing is asked for again, and has no answer just so',
    play(queue) {
      queue.queue();
      queue.pass(18_000);
      queue.asked();
      queue.answer(refused(null, { httpStatus: 503 }));
      queue.pass(1_750);
      expect(queue.asked()).toEqual(['join']);
      queue.answer(unanswered);
      expect(queue.state()).toBe('queued');
      queue.pass(3_500);
      expect(queue.asked()).toEqual(['join']);
      queue.answer(deskAnswers.matched);
      expect(queue.state()).toBe('resting');
    },
  },
  {
    title:
      'a join that a gateway lost sight of may have been heard, too; one that the platform refuses by its code was not',
    play(queue) {
      queue.asked();
      queue.answer(refused(null, { httpStatus: 504 }));
      expect(queue.state()).toEqual({ leaving: 'held' });
      expect(queue.book().claims).toHaveLength(1);
      queue.pass(1_750);
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      queue.pass(12_000);
      expect(queue.asked()).toEqual(['join']);
      queue.answer(refused('CHALLENGE_QUOTA_EXCEEDED', { httpStatus: 503 }));
      expect(queue.state()).toBe('resting');
      expect(queue.book().claims).toEqual([]);
    },
  },
  {
    title: 'a join without an answer may have been heard: the place is given up before anything else',
    play(queue) {
      queue.asked();
      queue.answer(unanswered);
      expect(queue.state()).toEqual({ leaving: 'held' });
      expect(queue.book().claims).toHaveLength(1);
      queue.pass(1_750);
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(unanswered);
      queue.pass(3_500);
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.left);
      queue.pass(12_000);
      expect(queue.asked()).toEqual(['join']);
    },
  },
  {
    title:
      'the quota of the platform counts whatever was counted here: 30 minutes without a time, else as told',
    play(queue) {
      queue.asked();
      queue.told();
      queue.answer(refused('CHALLENGE_QUOTA_EXCEEDED'));
      expect(queue.book().refusedUntil.matches).toBe(queueNoon + minutes(30));
      expect(queue.told()).toMatchObject([
        { type: 'queue.refused', delayMs: 1_750 },
        { type: 'budget.spent', what: 'matches', by: 'platform', until: queueNoon + minutes(30) },
        { type: 'queue.resting', why: 'matches', until: queueNoon + minutes(30) },
      ]);
      expect(wantsLobby(queue.context())).toBe(false);
      queue.pass(minutes(30) - 1);
      expect(queue.asked()).toEqual([]);
      queue.pass(1_000);
      expect(queue.asked()).toEqual(['join']);
      queue.answer(refused('FREE_TIER_LIMIT_EXCEEDED', { retryAfterMs: 43_000_000 }));
      expect(queue.book().refusedUntil.matches).toBe(Math.round(queue.wallNow()) + 43_000_000);
    },
  },
  {
    title: 'near midnight a quota without a time lasts until then',
    input: { at: Date.parse('2026-01-06T23:50:00Z') },
    play(queue) {
      queue.asked();
      queue.answer(refused('CHALLENGE_QUOTA_EXCEEDED'));
      expect(queue.book().refusedUntil.matches).toBe(Date.parse('2026-01-07T00:00:00Z'));
    },
  },
  {
    title: 'lobby hours are told by their name alone',
    play(queue) {
      queue.answer(refused(null, { message: 'lobby_hours_per_day: 10.6 of 8' }));
      expect(queue.book().refusedUntil).toEqual({ matches: null, lobbyHours: queueNoon + minutes(30) });
      expect(queue.told().at(-1)).toMatchObject({ type: 'queue.resting', why: 'lobby_hours' });
    },
  },
  {
    title:
      'a bot that the platform does not see in its lobby: the lobby is dead and dialed again, once a minute',
    play(queue) {
      queue.pass(5_000);
      queue.asked();
      queue.answer(refused('EXT_BOT_OFFLINE', { httpStatus: 409 }));
      expect(queue.door.take()).toEqual([
        { type: 'lobby.redial', message: expect.stringContaining('dialed again') },
      ]);
      expect(queue.words()).toEqual(['queue.refused', 'queue.redialing']);
      queue.pass(minutes(1));
      expect(queue.asked()).toEqual([]);
      queue.send({ type: 'lobby.offline' });
      queue.send({ type: 'lobby.online' });
      expect(queue.asked()).toEqual(['join']);
      // The platform may be slow to see it.
      queue.answer(refused('EXT_BOT_OFFLINE', { httpStatus: 409 }));
      expect(queue.door.take()).toEqual([]);
      queue.pass(13_000);
      expect(queue.asked()).toEqual(['join']);
      queue.answer(refused('EXT_BOT_OFFLINE', { httpStatus: 409 }));
      expect(queue.door.take()).toHaveLength(1);
      queue.send({ type: 'lobby.online' });
      queue.pass(14_000);
      queue.answer(refused('EXT_BOT_OFFLINE', { httpStatus: 409 }));
      expect(queue.door.take()).toEqual([]);
    },
  },
  {
    title: 'a renewal that says the bot is offline: the place is given up as well',
    play(queue) {
      queue.queue();
      queue.pass(18_000);
      queue.asked();
      queue.answer(refused('EXT_BOT_OFFLINE', { httpStatus: 409 }));
      expect(queue.door.take()).toHaveLength(1);
      expect(queue.state()).toEqual({ leaving: 'held' });
      queue.pass(2_000);
      expect(queue.asked()).toEqual(['leave']);
      queue.answer(deskAnswers.notQueued);
      expect(queue.state()).toBe('resting');
    },
  },
  {
    title: 'a token that is not taken is tried again after minutes, not seconds',
    play(queue) {
      queue.asked();
      queue.answer(refused('EXTAPI_INVALID_TOKEN', { httpStatus: 401 }));
      queue.pass(minutes(8));
      expect(queue.asked()).toEqual([]);
      queue.pass(minutes(2));
      expect(queue.asked()).toEqual(['join']);
    },
  },
];
