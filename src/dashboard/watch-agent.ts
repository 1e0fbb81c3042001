/**
 * Follows an agent. Its events and frames are folded into the state of the session; the snapshots of its machines say where
 * the statecharts are.
 */
import { onFirstFailure } from '../io/reports/listener.js';
import type { Agent } from '../io/settings/agent-options.js';
import { liveMatches } from '../machines/lobby.js';
import type { TimedAgentEvent } from '../protocol/events.js';
import type { JsonObject, WireFrame } from '../protocol/frames.js';
import { createLatencyBars } from '../report/latency-bars.js';
import { foldEvent } from '../session-view/fold-event.js';
import { foldFrame } from '../session-view/fold-frame.js';
import { seenHand } from '../session-view/seen-facts.js';
import { matchOf, type SessionMatch } from '../session-view/session-state.js';
import { type Times, timesOf } from '../time/clock.js';
import { rowOf, sessionViewOf, tableViewOf } from './agent-view.js';
import { createBoard, type MatchEntry } from './board.js';
import { type ChartFollower, followChart } from './chart-follower.js';
import { tellingOf } from './describe-event.js';
import { createSessionHands } from './session-hands.js';
import { sessionSoFar } from './session-so-far.js';
import type { Source } from './source.js';

interface Watched {
  readonly entry: MatchEntry;
  match: SessionMatch;
  chart: ChartFollower | null;
}

/** Without what may be a credential. */
function addressOf(url: string): string {
  const { origin, protocol, host, pathname } = new URL(url);
  return `${origin === 'null' ? `${protocol}//${host}` : origin}${pathname}`;
}

/**
 * Attaches to an agent, running or not; `release` detaches. Of a session that runs already the page shows what the machines
 * remember, and everything from then on.
 *
 * @param times default: those that agents have by default.
 */
export function watchAgent(agent: Agent, times: Partial<Times> = {}): Source {
  const { now, wallNow } = timesOf(times);
  const openedAt = wallNow();
  const startedAt = now();
  const lobby = agent.actor;
  const where = addressOf(lobby.getSnapshot().context.lobbyUrl);
  const latency = createLatencyBars();
  const live = new Map<string, Watched>();
  const hands = createSessionHands('agent');
  let session = sessionSoFar(lobby.getSnapshot(), startedAt);
  const board = createBoard(() =>
    sessionViewOf(session, {
      chart: chart.trail.view,
      where,
      latency: latency.view(),
      toPageMs: Math.round((now() - wallNow()) / 1_000) * 1_000,
    }),
  );

  // A failure here must not reach the agent. The page shows the first one.
  let failed = false;
  const call = onFirstFailure<unknown>((_listener, why) => {
    if (failed) return;
    failed = true;
    const message = `The dashboard failed: ${why}`;
    board.feed.add(tellingOf({ type: 'config.warning', message, at: openedAt }));
  });
  const guarded =
    <T>(listener: (told: T) => void) =>
    (told: T): void =>
      call(listener as (told: unknown) => void, told);

  const chart = followChart(lobby, { now, guarded, onMove: () => board.touchSession() });

  function watch(match: SessionMatch): Watched {
    const { matchId } = match;
    const row = () => rowOf(watched.match, watched.chart?.trail.view.active.at(-1) ?? null);
    const entry = board.addMatch(matchId, row, () => tableViewOf(watched.match));
    const watched: Watched = { entry, match, chart: null };
    live.set(matchId, watched);
    const actor = liveMatches(lobby.getSnapshot()).get(matchId);
    if (actor !== undefined) {
      watched.chart = followChart(actor, { now, guarded, onMove: () => board.touch(entry, 'state', 'row') });
      entry.trail = watched.chart.trail;
    }
    return watched;
  }

  function hear(event: TimedAgentEvent): void {
    const telling = tellingOf(event);
    const { matchId } = telling;
    board.feed.add(telling);
    // Countdowns need times that do not jump; the event's own is of the wall clock, which may be set.
    session = foldEvent(session, { ...event, at: now() });
    if (matchId === null) chart.hear(event.type);
    else {
      hearOfMatch(matchId, event);
      hands.takeEvent(matchId, event);
    }
    if (event.type === 'turn.requested') latency.budget(event.clockMs);
    if (event.type === 'turn.answered') latency.add(event.latencyMs, event.source === 'bot');
    board.touchSession();
  }

  function hearOfMatch(matchId: string, event: TimedAgentEvent): void {
    const match = matchOf(session, matchId);
    const watched = live.get(matchId) ?? (match === undefined || match.over !== null ? null : watch(match));
    if (match === undefined || watched === null) return;
    const { entry } = watched;
    watched.match = match;
    watched.chart?.hear(event.type);
    board.touch(entry, 'row');
    if (event.type === 'hand.ended' && event.stacks.length > 0) {
      entry.chips.add(event.hand ?? match.standing.hand ?? 0, event.stacks);
      board.touch(entry, 'chips');
    }
    if (event.type === 'turn.requested') entry.latency.budget(event.clockMs);
    if (event.type === 'turn.answered') {
      entry.latency.add(event.latencyMs, event.source === 'bot');
      board.touch(entry, 'latency', 'table');
    }
    if (event.type === 'match.ended') {
      live.delete(matchId);
      board.touch(entry, 'state', 'table', 'chips', 'latency');
      board.end(entry);
    }
  }

  function see(told: WireFrame): void {
    const { matchId, direction, frame } = told;
    if (direction === 'out') return;
    if (matchId !== null) hands.takeFrame(matchId, frame as unknown as JsonObject, wallNow());
    const watched = matchId === null ? undefined : live.get(matchId);
    (matchId === null ? chart : watched?.chart)?.hear(`frame.${frame.type}`);
    session = foldFrame(session, told);
    const match = matchId === null ? undefined : matchOf(session, matchId);
    if (watched === undefined || match === undefined || match === watched.match) return;
    // The graph begins with the stacks before the first hand.
    if (frame.type === 'round_start' && watched.entry.chips.isEmpty) {
      const { stacks } = seenHand(frame.state);
      const hand = frame.round_number ?? (match.standing.hand ?? 0) + 1;
      if (stacks.length > 0) watched.entry.chips.add(hand - 1, stacks);
      board.touch(watched.entry, 'chips');
    }
    watched.match = match;
    board.touch(watched.entry, 'table', 'row');
  }

  for (const match of session.matches) watch(match);
  const leave = [agent.on(guarded(hear)), agent.onFrame(guarded(see))];

  return {
    kind: 'agent',
    board,
    startedAt,
    hands,
    release() {
      for (const detach of leave) detach();
      chart.release();
      for (const { chart: followed } of live.values()) followed?.release();
    },
  };
}
