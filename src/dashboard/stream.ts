/** What is new on a board, for each page as fast as the page takes it: the newest state, never a queue. */
import type { Clock } from '../time/clock.js';
import { createEventStream, type EventSink, eventText } from '../web/event-stream.js';
import { newCursor } from './board.js';
import type { Button, Opening } from './page-view.js';
import type { Source } from './source.js';

/** Durations in milliseconds. */
export const streamDefaults = {
  /** Changes within this time go out together. */
  intervalMs: 200,
  /** A page that does not take anything for so long is dropped; it comes back by itself and gets everything anew. */
  maxBehindMs: 15_000,
  heartbeatMs: 10_000,
  retryMs: 1_000,
  closeTimeoutMs: 500,
  maxPages: 16,
  /** What is new waits on the board, and not for a page. */
  maxWaiting: 0,
};

export interface StreamOptions {
  source: Source;
  controls: Button[];
  /** Takes secrets out of what leaves. */
  redact: (json: string) => string;
  clock: Clock;
  now: () => number;
}

export interface Streams {
  /** Serves one page until it goes; false when there are too many. */
  add(response: EventSink, watched: string | null): boolean;
  readonly size: number;
  /** Sends everybody what is new and ends all. Waits for slow ones, but not long. */
  close(): Promise<void>;
}

export function createStreams({ source, controls, redact, clock, now }: StreamOptions): Streams {
  const { board } = source;
  const stream = createEventStream({ ...streamDefaults, clock });
  /** Sends each page what is new for it. */
  const updates = new Set<() => void>();
  let timer: unknown = null;
  let lastFlush = Number.NEGATIVE_INFINITY;

  /** The first change after a rest goes out at once, the others together. */
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

  /** Makes the function that reads what is new for one page since the last time, as a message; null: nothing is. */
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
