/**
 * The messages to the page, shared by the page and the server. Plain data: chips are whole numbers, times are epoch
 * milliseconds on the server's clock, and all text is printable.
 */

import type { TableView } from '../playback/shown-table.js';
import type { DayFigures } from '../protocol/queue-events.js';
import type { MatchCounts } from '../protocol/results.js';
import type { LatencyView } from '../report/latency-bars.js';
import type { SessionFixture, SessionQueue, SessionRating } from '../session-view/session-state.js';

/** The limits of what the page and the server keep. */
export const limits = {
  /** Ended matches; the oldest are forgotten first. */
  endedMatches: 200,
  /** Entries of the event feed. */
  feedEntries: 1_000,
} as const;

export type Button = 'drain' | 'stop';

/** The state of a statechart, and its last transitions. */
export interface StateView {
  /** All active states as dotted paths, the outermost first: `playing`, `playing.deciding`. */
  active: string[];
  since: number;
  /**
   * The newest transitions, the oldest first; `n` counts them. `event` names the frame that came (`frame.hello`) or the event
   * that was reported with the transition; it is empty without either.
   */
  trail: { n: number; from: string; to: string; event: string; at: number }[];
}

export interface SessionView extends Omit<MatchCounts, 'resumes'> {
  /** Null on a platform, which has no lobby chart. */
  state: StateView | null;
  /** The lobby's or the platform's address. */
  where: string;
  /** Why the session is ending or has ended. */
  endReason: string | null;
  /** Why the lobby was left on purpose; null while it was not. */
  awayWhy: string | null;
  /** When the next dial of the lobby is due. */
  retryAt: number | null;
  live: number;
  completed: number;
  abandoned: number;
  /** The net chips of ended matches; null on a platform, which has no bot of its own. */
  netChips: number | null;
  /** The same of live matches, up to the last hand of each. */
  liveNetChips: number | null;
  /** Restored connections, to the lobby and to matches. */
  reconnects: number;
  latency: LatencyView;
  /** Bots known to a platform. */
  bots: { name: string; online: boolean }[];
  /** What the bot has before it; null where nobody plans anything, and on a platform. */
  plan: PlanView | null;
}

export interface PlanView {
  /** Null: nobody asks for fixtures. */
  fixtures: PlannedView[] | null;
  /** Fixtures that are further ahead than those. */
  later: number;
  /** Why the list of fixtures cannot be read. */
  trouble: string | null;
  queue: SessionQueue | null;
  /** What is used of the day in UTC. */
  day: DayFigures | null;
  rating: SessionRating | null;
}

export type PlannedView = Pick<SessionFixture, 'opponent' | 'startsAt' | 'standing'>;

export interface MatchRow extends Omit<MatchCounts, 'hands'> {
  matchId: string;
  /** Matches are counted from 1 in the order in which they came. */
  number: number;
  /** Names by seat, no two the same; empty before they are known. */
  seats: string[];
  /** The seat of the agent's bot; null when unknown and on a platform. */
  self: number | null;
  rated: boolean;
  outcome: 'live' | 'completed' | 'abandoned';
  /** The innermost active state, or the platform's name for it. */
  state: string;
  hand: number;
  /** By seat, after the last hand or action. */
  stacks: number[];
  /** Won or lost; of a live match after the last hand. Null before that, and on a platform, which has no bot of its own. */
  netChips: number | null;
  /** The open decision. */
  clock: { seat: number | null; endsAt: number; ms: number } | null;
  startedAt: number;
  endedAt: number | null;
  /** How it ended, in a sentence. */
  note: string | null;
}

export interface ChipsView {
  hands: number[];
  /** The stacks of each seat, one for each point. */
  stacks: number[][];
}

/** The match that the page looks at. Parts that did not change are left out. */
export interface MatchDetail {
  matchId: string;
  state?: StateView | null;
  table?: TableView | null;
  chips?: ChipsView;
  latency?: LatencyView;
}

export type FeedKind = 'session' | 'match' | 'hand' | 'turn' | 'bot';
export type FeedLevel = 'info' | 'good' | 'warning' | 'error';

export interface FeedEntry {
  n: number;
  /** Epoch milliseconds of the wall clock; all other times are on the clock of `now`. */
  at: number;
  kind: FeedKind;
  level: FeedLevel;
  /** The event's own name, like `turn.answered`. */
  type: string;
  matchId: string | null;
  text: string;
}

/** What is new since the last message. The first message has everything. */
export interface Changes {
  now: number;
  session?: SessionView;
  matches: MatchRow[];
  detail?: MatchDetail | null;
  feed: FeedEntry[];
  /** Entries of the feed that were left out because there were too many. */
  skipped: number;
}

export interface Opening extends Changes {
  kind: 'agent' | 'sandbox';
  startedAt: number;
  controls: Button[];
  session: SessionView;
}
