/** What the page shows of what a bot has before it. */
import { shortText } from '../playback/page-seat.js';
import { fixturesAheadIn } from '../session-view/fold-season.js';
import type { SessionState } from '../session-view/session-state.js';
import type { PlanView } from './page-view.js';

const defaults = { maxTroubleLength: 160, fixtures: 5 } as const;

/** @param toPageMs from the wall clock, on which fixtures are, to that of the page. */
export function planViewOf(session: SessionState, toPageMs: number): PlanView | null {
  const { season, queue, day, rating } = session;
  if (season === null && queue === null && day === null && rating === null) return null;
  const ahead = fixturesAheadIn(session);
  const troubleOf = (text: string | null): string | null =>
    text === null ? null : shortText(text, defaults.maxTroubleLength);
  return {
    fixtures:
      season &&
      ahead.slice(0, defaults.fixtures).map(({ opponent, startsAt, standing }) => ({
        opponent: opponent === null ? null : shortText(opponent),
        startsAt: startsAt + toPageMs,
        standing,
      })),
    later: Math.max(0, ahead.length - defaults.fixtures),
    trouble: troubleOf(season?.trouble ?? null),
    queue: queue && { ...queue, trouble: troubleOf(queue.trouble) },
    day,
    rating,
  };
}
