import type { MatchCounts } from '../protocol/results.js';
import { oneMore } from './counts.js';
import { isLive, type SessionMatch, type SessionState } from './session-state.js';

/** Counts one more of these, of the match and of the session, and returns the match's new counts. */
export type Counted = (what: keyof MatchCounts) => SessionMatch['counts'];

/**
 * The state with a changed match.
 *
 * @param change returns the new match, or the same one. It spreads the match first and names what is new: V8 has a fast way
 * for that, and none for what is spread behind it.
 * @returns the same state when nothing is new, or no live match has this id.
 */
export function withMatch(
  state: SessionState,
  matchId: string,
  change: (match: SessionMatch, counted: Counted) => SessionMatch,
): SessionState {
  const { matches } = state;
  const index = matches.findLastIndex((one) => one.matchId === matchId && isLive(one));
  const before = matches[index];
  if (before === undefined) return state;
  let { totals } = state;
  const after = change(before, (what) => {
    totals = { ...totals, counts: oneMore(totals.counts, what) };
    return oneMore(before.counts, what);
  });
  return after === before ? state : { ...state, totals, matches: matches.with(index, after) };
}
