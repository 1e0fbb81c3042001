/** The connection to the lobby (docs/protocol.md 2): how it is opened and greeted, and what a loss or a refusal leads to. */
import { type Verdict, verdictOf } from '../protocol/close-codes.js';
import type { Fault } from '../protocol/errors.js';
import { messageOf } from '../protocol/message-of.js';
import { assertEvent } from './assert-event.js';
import { type LobbyContext, liveCount, lobbyDefaults } from './lobby.context.js';
import { type LobbyMoment, lobbyBase, lobbyPorts } from './lobby.setup.js';
import { type Closing, closedOf, describeLoss, frameTypeOf, lossOf } from './loss.js';
import { type ReconnectHints, reconnectDelay } from './retry.js';

const { assign } = lobbyBase;
const { commandSocket, report } = lobbyPorts;

/** Between two dials of a lobby that refuses us, in milliseconds: doubled from the first to the longest. */
const refusalPace = { firstMs: 10_000, longestMs: 60_000 } as const;

type Refusal = NonNullable<LobbyContext['refusal']>;

// --- what a loss means ---

/**
 * A lobby that let us in before turns the upgrade away: often something else answers in its place for a while, as in a
 * deployment.
 */
const isRefusal = ({ reached }: LobbyContext, { httpStatus }: Closing): boolean =>
  reached && (httpStatus === 401 || httpStatus === 403 || httpStatus === 404);

const verdictOn = (closed: Closing): Verdict => verdictOf({ ...closed, leg: 'lobby' });

/** Why this loss ends the session with a fault, or null when it is worth another attempt. */
function faultOf(context: LobbyContext, closed: Closing): Fault | null {
  const verdict = verdictOn(closed);
  if (verdict.action === 'stop') {
    const isBelieved = !isRefusal(context, closed) || refusedForMs(context) >= context.lobbyRefusedMs;
    return isBelieved ? { code: verdict.fault, message: verdict.why } : null;
  }
  const { common, reached, attempt } = context;
  const { retryPolicy } = common;
  const limit = reached ? retryPolicy.named.maxReconnectAttempts : retryPolicy.maxReconnectAttempts;
  if (limit === undefined || attempt < limit) return null;
  const how = describeLoss(closed);
  const message = reached
    ? `The lobby was lost (${how}) and ${limit} reconnects failed.`
    : `The lobby could not be reached (${how}) in ${limit + 1} ${limit === 0 ? 'attempt' : 'attempts'}: check the URL and your network.`;
  return { code: 'lobby_unreachable', message };
}

/** The platform holds a seat for us, or may. */
function isHolding(context: LobbyContext): boolean {
  return liveCount(context) > 0 || context.common.now() < context.heldUntil;
}

// --- a lobby that let us in before and refuses us now ---

const refusedAgain = ({ refusal, common }: LobbyContext): Refusal =>
  refusal === null ? { since: common.now(), times: 1 } : { ...refusal, times: refusal.times + 1 };

/** The last dial comes when the patience ends. */
function refusalDelay(
  { lobbyRefusedMs, common }: LobbyContext,
  { since, times }: Refusal,
  retryAfterMs = 0,
): number {
  const { firstMs, longestMs } = refusalPace;
  const paceMs = Math.min(longestMs, firstMs * 2 ** (times - 1)) * (0.75 + common.random() / 4);
  const delayMs = Math.min(longestMs, Math.max(firstMs, paceMs, retryAfterMs));
  const leftMs = Math.max(0, since + lobbyRefusedMs - common.now());
  return Math.ceil(Math.min(leftMs, delayMs));
}

function refusedForMs({ refusal, common }: LobbyContext): number {
  return refusal === null ? 0 : common.now() - refusal.since;
}

/** A sentence: what to check, and how long the lobby is still tried. */
function describeRefusal(context: LobbyContext, httpStatus: number): string {
  const forS = Math.round(refusedForMs(context) / 1000);
  const leftS = Math.max(0, Math.round((context.lobbyRefusedMs - refusedForMs(context)) / 1000));
  const since = forS === 0 ? 'now' : `for ${forS} s now`;
  const what = httpStatus === 404 ? 'bot id, environment and URL' : 'token and bot id';
  return `The lobby was there before and answers HTTP ${httpStatus} ${since}. Unless it is being updated, check ${what}; tried for ${leftS} s more.`;
}

// --- what the chart asks and does ---

export const lobbyConnection = {
  delays: {
    dialTimeout: lobbyDefaults.dialTimeoutMs,
    // A lobby that is busy after a restart greets late, and an agent that hangs up has to start over.
    helloTimeout: ({ context }: LobbyMoment) =>
      Math.min(lobbyDefaults.maxHelloTimeoutMs, lobbyDefaults.helloTimeoutMs * 2 ** context.attempt),
    stableTime: lobbyDefaults.stableAfterMs,
    reconnectDelay: ({ context }: LobbyMoment) => context.retryDelayMs,
  },

  guards: {
    wasReplaced: ({ event }: LobbyMoment) => verdictOn(closedOf(event)).action === 'evicted',
    cannotReconnect: ({ context, event }: LobbyMoment) => faultOf(context, closedOf(event)) !== null,
    refusesUs: ({ context, event }: LobbyMoment) => isRefusal(context, closedOf(event)),
    refusesUsForGood: ({ context, event }: LobbyMoment) =>
      isRefusal(context, closedOf(event)) && faultOf(context, closedOf(event)) !== null,
    isNewKind: ({ context, event }: LobbyMoment) => !context.unexpected.includes(event.type),
  },

  actions: {
    // opening
    dial: commandSocket(({ context }) => ({ type: 'socket.connect', url: context.lobbyUrl })),
    authenticate: commandSocket({ type: 'socket.authenticate' }),
    hangUp: commandSocket({ type: 'socket.close' }),
    recordReached: assign({ reached: true, refusal: null }),
    recordStable: assign({ attempt: 0 }),
    reportConnecting: report(({ context }) => ({
      type: 'lobby.connecting',
      url: context.lobbyUrl,
      attempt: context.attempt,
    })),
    reportListening: report(({ context }) => ({ type: 'lobby.listening', url: context.lobbyUrl })),

    // a loss
    recordLoss: assign(({ context, event }) => {
      const closed = closedOf(event);
      const verdict = verdictOn(closed);
      const attempt = context.attempt + 1;
      const refusal = isRefusal(context, closed) ? refusedAgain(context) : null;
      const hints: ReconnectHints = {
        slow: 'slow' in verdict,
        retryAfterMs: closed.retryAfterMs,
        ...(isHolding(context) && { atMostMs: lobbyDefaults.heldBackoffMs }),
      };
      const { retryPolicy, random } = context.common;
      return {
        loss: lossOf(closed),
        attempt,
        refusal,
        retryDelayMs: Math.max(
          context.redialPauseMs?.(isHolding(context)) ?? 0,
          refusal === null
            ? reconnectDelay(retryPolicy, attempt, random, hints)
            : refusalDelay(context, refusal, closed.retryAfterMs),
        ),
      };
    }),
    recordFault: assign(({ context, event }) => ({
      loss: lossOf(closedOf(event)),
      fault: context.fault ?? faultOf(context, closedOf(event)),
    })),
    reportLoss: report(({ event }) => ({ type: 'lobby.lost', loss: lossOf(closedOf(event)) })),
    reportRetry: report(({ context }) => ({
      type: 'lobby.retrying',
      attempt: context.attempt,
      delayMs: context.retryDelayMs,
    })),
    reportRefusedLobby: report(({ context, event }) => {
      const { httpStatus = 0 } = closedOf(event);
      return {
        type: 'lobby.refusing',
        httpStatus,
        forMs: Math.round(refusedForMs(context)),
        patienceMs: context.lobbyRefusedMs,
        message: describeRefusal(context, httpStatus),
      };
    }),
    recordBrokenPort: assign(({ context, event }) => {
      const { error } = event as unknown as { error: unknown };
      return { fault: context.fault ?? { code: 'internal', message: messageOf(error), cause: error } };
    }),
    reportBrokenPort: report(({ event }) => {
      const { error } = event as unknown as { error: unknown };
      return { type: 'lobby.error', code: 'internal', message: messageOf(error) };
    }),

    // frames that belong to the connection, or to nothing
    answerPing: commandSocket({ type: 'socket.send', frame: { type: 'pong' } }),
    reportError: report(({ event }) => {
      assertEvent(event, 'frame.error');
      const { code = null, message = null } = event.frame;
      return { type: 'lobby.error', code, message };
    }),
    countIgnored: assign(({ context }) => ({ ignoredFrames: context.ignoredFrames + 1 })),
    reportIgnored: report(({ context, event }) => {
      assertEvent(event, 'frame.ignored');
      const { why, frameType } = event;
      const count = context.ignoredFrames;
      return { type: 'frame.ignored', leg: 'lobby', matchId: null, why, frameType, count };
    }),
    recordUnexpected: assign(({ context, event }) => ({ unexpected: [...context.unexpected, event.type] })),
    reportUnexpected: report(({ event }) => ({
      type: 'frame.unexpected',
      leg: 'lobby',
      matchId: null,
      frameType: frameTypeOf(event),
    })),
    reportRefusal: report(({ event }) => {
      assertEvent(event, 'socket.refused');
      const { why, frameType } = event;
      return { type: 'frame.refused', leg: 'lobby', matchId: null, why, frameType };
    }),
  },
};
