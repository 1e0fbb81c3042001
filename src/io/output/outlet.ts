/** Writes text without ever waiting for whoever reads it. */
import type { Clock } from '../../time/clock.js';
import type { Channel, ChannelKind } from './channel.js';
import { createOutputBacklog, linesIn } from './output-backlog.js';
import type { Voice } from './voice.js';

const defaults = {
  /** What waits for a person is bounded more tightly: nobody scrolls through megabytes of the past. */
  maxWaitingBytes: { terminal: 256 * 1024, pipe: 8 * 1024 * 1024, file: 8 * 1024 * 1024 },
  writeBytes: 64 * 1024,
  /** A reader that is merely slow is asked again soon, one that stands still less and less often. */
  firstRetryMs: 4,
  maxRetryMs: 64,
  /** After a write to a file that failed. */
  faultRetryMs: 500,
} as const;

/** What a write that failed means: nobody takes it now, it cannot be done now, or nobody ever takes it. */
type Fate = 'stalled' | 'failing' | 'gone';

/** The system's codes of a write that may be done again at any time. */
const passing: ReadonlySet<string> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR', 'ENOBUFS', 'ENOMEM']);

export interface OutletOptions {
  clock: Clock;
  voice: () => Voice;
  /** The file cannot be written to: its disk is full, for instance. Told when that begins. */
  onFault: (error: unknown) => void;
  /** Whoever read this is gone for good; told once. */
  onGone: (error: unknown) => void;
}

export interface Outlet {
  readonly kind: ChannelKind;
  /** Writes at once what can be written at once; the rest waits for its turn. */
  write(text: string | Uint8Array): void;
  /** Tries at once what waits. */
  retry(): void;
  /** Flowing: nothing waits. */
  readonly state: 'flowing' | Fate;
  /** Bytes that were written since the process began. */
  readonly written: number;
  /** Lines that wait, and those that were dropped but not told yet. */
  waitingLines(): number;
  /** Calls the listener whenever nothing waits any more; returns the function that ends this. */
  onFlow(listener: () => void): () => void;
}

/** What the channel does not take at once waits within bounds; what is dropped is told in its place. */
export function createOutlet(channel: Channel, { clock, voice, onFault, onGone }: OutletOptions): Outlet {
  const { kind } = channel;
  const backlog = createOutputBacklog({
    maxBytes: defaults.maxWaitingBytes[kind],
    tellGap: (lines) => voice()({ type: 'output.dropped', lines }),
  });
  const listeners = new Set<() => void>();
  let state: Outlet['state'] = 'flowing';
  /** Taken from the backlog, and perhaps written in part. */
  let head: Buffer = Buffer.alloc(0);
  let written = 0;
  let timer: unknown = null;
  let retryMs: number = defaults.firstRetryMs;

  function pump(): void {
    clock.clearTimeout(timer);
    timer = null;
    const hadToWait = state !== 'flowing';
    for (;;) {
      if (head.length === 0) head = backlog.take(defaults.writeBytes);
      if (head.length === 0) break;
      try {
        const size = channel.write(head);
        if (size === 0) return wait('stalled', null);
        written += size;
        head = head.subarray(size);
        retryMs = defaults.firstRetryMs;
      } catch (error) {
        return wait(fateOf(error, kind), error);
      }
    }
    state = 'flowing';
    if (hadToWait) for (const listener of listeners) listener();
  }

  function wait(fate: Fate, error: unknown): void {
    const before = state;
    state = fate;
    if (fate === 'gone') {
      head = Buffer.alloc(0);
      while (backlog.take(Infinity).length > 0);
      onGone(error);
      return;
    }
    timer = clock.setTimeout(pump, fate === 'failing' ? defaults.faultRetryMs : retryMs);
    retryMs = Math.min(retryMs * 2, defaults.maxRetryMs);
    if (fate === 'failing' && before !== 'failing') onFault(error);
  }

  return {
    kind,
    write(text) {
      if (state === 'gone') return;
      backlog.push(text);
      if (timer === null) pump();
    },
    retry() {
      if (timer !== null) pump();
    },
    get state() {
      return state;
    },
    get written() {
      return written;
    },
    waitingLines: () => linesIn(head) + backlog.lines(),
    onFlow(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function fateOf(error: unknown, kind: ChannelKind): Fate {
  const code = codeOf(error);
  if (passing.has(code)) return 'stalled';
  return kind === 'file' && code !== 'EPIPE' ? 'failing' : 'gone';
}

/** Such as `ENOSPC`; the message of an error that has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
