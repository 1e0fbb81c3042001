const defaults = {
  /** How many of the newest round trips count: two minutes of one ping every 15 s. */
  kept: 8,
  /** From so many on the slowest does not count: its pong may have waited for a busy thread. */
  forgivingFrom: 3,
} as const;

/** How long pings take to come back. */
export interface RoundTrips {
  /** @returns the payload for the ping, by which its pong is recognized. */
  sent(): string;
  /** Whether a ping has no pong yet. */
  readonly isWaiting: boolean;
  /** To be called with the payload of a pong. */
  received(payload: string): void;
  /** How long the slower recent round trips took, in ms; null before the first one. */
  readonly ms: number | null;
  /** How long the newest ping took, or has taken so far, in ms; 0 if no ping was ever answered. */
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
    received(payload) {
      // Unsolicited pongs are allowed (RFC 6455 5.5.3).
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
