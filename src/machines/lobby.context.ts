/** What a lobby session remembers, what moves it, and how its memory changes: the data half of the lobby machine. */
import type { DoneActorEvent, ErrorActorEvent } from 'xstate';
import { type Verdict, verdictOf } from '../protocol/close-codes.js';
import { type Fault, UntrustedGatewayError } from '../protocol/errors.js';
import type { EndReason, Loss } from '../protocol/events.js';
import type { Matched } from '../protocol/frames.js';
import { resolveGatewayUrl } from '../protocol/gateway-url.js';
import { messageOf } from '../protocol/message-of.js';
import { describeLoss, lossOf } from './loss.js';
import {
  type CommonInput,
  commonInputDefaults,
  type MatchInput,
  type MatchOutput,
  newMatch,
} from './match.context.js';
import { outputOf as matchOutputOf } from './match.output.js';
import type { LobbySocketEvent, SocketClosed } from './ports.js';
import { reconnectDelay } from './retry.js';

export const lobbyDefaults = {
  /** From dialing to an open socket. The port gives up sooner; this is for a port that does not. */
  dialTimeoutMs: 15_000,
  /** From `authenticate` to the lobby's `hello`. */
  helloTimeoutMs: 10_000,
  /** A connection that lasted this long was a good one: the next loss starts the backoff anew. */
  stableAfterMs: 10_000,
  maxLiveMatches: 1_000,
  /** Ended matches that are remembered, so that a late announcement of one is not dialed again. */
  rememberedMatches: 256,
  /** What live matches get when a session is stopped, evicted or fails. */
  drainGraceMs: 5_000,
  /** What timers can count. */
  maxGraceMs: 2 ** 31 - 1,
};

/** What a lobby is started with. */
export interface LobbyInput extends CommonInput {
  lobbyUrl: string;
  /** End the session after this many matches; null, the default: no end. */
  maxMatches?: number | null;
  /** What live matches get when the session is stopped, evicted or fails, in ms. Default: 5000. */
  drainGraceMs?: number;
  /** Live matches at once; more are skipped. Default: 1000; the platform's own cap is 5 per token. */
  maxLiveMatches?: number;
  /**
   * Whether the retry policy's number of attempts also limits reconnects to a lobby that was reached before.
   * Default: false.
   */
  limitReconnects?: boolean;
}

/** The id of a match child. Ids are pooled: XState remembers every event type it ever saw. */
export type Slot = `match.${number}`;

interface LiveMatch {
  readonly matchId: string;
  readonly participantId: string;
  readonly rated: boolean;
  readonly startedAt: number;
}

export interface LobbyContext extends Required<LobbyInput> {
  /** Connections tried since the lobby was last stable. */
  attempt: number;
  /** The lobby said hello at least once. */
  reached: boolean;
  retryDelayMs: number;
  loss: Loss | null;
  live: Readonly<Record<Slot, LiveMatch>>;
  /** Ids of the newest completed matches. */
  completedIds: readonly string[];
  /** Ids of the newest abandoned matches, which are played again when announced again. */
  abandonedIds: readonly string[];
  completed: number;
  abandoned: number;
  ignoredFrames: number;
  endReason: EndReason | null;
  fault: Fault | null;
}

export type LobbyEvent =
  | LobbySocketEvent
  | DoneActorEvent<MatchOutput, Slot>
  | ErrorActorEvent<unknown, Slot>
  /** End the session: take no more matches, give live ones `graceMs`. Nothing new while it drains already. */
  | { type: 'agent.stop'; graceMs?: number }
  /** End the session now: live matches end with their results at once. */
  | { type: 'agent.cut' };

/** What is known when a session is over; each match told its own result when it ended. */
export interface LobbyOutput {
  reason: EndReason;
  completed: number;
  abandoned: number;
  /** The lobby said hello at least once. */
  reached: boolean;
  fault: Fault | null;
}

type Update = Partial<LobbyContext>;

export function newLobby(input: LobbyInput): LobbyContext {
  return {
    maxMatches: null,
    drainGraceMs: lobbyDefaults.drainGraceMs,
    maxLiveMatches: lobbyDefaults.maxLiveMatches,
    limitReconnects: false,
    ...commonInputDefaults,
    ...input,
    attempt: 0,
    reached: false,
    retryDelayMs: 0,
    loss: null,
    live: {},
    completedIds: [],
    abandonedIds: [],
    completed: 0,
    abandoned: 0,
    ignoredFrames: 0,
    endReason: null,
    fault: null,
  };
}

// --- the connection ---

export function verdictOn(closed: SocketClosed): Verdict {
  return verdictOf({
    leg: 'lobby',
    code: closed.code,
    reason: closed.reason,
    ...(closed.httpStatus !== undefined && { httpStatus: closed.httpStatus }),
  });
}

/** Why this loss ends the session with a fault, or null when it is worth another attempt. */
export function faultOf(context: LobbyContext, closed: SocketClosed): Fault | null {
  const verdict = verdictOn(closed);
  if (verdict.action === 'stop') return { code: verdict.fault, message: verdict.why };
  const { maxReconnectAttempts: limit } = context.retryPolicy;
  if (context.reached && !context.limitReconnects) return null;
  if (context.attempt < limit) return null;
  const how = describeLoss(closed);
  const message = context.reached
    ? `The lobby was lost (${how}) and ${limit} reconnects failed.`
    : `The lobby could not be reached (${how}) in ${limit + 1} ${limit === 0 ? 'attempt' : 'attempts'}: check the URL and your network.`;
  return { code: 'lobby_unreachable', message };
}

export function afterLobbyLoss(context: LobbyContext, closed: SocketClosed): Update {
  const verdict = verdictOn(closed);
  const attempt = context.attempt + 1;
  return {
    loss: lossOf(closed),
    attempt,
    retryDelayMs: reconnectDelay(context.retryPolicy, attempt, context.random, {
      slow: verdict.action === 'retry' && verdict.slow === true,
      ...(closed.retryAfterMs !== undefined && { retryAfterMs: closed.retryAfterMs }),
    }),
  };
}

// --- matches ---

export type Admission =
  | { kind: 'untrusted'; message: string }
  | { kind: 'live'; slot: Slot; gatewayUrl: string }
  | { kind: 'ended' }
  | { kind: 'full' }
  | { kind: 'new'; gatewayUrl: string };

/** What to do with an announced match (docs/protocol.md 2). */
export function admissionOf(context: LobbyContext, frame: Matched): Admission {
  let gatewayUrl: string;
  try {
    gatewayUrl = resolveGatewayUrl(context.lobbyUrl, frame.gateway_ws_url);
  } catch (error) {
    if (error instanceof UntrustedGatewayError) return { kind: 'untrusted', message: error.message };
    throw error;
  }
  const slot = slotOf(context, frame.match_id);
  if (slot !== null) return { kind: 'live', slot, gatewayUrl };
  if (context.completedIds.includes(frame.match_id)) return { kind: 'ended' };
  if (liveCount(context) >= context.maxLiveMatches) return { kind: 'full' };
  return { kind: 'new', gatewayUrl };
}

function slotOf({ live }: LobbyContext, matchId: string): Slot | null {
  for (const slot of Object.keys(live) as Slot[]) {
    if (live[slot]?.matchId === matchId) return slot;
  }
  return null;
}

export const liveCount = ({ live }: LobbyContext): number => Object.keys(live).length;

export function freeSlot({ live }: LobbyContext): Slot {
  let index = 0;
  while (live[`match.${index}`] !== undefined) index += 1;
  return `match.${index}`;
}

export function matchInputOf(context: LobbyContext, frame: Matched, gatewayUrl: string): MatchInput {
  const { clientName, clientVersion, supportedGames, safeMode, retryPolicy, marginMs, now, random } = context;
  return {
    matchId: frame.match_id,
    participantId: frame.participant_id,
    gatewayUrl,
    rated: frame.rated,
    resume: frame.resume,
    decisionTimeoutMs: frame.decision_timeout_ms ?? null,
    clientName,
    clientVersion,
    supportedGames,
    safeMode,
    retryPolicy,
    marginMs,
    now,
    random,
  };
}

export function afterSeating(context: LobbyContext, slot: Slot, frame: Matched): Update {
  const playedBefore = context.abandonedIds.includes(frame.match_id);
  const match: LiveMatch = {
    matchId: frame.match_id,
    participantId: frame.participant_id,
    rated: frame.rated,
    startedAt: context.now(),
  };
  return {
    live: { ...context.live, [slot]: match },
    // An abandoned match that is played again gets one result, not two.
    ...(playedBefore && {
      abandoned: context.abandoned - 1,
      abandonedIds: context.abandonedIds.filter((id) => id !== frame.match_id),
    }),
  };
}

export function afterMatchOver(context: LobbyContext, slot: Slot, { result, fault }: MatchOutput): Update {
  const { [slot]: _over, ...live } = context.live;
  const remember = (ids: readonly string[]) =>
    [...ids, result.matchId].slice(-lobbyDefaults.rememberedMatches);
  return {
    live,
    fault: context.fault ?? fault,
    ...(result.outcome === 'completed'
      ? { completed: context.completed + 1, completedIds: remember(context.completedIds) }
      : { abandoned: context.abandoned + 1, abandonedIds: remember(context.abandonedIds) }),
  };
}

/** The output of a match whose machine itself failed. */
export function brokenMatch(context: LobbyContext, slot: Slot, error: unknown): MatchOutput {
  const { matchId = '', participantId = '', rated = false, startedAt } = context.live[slot] ?? {};
  const { now, random } = context;
  const match = newMatch({ matchId, participantId, rated, gatewayUrl: '', now, random });
  return matchOutputOf({
    ...match,
    fixed: { ...match.fixed, startedAt: startedAt ?? now() },
    abandonReason: 'internal',
    detail: messageOf(error),
  });
}

// --- the end ---

/** A grace that timers can count; nonsense leaves the one that was configured. */
export function graceOf(context: LobbyContext, graceMs: number | undefined): number {
  if (graceMs === undefined || Number.isNaN(graceMs)) return context.drainGraceMs;
  return Math.min(lobbyDefaults.maxGraceMs, Math.max(0, graceMs));
}

export function outputOf(context: LobbyContext): LobbyOutput {
  const { endReason, completed, abandoned, reached, fault } = context;
  return { reason: endReason ?? 'failed', completed, abandoned, reached, fault };
}
