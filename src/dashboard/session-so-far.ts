/** The state of a session that runs already, as far as the snapshots of its machines remember it. */
import { type LobbySnapshot, liveMatches } from '../machines/lobby.js';
import type { MatchActor } from '../machines/match.js';
import { countsOf } from '../machines/match.output.js';
import { describeEndReason } from '../protocol/events.js';
import { sumOfCounts } from '../session-view/counts.js';
import {
  newSession,
  newSessionMatch,
  type SessionMatch,
  type SessionState,
} from '../session-view/session-state.js';

/** @param at taken as the beginning of its matches: the machines' clock may be another one. */
export function sessionSoFar(snapshot: LobbySnapshot, at: number): SessionState {
  const { completed, abandoned, reached, endReason, fault } = snapshot.context;
  const endMessage = endReason === null ? null : describeEndReason(endReason, fault);
  const matches = [...liveMatches(snapshot).values()].flatMap((actor) => matchSoFar(actor, at) ?? []);
  const counts = sumOfCounts(matches.map((match) => match.counts));
  return {
    ...newSession,
    lobby: { ...newSession.lobby, wasOnline: reached, endReason, endMessage },
    matches,
    totals: { ...newSession.totals, completed, abandoned, counts },
  };
}

/** Null for a machine that has failed. */
function matchSoFar(actor: MatchActor, at: number): SessionMatch | null {
  const { context, status } = actor.getSnapshot();
  if (status !== 'active') return null;
  const { matchId, fixed, tally, seat } = context;
  const match = newSessionMatch(matchId, at, fixed);
  return {
    ...match,
    link: { ...match.link, connections: tally.connections },
    players: { ...match.players, seatIndex: seat },
    counts: countsOf(context),
  };
}
