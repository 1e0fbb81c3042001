/** How a session stands, as plain data for a file that other programs read. Times are epoch milliseconds. */

import type { DayFigures } from '../protocol/queue-events.js';
import { maskTokens, printable, type Redact } from '../protocol/redact.js';
import type { LatencySummary, MatchCounts } from '../protocol/results.js';
import { version } from '../protocol/version.js';
import { fixturesAheadIn, nextFixtureIn } from '../session-view/fold-season.js';
import {
  isLive,
  type LobbyPhase,
  type SessionFixture,
  type SessionLobby,
  type SessionMatch,
  type SessionQueue,
  type SessionRating,
  type SessionState,
} from '../session-view/session-state.js';
import { summarizeLatency } from '../time/latency.js';

const defaults = { results: 5, fixtures: 5, maxTextLength: 100, maxMessageLength: 300 } as const;

export const statusSchema = 1;

export interface SessionStatus {
  readonly schema: typeof statusSchema;
  readonly program: 'chipzen-agent';
  readonly version: string;
  readonly pid: number;
  readonly startedAt: number;
  readonly writtenAt: number;
  /** The file is written again after this time at the latest, also when nothing happens. */
  readonly everyMs: number;
  readonly lobby: StatusLobby;
  /** When the newest frame came, of the lobby or a match; null before the first. A lobby sends one every 15 s. */
  readonly lastTrafficAt: number | null;
  /** The same bot has connected elsewhere. */
  readonly isEvicted: boolean;
  readonly live: readonly StatusMatch[];
  /** The newest five. */
  readonly results: readonly StatusResult[];
  readonly totals: StatusTotals;
  /** Of decisions. */
  readonly latency: LatencySummary;
  /** The first that is to be played, or is being played. Null: none is known, or nobody asks. */
  readonly nextFixture: { readonly startsAt: number; readonly opponent: string | null } | null;
  /** Those that are to be played, and the one that is being played: the first five. */
  readonly fixtures: readonly StatusFixture[];
  /** Null: the session joins no queue. */
  readonly queue: SessionQueue | null;
  /** What is used of the day in UTC. Null: nobody counts. */
  readonly day: DayFigures | null;
  /** After the last rated match. Null: nobody asked. */
  readonly rating: SessionRating | null;
}

export type StatusFixture = Pick<SessionFixture, 'startsAt' | 'opponent' | 'standing'>;

export interface StatusLobby
  extends Pick<SessionLobby, 'phase' | 'retryAt' | 'reconnects' | 'awayWhy' | 'endReason' | 'endMessage'> {
  /** Since when it is in this phase; `connecting` and `offline` are one. */
  readonly since: number;
}

export interface StatusMatch {
  readonly matchId: string;
  readonly rated: boolean;
  readonly opponents: readonly string[];
  readonly startedAt: number;
  readonly link: 'dialing' | 'connected' | 'offline';
  /** The newest one; null before the first. */
  readonly hand: number | null;
  /** Won or lost so far. */
  readonly netChips: number | null;
  /** When the clock of the open decision runs out; null without one. */
  readonly turnEndsAt: number | null;
}

export interface StatusResult {
  readonly matchId: string;
  readonly opponents: readonly string[];
  readonly outcome: 'completed' | 'abandoned';
  /** How it ended, in one word. */
  readonly end: string;
  readonly netChips: number | null;
  readonly endedAt: number;
}

/** Of the whole session. */
export interface StatusTotals extends Omit<MatchCounts, 'fallbacks'> {
  readonly completed: number;
  readonly abandoned: number;
  readonly netChips: number;
  /** Turns that were answered for the bot. */
  readonly answeredFor: number;
}

/** What a session itself does not tell. */
export interface StatusFrame {
  pid: number;
  startedAt: number;
  writtenAt: number;
  everyMs: number;
  /** Since when the lobby is in its phase. */
  since: number;
  lastTrafficAt: number | null;
  /** Takes secrets out of texts. */
  redact?: Redact;
}

export function statusOfSession(
  session: SessionState,
  { pid, startedAt, writtenAt, everyMs, since, lastTrafficAt, redact = maskTokens }: StatusFrame,
): SessionStatus {
  const { lobby, matches, totals, latency } = session;
  const { phase, retryAt, reconnects, awayWhy, endReason, endMessage } = lobby;
  const textOf = (text: string | null): string | null =>
    text === null ? null : printable(text, defaults.maxMessageLength, redact);
  const fixture = nextFixtureIn(session);
  const { fallbacks: answeredFor, ...counts } = totals.counts;
  const name = (text: string): string => printable(text, defaults.maxTextLength, redact);
  const opponentsOf = ({ players }: SessionMatch): string[] => players.opponents.map(name);
  return {
    schema: statusSchema,
    program: 'chipzen-agent',
    version,
    pid,
    startedAt,
    writtenAt,
    everyMs,
    lobby: {
      phase,
      since,
      retryAt,
      reconnects,
      endReason,
      endMessage: textOf(endMessage),
      awayWhy: textOf(awayWhy),
    },
    lastTrafficAt,
    isEvicted: endReason === 'evicted',
    live: matches.filter(isLive).map((match) => ({
      matchId: name(match.matchId),
      rated: match.rated,
      opponents: opponentsOf(match),
      startedAt: match.startedAt,
      link: match.link.phase,
      hand: match.standing.hand,
      netChips: match.standing.net,
      turnEndsAt: match.turn?.endsAt ?? null,
    })),
    results: resultsOf(matches)
      .slice(0, defaults.results)
      .map(({ match, over, endedAt }) => ({
        matchId: name(match.matchId),
        opponents: opponentsOf(match),
        outcome: over.outcome,
        end: name(over.end),
        netChips: over.netChips,
        endedAt,
      })),
    totals: {
      completed: totals.completed,
      abandoned: totals.abandoned,
      netChips: totals.netChips,
      ...counts,
      answeredFor,
    },
    latency: summarizeLatency(latency.histogram),
    nextFixture: fixture && {
      startsAt: fixture.startsAt,
      opponent: fixture.opponent === null ? null : name(fixture.opponent),
    },
    fixtures: fixturesAheadIn(session)
      .slice(0, defaults.fixtures)
      .map(({ startsAt, opponent, standing }) => ({
        startsAt,
        opponent: opponent === null ? null : name(opponent),
        standing,
      })),
    queue: session.queue && { ...session.queue, trouble: textOf(session.queue.trouble) },
    day: session.day,
    rating: session.rating,
  };
}

/** The newest first. */
function resultsOf(matches: readonly SessionMatch[]) {
  return matches
    .flatMap((match) => {
      const { over, endedAt } = match;
      return over === null || endedAt === null ? [] : [{ match, over, endedAt }];
    })
    .toSorted((one, other) => other.endedAt - one.endedAt);
}

export const lobbyPhases: ReadonlySet<unknown> = new Set<LobbyPhase>([
  'starting',
  'connecting',
  'online',
  'offline',
  'away',
  'ending',
  'over',
]);
