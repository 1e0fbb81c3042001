/** How an event changes what is known of a session. */

import { type AgentEvent, describeEnd, type TimedAgentEvent } from '../protocol/events.js';
import { isDuplicateRejection } from '../protocol/rejections.js';
import { addLatency } from '../time/latency.js';
import { countsIn } from './counts.js';
import { queueAfterMatch, queueFolds } from './fold-queue.js';
import { seasonFolds } from './fold-season.js';
import {
  isLive,
  keptMatches,
  type LobbyPhase,
  type MatchLink,
  type MatchStanding,
  newSessionMatch,
  type SessionLatency,
  type SessionLobby,
  type SessionMatch,
  type SessionState,
  type SessionTurn,
} from './session-state.js';
import { type Counted, withMatch } from './with-match.js';

type EventType = AgentEvent['type'];
type EventOfType = { [T in EventType]: Extract<TimedAgentEvent, { type: T }> };
type Fold<T extends EventType> = (state: SessionState, event: EventOfType[T]) => SessionState;

/** The events that change something. */
const folds: { readonly [T in EventType]?: Fold<T> } = {
  'lobby.connecting': (state) => withPhase(state, 'connecting'),
  'lobby.listening': (state) => {
    const { lostSince, reconnects } = state.lobby;
    return withPhase(state, 'online', {
      wasOnline: true,
      lostSince: null,
      reconnects: reconnects + (lostSince === null ? 0 : 1),
    });
  },
  'lobby.lost': (state, { at }) => withPhase(state, 'offline', lostFrom(state, at)),
  'lobby.retrying': (state, { at, delayMs }) =>
    withPhase(state, 'offline', { ...lostFrom(state, at), retryAt: at + delayMs }),
  'lobby.left': (state, { message }) => withPhase(state, 'away', { lostSince: null, awayWhy: message }),
  'lobby.draining': (state, { reason, message }) =>
    withPhase(state, 'ending', { lostSince: null, endReason: reason, endMessage: message }),
  'lobby.ended': ({ lobby, totals, ...rest }, { reason, message, completed, abandoned }) => ({
    ...rest,
    lobby: {
      ...lobby,
      phase: 'over',
      retryAt: null,
      lostSince: null,
      awayWhy: null,
      endReason: reason,
      endMessage: message,
    },
    totals: { ...totals, completed, abandoned },
  }),

  'match.announced': (state, { matchId, at, participantId, rated }) =>
    withNewMatch(state, newSessionMatch(matchId, at, { participantId, rated })),
  'match.connecting': (state, { matchId, at }) => {
    const known = state.matches.some((match) => match.matchId === matchId && isLive(match));
    // A match that is known from the start is announced by nobody.
    const seated = known ? state : withNewMatch(state, newSessionMatch(matchId, at));
    return withMatch(seated, matchId, (match) => ({ ...match, link: linked(match, 'dialing') }));
  },
  'match.connected': (state, { matchId }) =>
    withMatch(state, matchId, (match, counted) => {
      const connections = match.link.connections + 1;
      return {
        ...match,
        link: { phase: 'connected', retryAt: null, connections },
        counts: connections > 1 ? counted('resumes') : match.counts,
        // The server asks it again if it is still open.
        turn: null,
      };
    }),
  'match.started': (state, { matchId, seat, opponents }) =>
    withMatch(state, matchId, (match) => ({
      ...match,
      players: { ...match.players, seatIndex: seat ?? match.players.seatIndex, opponents },
    })),
  'match.lost': (state, { matchId }) =>
    withMatch(state, matchId, (match) => ({ ...match, link: linked(match, 'offline') })),
  'match.retrying': (state, { matchId, at, delayMs }) =>
    withMatch(state, matchId, (match) => ({ ...match, link: linked(match, 'offline', at + delayMs) })),
  'match.ended': afterMatch,

  'hand.started': (state, { matchId, hand }) =>
    withMatch(state, matchId, (match) => ({
      ...match,
      standing: { ...match.standing, hand: hand ?? (match.standing.hand ?? 0) + 1 },
    })),
  'hand.ended': (state, { matchId, seat, stacks }) =>
    withMatch(state, matchId, (match, counted) => ({
      ...match,
      counts: counted('hands'),
      standing: afterHand(match.standing, seat === null ? undefined : stacks[seat], stacks),
    })),

  'turn.requested': (state, { matchId, requestId, at, clockMs }) =>
    withLatency(
      state,
      withMatch(state, matchId, (match, counted) => ({
        ...match,
        counts: counted('turns'),
        latency: { ...match.latency, clockMs },
        turn: openTurn(requestId, at, clockMs),
      })),
      { ...state.latency, clockMs },
    ),
  'turn.repeated': (state, { matchId, requestId, at, answered }) =>
    answered
      ? state
      : withMatch(state, matchId, (match) => ({
          ...match,
          turn: openTurn(requestId, at, match.latency.clockMs ?? 0),
        })),
  'turn.answered': (state, { matchId, requestId, source, latencyMs }) =>
    withLatency(
      state,
      withMatch(state, matchId, (match, counted) => ({
        ...(source === 'bot' ? match : helped(match, requestId, counted)),
        latency: afterDecision(match.latency, latencyMs),
        turn: null,
        table: match.table && { ...match.table, actingSeat: null },
      })),
      afterDecision(state.latency, latencyMs),
    ),
  'turn.overdue': (state, { matchId, requestId }) =>
    withMatch(state, matchId, (match, counted) => helped(match, requestId, counted)),
  'turn.corrected': (state, { matchId }) =>
    withMatch(state, matchId, (match, counted) => ({ ...match, counts: counted('corrections') })),
  'turn.rejected': (state, event) =>
    isDuplicateRejection(event)
      ? state
      : withMatch(state, event.matchId, (match, counted) => ({ ...match, counts: counted('rejections') })),
  ...seasonFolds,
  ...queueFolds,
  'rating.told': (state, { rating, deviation }) => ({ ...state, rating: { rating, deviation } }),

  'turn.timed_out': (state, { matchId }) =>
    withMatch(state, matchId, (match, counted) => ({ ...match, counts: counted('timeouts'), turn: null })),
};

/**
 * The state after an event; the same object after one that changes nothing.
 *
 * @param event its `at` may be on any clock, but on the same one for all events. A view that counts seconds down gives times
 * that do not jump.
 */
export function foldEvent(state: SessionState, event: TimedAgentEvent): SessionState {
  return foldAs(state, event.type, event);
}

function foldAs<T extends EventType>(state: SessionState, type: T, event: EventOfType[T]): SessionState {
  return folds[type]?.(state, event) ?? state;
}

// --- the lobby ---

function withPhase(state: SessionState, phase: LobbyPhase, more: Partial<SessionLobby> = {}): SessionState {
  const { lobby } = state;
  // A session that is ending looks for no lobby any more, whatever becomes of its connection.
  if (lobby.phase === 'ending') return state;
  return { ...state, lobby: { ...lobby, phase, retryAt: null, awayWhy: null, ...more } };
}

const lostFrom = ({ lobby }: SessionState, at: number): Pick<SessionLobby, 'lostSince'> => ({
  // Dials that fail on the way into a lobby, as after it was left, lose nothing.
  lostSince: lobby.lostSince ?? (lobby.phase === 'online' ? at : null),
});

// --- matches ---

const linked = (
  { link }: SessionMatch,
  phase: MatchLink['phase'],
  retryAt: number | null = null,
): MatchLink => ({ ...link, phase, retryAt });

function withNewMatch(state: SessionState, match: SessionMatch): SessionState {
  const { matches, totals } = state;
  const before = matches.findLast(({ matchId }) => matchId === match.matchId);
  // An abandoned match that is played again gets one result, not two.
  const abandoned = totals.abandoned - (before?.over?.outcome === 'abandoned' ? 1 : 0);
  return {
    ...state,
    matches: [...matches.filter((one) => one !== before), match],
    totals: { ...totals, abandoned },
  };
}

function afterMatch(state: SessionState, { at, result }: EventOfType['match.ended']): SessionState {
  const { matchId, outcome, abandonReason, detail, netChips, end } = result;
  const after = withMatch(state, matchId, (match) => ({
    ...match,
    // The result's times are of the wall clock.
    startedAt: at - (result.endedAt - result.startedAt),
    endedAt: at,
    link: linked(match, match.link.phase),
    turn: null,
    standing: { ...match.standing, net: netChips ?? match.standing.net },
    counts: countsIn(result),
    over: { outcome, abandonReason, detail, netChips, end: describeEnd(end) },
  }));
  const { totals } = after;
  return {
    ...after,
    queue: queueAfterMatch(after.queue),
    matches: withoutOldest(after.matches),
    totals: {
      ...totals,
      [outcome]: totals[outcome] + 1,
      netChips: totals.netChips + (netChips ?? 0),
    },
  };
}

function withoutOldest(matches: readonly SessionMatch[]): readonly SessionMatch[] {
  if (matches.length <= keptMatches) return matches;
  const surplus = matches.filter((match) => !isLive(match)).length - keptMatches;
  if (surplus <= 0) return matches;
  // A match that was announced early may be the last to end, and then it is not the oldest.
  const ends = matches.map(({ endedAt }) => endedAt ?? Infinity);
  return matches.toSpliced(ends.indexOf(Math.min(...ends)), 1);
}

// --- hands and turns ---

function afterHand(
  standing: MatchStanding,
  own: number | undefined,
  stacks: readonly number[],
): MatchStanding {
  if (own === undefined) return standing;
  const total = stacks.reduce((sum, stack) => sum + stack, 0);
  // All seats begin with the same stack.
  return { ...standing, chips: { own, total }, net: Math.round(own - total / stacks.length) };
}

const openTurn = (requestId: string, at: number, clockMs: number): SessionTurn => ({
  requestId,
  endsAt: at + clockMs,
  clockMs,
});

/** Takes over the session's latency if the event was of a match that is known. */
function withLatency(before: SessionState, after: SessionState, latency: SessionLatency): SessionState {
  return after === before ? before : { ...after, latency };
}

const afterDecision = (latency: SessionLatency, ms: number): SessionLatency => ({
  ...latency,
  histogram: addLatency(latency.histogram, ms),
  lastMs: ms,
});

/** One decision counts once, however many events report it and however often its answer is replaced. */
function helped(match: SessionMatch, requestId: string, counted: Counted): SessionMatch {
  if (match.helpedWith === requestId) return match;
  return { ...match, counts: counted('fallbacks'), helpedWith: requestId };
}
