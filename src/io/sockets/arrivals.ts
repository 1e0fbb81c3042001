const defaults = {
  /** So many of the newest turns are compared. */
  keptTurns: 32,
  /** What so many in a row show alike, or such a share of all, is no delay, but a clock that is off. */
  alikeTurns: 3,
  alikeShare: 0.25,
  /** Within so many milliseconds of each other they are alike. */
  alikeMs: 100,
} as const;

/**
 * How late turns arrive, compared with the fastest of late. What `server_ts` says is never taken for our time: the
 * difference of the two clocks is in every turn alike, and drops out however large it is. Only turns are compared:
 * other frames may be stamped on other machines.
 */
export interface Arrivals {
  /** Our greeting or an answer has left. The server asks nothing new before it has read that, or has stopped waiting. */
  spoke(requestId?: string): void;
  /**
   * A turn is here. One that came before is no later because of others like it: a network that repeats frames is no clock.
   *
   * @param roundTripMs what the newest ping took, or has taken so far, in ms.
   * @returns how much longer it was on its way, or waited for our thread, than the fastest of late, in ms.
   */
  heard(serverTs: number, roundTripMs: number, isRepeat?: boolean): number;
}

/** @param now milliseconds that do not jump. */
export function watchArrivals(now: () => number): Arrivals {
  /** Our time less the server's, of the newest turns. */
  const differences: number[] = [];
  let spokenAt = Number.NEGATIVE_INFINITY;
  let answeredId: string | undefined;

  const latenessOf = (difference: number, roundTripMs: number, isRepeat: boolean): number => {
    const shown = isRepeat ? differences : [...differences, difference];
    const late = difference - Math.min(difference, ...shown);
    // Pings are as slow: it is the way.
    if (late <= roundTripMs + defaults.alikeMs) return late;
    // Each clock that stamps turns has a fastest one of its own; this turn is of the nearest.
    const clocks = shown.filter((low) => low <= difference && isClock(shown, low));
    if (clocks.length === 0) return late;
    const nearest = Math.max(...clocks);
    return difference - Math.min(...shown.filter((other) => Math.abs(nearest - other) <= defaults.alikeMs));
  };

  return {
    spoke(requestId) {
      // An answer that goes out again may have been read long ago.
      if (requestId !== undefined && requestId === answeredId) return;
      answeredId = requestId;
      spokenAt = now();
    },
    heard(serverTs, roundTripMs, isRepeat = false) {
      const arrivedAt = now();
      const difference = arrivedAt - serverTs;
      const late = Math.min(latenessOf(difference, roundTripMs, isRepeat), arrivedAt - spokenAt);
      if (!isRepeat) differences.push(difference);
      if (differences.length > defaults.keptTurns) differences.shift();
      return late;
    },
  };
}

/** A frame that is late now and then is no clock, though some of them are late alike. */
function isClock(differences: readonly number[], low: number): boolean {
  let count = 0;
  let inARow = 0;
  let longest = 0;
  for (const difference of differences) {
    const isAlike = difference >= low && difference <= low + defaults.alikeMs;
    inARow = isAlike ? inARow + 1 : 0;
    if (isAlike) count += 1;
    longest = Math.max(longest, inARow);
  }
  return (
    longest >= defaults.alikeTurns ||
    count >= Math.max(defaults.alikeTurns, differences.length * defaults.alikeShare)
  );
}
