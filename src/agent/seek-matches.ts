/**
 * A run that begins after another was killed in a match has to be in the lobby to be told of it, also when nothing else needs the bot
 * there: the last match of the day would be lost.
 */
import type { DayBook } from '../budget/day-book.js';
import type { AgentEvent } from '../protocol/events.js';
import type { Clock } from '../time/clock.js';
import { createOwnTimers } from '../time/own-timers.js';
import type { LobbyDesk } from './lobby-needs.js';

const defaults = {
  /** A match that began longer ago is over: players saw 2 to 4 minutes, and none of half an hour. */
  matchMs: 30 * 60_000,
  /** The lobby announces live matches behind its hello. */
  listenMs: 5_000,
  /** A seat is held for 30 s; a lobby that is not reached for longer cannot save the match. */
  seekMs: 60_000,
} as const;

/** Whether a match of an earlier run may be live. @param wallNow epoch milliseconds. */
export const mayHaveLeftMatch = ({ matches }: Pick<DayBook, 'matches'>, wallNow: number): boolean =>
  matches.some(({ at }) => at > wallNow - defaults.matchMs);

export interface MatchSeeker {
  begin(): void;
  readonly onEvent: (event: AgentEvent) => void;
  close(): void;
}

export function seekMatches(needs: Pick<LobbyDesk, 'say'>, clock: Clock): MatchSeeker {
  const timers = createOwnTimers(clock);
  let isSeeking = false;
  const end = (): void => {
    timers.clear();
    isSeeking = false;
    needs.say('resume', false, 'no match of an earlier run is left to be taken up');
  };
  return {
    begin() {
      isSeeking = true;
      timers.later(defaults.seekMs, end);
      needs.say('resume', true, '');
    },
    onEvent(event) {
      if (isSeeking && event.type === 'lobby.listening') timers.later(defaults.listenMs, end);
    },
    close: () => timers.clear(),
  };
}
