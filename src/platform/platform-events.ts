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
  /** A list goes on behind these entries. `message`: why its next page `failed`, as a sentence; null otherwise. */
  | { type: 'platform.partial'; request: string; entries: number; why: PartialWhy; message: string | null };

/** Why the rest of a list was not read: how to ask for it is not said, it has too many pages, or the next one failed. */
export type PartialWhy = 'unsaid' | 'too_long' | 'failed';

/** Called with each event of a platform client. What it throws is caught. */
export type PlatformListener = (event: PlatformEvent) => void;
