/**
 * The connection of a match: how it is dialed and greeted, when a loss ends the match, and how long the seat is dialed
 * again (docs/protocol.md 8.3). The platform gives a seat away about 30 s after its connection was lost, on some
 * deployments after 300 s, and does not say which.
 */
import { type Verdict, verdictOf } from '../protocol/close-codes.js';
import { wire } from '../protocol/frames.js';
import type { AbandonReason } from '../protocol/results.js';
import { assertEvent } from './assert-event.js';
import { type Closing, closedOf, describeLoss, frameTypeOf, lossOf } from './loss.js';
import { safeAnswer } from './match.answers.js';
import {
  copyOfTally,
  counted,
  linked,
  type MatchContext,
  type MatchEvent,
  type MatchUpdate,
  matchDefaults,
} from './match.context.js';
import { type MatchMoment, matchBase, matchPorts } from './match.setup.js';
import { leftToServer } from './match.turns.js';
import { backoffMs, jittered, type ReconnectHints, type RetryRules, reconnectDelay } from './retry.js';

const { assign } = matchBase;
const { commandSocket, commandBot, report } = matchPorts;

/** Durations in milliseconds. */
export const holdDefaults = {
  /** One dial: from its start to the server's `hello`. */
  dialMs: 5_000,
  /** The pace of the first reconnects: 0.25 s, doubled until it is `graceDelayMs`. */
  firstDelayMs: 250,
  growth: 2,
  /** Every platform may hold the seat this long: every second counts. */
  graceMs: 35_000,
  graceDelayMs: 1_000,
  /** Some platforms hold the seat this long. */
  holdMs: 300_000,
  holdDelayMs: 10_000,
  /** The match is given up after this many connections in a row that were greeted and brought nothing new. */
  maxBarren: 10,
};

// --- how long the seat is ours ---

/**
 * The lobby announced the seat, or the gateway has greeted us at it: it is ours until it is given away. A match of which
 * only the URL is known may not exist.
 */
const seatIsOurs = ({ fixed, tally }: MatchContext): boolean => fixed.announced || tally.connections > 0;

/** Time since the last greeted connection was lost; before the first connection, since the match was announced. */
function heldForMs({ link, fixed }: MatchContext): number {
  return link.heldSince === null ? 0 : fixed.now() - link.heldSince;
}

/** What is left of the time for one dial. */
function dialLeftMs({ link, fixed }: MatchContext): number {
  return Math.max(0, holdDefaults.dialMs - (fixed.now() - link.dialedAt));
}

/** The wait before reconnect number `attempt` since the match last went on. */
function holdDelay(context: MatchContext, attempt: number, hints: ReconnectHints): number {
  const { retryPolicy, random } = context.fixed;
  if (!seatIsOurs(context)) return reconnectDelay(retryPolicy, attempt, random, hints);
  const { holdMs, graceMs } = holdDefaults;
  const heldMs = heldForMs(context);
  const pauseMs = jittered(paceMs(retryPolicy.named, attempt, heldMs), random());
  const delayMs = Math.max(pauseMs - failedDialMs(context), Math.min(pauseMs, holdDefaults.firstDelayMs));
  // Within the grace a busy server's wish is not followed: after such a wait the seat would be given away.
  const askedMs =
    heldMs < graceMs ? 0 : Math.max(hints.retryAfterMs ?? 0, hints.slow ? holdDefaults.holdDelayMs : 0);
  return Math.ceil(Math.min(Math.max(delayMs, askedMs), Math.max(0, holdMs - heldMs)));
}

/** The pace counts from dial to dial, so the time that the failed dial took is part of the wait. */
function failedDialMs({ link, fixed }: MatchContext): number {
  return link.heldSince === null ? 0 : fixed.now() - link.dialedAt;
}

/** The platform's patience makes the pace; only what the retry policy names overrides it. */
function paceMs(named: RetryRules['named'], attempt: number, heldMs: number): number {
  const { firstDelayMs, growth, graceMs, graceDelayMs, holdDelayMs } = holdDefaults;
  const initialBackoffMs = named.initialBackoffMs ?? firstDelayMs;
  const longestMs = Math.max(initialBackoffMs, heldMs < graceMs ? graceDelayMs : holdDelayMs);
  const maxBackoffMs = Math.min(longestMs, named.maxBackoffMs ?? longestMs);
  return backoffMs(
    { initialBackoffMs, maxBackoffMs, backoffMultiplier: named.backoffMultiplier ?? growth },
    attempt,
  );
}

// --- whether a loss ends the match ---

function verdictOn(context: MatchContext, closed: Closing): Verdict {
  return verdictOf({ ...closed, leg: 'match', lastError: context.link.lastError });
}

interface GivingUp {
  why: AbandonReason;
  detail: string;
}

/** Why this loss ends the match, or null when another attempt is worth it. */
function givingUp(context: MatchContext, closed: Closing): GivingUp | null {
  const verdict = verdictOn(context, closed);
  const isWithinGrace = seatIsOurs(context) && heldForMs(context) < holdDefaults.graceMs;
  if (verdict.action === 'abandon' && !(verdict.onlyAfterGrace && isWithinGrace)) {
    return { why: verdict.why, detail: verdict.detail };
  }
  if ('once' in verdict && context.link.oversizeCloses > 0) {
    return {
      why: 'frame_too_large',
      detail: 'The gateway closed twice because a frame of ours was too large.',
    };
  }
  const detail = exhaustion(context);
  return detail === null
    ? null
    : {
        why: 'reconnects_exhausted',
        detail: `The connection was lost (${describeLoss(closed)}) and ${detail}.`,
      };
}

/** The end of a sentence that says why no reconnect is left, or null when one is. */
function exhaustion(context: MatchContext): string | null {
  const { link, fixed } = context;
  const { maxReconnectAttempts: limit = Number.POSITIVE_INFINITY } = seatIsOurs(context)
    ? fixed.retryPolicy.named
    : fixed.retryPolicy;
  if (link.reconnects >= limit) return `the retry policy allows ${limit} failed reconnects in a row`;
  if (!seatIsOurs(context)) return null;
  if (link.barren >= holdDefaults.maxBarren) {
    return `${link.barren} connections in a row brought nothing new`;
  }
  if (heldForMs(context) < holdDefaults.holdMs) return null;
  return `the seat could not be taken back in ${Math.round(heldForMs(context) / 1000)} s`;
}

/** The protocol versions that the gateway named, each once. */
function versionsOf(event: MatchEvent): string[] {
  assertEvent(event, 'frame.hello');
  const { selected_version: selected, supported_versions: supported = [] } = event.frame;
  return [...new Set(selected === undefined ? supported : [selected, ...supported])];
}

/** A frame that was too large must not go out again: a safe answer takes its place, or the server plays. */
function withoutLargeAnswer(context: MatchContext): MatchUpdate {
  if (context.answer === null) return {};
  const safe = safeAnswer(context, 'refused');
  return safe === null ? leftToServer(context) : { answer: { ...context.answer, ...safe } };
}

// --- what the chart asks and does ---

export const matchConnection = {
  delays: {
    botTimeout: matchDefaults.botTimeoutMs,
    dialTimeout: ({ context }: MatchMoment) =>
      seatIsOurs(context) ? dialLeftMs(context) : matchDefaults.dialTimeoutMs,
    handshakeTimeout: ({ context }: MatchMoment) =>
      seatIsOurs(context) ? dialLeftMs(context) : matchDefaults.handshakeTimeoutMs,
    reconnectDelay: ({ context }: MatchMoment) => context.link.retryDelayMs,
  },

  guards: {
    isComingBack: ({ context }: MatchMoment) => context.fixed.resume || context.tally.connections > 0,
    cannotReconnect: ({ context, event }: MatchMoment) => givingUp(context, closedOf(event)) !== null,
    sharesNoVersion: ({ event }: MatchMoment) => {
      const offered = versionsOf(event);
      return offered.length > 0 && !offered.includes(wire.protocolVersion);
    },
    isNewKind: ({ context, event }: MatchMoment) => !context.tally.unexpected.includes(event.type),
  },

  actions: {
    // dialing
    dial: commandSocket(({ context }) => ({ type: 'socket.connect', url: context.link.gatewayUrl })),
    recordDial: assign(({ context }) => linked(context, { dialedAt: context.fixed.now() })),
    reportConnecting: report(({ context }) => ({
      type: 'match.connecting',
      matchId: context.matchId,
      attempt: context.attempt,
    })),
    recordNewUrl: assign(({ context, event }) => {
      assertEvent(event, 'match.announced');
      return linked(context, { gatewayUrl: event.gatewayUrl });
    }),
    hangUp: commandSocket({ type: 'socket.close' }),

    // the greeting
    authenticate: commandSocket({ type: 'socket.authenticate' }),
    sayHello: commandSocket(({ context }) => ({
      type: 'socket.send',
      frame: {
        type: 'hello',
        match_id: context.matchId,
        supported_versions: [wire.protocolVersion],
        client_name: context.fixed.clientName,
        client_version: context.fixed.clientVersion,
        ...(context.fixed.supportedGames && { supported_games: [...context.fixed.supportedGames] }),
      },
    })),
    // The seat is ours from here on; whether the connection was worth it shows in what comes.
    recordConnection: assign(({ context, event }) => {
      assertEvent(event, 'frame.hello');
      return {
        ...counted(context, 'connections'),
        ...linked(context, {
          heldSince: null,
          reconnects: 0,
          barren: context.link.barren + 1,
          isPoker: event.frame.game === undefined,
        }),
      };
    }),
    recordNoVersion: assign(({ event }) => {
      const offered = versionsOf(event).join(', ');
      return {
        abandonReason: 'version_unsupported',
        detail: `The gateway speaks ${offered.slice(0, 64)}, this client ${wire.protocolVersion}: update chipzen-agent.`,
      };
    }),
    tellBotItIsBack: commandBot(({ context }) => ({
      type: 'bot.reconnected',
      restarted: context.tally.connections === 1,
    })),
    reportConnected: report(({ context }) => ({
      type: 'match.connected',
      matchId: context.matchId,
      resumed: context.fixed.resume || context.tally.connections > 1,
    })),

    // a loss
    recordLoss: assign(({ context, event }) => {
      const closed = closedOf(event);
      const { link, fixed } = context;
      const verdict = verdictOn(context, closed);
      const oversize = 'once' in verdict;
      const attempt = context.attempt + 1;
      return {
        ...linked(context, {
          loss: lossOf(closed),
          retryDelayMs: holdDelay(context, attempt, {
            slow: 'slow' in verdict,
            retryAfterMs: closed.retryAfterMs,
          }),
          heldSince: link.heldSince ?? fixed.now(),
          reconnects: link.reconnects + 1,
          lastError: null,
          oversizeCloses: link.oversizeCloses + (oversize ? 1 : 0),
        }),
        attempt,
        repeatedRequestId: null,
        ...(oversize && withoutLargeAnswer(context)),
      };
    }),
    recordGivingUp: assign(({ context, event }) => {
      const closed = closedOf(event);
      const { why, detail } = givingUp(context, closed) as GivingUp;
      return { ...linked(context, { loss: lossOf(closed) }), abandonReason: why, detail };
    }),
    reportLoss: report(({ context, event }) => ({
      type: 'match.lost',
      matchId: context.matchId,
      loss: lossOf(closedOf(event)),
    })),
    reportRetry: report(({ context }) => ({
      type: 'match.retrying',
      matchId: context.matchId,
      attempt: context.attempt,
      delayMs: context.link.retryDelayMs,
    })),

    // frames that belong to the connection, or to nothing
    answerPing: commandSocket(({ context }) => ({
      type: 'socket.send',
      frame: { type: 'pong', match_id: context.matchId },
    })),
    recordError: assign(({ context, event }) => {
      assertEvent(event, 'frame.error');
      return linked(context, { lastError: event.frame.code ?? null });
    }),
    reportError: report(({ context, event }) => {
      assertEvent(event, 'frame.error');
      const { code = null, message = null } = event.frame;
      return { type: 'match.error', matchId: context.matchId, code, message };
    }),
    countIgnored: assign(({ context }) => counted(context, 'ignoredFrames')),
    reportIgnored: report(({ context, event }) => {
      assertEvent(event, 'frame.ignored');
      const { why, frameType } = event;
      const { matchId, tally } = context;
      return { type: 'frame.ignored', leg: 'match', matchId, why, frameType, count: tally.ignoredFrames };
    }),
    recordUnexpected: assign(({ context, event }) => {
      const tally = copyOfTally(context.tally);
      tally.unexpected = [...tally.unexpected, event.type];
      return { tally };
    }),
    reportUnexpected: report(({ context, event }) => ({
      type: 'frame.unexpected',
      leg: 'match',
      matchId: context.matchId,
      frameType: frameTypeOf(event),
    })),
    reportRefusal: report(({ context, event }) => {
      assertEvent(event, 'socket.refused');
      const { why, frameType } = event;
      return { type: 'frame.refused', leg: 'match', matchId: context.matchId, why, frameType };
    }),
  },
};
