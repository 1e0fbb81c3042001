/** Follows an agent: its events, and the snapshots and frames of its machines. */
import type { ActorRefLike, InspectionEvent } from 'xstate';
import { containInspector } from '../io/reports/contain-inspector.js';
import type { Agent } from '../io/settings/agent-options.js';
import type { MatchActor, MatchContext } from '../machines/match.js';
import type { TimedAgentEvent } from '../protocol/events.js';
import type { MatchCounts } from '../protocol/results.js';
import { type Times, timesOf } from '../time/clock.js';
import { type AgentMatch, createAgentMatch } from './agent-match.js';
import { createBoard } from './board.js';
import { tellingOf } from './describe-event.js';
import { type Handlers, handle } from './handlers.js';
import { createLatencyBars } from './latency-bars.js';
import type { SessionView } from './page-view.js';
import type { Source } from './source.js';
import { createStateTrail } from './state-trail.js';

/** What the totals of a session are made of. */
const noTotals: MatchCounts = {
  hands: 0,
  turns: 0,
  fallbacks: 0,
  corrections: 0,
  rejections: 0,
  timeouts: 0,
  resumes: 0,
};

function sum(a: MatchCounts, b: MatchCounts): MatchCounts {
  return {
    hands: a.hands + b.hands,
    turns: a.turns + b.turns,
    fallbacks: a.fallbacks + b.fallbacks,
    corrections: a.corrections + b.corrections,
    rejections: a.rejections + b.rejections,
    timeouts: a.timeouts + b.timeouts,
    resumes: a.resumes + b.resumes,
  };
}

/** Without what may be a credential. */
function addressOf(url: string): string {
  const { origin, protocol, host, pathname } = new URL(url);
  return `${origin === 'null' ? `${protocol}//${host}` : origin}${pathname}`;
}

/**
 * Attaches to an agent, running or not; `release` detaches. Nothing is asked of the machines: what it costs is a
 * few assignments per event.
 *
 * @param times default: those that agents have by default.
 */
export function watchAgent(agent: Agent, times: Partial<Times> = {}): Source {
  const { now, wallNow } = timesOf(times);
  const openedAt = wallNow();
  const lobby = agent.actor;
  const startedAt = now();
  const trail = createStateTrail(lobby.getSnapshot().value, startedAt);
  const latency = createLatencyBars();
  const board = createBoard(sessionView);
  const matches = new Map<string, AgentMatch>();
  /** Slots are used again, actors are not. */
  const byActor = new WeakMap<ActorRefLike, AgentMatch>();
  let ended = noTotals;
  let netChips = 0;
  let reconnects = 0;
  let endReason: string | null = null;
  let retryAt: number | null = null;
  let wasOnline = false;

  function sessionView(): SessionView {
    const { context } = lobby.getSnapshot();
    const live = [...matches.values()];
    const totals = live.reduce((total, match) => sum(total, match.totals()), ended);
    const { resumes, ...counts } = totals;
    return {
      state: trail.view,
      where: addressOf(context.lobbyUrl),
      endReason,
      retryAt,
      live: live.length,
      completed: context.completed,
      abandoned: context.abandoned,
      netChips,
      ...counts,
      reconnects: reconnects + resumes,
      latency: latency.view(),
      bots: [],
    };
  }

  function matchOf(matchId: string, known: { participantId?: string; rated?: boolean } = {}): AgentMatch {
    const found = matches.get(matchId);
    if (found !== undefined) return found;
    const match = createAgentMatch(board, matchId, { rated: known.rated ?? false, now });
    matches.set(matchId, match);
    return match;
  }

  function follow(actor: ActorRefLike): AgentMatch | null {
    const found = byActor.get(actor);
    if (found !== undefined) return found;
    if (!('id' in actor) || !String(actor.id).startsWith('match.')) return null;
    const { context } = (actor as MatchActor).getSnapshot() as { context?: MatchContext };
    if (context === undefined) return null;
    const match = matchOf(context.matchId, context.fixed);
    byActor.set(actor, match);
    return match;
  }

  function inspect(event: InspectionEvent): void {
    if (event.type !== '@xstate.event' && event.type !== '@xstate.snapshot') return;
    if (event.actorRef === lobby) {
      if (event.type === '@xstate.event') return;
      const { value } = event.snapshot as { value?: unknown };
      if (trail.move(value, event.event.type, now())) board.touchSession();
      return;
    }
    const match = follow(event.actorRef);
    if (match === null) return;
    if (event.type === '@xstate.event') match.frame(event.event);
    else match.snapshot(event.snapshot, event.event.type);
  }

  const handlers: Handlers<TimedAgentEvent> = {
    'lobby.listening': () => {
      if (wasOnline) reconnects += 1;
      wasOnline = true;
      retryAt = null;
    },
    'lobby.retrying': ({ delayMs }) => {
      retryAt = now() + delayMs;
    },
    'lobby.draining': ({ reason }) => {
      retryAt = null;
      endReason = reason;
    },
    'turn.requested': ({ clockMs }) => latency.budget(clockMs),
    'turn.answered': ({ latencyMs, source }) => latency.add(latencyMs, source === 'bot'),
    'match.ended': ({ result }) => {
      matches.get(result.matchId)?.finish(result);
      matches.delete(result.matchId);
      ended = sum(ended, result);
      netChips += result.netChips ?? 0;
    },
  };

  function hear(event: TimedAgentEvent): void {
    board.feed.add(tellingOf(event));
    if ('matchId' in event && event.matchId !== null) {
      if (event.type === 'match.announced') matchOf(event.matchId, event);
      matches.get(event.matchId)?.hear(event);
    }
    handle(handlers, event);
    board.touchSession();
  }

  const leave = agent.on(hear);
  // What an inspector throws would break the machine that it looks at.
  const watching = lobby.system.inspect(
    containInspector(inspect, (event) => board.feed.add(tellingOf({ ...event, at: openedAt }))),
  );
  for (const child of Object.values(lobby.getSnapshot().children)) {
    if (child !== undefined) follow(child)?.snapshot(child.getSnapshot(), '');
  }

  return {
    kind: 'agent',
    board,
    startedAt,
    release() {
      leave();
      watching.unsubscribe();
    },
  };
}
