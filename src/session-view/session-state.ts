/**
 * The state of a session as plain data, which JSON can hold. Amounts are chips. Times are on the clock of the `at` that
 * events were folded with. Texts are as servers wrote them: whoever shows them makes them printable first.
 */

import type { EndReason } from '../protocol/events.js';
import type { DayFigures, QueueRest } from '../protocol/queue-events.js';
import type { MatchCounts, MatchResult } from '../protocol/results.js';
import type { FixtureStanding, PlannedFixture } from '../protocol/season-events.js';
import { emptyHistogram, type LatencyHistogram } from '../time/latency.js';
import { noCounts } from './counts.js';
import type { SeenTable } from './seen-table.js';

/** A session from before it was started until after it is over. */
export interface SessionState {
  readonly lobby: SessionLobby;
  /** Live matches, and the newest 200 of those that are over, in the order in which they were announced. */
  readonly matches: readonly SessionMatch[];
  readonly totals: SessionTotals;
  /** Of all decisions. */
  readonly latency: SessionLatency;
  /** The fixtures that were told; null where nobody asks for them. */
  readonly season: SessionSeason | null;
  /** How it stands with the queue; null where nobody joins it. */
  readonly queue: SessionQueue | null;
  /** What is used of the day; null where nobody counts. */
  readonly day: DayFigures | null;
  /** What the platform said of the bot after its last rated match; null where nobody asked. */
  readonly rating: SessionRating | null;
}

export type LobbyPhase = 'starting' | 'connecting' | 'online' | 'offline' | 'away' | 'ending' | 'over';

export interface SessionLobby {
  readonly phase: LobbyPhase;
  /** When the next dial is due; null while nothing waits for it. */
  readonly retryAt: number | null;
  /** The lobby was reached before. */
  readonly wasOnline: boolean;
  /** Since when a lobby that was reached is lost; null while it is there, was left on purpose, or the session ends. */
  readonly lostSince: number | null;
  /** Why the lobby was left on purpose, in words; null while it was not. */
  readonly awayWhy: string | null;
  /** Connections that came back. */
  readonly reconnects: number;
  /** Why the session ends; null until then. */
  readonly endReason: EndReason | null;
  /** The same in words; those of the fault if there is one. */
  readonly endMessage: string | null;
}

export interface SessionFixture extends PlannedFixture {
  readonly standing: FixtureStanding;
  /** The match that is, or may be, the fixture's. */
  readonly matchId: string | null;
}

export interface SessionSeason {
  /** Those to come, and the newest 20 of those that are over, the first one first. */
  readonly fixtures: readonly SessionFixture[];
  /** Why the list cannot be read; null while it can. */
  readonly trouble: string | null;
}

/** `waiting`: it has a place in the queue. `resting`: it wants none now. `out`: it has none, and wants one. */
export type QueueStanding = 'waiting' | 'resting' | 'out';

export interface SessionQueue {
  readonly place: QueueStanding;
  /** Since when it waits. */
  readonly since: number | null;
  readonly position: number | null;
  /** Why it rests, and until when; in epoch ms of the wall clock, null: not known. */
  readonly restWhy: QueueRest | null;
  readonly restUntil: number | null;
  /** Why the last request for the queue was refused; null when it was not. */
  readonly trouble: string | null;
}

export interface SessionRating {
  readonly rating: number;
  readonly deviation: number | null;
}

/** Numbers only grow, except that `abandoned` is one less when an abandoned match is played again. */
export interface SessionTotals {
  readonly completed: number;
  readonly abandoned: number;
  /** Of the matches that are over. */
  readonly netChips: number;
  /** Of all matches, also live ones. */
  readonly counts: Readonly<MatchCounts>;
}

export interface SessionLatency {
  readonly histogram: LatencyHistogram;
  /** Of the newest decision. */
  readonly lastMs: number | null;
  /** Length of the newest turn's clock. */
  readonly clockMs: number | null;
}

export interface SessionMatch {
  readonly matchId: string;
  readonly participantId: string;
  readonly rated: boolean;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly link: MatchLink;
  readonly players: MatchPlayers;
  /** The open decision, also while the connection is lost. Null without one, and from a reconnect until it is asked again. */
  readonly turn: SessionTurn | null;
  readonly standing: MatchStanding;
  /** Null until a frame showed it. */
  readonly table: SeenTable | null;
  /** Counted so far; those of the result when the match is over. */
  readonly counts: Readonly<MatchCounts>;
  readonly latency: SessionLatency;
  /** The `requestId` of the last decision that was answered in the bot's place. */
  readonly helpedWith: string | null;
  /** Null while the match is live. */
  readonly over: MatchOver | null;
}

export interface MatchLink {
  readonly phase: 'dialing' | 'connected' | 'offline';
  /** When the next dial is due; null while nothing waits for it. */
  readonly retryAt: number | null;
  /** Connections that were greeted. */
  readonly connections: number;
}

export interface MatchPlayers {
  /** The bot's seat; null while it is unknown. */
  readonly seatIndex: number | null;
  /** Names of the other players. */
  readonly opponents: readonly string[];
  /** Names by seat; empty until a frame showed them. */
  readonly names: readonly string[];
}

export interface SessionTurn {
  readonly requestId: string;
  /** When the server's clock runs out. */
  readonly endsAt: number;
  readonly clockMs: number;
}

export interface MatchStanding {
  /** The number of the newest hand; null before the first. */
  readonly hand: number | null;
  /** After the last hand; null before its end. */
  readonly chips: { readonly own: number; readonly total: number } | null;
  /** Won or lost so far; null before the first hand is over. */
  readonly net: number | null;
}

/** What a result says, without its frame. */
export interface MatchOver extends Pick<MatchResult, 'outcome' | 'abandonReason' | 'detail' | 'netChips'> {
  /** How it ended, in one word. */
  readonly end: string;
}

/** How many matches that are over are kept. */
export const keptMatches = 200;

const noLatency: SessionLatency = { histogram: emptyHistogram, lastMs: null, clockMs: null };

/** What is known before anything has happened. */
export const newSession: SessionState = {
  lobby: {
    phase: 'starting',
    retryAt: null,
    wasOnline: false,
    lostSince: null,
    awayWhy: null,
    reconnects: 0,
    endReason: null,
    endMessage: null,
  },
  matches: [],
  totals: { completed: 0, abandoned: 0, netChips: 0, counts: noCounts },
  latency: noLatency,
  season: null,
  queue: null,
  day: null,
  rating: null,
};

/** A match that has just begun to be dialed. */
export function newSessionMatch(
  matchId: string,
  startedAt: number,
  { participantId = '', rated = false }: { participantId?: string; rated?: boolean } = {},
): SessionMatch {
  return {
    matchId,
    participantId,
    rated,
    startedAt,
    endedAt: null,
    link: { phase: 'dialing', retryAt: null, connections: 0 },
    players: { seatIndex: null, opponents: [], names: [] },
    turn: null,
    standing: { hand: null, chips: null, net: null },
    table: null,
    counts: noCounts,
    latency: noLatency,
    helpedWith: null,
    over: null,
  };
}

/** The newest match of this id, live or over. */
export function matchOf({ matches }: SessionState, matchId: string): SessionMatch | undefined {
  return matches.findLast((match) => match.matchId === matchId);
}

export const isLive = ({ over }: SessionMatch): boolean => over === null;

export function liveMatchesIn({ matches }: SessionState): SessionMatch[] {
  return matches.filter(isLive);
}

/** Connections of the lobby and of matches that came back. */
export function reconnectsOf({ lobby, totals }: SessionState): number {
  return lobby.reconnects + totals.counts.resumes;
}
