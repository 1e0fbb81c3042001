/** Challenges of other bots: which are taken, which are declined and why. */
import type { DeclineWhy } from '../protocol/queue-events.js';
import { describeDecline } from '../protocol/queue-words.js';
import { assertEvent } from './assert-event.js';
import { type InboundOffer, type QueueContext, queueDefaults } from './queue.context.js';
import { answerTo } from './queue.rest.js';
import { type QueueMoment, queueBase, queuePorts } from './queue.setup.js';

const { assign, enqueueActions } = queueBase;
const { ask, book, report } = queuePorts;

type Offer = QueueContext['offers'][number];

/** Those that can still be answered. */
const openOffers = ({ offers, now }: QueueContext): Offer[] =>
  offers.filter(({ expiresAt }) => expiresAt > now());

function offerToTake(context: QueueContext): Offer | undefined {
  return openOffers(context).find((offer) => answerTo(context, offer) === 'take');
}

function offerToDecline(context: QueueContext): { offer: Offer; why: DeclineWhy } | undefined {
  for (const offer of openOffers(context)) {
    const answer = answerTo(context, offer);
    if (answer !== 'take' && answer !== 'later') return { offer, why: answer };
  }
  return undefined;
}

/** The first one: the chart answers one at a time, and takes it out of the list when that is done. */
const offerOf = ({ offers }: QueueContext): Offer => {
  const [offer] = offers;
  if (offer === undefined) throw new TypeError('The chart answers a challenge that is not there.');
  return offer;
};

const firstly = (context: QueueContext, offer: Offer | undefined): readonly Offer[] =>
  offer === undefined ? context.offers : [offer, ...context.offers.filter((other) => other !== offer)];

const answered = (context: QueueContext): Partial<QueueContext> => ({
  offers: context.offers.slice(1),
  answered: [...context.answered, offerOf(context).challengeId].slice(-queueDefaults.answered),
});

const gateIsOpen = ({ notBefore, now, isGiven }: QueueContext): boolean => !isGiven && notBefore <= now();

export const queueOffers = {
  guards: {
    mayLook: ({ context }: QueueMoment) => {
      const { takesFrom, onlineSince, lookedAt, now, isStopping } = context;
      if (takesFrom === null || onlineSince === null || isStopping || !gateIsOpen(context)) return false;
      return lookedAt === null || now() >= lookedAt + queueDefaults.lookEveryMs;
    },
    mayDecline: ({ context }: QueueMoment) => gateIsOpen(context) && offerToDecline(context) !== undefined,
    mayTake: ({ context }: QueueMoment) =>
      gateIsOpen(context) && context.onlineSince !== null && offerToTake(context) !== undefined,
    mayStillTake: ({ context }: QueueMoment) => answerTo(context, offerOf(context)) === 'take',
  },

  actions: {
    askLook: ask({ type: 'desk.look' }),
    recordLook: assign(({ context }) => ({ lookedAt: context.now() })),
    recordOffers: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'desk.listed');
      const { answered: done, offers, now } = context;
      const isKnown = ({ challengeId }: InboundOffer) =>
        offers.some((offer) => offer.challengeId === challengeId);
      const found = event.offers.filter(({ challengeId }) => !done.includes(challengeId));
      for (const offer of found) {
        if (!isKnown(offer)) enqueue.sendTo('reporter', { type: 'challenge.received', ...offer });
      }
      enqueue.assign({
        refusals: 0,
        offers: found.map((offer) => ({
          ...offer,
          expiresAt: now() + (offer.expiresInMs ?? queueDefaults.placeTtlMs),
        })),
      });
    }),

    chooseTaken: assign(({ context }) => ({ offers: firstly(context, offerToTake(context)) })),
    chooseDeclined: assign(({ context }) => {
      const { offer, why = null } = offerToDecline(context) ?? {};
      return { offers: firstly(context, offer), declining: why };
    }),
    claimOffer: book(({ context }) => {
      const { challengeId, opponent } = offerOf(context);
      const at = Math.round(context.wallNow());
      const voidAt = at + queueDefaults.placeTtlMs + queueDefaults.matchDelayMs;
      return {
        type: 'book.claim',
        limits: context.limits,
        claim: { claimId: challengeId, kind: 'accepted', opponent, at, voidAt },
      };
    }),
    releaseOffer: book(({ context }) => ({ type: 'book.release', claimId: offerOf(context).challengeId })),
    askAccept: ask(({ context }) => ({ type: 'desk.accept', challengeId: offerOf(context).challengeId })),
    askDecline: ask(({ context }) => ({ type: 'desk.decline', challengeId: offerOf(context).challengeId })),
    recordAnswered: assign(({ context }) => answered(context)),
    recordTaken: assign(({ context }) => ({
      ...answered(context),
      refusals: 0,
      promise: {
        from: 'challenge' as const,
        since: context.now(),
        until: context.now() + queueDefaults.matchDelayMs,
      },
    })),
    reportTaken: report(({ context }) => {
      const { challengeId, opponent } = offerOf(context);
      return { type: 'challenge.accepted', challengeId, opponent };
    }),
    reportUnanswered: report(({ context, event }) => {
      assertEvent(event, 'desk.refused');
      const { challengeId, opponent } = offerOf(context);
      return { type: 'challenge.failed', challengeId, opponent, message: event.message };
    }),
    recordDeclined: enqueueActions(({ context, enqueue }) => {
      const { challengeId, opponent } = offerOf(context);
      const why = context.declining ?? 'not_named';
      const at = Math.round(context.wallNow());
      enqueue.sendTo('dayBook', {
        type: 'book.declined',
        decline: { challengeId, by: 'us', opponent, why, at },
      });
      enqueue.sendTo('reporter', {
        type: 'challenge.declined',
        challengeId,
        opponent,
        why,
        message: describeDecline(why),
      });
      enqueue.assign({ ...answered(context), refusals: 0 });
    }),
  },
};
