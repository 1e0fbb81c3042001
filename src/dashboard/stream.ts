/** Server-sent events: what is new on a board, told to each page as fast as the page takes it. */
import type { Clock } from '../time/clock.js';
import { newCursor } from './board.js';
import type { Button, Changes, Opening } from './page-view.js';
import type { Source } from './source.js';

/** Durations in milliseconds. */
export const streamDefaults = {
  /** Changes within this time go out together. */
  intervalMs: 200,
  /** A page that does not take anything for so long is dropped; it comes back by itself and gets everything anew. */
  maxBehindMs: 15_000,
  /** A sign of life, so that a page notices a server that is gone. */
  heartbeatMs: 10_000,
  /** How soon a page that lost its connection tries again. */
  retryMs: 1_000,
  /** What a page gets to take the end. */
  closeTimeoutMs: 500,
  /** Pages at once. */
  maxClients: 16,
};

export interface StreamOptions {
  source: Source;
  controls: Button[];
  /** Takes secrets out of what leaves. */
  redact: (json: string) => string;
  clock: Clock;
  now: () => number;
}

/** What is used of a `ServerResponse`. */
export interface Sink {
  /** More was written than the other side has taken. */
  readonly writableNeedDrain: boolean;
  writeHead(status: number, headers: Record<string, string>): void;
  write(text: string): void;
  /** `done` is called when all was handed to the system. */
  end(text: string, done: () => void): void;
  destroy(): void;
  on(event: 'close' | 'error', listener: () => void): unknown;
}

export interface Streams {
  /** Serves one page until it goes; false when there are too many. */
  add(response: Sink, watched: string | null): boolean;
  readonly size: number;
  /** Tells everybody what is new and ends all. Waits for slow ones, but not long. */
  close(): Promise<void>;
}

interface Client {
  /** False: it is behind, and is told nothing until it has taken what it was sent. */
  tell(): boolean;
  beat(): void;
  end(): Promise<void>;
}

export function createStreams({ source, controls, redact, clock, now }: StreamOptions): Streams {
  const { board } = source;
  const clients = new Set<Client>();
  let timer: unknown = null;
  let heartbeat: unknown = null;
  let lastFlush = Number.NEGATIVE_INFINITY;

  function format(event: string, data: Changes): string {
    return `event: ${event}\ndata: ${redact(JSON.stringify(data))}\n\n`;
  }

  /** The first change after a rest goes out at once, the others together. */
  function schedule(): void {
    if (timer !== null || clients.size === 0) return;
    const waited = now() - lastFlush;
    timer = clock.setTimeout(flush, Math.max(0, streamDefaults.intervalMs - waited));
  }

  function flush(): void {
    timer = null;
    lastFlush = now();
    let behind = false;
    for (const client of clients) behind = !client.tell() || behind;
    if (behind) schedule();
  }

  function beat(): void {
    heartbeat = clients.size === 0 ? null : clock.setTimeout(beat, streamDefaults.heartbeatMs);
    for (const client of clients) client.beat();
  }

  function serve(response: Sink, watched: string | null): Client {
    const cursor = newCursor(watched);
    let takenAt = now();

    function write(text: string): boolean {
      if (response.writableNeedDrain) {
        if (now() - takenAt > streamDefaults.maxBehindMs) response.destroy();
        return false;
      }
      takenAt = now();
      response.write(text);
      return true;
    }

    function messageOf(): string | null {
      const isFirst = cursor.version < 0;
      const changes = board.read(cursor, now());
      if (changes === null) return null;
      if (!isFirst) return format('changes', changes);
      const { kind, startedAt } = source;
      return format('opening', { kind, startedAt, controls, ...changes } as Opening);
    }

    return {
      tell() {
        if (response.writableNeedDrain) return write('');
        const message = messageOf();
        return message === null || write(message);
      },
      beat() {
        write(': \n\n');
      },
      end() {
        const message = response.writableNeedDrain ? null : messageOf();
        return new Promise((resolve) => {
          response.on('close', resolve);
          response.end(`${message ?? ''}event: end\ndata: {}\n\n`, resolve);
        });
      },
    };
  }

  const ignore = board.onChange(schedule);

  return {
    get size() {
      return clients.size;
    },
    add(response, watched) {
      if (clients.size >= streamDefaults.maxClients) return false;
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
      });
      response.write(`retry: ${streamDefaults.retryMs}\n\n`);
      const client = serve(response, watched);
      clients.add(client);
      response.on('close', () => clients.delete(client));
      response.on('error', () => clients.delete(client));
      client.tell();
      heartbeat ??= clock.setTimeout(beat, streamDefaults.heartbeatMs);
      return true;
    },
    async close() {
      ignore();
      clock.clearTimeout(timer);
      clock.clearTimeout(heartbeat);
      const ended = Promise.all(Array.from(clients, (client) => client.end()));
      clients.clear();
      let limit: unknown;
      const late = new Promise((resolve) => {
        limit = clock.setTimeout(resolve, streamDefaults.closeTimeoutMs);
      });
      await Promise.race([ended, late]);
      clock.clearTimeout(limit);
    },
  };
}
