/** What the events of a session change in its metrics. */
import type { Gauge } from 'prom-client';
import type { AgentEvent, TimedAgentEvent } from '../protocol/events.js';
import type { DayFigures } from '../protocol/queue-events.js';
import { isDuplicateRejection } from '../protocol/rejections.js';
import { version } from '../protocol/version.js';
import { foldEvent } from '../session-view/fold-event.js';
import { nextFixtureIn } from '../session-view/fold-season.js';
import { lobbyMsAt } from '../session-view/plan-words.js';
import { liveMatchesIn, matchOf, newSession, type SessionState } from '../session-view/session-state.js';
import { type LossCause, lossCauseOf } from './loss-cause.js';
import type { ConnectionLabel, HelpReason, MetricSet } from './metric-set.js';

type EventType = AgentEvent['type'];
type EventOfType = { [T in EventType]: Extract<TimedAgentEvent, { type: T }> };
type Counting = { readonly [T in EventType]?: (event: EventOfType[T], before: SessionState) => void };

/** They change nothing that is read here of the folded state, and are what most events are. */
const unfolded: ReadonlySet<EventType> = new Set<EventType>([
  'hand.started',
  'hand.ended',
  'turn.requested',
  'turn.answered',
]);

export interface SessionMetrics {
  readonly onEvent: (event: TimedAgentEvent) => void;
  /** A frame of the lobby came. @param at epoch milliseconds. */
  onLobbyFrame(at: number): void;
  /** Brings up to date what changes without an event. @param now epoch milliseconds. */
  refresh(now: number): void;
  /** The state of the session, without its turns and hands. */
  readonly session: SessionState;
  /** When the newest frame of the lobby came; null before the first. */
  readonly lastLobbyFrameAt: number | null;
}

/** @param startedAt epoch milliseconds. */
export function createSessionMetrics(metrics: MetricSet, startedAt: number): SessionMetrics {
  let session = newSession;
  let lastLobbyFrameAt: number | null = null;
  /** Why the lobby was lost; null while it is not. */
  let lobbyCause: LossCause | null = null;
  /** The same of live matches. */
  const matchCauses = new Map<string, LossCause>();
  /** By live match, the newest decision that was made in place of the bot: it counts once, whatever is reported of it. */
  const helpedWith = new Map<string, string>();

  metrics.build.labels(version).set(1);
  metrics.sessionStart.set(startedAt / 1000);
  metrics.netChips.set(0);
  show(session);

  function countFailure(connection: ConnectionLabel, cause: LossCause): void {
    metrics.failures.labels(connection, cause).inc();
  }

  function countHelp(why: HelpReason, { matchId, requestId }: { matchId: string; requestId: string }): void {
    if (helpedWith.get(matchId) === requestId) return;
    helpedWith.set(matchId, requestId);
    metrics.answeredFor.labels(why).inc();
  }

  const counting: Counting = {
    'lobby.lost': ({ loss }, before) => {
      const cause = lossCauseOf(loss);
      countFailure('lobby', cause);
      // Dials that fail afterwards do not change why it was lost.
      if (before.lobby.phase === 'online') lobbyCause = cause;
    },
    'lobby.listening': () => {
      if (lobbyCause !== null) metrics.reconnects.labels('lobby', lobbyCause).inc();
      lobbyCause = null;
    },
    // Who comes back after leaving on purpose has lost nothing.
    'lobby.left': () => {
      lobbyCause = null;
    },
    // It was left because the platform had lost it, though the connection looked open.
    'queue.redialing': () => {
      countFailure('lobby', 'silent');
      lobbyCause = 'silent';
    },
    'match.announced': () => metrics.announced.inc(),
    'match.skipped': ({ why }) => metrics.skipped.labels(why).inc(),
    'match.lost': ({ matchId, loss }, before) => {
      const cause = lossCauseOf(loss);
      countFailure('match', cause);
      if (matchOf(before, matchId)?.link.phase === 'connected') matchCauses.set(matchId, cause);
    },
    'match.connected': ({ matchId }) => {
      const cause = matchCauses.get(matchId);
      if (cause !== undefined) metrics.reconnects.labels('match', cause).inc();
      matchCauses.delete(matchId);
    },
    'match.ended': ({ matchId, result }) => {
      metrics.matches.labels(result.outcome).inc();
      metrics.netChips.inc(result.netChips ?? 0);
      matchCauses.delete(matchId);
      helpedWith.delete(matchId);
    },
    'hand.ended': () => metrics.hands.inc(),
    'turn.requested': () => metrics.turns.inc(),
    'turn.answered': (event) => {
      metrics.decisions.observe(event.latencyMs / 1000);
      if (event.source !== 'bot') countHelp(helpReasonOf(event.source), event);
    },
    'turn.overdue': (event) => countHelp(event.left === true ? 'left' : 'late', event),
    'turn.corrected': () => metrics.corrected.inc(),
    'turn.rejected': (event) => {
      if (!isDuplicateRejection(event)) metrics.rejected.inc();
    },
    'turn.timed_out': () => metrics.timedOut.inc(),
    'fixture.alarm': ({ why }) => metrics.fixtureAlarms.labels(why).inc(),
    'fixture.served': () => metrics.fixtures.labels('served').inc(),
    'fixture.missed': () => metrics.fixtures.labels('missed').inc(),
    'fixture.cancelled': () => metrics.fixtures.labels('cancelled').inc(),
    'queue.matched': () => metrics.queueMatches.inc(),
    'queue.refused': () => metrics.queueRefused.inc(),
    'challenge.received': () => metrics.challenges.labels('received').inc(),
    'challenge.accepted': () => metrics.challenges.labels('accepted').inc(),
    'challenge.declined': () => metrics.challenges.labels('declined').inc(),
    'challenge.failed': () => metrics.challenges.labels('failed').inc(),
    'bot.failed': () => metrics.botFailures.inc(),
    'bot.terminated': ({ why }) => metrics.botTerminations.labels(why).inc(),
  };

  function count<T extends EventType>(type: T, event: EventOfType[T]): void {
    counting[type]?.(event, session);
  }

  function show(now: SessionState): void {
    metrics.lobbyState.set(now.lobby.phase);
    metrics.evicted.set(now.lobby.endReason === 'evicted' ? 1 : 0);
    metrics.live.set(liveMatchesIn(now).length);
    metrics.queueState.set(now.queue?.place ?? 'none');
    const fixture = nextFixtureIn(now);
    setOrRemove(metrics.nextFixture, fixture === null ? null : fixture.startsAt / 1000);
    setOrRemove(metrics.rating, now.rating?.rating ?? null);
    setOrRemove(metrics.ratingDeviation, now.rating?.deviation ?? null);
    if (now.day !== null) showDay(now.day);
  }

  function showDay({ matches, claims, matchesLimit, lobbyLimitMs, ...day }: DayFigures): void {
    metrics.dayMatches.set(matches);
    metrics.dayClaims.set(claims);
    setOrRemove(metrics.dayMatchesLimit, matchesLimit);
    setOrRemove(metrics.dayLobbyLimit, lobbyLimitMs === null ? null : lobbyLimitMs / 1000);
    metrics.dayReserved.set(day.reservedMs / 1000);
    metrics.dayDials.set(day.dials);
  }

  return {
    onEvent(event) {
      count(event.type, event);
      if (unfolded.has(event.type)) return;
      const before = session;
      session = foldEvent(session, event);
      if (session !== before) show(session);
    },
    onLobbyFrame(at) {
      lastLobbyFrameAt = at;
      metrics.lastLobbyFrame.set(at / 1000);
    },
    refresh(now) {
      if (session.day !== null) metrics.dayLobby.set(lobbyMsAt(session.day, now) / 1000);
    },
    get session() {
      return session;
    },
    get lastLobbyFrameAt() {
      return lastLobbyFrameAt;
    },
  };
}

/** A gauge without a value is not in the text. */
function setOrRemove(gauge: Gauge, value: number | null): void {
  if (value === null) gauge.remove();
  else gauge.set(value);
}

function helpReasonOf(source: Exclude<EventOfType['turn.answered']['source'], 'bot'>): HelpReason {
  switch (source) {
    case 'overdue':
      return 'late';
    // Of a bot that was late another event comes first.
    case 'proposal':
      return 'failed';
    case 'failed':
    case 'refused':
    case 'rejected':
      return source;
  }
}
