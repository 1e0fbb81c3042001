const defaults = {
  /** How many of the newest turns are compared. */
  keptTurns: 32,
  /**
   * When so many turns in a row, or such a share of all, are equally late, the clock is off and the network is not
   * slow.
   */
  alikeTurns: 3,
  alikeShare: 0.25,
  /** Turns count as equally late within so many milliseconds. */
  alikeMs: 100,
} as const;

/**
 * How late turns arrive, compared with the fastest recent one. `server_ts` is never taken for a time of this machine:
 * the difference between the two clocks is the same in every turn and cancels out, however large it is. Only turns
 * are compared: other frames may be stamped by other machines.
 */
export interface Arrivals {
  /**
   * To be called when the hello or an answer has been sent. The server sends no new turn before it has read that, or
   * has stopped waiting.
   */
  sent(requestId?: string): void;
  /**
   * To be called when a turn arrives. A repeated turn is not compared with other repeats: a network that repeats
   * frames does not show a wrong clock.
   *
   * @param roundTripMs how long the newest ping took, or has taken so far, in ms.
   * @returns how much longer it took, including the wait for this thread, than the fastest recent turn, in ms.
   */
  arrived(serverTs: number, roundTripMs: number, isRepeat?: boolean): number;
}

/** @param now milliseconds that do not jump. */
export function watchArrivals(now: () => number): Arrivals {
  /** Local time minus server time of the newest turns. */
  const differences: number[] = [];
  let sentAt = Number.NEGATIVE_INFINITY;
  let answeredId: string | undefined;

  const latenessOf = (difference: number, roundTripMs: number, isRepeat: boolean): number => {
    const fastest = differences.reduce((least, other) => Math.min(least, other), difference);
    const late = difference - fastest;
    // Pings are as slow, so the network is slow.
    if (late <= roundTripMs + defaults.alikeMs) return late;
    const shown = isRepeat ? differences : [...differences, difference];
    // Each clock that stamps turns has a fastest turn of its own. This turn belongs to the nearest one.
    const clocks = shown.filter((low) => low <= difference && isClock(shown, low));
    if (clocks.length === 0) return late;
    const nearest = Math.max(...clocks);
    return difference - Math.min(...shown.filter((other) => Math.abs(nearest - other) <= defaults.alikeMs));
  };

  return {
    sent(requestId) {
      // An answer that is sent again may have been read long ago.
      if (requestId !== undefined && requestId === answeredId) return;
      answeredId = requestId;
      sentAt = now();
    },
    arrived(serverTs, roundTripMs, isRepeat = false) {
      const arrivedAt = now();
      const difference = arrivedAt - serverTs;
      const late = Math.min(latenessOf(difference, roundTripMs, isRepeat), arrivedAt - sentAt);
      if (!isRepeat) differences.push(difference);
      if (differences.length > defaults.keptTurns) differences.shift();
      return late;
    },
  };
}

/** Whether turns that are this late show another clock. Single late frames do not, even if some are equally late. */
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
