/** Writes text without ever blocking on its reader. */
import type { Clock } from '../../time/clock.js';
import type { Channel, ChannelKind } from './channel.js';
import { createOutputBacklog, linesIn } from './output-backlog.js';
import type { Voice } from './voice.js';

const defaults = {
  /** The limit for a terminal is lower: nobody scrolls through megabytes of old lines. */
  maxWaitingBytes: { terminal: 256 * 1024, pipe: 8 * 1024 * 1024, file: 8 * 1024 * 1024 },
  writeBytes: 64 * 1024,
  /** The first retry after a write that did not fit; later ones are less and less frequent. */
  firstRetryMs: 4,
  maxRetryMs: 64,
  /** The retry after a failed write to a file. */
  faultRetryMs: 500,
} as const;

/** What a failed write means: the reader takes nothing now, the write fails now, or the reader is gone for ever. */
type Fate = 'stalled' | 'failing' | 'gone';

/** Error codes after which a write may be tried again at any time. */
const passing: ReadonlySet<string> = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR', 'ENOBUFS', 'ENOMEM']);

export interface OutletOptions {
  clock: Clock;
  voice: () => Voice;
  /** Called when a file can no longer be written to, for instance because the disk is full. */
  onFault: (error: unknown) => void;
  /** Called once, when the reader is gone for ever. */
  onGone: (error: unknown) => void;
}

export interface Outlet {
  readonly kind: ChannelKind;
  /** Writes what can be written at once; the rest waits. */
  write(text: string | Uint8Array): void;
  /** Tries at once to write what waits. */
  retry(): void;
  /** `flowing`: nothing waits. */
  readonly state: 'flowing' | Fate;
  /** Bytes that were written since the process began. */
  readonly written: number;
  /** Lines that wait, and lines that were dropped but not reported yet. */
  waitingLines(): number;
  /** Calls the listener whenever nothing waits any more. Returns the function that ends this. */
  onFlow(listener: () => void): () => void;
}

/** Text that the channel does not take at once waits, up to a limit; a line reports how much was dropped. */
export function createOutlet(channel: Channel, { clock, voice, onFault, onGone }: OutletOptions): Outlet {
  const { kind } = channel;
  const backlog = createOutputBacklog({
    maxBytes: defaults.maxWaitingBytes[kind],
    gapLine: (lines) => voice()({ type: 'output.dropped', lines }),
  });
  const listeners = new Set<() => void>();
  let state: Outlet['state'] = 'flowing';
  /** Taken from the backlog, and perhaps partly written. */
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

/** The code of an error, such as `ENOSPC`; its message if it has no code. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
