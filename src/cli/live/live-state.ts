/** What the live table shows of a session: its matches, each at a place of its own. */
import type { TimedAgentEvent } from '../../protocol/events.js';
import { foldEvent } from '../../session-view/fold-event.js';
import {
  matchOf,
  newSession,
  type SessionMatch,
  type SessionState,
} from '../../session-view/session-state.js';
import { isPlanning } from './live-plan.js';

export interface LiveState {
  readonly session: SessionState;
  /** Ids in the order of the lines. A match that has ended keeps its place until a new one needs it. */
  readonly places: readonly string[];
}

export const emptyLiveState: LiveState = { session: newSession, places: [] };

/** The state after an event, whose `at` is on the view's clock; the same object for an event that changes nothing. */
export function foldLive(state: LiveState, event: TimedAgentEvent): LiveState {
  const session = foldEvent(state.session, event);
  if (session === state.session) return state;
  const places = event.type === 'match.announced' ? withPlace(state, event.matchId) : state.places;
  return { session, places };
}

function withPlace({ session, places }: LiveState, matchId: string): readonly string[] {
  if (places.includes(matchId)) return places;
  const free = places.findIndex((taken) => matchOf(session, taken)?.over !== null);
  return free >= 0 ? places.with(free, matchId) : [...places, matchId];
}

/** The matches by their places. */
export function placedMatches({ session, places }: LiveState): SessionMatch[] {
  return places.flatMap((matchId) => matchOf(session, matchId) ?? []);
}

/** What goes on in a match, in a word, and until when: null where nothing runs. */
export interface MatchPhase {
  readonly phase: 'dialing' | 'watching' | 'thinking' | 'offline' | 'ended';
  readonly until: number | null;
}

export function phaseOf({ over, link, turn }: SessionMatch): MatchPhase {
  if (over !== null) return { phase: 'ended', until: null };
  if (link.phase !== 'connected') return { phase: link.phase, until: link.retryAt };
  return turn === null ? { phase: 'watching', until: null } : { phase: 'thinking', until: turn.endsAt };
}

/** Whether there is a clock whose seconds run down. */
export function isCounting({ session }: LiveState, now: number): boolean {
  const waits = [session.lobby.retryAt, ...session.matches.map((match) => phaseOf(match).until)];
  return isPlanning(session) || waits.some((until) => until !== null && until > now);
}
