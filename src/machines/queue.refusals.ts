/** What a refused request means: how long nothing is asked for, what of the day is used up, and whether the lobby is dead. */
import { untilMidnightMs } from '../time/utc-day.js';
import { assertEvent } from './assert-event.js';
import { type DeskEvent, type QueueContext, queueDefaults } from './queue.context.js';
import { type QueueMoment, queueBase } from './queue.setup.js';

const { enqueueActions } = queueBase;

type DeskRefusal = Extract<DeskEvent, { type: 'desk.refused' }>;
type Meaning = 'matches' | 'lobby_hours' | 'offline' | 'gone' | 'standing' | 'passing';

const standingCodes: ReadonlySet<string | null> = new Set([
  'EXTAPI_INVALID_TOKEN',
  'EXTAPI_MATCHMAKING_INELIGIBLE',
  'CROSS_DIVISION_RANKED_NOT_ALLOWED',
  'BOT_001',
]);

/** What was asked about is over, which is an answer, too. */
const goneCodes: ReadonlySet<string | null> = new Set([
  'EXTAPI_CHALLENGE_NOT_FOUND',
  'EXTAPI_CHALLENGE_NOT_PENDING',
  'EXTAPI_CHALLENGE_OPPONENT_OFFLINE',
]);

/** The platform names the limit of lobby hours in words only. */
const namesHours = ({ code, message }: DeskRefusal): boolean =>
  /lobby.?hours/i.test(code ?? '') || /lobby.?hours/i.test(message);

function refusalMeaning(refusal: DeskRefusal): Meaning {
  const { code, httpStatus } = refusal;
  if (code === 'EXT_BOT_OFFLINE') return 'offline';
  if (goneCodes.has(code)) return 'gone';
  if ((code === 'FREE_TIER_LIMIT_EXCEEDED' || httpStatus === 429) && namesHours(refusal))
    return 'lobby_hours';
  if (code === 'CHALLENGE_QUOTA_EXCEEDED' || code === 'FREE_TIER_LIMIT_EXCEEDED') return 'matches';
  if (standingCodes.has(code) || httpStatus === 401 || httpStatus === 403) return 'standing';
  return 'passing';
}

/** Until the next request of any kind. What the platform asks for is never cut short; a time that nobody can mean is none. */
function delayAfter(context: QueueContext, refusal: DeskRefusal): number {
  const { firstBackoffMs, longestBackoffMs, standingBackoffMs } = queueDefaults;
  const { refusals, random } = context;
  const longestMs = refusalMeaning(refusal) === 'standing' ? standingBackoffMs : longestBackoffMs;
  const pacedMs =
    refusalMeaning(refusal) === 'standing'
      ? longestMs
      : Math.min(longestMs, firstBackoffMs * 2 ** Math.min(refusals, 20));
  // A little longer than it has to be: bots that were refused together do not come back together.
  const ownMs = pacedMs * (0.75 + random() / 4);
  const wishMs = refusal.retryAfterMs ?? 0;
  const isMeant = !isOfTheDay(refusal) && wishMs <= queueDefaults.longestWishMs;
  const askedMs = isMeant ? wishMs * (1 + random() / 20) : 0;
  return Math.ceil(Math.max(ownMs, askedMs));
}

/** The platform may have done what it was asked for: no answer has come, or one of a server that failed or a gateway that lost it. */
const isOfNoAnswer = (refusal: DeskRefusal): boolean => {
  const { httpStatus } = refusal;
  return httpStatus === null || (httpStatus >= 500 && refusalMeaning(refusal) === 'passing');
};

/** A limit of the day stops what it limits, and nothing else. */
const isOfTheDay = (refusal: DeskRefusal): boolean =>
  refusalMeaning(refusal) === 'matches' || refusalMeaning(refusal) === 'lobby_hours';

/** Until when a limit of the day is believed, in epoch ms of the wall clock. */
function spentUntil({ wallNow }: QueueContext, { retryAfterMs }: DeskRefusal): number {
  const now = wallNow();
  const midnightMs = untilMidnightMs(now);
  const isMeant = retryAfterMs !== null && retryAfterMs > 0 && retryAfterMs <= queueDefaults.longestWishMs;
  return Math.round(now + (isMeant ? retryAfterMs : Math.min(midnightMs, queueDefaults.spentBackoffMs)));
}

export const queueRefusals = {
  guards: {
    isUnanswered: ({ event }: QueueMoment) => event.type === 'desk.refused' && isOfNoAnswer(event),
    isGone: ({ event }: QueueMoment) => event.type === 'desk.refused' && refusalMeaning(event) === 'gone',
    /** The place is renewed, or left, when the platform answers again: it is as it was. */
    isPassing: ({ event }: QueueMoment) =>
      event.type === 'desk.refused' && refusalMeaning(event) === 'passing',
  },

  actions: {
    recordRefusal: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'desk.refused');
      const delayMs = delayAfter(context, event);
      enqueue.assign({ notBefore: context.now() + delayMs, refusals: context.refusals + 1 });
      const { request, code, httpStatus, message } = event;
      enqueue.sendTo('reporter', { type: 'queue.refused', request, code, httpStatus, delayMs, message });
    }),

    recordSpent: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'desk.refused');
      const meaning = refusalMeaning(event);
      if (meaning !== 'matches' && meaning !== 'lobby_hours') return;
      const until = spentUntil(context, event);
      enqueue.sendTo('dayBook', {
        type: 'book.refused',
        what: meaning === 'matches' ? 'matches' : 'lobbyHours',
        until,
      });
      enqueue.sendTo('reporter', {
        type: 'budget.spent',
        what: meaning,
        by: 'platform',
        until,
        message: event.message,
      });
    }),

    /** The platform's view of the lobby is the better test: a machine that has slept keeps a dead connection open. */
    redialLobby: enqueueActions(({ context, event, enqueue }) => {
      assertEvent(event, 'desk.refused');
      const { onlineSince, redialedAt, now } = context;
      if (refusalMeaning(event) !== 'offline' || onlineSince === null) return;
      const { freshLobbyMs, redialGapMs } = queueDefaults;
      if (now() < onlineSince + freshLobbyMs) return;
      if (redialedAt !== null && now() < redialedAt + redialGapMs) return;
      const message =
        'The platform does not see the bot in its lobby, though the connection looks open: it is dialed again.';
      enqueue.assign({ redialedAt: now(), onlineSince: null });
      enqueue.sendTo('door', { type: 'lobby.redial', message });
      enqueue.sendTo('reporter', { type: 'queue.redialing', message });
    }),
  },
};
