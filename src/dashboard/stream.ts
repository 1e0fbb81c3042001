/** Sends each page what is new on a board, as fast as the page takes it: the newest state, without a queue. */
import type { Clock } from '../time/clock.js';
import { createEventStream, type EventSink, eventText } from '../web/event-stream.js';
import { newCursor } from './board.js';
import type { Button, Opening } from './page-view.js';
import type { Source } from './source.js';

/** Durations in milliseconds. */
export const streamDefaults = {
  /** Changes within this time are sent together. */
  intervalMs: 200,
  /** A page that takes nothing for so long is dropped; it connects again by itself and gets everything again. */
  maxBehindMs: 15_000,
  heartbeatMs: 10_000,
  retryMs: 1_000,
  closeTimeoutMs: 500,
  maxPages: 16,
  /** Nothing waits for a page: the board has the newest state. */
  maxWaiting: 0,
};

export interface StreamOptions {
  source: Source;
  controls: Button[];
  /** Masks secrets in messages. */
  redact: (json: string) => string;
  clock: Clock;
  now: () => number;
}

export interface Streams {
  /** Serves one page until it leaves. False: there are too many pages. */
  add(response: EventSink, watched: string | null): boolean;
  readonly size: number;
  /** Sends all pages what is new, and ends them. Waits for slow ones, but not long. */
  close(): Promise<void>;
}

export function createStreams({ source, controls, redact, clock, now }: StreamOptions): Streams {
  const { board } = source;
  const stream = createEventStream({ ...streamDefaults, clock });
  /** A function for each page that sends what is new for it. */
  const updates = new Set<() => void>();
  let timer: unknown = null;
  let lastFlush = Number.NEGATIVE_INFINITY;

  /** The first change after a rest is sent at once, later ones together. */
  function schedule(): void {
    if (timer !== null || updates.size === 0) return;
    const waited = now() - lastFlush;
    timer = clock.setTimeout(flush, Math.max(0, streamDefaults.intervalMs - waited));
  }

  function flush(): void {
    timer = null;
    lastFlush = now();
    for (const update of updates) update();
  }

  /**
   * Makes the function that reads what is new for one page since the last call, as a message; null when nothing is
   * new.
   */
  function readerOf(watched: string | null): () => string | null {
    const cursor = newCursor(watched);
    return () => {
      const isFirst = cursor.version < 0;
      const changes = board.read(cursor, now());
      if (changes === null) return null;
      if (!isFirst) return eventText('changes', redact(JSON.stringify(changes)));
      const { kind, startedAt } = source;
      const opening = { kind, startedAt, controls, ...changes } as Opening;
      return eventText('opening', redact(JSON.stringify(opening)));
    };
  }

  const ignore = board.onChange(schedule);

  return {
    get size() {
      return stream.size;
    },
    add(response, watched) {
      const page = stream.open(response, { onCaughtUp: schedule, onClose: () => updates.delete(update) });
      if (page === null) return false;
      const read = readerOf(watched);
      const update = (): void => void page.send(read);
      updates.add(update);
      update();
      return true;
    },
    async close() {
      ignore();
      clock.clearTimeout(timer);
      for (const update of updates) update();
      await stream.close('end');
    },
  };
}
