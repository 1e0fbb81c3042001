/** What a lobby session is started with, remembers and returns, and what moves it. */
import type { DoneActorEvent, ErrorActorEvent } from 'xstate';
import type { Fault } from '../protocol/errors.js';
import type { EndReason, Loss } from '../protocol/events.js';
import type { Matched } from '../protocol/frames.js';
import { type IdSet, noIds } from './id-set.js';
import { type CommonInput, commonInputDefaults, type MatchOutput } from './match.context.js';
import type { LobbySocketEvent } from './ports.js';
import { type RetryRules, rulesOf } from './retry.js';
import { type Defined, withDefaults } from './with-defaults.js';

/** Durations in milliseconds. */
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
  /**
   * The least pause before the lobby is dialed again, in ms, from what is known of the day; `isHolding`: the platform may
   * hold a seat. Default: null, none.
   */
  redialPauseMs?: ((isHolding: boolean) => number) | null | undefined;
  /** Why the session begins out of the lobby, until `lobby.enter`; null, the default: it dials at once. */
  awayWhy?: string | null | undefined;
}

const lobbyInputDefaults = {
  ...commonInputDefaults,
  maxMatches: null as number | null,
  drainGraceMs: lobbyDefaults.drainGraceMs,
  maxLiveMatches: lobbyDefaults.maxLiveMatches,
  lobbyRefusedMs: lobbyDefaults.refusedMs,
  redialPauseMs: null as ((isHolding: boolean) => number) | null,
  awayWhy: null as string | null,
};

/**
 * The id of a match child. Ids are used again: XState keeps something for every event type that it has ever seen, and the
 * end of a child is an event with its id in the type. Which match a child plays is in its `systemId`.
 */
export type Slot = `match.${number}`;

export interface LiveMatch {
  readonly matchId: string;
  readonly participantId: string;
  readonly rated: boolean;
  readonly startedAt: number;
}

/** Matches that another session of this bot plays, by id; with the announcement, if it came. */
export type Elsewhere = Readonly<Record<string, Matched | null>>;

/** What the lobby chart remembers. Times are epoch milliseconds of `now`. */
export interface LobbyContext extends Defined<Omit<LobbyInput, keyof CommonInput>> {
  /** The part of the input that every match is started with as well. */
  common: Readonly<Defined<CommonInput>>;
  /** Connections tried since the lobby was last stable. */
  attempt: number;
  /** The lobby said hello at least once. */
  reached: boolean;
  /**
   * Since when, and how often in a row, a lobby that was reached before answers HTTP 401, 403 or 404; null while it does
   * not.
   */
  refusal: { readonly since: number; readonly times: number } | null;
  retryDelayMs: number;
  loss: Loss | null;
  live: Readonly<Record<Slot, LiveMatch>>;
  /** Until when the platform may still hold a seat that was given up, epoch ms. */
  heldUntil: number;
  /** Matches that were played to their end. */
  completedIds: IdSet;
  /** Matches that another session of this bot plays to their end. */
  elsewhere: Elsewhere;
  /** Matches that were given up; they are played again when the platform says that they are under way. */
  abandonedIds: IdSet;
  completed: number;
  abandoned: number;
  ignoredFrames: number;
  /** Event types of the frames that no state has a use for, each once. */
  unexpected: readonly string[];
  endReason: EndReason | null;
  fault: Fault | null;
}

/** What moves the lobby chart: its socket, its matches, and whoever runs the session. */
export type LobbyEvent =
  | LobbySocketEvent
  | DoneActorEvent<MatchOutput, Slot>
  | ErrorActorEvent<unknown, Slot>
  /** End the session: take no more matches, give live ones `graceMs`. Changes nothing while the session ends already. */
  | { type: 'agent.stop'; graceMs?: number }
  /** Stay out of the lobby until `lobby.enter`; live matches go on. `message` says why, and may change. */
  | { type: 'lobby.leave'; message: string }
  /** Dial the lobby that was left. Changes nothing in it, or on the way there. */
  | { type: 'lobby.enter' }
  /** End the session now: live matches end with their results at once. */
  | { type: 'agent.cut' }
  /** A newer session of this bot has the lobby for good: this one ends with its live matches, which have no limit. */
  | { type: 'agent.handedOver' }
  /** Another session of this bot plays these matches: they are not taken here. */
  | { type: 'matches.elsewhere'; matchIds: readonly string[] }
  /**
   * What became of one of them: it was `played` to its end; it is `lost`; or it is `open`, because nobody plays it any more and
   * the platform may hold the seat.
   */
  | { type: 'match.freed'; matchId: string; how: 'played' | 'lost' | 'open' }
  /** The bot of a match could not be made: no other match is taken. */
  | { type: 'agent.unfit'; message: string; cause: unknown };

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
  const {
    lobbyUrl,
    maxMatches,
    drainGraceMs,
    maxLiveMatches,
    lobbyRefusedMs,
    redialPauseMs,
    awayWhy,
    ...common
  } = withDefaults(lobbyInputDefaults, input);
  const retryPolicy: RetryRules = rulesOf(common.retryPolicy);
  return {
    lobbyUrl,
    maxMatches,
    drainGraceMs,
    maxLiveMatches,
    lobbyRefusedMs,
    redialPauseMs,
    awayWhy,
    common: { ...common, retryPolicy },
    attempt: 0,
    reached: false,
    refusal: null,
    retryDelayMs: 0,
    loss: null,
    live: {},
    heldUntil: 0,
    completedIds: noIds,
    elsewhere: {},
    abandonedIds: noIds,
    completed: 0,
    abandoned: 0,
    ignoredFrames: 0,
    unexpected: [],
    endReason: null,
    fault: null,
  };
}

export const liveCount = ({ live }: LobbyContext): number => Object.keys(live).length;

/** Of a session that is ending: each way into `draining` records why. */
export function sessionSummary(context: LobbyContext): LobbyOutput {
  const { endReason, completed, abandoned, reached, fault } = context;
  return { reason: endReason as EndReason, completed, abandoned, reached, fault };
}
