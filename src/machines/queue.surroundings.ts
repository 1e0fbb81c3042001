/** What happens around the queue: in the lobby, to matches, to the day. */
import { assertEvent } from './assert-event.js';
import { queueDefaults } from './queue.context.js';
import { queueBase } from './queue.setup.js';

const { assign, enqueueActions } = queueBase;

export const queueSurroundings = {
  actions: {
    /** Another connection may have lost the place: it is renewed at once. */
    recordOnline: assign(({ context: { now, entry } }) => ({
      onlineSince: now(),
      entry: entry && { ...entry, refreshAt: now() },
    })),
    recordOffline: assign({ onlineSince: null }),
    recordGiven: assign({ isGiven: true, onlineSince: null }),
    recordTakenBack: assign({ isGiven: false }),
    recordMarks: assign(({ event }) => {
      assertEvent(event, 'fixtures.changed');
      return { marks: event.marks };
    }),
    recordBook: assign(({ event }) => {
      assertEvent(event, 'book.changed', 'book.claimed', 'book.denied');
      return { book: event.book };
    }),
    recordDenied: assign(({ context }) => ({
      notBefore: Math.max(context.notBefore, context.now() + queueDefaults.deniedMs),
    })),

    /** Whatever it came of: one that was not asked for is played, too. */
    recordMatch: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'match.announced');
      const { matchId, rated, resume } = event;
      const { live, entry, promise, now } = context;
      if (live.includes(matchId)) return;
      enqueue.assign({ live: [...live, matchId] });
      if (resume || !rated) return;
      enqueue.assign({ promise: null, announcedAt: now(), entry: entry && { ...entry, isPlayed: true } });
      const since = promise === null ? entry?.takenAt : promise.since;
      if (since === undefined || promise?.from === 'challenge') return;
      enqueue.sendTo('reporter', { type: 'queue.matched', matchId, waitedMs: Math.round(now() - since) });
    }),
    recordMatchOver: assign(({ context, event }) => {
      assertEvent(event, 'match.over');
      return { live: context.live.filter((matchId) => matchId !== event.matchId) };
    }),
  },
};
