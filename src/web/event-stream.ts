/**
 * Server-sent events: one stream, and the pages that have it open. A page that does not take what it is sent gets no
 * more until it has, and is dropped after a while. So a slow page costs only limited memory.
 *
 * The owner decides what is sent. An owner with a queue sends texts, lets `maxWaiting` bytes wait, and starts over
 * for a page that was behind. An owner with a newest state sends functions that put it into text, and lets nothing
 * wait.
 */
import type { Clock } from '../time/clock.js';

export interface EventStreamOptions {
  clock: Clock;
  /** The most pages at once. */
  maxPages: number;
  /**
   * The most bytes that wait for a page in this process. A page is behind when its next message would exceed that. 0:
   * a page is behind until it has taken the message before.
   */
  maxWaiting: number;
  /** A page that is behind for so long is dropped, in milliseconds; the browser connects again. */
  maxBehindMs: number;
  /** How long to wait for pages at the end, in milliseconds. */
  closeTimeoutMs: number;
  /** How soon a page that lost its connection connects again, in milliseconds. Default: the browser's own. */
  retryMs?: number;
  /**
   * How often a sign of life is sent, in milliseconds, by which a page notices that the server is gone. Default:
   * never.
   */
  heartbeatMs?: number;
}

/** The part of a `ServerResponse` that is used. */
export interface EventSink {
  /** Bytes that the other side has not taken yet. */
  readonly writableLength: number;
  /** More was written than the other side takes at once; `drain` follows. */
  readonly writableNeedDrain: boolean;
  writeHead(status: number, headers: Record<string, string>): unknown;
  flushHeaders(): void;
  write(text: string): unknown;
  /** `done` is called when all was handed to the system. */
  end(text: string, done: () => void): unknown;
  destroy(): unknown;
  on(event: 'close' | 'drain' | 'error', listener: () => void): unknown;
}

/** One open page. */
export interface EventPage {
  /** It has not taken what it was sent: it gets nothing more for now. */
  readonly isBehind: boolean;
  /** Bytes that may still wait for it. */
  readonly room: number;
  /**
   * Sends a message, unless the page is behind or falls behind with it.
   *
   * @param message made by `eventText`. A function that makes one is called only when the page can take it; null
   * sends nothing.
   * @returns false when the page is behind.
   */
  send(message: string | (() => string | null)): boolean;
}

export interface EventPageHooks {
  /** It fell behind. */
  onBehind?: () => void;
  /** It was behind and has taken everything. */
  onCaughtUp?: () => void;
  /** It is gone: nothing can be sent any more. */
  onClose?: () => void;
}

export interface EventStream {
  /** Pages that have it open. */
  readonly size: number;
  /**
   * Answers a request with the stream. Returns null and writes nothing when there are too many pages or the stream is
   * closed.
   */
  open(sink: EventSink, hooks?: EventPageHooks): EventPage | null;
  /** Sends each page this event and ends it. Waits for slow ones, but not long. */
  close(event: string): Promise<void>;
}

/** @param event its name; null: a `message`. @param data one line of JSON. */
export function eventText(event: string | null, data: string): string {
  return `${event === null ? '' : `event: ${event}\n`}data: ${data}\n\n`;
}

interface OpenPage extends EventPage {
  end(event: string): Promise<void>;
}

const beat = ': \n\n';

export function createEventStream(options: EventStreamOptions): EventStream {
  const { clock, maxPages, closeTimeoutMs, retryMs, heartbeatMs } = options;
  const pages = new Set<OpenPage>();
  let heartbeat: unknown = null;
  let isClosed = false;

  function beatOn(): void {
    for (const page of pages) page.send(beat);
    heartbeat = null;
    keepBeating();
  }

  function keepBeating(): void {
    if (heartbeatMs === undefined || heartbeat !== null || pages.size === 0) return;
    heartbeat = clock.setTimeout(beatOn, heartbeatMs);
  }

  return {
    get size() {
      return pages.size;
    },
    open(sink, hooks = {}) {
      if (isClosed || pages.size >= maxPages) return null;
      sink.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
      });
      if (retryMs === undefined) sink.flushHeaders();
      else sink.write(`retry: ${retryMs}\n\n`);
      const page = openPage(sink, options, {
        ...hooks,
        onClose() {
          pages.delete(page);
          hooks.onClose?.();
        },
      });
      pages.add(page);
      keepBeating();
      return page;
    },
    async close(event) {
      isClosed = true;
      clock.clearTimeout(heartbeat);
      const ended = Promise.all(Array.from(pages, (page) => page.end(event)));
      let limit: unknown;
      const late = new Promise((resolve) => {
        limit = clock.setTimeout(resolve, closeTimeoutMs);
      });
      await Promise.race([ended, late]);
      clock.clearTimeout(limit);
    },
  };
}

function openPage(sink: EventSink, options: EventStreamOptions, hooks: EventPageHooks): OpenPage {
  const { clock, maxWaiting, maxBehindMs } = options;
  /** The timer that drops it. */
  let behind: unknown = null;
  let isEnded = false;

  function catchUp(): boolean {
    if (behind === null) return false;
    clock.clearTimeout(behind);
    behind = null;
    return true;
  }

  sink.on('drain', () => {
    if (catchUp()) hooks.onCaughtUp?.();
  });
  sink.on('error', () => sink.destroy());
  sink.on('close', () => {
    isEnded = true;
    catchUp();
    hooks.onClose?.();
  });

  /**
   * A page without a backlog takes a message of any length: otherwise a message above the limit could never be sent.
   */
  const fits = (length: number): boolean =>
    !sink.writableNeedDrain || sink.writableLength + length <= maxWaiting;

  return {
    get isBehind() {
      return behind !== null;
    },
    get room() {
      return maxWaiting - sink.writableLength;
    },
    send(message) {
      if (behind !== null || isEnded) return false;
      if (!fits(typeof message === 'string' ? message.length : 0)) {
        behind = clock.setTimeout(() => sink.destroy(), maxBehindMs);
        hooks.onBehind?.();
        return false;
      }
      const text = typeof message === 'string' ? message : message();
      if (text !== null) sink.write(text);
      return true;
    },
    end(event) {
      isEnded = true;
      catchUp();
      return new Promise((resolve) => {
        sink.on('close', resolve);
        sink.end(eventText(event, '{}'), resolve);
      });
    },
  };
}
