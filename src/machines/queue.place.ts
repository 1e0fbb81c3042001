/** The place in the queue: when it is taken, renewed and given up, and how much of the day it takes. */
import type { MatchClaim } from '../budget/day-book.js';
import type { QueueRest } from '../protocol/queue-events.js';
import { describeRest } from '../protocol/queue-words.js';
import { assertEvent } from './assert-event.js';
import {
  type MatchPromise,
  placeClaimId,
  type QueueContext,
  type QueueEntry,
  queueDefaults,
} from './queue.context.js';
import { leavingOf, pauseOf, type Rest, restOf, voidAtOf } from './queue.rest.js';
import { type QueueMoment, queueBase, queuePorts } from './queue.setup.js';

const { assign, enqueueActions } = queueBase;
const { ask, book, report } = queuePorts;

/** Entries die early now and then, so none is renewed at the same age as another. */
function renewed({ now, random, entry }: QueueContext, ttlMs: number | null): QueueEntry {
  const { refreshFromMs, refreshToMs, placeTtlMs, longestTtlMs, soonestRefreshMs } = queueDefaults;
  const lastsMs = Math.min(ttlMs ?? entry?.ttlMs ?? placeTtlMs, longestTtlMs);
  const dueMs = refreshFromMs + random() * (refreshToMs - refreshFromMs);
  return {
    takenAt: entry?.takenAt ?? now(),
    renewedAt: now(),
    ttlMs: lastsMs,
    refreshAt: now() + Math.min(dueMs, Math.max(soonestRefreshMs, lastsMs / 2)),
    isPlayed: entry?.isPlayed ?? false,
  };
}

const claimOf = (wallNow: number, forMs: number): MatchClaim => ({
  claimId: placeClaimId,
  kind: 'queue',
  opponent: null,
  at: Math.round(wallNow),
  voidAt: Math.round(wallNow) + forMs,
});

const ageOf = ({ entry, now }: QueueContext): number => (entry === null ? 0 : now() - entry.renewedAt);

/** Null: the match was announced before its request was answered. */
function promiseOf({ entry, now, joinedAt, announcedAt }: QueueContext, forMs: number): MatchPromise | null {
  if (announcedAt !== null) return null;
  return { from: 'queue', since: entry?.takenAt ?? joinedAt ?? now(), until: now() + forMs };
}

/** The request that was refused, the match that comes, and the lobby that is gone are told themselves. */
const untold: ReadonlySet<QueueRest> = new Set(['limited', 'promised', 'offline'] as const);

/** What keeps the bot from the queue, unless that was reported or is only for a moment. */
function newRest(context: QueueContext): Rest | null {
  const rest = context.queues ? restOf(context) : null;
  return rest === null || untold.has(rest.why) || rest.why === context.rest ? null : rest;
}

const isMatched = ({ event }: QueueMoment): boolean =>
  event.type === 'desk.placed' && event.status === 'matched';

export const queuePlace = {
  delays: {
    pause: ({ context }: QueueMoment) => pauseOf(context),
  },

  guards: {
    mayJoin: ({ context }: QueueMoment) => {
      const { queues, joinedAt, now } = context;
      const isSoon = joinedAt !== null && now() < joinedAt + queueDefaults.joinGapMs;
      return queues && !isSoon && restOf(context) === null;
    },
    mayStillJoin: ({ context }: QueueMoment) => restOf(context) === null,
    mayRefresh: ({ context }: QueueMoment) => {
      const { entry, onlineSince, notBefore, now } = context;
      return entry !== null && onlineSince !== null && notBefore <= now() && entry.refreshAt <= now();
    },
    mustLeave: ({ context }: QueueMoment) => leavingOf(context) !== null,
    /** A session that ends does not wait for it. */
    mayAskToLeave: ({ context }: QueueMoment) => context.notBefore <= context.now() || context.isStopping,
    isLeft: ({ event }: QueueMoment) => event.type === 'desk.placed' && event.status === 'left',
    isPlayed: ({ context }: QueueMoment) => context.entry?.isPlayed === true,
    hasNewRest: ({ context }: QueueMoment) => newRest(context) !== null,
    hasPlace: ({ context }: QueueMoment) => context.entry !== null,
    placeIsVoid: ({ context: { entry, now } }: QueueMoment) => entry !== null && voidAtOf(entry) <= now(),
    isMatched,
    isStopping: ({ context }: QueueMoment) => context.isStopping,
    isGiven: ({ context }: QueueMoment) => context.isGiven,
  },

  actions: {
    claimPlace: book(({ context: { wallNow, limits } }) => ({
      type: 'book.claim',
      limits,
      claim: claimOf(wallNow(), queueDefaults.placeTtlMs + queueDefaults.matchDelayMs),
    })),
    /** A match that is on its way takes it; without one it is void soon. */
    shortenClaim: book(({ context: { wallNow, limits } }) => ({
      type: 'book.claim',
      limits,
      claim: claimOf(wallNow(), queueDefaults.lateMatchMs),
    })),
    releasePlace: book(() => ({ type: 'book.release', claimId: placeClaimId })),
    askJoin: ask({ type: 'desk.join' }),
    askLeave: ask({ type: 'desk.leave' }),
    recordJoin: assign(({ context }) => ({ joinedAt: context.now(), announcedAt: null })),

    recordPlace: assign(({ context, event }) => {
      assertEvent(event, 'desk.placed');
      return { entry: renewed(context, event.ttlMs), refusals: 0, rest: null };
    }),
    /** It may be in the queue: the request had no answer. */
    recordDoubt: assign(({ context }) => ({ entry: renewed(context, null) })),
    /** The match is announced in the lobby. */
    recordPromise: assign(({ context }) => ({
      entry: null,
      refusals: 0,
      promise: promiseOf(context, queueDefaults.matchDelayMs),
    })),
    /** The place was gone when it was given up: by the time, or by a match that is on its way. */
    recordLatePromise: assign(({ context }) => ({
      entry: null,
      refusals: 0,
      promise: promiseOf(context, queueDefaults.lateMatchMs),
    })),
    recordLeaving: assign(({ context }) => ({
      // A challenge is taken instead; or a refusal leaves open whether the place is still there.
      leaving: leavingOf(context) ?? restOf(context)?.why ?? 'promised',
    })),
    /** It is said why when it is left, and not again. */
    recordLeft: assign(({ context }) => ({ entry: null, refusals: 0, leaving: null, rest: context.leaving })),
    forgetPlace: assign({ entry: null, leaving: null }),
    recordStop: assign({ isStopping: true }),

    reportJoined: report(({ event }) => {
      assertEvent(event, 'desk.placed');
      const { position, ttlMs } = event;
      return { type: 'queue.joined', position, ttlMs };
    }),
    reportRefreshed: report(({ context, event }) => {
      assertEvent(event, 'desk.placed');
      return { type: 'queue.refreshed', position: event.position, ageMs: Math.round(ageOf(context)) };
    }),
    reportLost: report(({ context }) => ({ type: 'queue.lost', ageMs: Math.round(ageOf(context)) })),
    reportLeft: report(({ context }) => ({ type: 'queue.left', why: context.leaving ?? 'ending' })),

    /** Once for each reason. */
    reportRest: enqueueActions(({ context, enqueue }) => {
      const rest = newRest(context);
      if (rest === null) return;
      const { why, until } = rest;
      enqueue.assign({ rest: why });
      enqueue.sendTo('reporter', { type: 'queue.resting', why, until, message: describeRest(why, until) });
    }),
  },
};
