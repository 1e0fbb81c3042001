/** Counts that begin anew at 00:00 UTC. */

const dayMs = 24 * 3_600_000;

/** Milliseconds from `wallNow` to the next 00:00 UTC. */
export function untilMidnightMs(wallNow: number): number {
  return dayMs - (wallNow % dayMs);
}

/** When the day of `wallNow` began, in epoch milliseconds. */
export function dayStart(wallNow: number): number {
  return wallNow - (wallNow % dayMs);
}

export interface DayCounts {
  of(key: string): number;
  add(key: string, amount: number): void;
}

/** @param wallNow epoch milliseconds on the wall clock. */
export function createDayCounts(wallNow: () => number): DayCounts {
  const counts = new Map<string, number>();
  let day = 0;

  function beginDay(): void {
    const today = dayStart(wallNow());
    if (today !== day) counts.clear();
    day = today;
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
