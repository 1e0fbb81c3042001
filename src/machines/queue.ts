/**
 * The queue keeper: the bot's place in the queue for rated matches, and the challenges that others make to it.
 *
 * A place is renewed before it dies, and given up before anything that it must not run into: a live match, a fixture, the
 * end of the day's matches or lobby hours. Whatever may become a match is claimed in the day book before it is asked for,
 * and there is one request at a time, behind one gate. docs/protocol.md 7 has the rules of the platform; guards and actions
 * are in `queue.place.ts`, `queue.offers.ts`, `queue.refusals.ts` and `queue.surroundings.ts`, what keeps the bot from the
 * queue in `queue.rest.ts`.
 */
import type { ActorRefFrom, SnapshotFrom } from 'xstate';
import type { Transition } from './chart-parts.js';
import { newQueue } from './queue.context.js';
import { queueOffers } from './queue.offers.js';
import { queuePlace } from './queue.place.js';
import { queueRefusals } from './queue.refusals.js';
import { queueBase } from './queue.setup.js';
import { queueSurroundings } from './queue.surroundings.js';

const queueSetup = queueBase.extend({
  delays: queuePlace.delays,
  guards: { ...queuePlace.guards, ...queueOffers.guards, ...queueRefusals.guards },
  actions: {
    ...queuePlace.actions,
    ...queueOffers.actions,
    ...queueRefusals.actions,
    ...queueSurroundings.actions,
  },
});

type QueueTransition = Transition<typeof queueSetup>;

/** Its claim stays: the session that has the place renews it. */
const given: QueueTransition = { guard: 'isGiven', target: '#queue.resting', actions: 'forgetPlace' };
const lost: QueueTransition = {
  guard: 'placeIsVoid',
  target: '#queue.resting',
  actions: ['reportLost', 'forgetPlace', 'releasePlace'],
};
const promised: QueueTransition = {
  guard: 'isMatched',
  target: '#queue.resting',
  actions: 'recordPromise',
};
const decline: QueueTransition = { guard: 'mayDecline', target: 'declining', actions: 'chooseDeclined' };

/** The chart of the queue keeper. Provide the actors `desk`, `dayBook`, `door` and `reporter` before it is started. */
export const queueMachine = queueSetup.createMachine({
  id: 'queue',
  context: ({ input }) => newQueue(input),
  invoke: [
    { src: 'reporter', id: 'reporter' },
    { src: 'desk', id: 'desk' },
    { src: 'dayBook', id: 'dayBook' },
    { src: 'door', id: 'door' },
  ],
  initial: 'resting',
  on: {
    'lobby.online': { actions: 'recordOnline' },
    'lobby.offline': { actions: 'recordOffline' },
    'match.announced': { actions: 'recordMatch' },
    'match.over': { actions: 'recordMatchOver' },
    'fixtures.changed': { actions: 'recordMarks' },
    'book.changed': { actions: 'recordBook' },
    // That of a place which was given up, for as long as a match of it may be on its way.
    'book.claimed': { actions: 'recordBook' },
    'queue.give': { actions: 'recordGiven' },
    'queue.takeBack': { actions: 'recordTakenBack' },
    'queue.stop': { actions: 'recordStop' },
  },
  states: {
    resting: {
      description: 'Not in the queue, and nothing is asked for.',
      always: [
        { guard: 'isStopping', target: 'stopped' },
        decline,
        { guard: 'mayTake', target: 'claimingMatch', actions: 'chooseTaken' },
        { guard: 'mayLook', target: 'looking' },
        { guard: 'mayJoin', target: 'claimingPlace' },
        { guard: 'hasNewRest', actions: 'reportRest' },
      ],
      after: { pause: { target: 'resting', reenter: true } },
    },

    claimingPlace: {
      description: 'One of the matches of the day is taken, before the queue is asked.',
      entry: 'claimPlace',
      on: {
        'book.claimed': [
          { guard: 'mayStillJoin', target: 'joining', actions: 'recordBook' },
          { target: 'resting', actions: ['recordBook', 'releasePlace'] },
        ],
        'book.denied': { target: 'resting', actions: ['recordBook', 'recordDenied'] },
      },
    },

    joining: {
      description: 'The queue is asked for a place.',
      tags: 'asking',
      entry: ['recordJoin', 'askJoin'],
      on: {
        'desk.placed': [promised, { target: 'queued', actions: ['reportJoined', 'recordPlace'] }],
        'desk.refused': [
          { guard: 'isUnanswered', target: 'leaving', actions: ['recordDoubt', 'recordRefusal'] },
          {
            target: 'resting',
            actions: ['recordRefusal', 'recordSpent', 'redialLobby', 'releasePlace'],
          },
        ],
      },
    },

    queued: {
      description: 'In the queue; the place is renewed before it dies.',
      tags: 'inQueue',
      always: [
        given,
        lost,
        { guard: 'mustLeave', target: 'leaving' },
        decline,
        { guard: 'mayTake', target: 'leaving' },
        { guard: 'mayRefresh', target: 'renewing' },
        { guard: 'mayLook', target: 'looking' },
      ],
      after: { pause: { target: 'queued', reenter: true } },
    },

    renewing: {
      description: 'The claim of the place is renewed first: another program of the bot may want a match.',
      tags: 'inQueue',
      entry: 'claimPlace',
      on: {
        'book.claimed': [
          { guard: 'mustLeave', target: 'queued', actions: 'recordBook' },
          { target: 'refreshing', actions: 'recordBook' },
        ],
        'book.denied': { target: 'queued', actions: ['recordBook', 'recordDenied'] },
      },
    },

    refreshing: {
      description: 'The place is renewed.',
      tags: ['asking', 'inQueue'],
      entry: ['recordJoin', 'askJoin'],
      on: {
        'desk.placed': [promised, { target: 'queued', actions: ['reportRefreshed', 'recordPlace'] }],
        'desk.refused': [
          { guard: 'isUnanswered', target: 'queued', actions: 'recordRefusal' },
          { guard: 'isPassing', target: 'queued', actions: 'recordRefusal' },
          { target: 'leaving', actions: ['recordRefusal', 'recordSpent', 'redialLobby'] },
        ],
      },
    },

    leaving: {
      description: 'The place is given up, which the platform has to confirm.',
      tags: 'inQueue',
      entry: 'recordLeaving',
      initial: 'held',
      states: {
        held: {
          description: 'The gate is shut.',
          always: [given, lost, { guard: 'mayAskToLeave', target: 'asking' }],
          after: { pause: { target: 'held', reenter: true } },
        },
        asking: {
          description: 'The platform is asked to forget the place.',
          tags: 'asking',
          entry: 'askLeave',
          on: {
            'desk.placed': [
              promised,
              {
                guard: 'isPlayed',
                target: '#queue.resting',
                actions: ['recordLeft', 'releasePlace'],
              },
              {
                guard: 'isLeft',
                target: '#queue.resting',
                actions: ['reportLeft', 'recordLeft', 'releasePlace'],
              },
              {
                target: '#queue.resting',
                actions: ['reportLeft', 'recordLatePromise', 'recordLeft', 'shortenClaim'],
              },
            ],
            'desk.refused': [
              { guard: 'isStopping', target: '#queue.stopped', actions: 'recordRefusal' },
              { target: 'held', actions: ['recordRefusal', 'recordSpent', 'redialLobby'] },
            ],
          },
        },
      },
    },

    looking: {
      description: 'The challenges of others are listed.',
      tags: 'asking',
      entry: ['recordLook', 'askLook'],
      on: {
        'desk.listed': { target: 'returning', actions: 'recordOffers' },
        'desk.refused': { target: 'returning', actions: ['recordRefusal', 'redialLobby'] },
      },
    },

    returning: {
      description: 'On with the place, or without one.',
      always: [{ guard: 'hasPlace', target: 'queued' }, { target: 'resting' }],
    },

    declining: {
      description: 'A challenge is declined.',
      tags: 'asking',
      entry: 'askDecline',
      on: {
        'desk.answered': { target: 'returning', actions: 'recordDeclined' },
        'desk.refused': [
          { guard: 'isGone', target: 'returning', actions: ['reportUnanswered', 'recordAnswered'] },
          { target: 'returning', actions: 'recordRefusal' },
        ],
      },
    },

    claimingMatch: {
      description: 'One of the matches of the day is taken, before a challenge is.',
      entry: 'claimOffer',
      on: {
        'book.claimed': [
          { guard: 'mayStillTake', target: 'accepting', actions: 'recordBook' },
          { target: 'resting', actions: ['recordBook', 'releaseOffer'] },
        ],
        'book.denied': { target: 'resting', actions: ['recordBook', 'recordDenied'] },
      },
    },

    accepting: {
      description: 'A challenge is taken.',
      tags: 'asking',
      entry: 'askAccept',
      on: {
        'desk.answered': { target: 'resting', actions: ['reportTaken', 'recordTaken'] },
        'desk.refused': [
          {
            guard: 'isUnanswered',
            target: 'resting',
            actions: ['recordRefusal', 'reportUnanswered', 'recordTaken'],
          },
          {
            guard: 'isGone',
            target: 'resting',
            actions: ['releaseOffer', 'reportUnanswered', 'recordAnswered'],
          },
          { guard: 'isPassing', target: 'resting', actions: ['recordRefusal', 'releaseOffer'] },
          {
            target: 'resting',
            actions: [
              'recordRefusal',
              'recordSpent',
              'redialLobby',
              'releaseOffer',
              'reportUnanswered',
              'recordAnswered',
            ],
          },
        ],
      },
    },

    stopped: { type: 'final', description: 'The session ends, and the place is given up.' },
  },
});

/** A queue keeper that is started, or can be. */
export type QueueActor = ActorRefFrom<typeof queueMachine>;
export type QueueSnapshot = SnapshotFrom<typeof queueMachine>;
