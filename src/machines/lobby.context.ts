/** What a lobby session remembers, what moves it, and what its matches change; `lobby.link.ts` has its connection. */
import type { DoneActorEvent, ErrorActorEvent } from 'xstate';
import { type Fault, UntrustedGatewayError } from '../protocol/errors.js';
import type { EndReason, Loss } from '../protocol/events.js';
import type { Matched } from '../protocol/frames.js';
import { resolveGatewayUrl } from '../protocol/gateway-url.js';
import { messageOf } from '../protocol/message-of.js';
import type { AbandonReason } from '../protocol/results.js';
import { maxTimerMs } from '../time/max-timer.js';
import { hasId, type IdSet, noIds, withId, withoutId } from './id-set.js';
import {
  type CommonInput,
  commonInputDefaults,
  type MatchInput,
  type MatchOutput,
  newMatch,
} from './match.context.js';
import { holdDefaults } from './match.hold.js';
import { matchOutputOf } from './match.output.js';
import type { LobbySocketEvent } from './ports.js';
import { type RetryRules, rulesOf } from './retry.js';
import { withDefaults } from './with-defaults.js';

export const lobbyDefaults = {
  /** From dialing to an open socket. The port gives up sooner; this is for a port that does not. */
  dialTimeoutMs: 15_000,
  /** From `authenticate` to the lobby's `hello` at the first attempt; it doubles with each up to the longest. */
  helloTimeoutMs: 10_000,
  maxHelloTimeoutMs: 60_000,
  /** A connection that lasted this long was a good one: the next loss starts the backoff anew. */
  stableAfterMs: 10_000,
  maxLiveMatches: 1_000,
  /** The longest backoff while a seat is held: a lobby that is back says where it is. */
  heldBackoffMs: 3_000,
  /** How long a lobby that was reached before may answer nothing but HTTP 401, 403 or 404. */
  refusedMs: 600_000,
  /** What live matches get when a session is stopped, evicted or fails. */
  drainGraceMs: 5_000,
};

/** What a lobby is started with. */
export interface LobbyInput extends CommonInput {
  lobbyUrl: string;
  /** End the session after this many matches have their results; null, the default: no end. */
  maxMatches?: number | null | undefined;
  /** What live matches get when the session is stopped, evicted or fails, in ms. Default: 5000. */
  drainGraceMs?: number | undefined;
  /** Live matches at once; more are skipped. Default: 1000; the platform's own cap is 5 per token. */
  maxLiveMatches?: number | undefined;
  /**
   * How long a lobby that was reached before may answer nothing but HTTP 401, 403 or 404 before it is believed, in ms.
   * Default: 600000.
   */
  lobbyRefusedMs?: number | undefined;
}

const lobbyInputDefaults = {
  ...commonInputDefaults,
  maxMatches: null as number | null,
  drainGraceMs: lobbyDefaults.drainGraceMs,
  maxLiveMatches: lobbyDefaults.maxLiveMatches,
  lobbyRefusedMs: lobbyDefaults.refusedMs,
};

type Defined<Input> = { [K in keyof Input]-?: Exclude<Input[K], undefined> };

/** The id of a match child. Ids are pooled: XState remembers every event type it ever saw. */
export type Slot = `match.${number}`;

interface LiveMatch {
  readonly matchId: string;
  readonly participantId: string;
  readonly rated: boolean;
  readonly startedAt: number;
}

export interface LobbyContext extends Defined<Omit<LobbyInput, 'retryPolicy'>> {
  retry: RetryRules;
  /** Connections tried since the lobby was last stable. */
  attempt: number;
  /** The lobby said hello at least once. */
  reached: boolean;
  /** Since when, and how often in a row, a lobby that was reached answers HTTP 401, 403 or 404; null: it does not. */
  refusal: { readonly since: number; readonly times: number } | null;
  retryDelayMs: number;
  loss: Loss | null;
  live: Readonly<Record<Slot, LiveMatch>>;
  /** Until when the platform may still hold a seat that was given up, epoch ms. */
  heldUntil: number;
  /** Matches that were played to their end. */
  completedIds: IdSet;
  /** Matches that were given up; they are played again when the platform says that they are under way. */
  abandonedIds: IdSet;
  completed: number;
  abandoned: number;
  ignoredFrames: number;
  /** Kinds of frames that came where no state has a use for them. */
  unexpected: readonly string[];
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

/** What an `assign` changes. */
export type LobbyUpdate = Partial<LobbyContext>;

export function newLobby(input: LobbyInput): LobbyContext {
  const { retryPolicy, ...settings } = withDefaults(lobbyInputDefaults, input);
  return {
    ...settings,
    retry: rulesOf(retryPolicy),
    attempt: 0,
    reached: false,
    refusal: null,
    retryDelayMs: 0,
    loss: null,
    live: {},
    heldUntil: 0,
    completedIds: noIds,
    abandonedIds: noIds,
    completed: 0,
    abandoned: 0,
    ignoredFrames: 0,
    unexpected: [],
    endReason: null,
    fault: null,
  };
}

// --- matches ---

/** Matches that were given up for these reasons may go on without us. */
const mayBeHeld: ReadonlySet<AbandonReason | null> = new Set<AbandonReason>([
  'reconnects_exhausted',
  'frame_too_large',
  'internal',
]);

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
  if (hasId(context.completedIds, frame.match_id)) return { kind: 'ended' };
  if (hasId(context.abandonedIds, frame.match_id) && !frame.resume) return { kind: 'ended' };
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
  const { clientName, clientVersion, supportedGames, safeMode, retry, marginMs, now, random } = context;
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
    retryPolicy: retry,
    marginMs,
    now,
    random,
  };
}

export function afterSeating(context: LobbyContext, slot: Slot, frame: Matched): LobbyUpdate {
  const playedBefore = hasId(context.abandonedIds, frame.match_id);
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
      abandonedIds: withoutId(context.abandonedIds, frame.match_id),
    }),
  };
}

export function afterMatchOver(
  context: LobbyContext,
  slot: Slot,
  { result, fault }: MatchOutput,
): LobbyUpdate {
  const { [slot]: _over, ...live } = context.live;
  const { matchId, outcome, abandonReason } = result;
  return {
    live,
    // What fails while the session ends is not why it ends.
    ...(context.endReason === null && fault !== null && { fault }),
    ...(outcome === 'completed'
      ? { completed: context.completed + 1, completedIds: withId(context.completedIds, matchId) }
      : { abandoned: context.abandoned + 1, abandonedIds: withId(context.abandonedIds, matchId) }),
    ...(mayBeHeld.has(abandonReason) && { heldUntil: context.now() + holdDefaults.holdMs }),
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
  return Math.min(maxTimerMs, Math.max(0, graceMs));
}

export function lobbyOutputOf(context: LobbyContext): LobbyOutput {
  const { endReason, completed, abandoned, reached, fault } = context;
  return { reason: endReason ?? 'failed', completed, abandoned, reached, fault };
}
