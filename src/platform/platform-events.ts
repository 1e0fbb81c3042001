/** What a client of the platform reports while it works. */
export type PlatformEvent =
  /** It waits before it asks again: the platform wants fewer requests, or there was no answer. */
  | {
      type: 'platform.waiting';
      /** `GET /api/matches` */
      request: string;
      why: 'rate_limited' | 'failed';
      ms: number;
      /** The error that it waits for, as a sentence. */
      message: string;
    }
  /** Entries of a list that could not be read were left out. */
  | { type: 'platform.skipped'; request: string; count: number }
  /** A list was found elsewhere than usual. `place`: `data.fixtures`; empty: the answer itself. */
  | { type: 'platform.reshaped'; request: string; place: string; usual: string }
  /** A list goes on behind these entries, and how to ask for the rest is not said. */
  | { type: 'platform.partial'; request: string; entries: number };

/** Called with each event of a platform client. What it throws is caught. */
export type PlatformListener = (event: PlatformEvent) => void;
