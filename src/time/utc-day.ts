/** The day in UTC, by which the platform counts: each begins at 00:00. All times are epoch milliseconds on the wall clock. */

const dayMs = 24 * 3_600_000;

/** The date of a moment in UTC: `2026-01-06`. Later days are greater as texts, too. */
export function utcDayOf(wallNow: number): string {
  return new Date(wallNow).toISOString().slice(0, 10);
}

/**
 * Whether a day has begun since the one that is counted for. A clock that is set back begins none: counts that were reset
 * once are not reset again.
 */
export function isNewDay(counted: string, wallNow: number): boolean {
  return utcDayOf(wallNow) > counted;
}

/** Milliseconds from `wallNow` to the next 00:00 UTC. */
export function untilMidnightMs(wallNow: number): number {
  return dayMs - (wallNow % dayMs);
}

/** When the day of `wallNow` began. */
export function dayStart(wallNow: number): number {
  return wallNow - (wallNow % dayMs);
}

/** Counts that begin anew at 00:00 UTC. */
export interface DayCounts {
  of(key: string): number;
  add(key: string, amount: number): void;
}

export function createDayCounts(wallNow: () => number): DayCounts {
  const counts = new Map<string, number>();
  let day = utcDayOf(wallNow());

  function beginDay(): void {
    if (!isNewDay(day, wallNow())) return;
    counts.clear();
    day = utcDayOf(wallNow());
  }

  return {
    of(key) {
      beginDay();
      return counts.get(key) ?? 0;
    },
    add(key, amount) {
      beginDay();
      counts.set(key, (counts.get(key) ?? 0) + amount);
    },
  };
}
