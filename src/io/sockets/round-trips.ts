const defaults = {
  /** So many of the newest are looked at: two minutes' worth at one ping every 15 s. */
  kept: 8,
  /** From so many on the slowest does not count: one pong may have waited for a thread that was busy. */
  forgivingFrom: 3,
} as const;

/** How long pings take to come back. */
export interface RoundTrips {
  /** @returns what the ping has to carry, so that its pong is known. */
  sent(): string;
  /** A ping has no pong yet. */
  readonly isWaiting: boolean;
  /** A pong came with this. */
  heard(payload: string): void;
  /** What the slower round trips of late took, in ms; null before the first one. */
  readonly ms: number | null;
  /** What the newest ping took, or has taken so far, in ms; 0 where none was ever answered. */
  readonly newestMs: number;
}

/** @param now milliseconds that do not jump. */
export function measureRoundTrips(now: () => number): RoundTrips {
  const newest: number[] = [];
  let slower: number | null = null;
  let count = 0;
  let sentAt: number | null = null;
  return {
    sent() {
      count += 1;
      sentAt = now();
      return String(count);
    },
    heard(payload) {
      // Pongs that nobody asked for are allowed (RFC 6455 5.5.3).
      if (sentAt === null || payload !== String(count)) return;
      newest.push(Math.max(0, now() - sentAt));
      if (newest.length > defaults.kept) newest.shift();
      sentAt = null;
      const slowestFirst = newest.toSorted((a, b) => b - a);
      slower = slowestFirst[newest.length < defaults.forgivingFrom ? 0 : 1] ?? null;
    },
    get isWaiting() {
      return sentAt !== null;
    },
    get ms() {
      return slower;
    },
    get newestMs() {
      const last = newest.at(-1);
      if (last === undefined) return 0;
      return sentAt === null ? last : Math.max(last, now() - sentAt);
    },
  };
}
