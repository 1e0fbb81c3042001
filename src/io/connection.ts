/** One WebSocket connection as both socket ports need it: bounded, watched, and never a throw. */
import { STATUS_CODES } from 'node:http';
import { type ClientOptions, WebSocket } from 'ws';
import type { Loss } from '../protocol/events.js';
import { wire } from '../protocol/frames.js';
import { parseWebSocketUrl } from '../protocol/gateway-url.js';
import { printable, redactSecret } from '../protocol/redact.js';
import { type IoClock, systemClock, timesOf } from './clock.js';
import { onAbort } from './on-abort.js';
import { readRetryAfter } from './retry-after.js';
import { measureRoundTrips } from './round-trips.js';
import { type SilenceWatch, watchSilence } from './silence.js';

const defaults = {
  /** For name resolution, TCP, TLS and the upgrade together. */
  handshakeTimeoutMs: 10_000,
  /** A WebSocket ping goes out this often. */
  keepaliveIntervalMs: 15_000,
  /** So many intervals without any sign of life end the connection. */
  keepaliveIntervals: 2,
  /** How long a peer may take to answer our close frame. */
  closeTimeoutMs: 2_000,
  maxReasonLength: 123,
  silenceLooks: 8,
} as const;

/** Limits that can be set per connection, in milliseconds; the defaults are in brackets. */
export interface ConnectionLimits {
  /** For name resolution, TCP, TLS and the upgrade together (10 s). */
  handshakeTimeoutMs: number;
  /** Between two WebSocket pings; two intervals without a sign of life end the connection (15 s). */
  keepaliveIntervalMs: number;
  /** How long a peer may take to answer our close frame (2 s). */
  closeTimeoutMs: number;
  /** How long no frame may come after the connection opened, in ms (for ever). */
  frameSilenceMs: number;
}

export interface ConnectionOptions {
  url: string;
  userAgent: string;
  subprotocols?: readonly string[];
  /** Kept out of everything that is told. */
  secret: string;
  limits?: Partial<ConnectionLimits>;
  /** Default: the process's timers. */
  clock?: IoClock;
  /** Milliseconds that do not jump, to measure round trips. Default: the process's own time. */
  now?: () => number;
  /** Epoch milliseconds of the wall clock, to read a `Retry-After` date. Default: `now` where that is given, else `Date.now`. */
  wallNow?: () => number;
  /** Aborting it ends the connection at once. */
  signal?: AbortSignal;
}

/** The end of a connection, or of the attempt at one. */
export interface Closed extends Loss {
  /** From a `Retry-After` header, at most ten minutes. */
  retryAfterMs?: number;
}

interface ConnectionHandlers {
  onOpen(): void;
  onText(text: string): void;
  onBinary(): void;
  /** Called once at most, and never before `openConnection` has returned. Nothing is called after it. */
  onClosed(closed: Closed): void;
}

export interface Connection {
  /** False when the connection is not open: the text was not sent. */
  send(text: string): boolean;
  /** Begins the closing handshake; `onClosed` tells its end. */
  close(code?: number, reason?: string): void;
  /** Silences the handlers and gets rid of the socket: politely if it is open, at once otherwise. */
  abandon(): void;
  /** Sends a ping, unless one is on its way. */
  ping(): void;
  /** What a round trip takes, in ms; null while none was measured. */
  readonly roundTripMs: number | null;
  /** What the newest ping took, or has taken so far, in ms; 0 where none was ever answered. */
  readonly newestRoundTripMs: number;
}

const abnormalClosure = 1006;
const normalClosure = 1000;

/**
 * Dials. Whatever goes wrong, now or later, comes as `onClosed` with a readable reason; nothing is thrown. Redirects
 * are not followed and no compression is offered (docs/protocol.md 1).
 */
export function openConnection(options: ConnectionOptions, handlers: ConnectionHandlers): Connection {
  const { clock = systemClock, signal, secret } = options;
  const { now, wallNow } = timesOf(options);
  const limits = { ...defaults, frameSilenceMs: Number.POSITIVE_INFINITY, ...options.limits };
  const roundTrips = measureRoundTrips(now);
  const watches: SilenceWatch[] = [];
  let socket: WebSocket | null = null;
  let over = false;
  let forgetSignal: (() => void) | null = null;
  let handshakeTimer: unknown;
  let closeTimer: unknown;

  /** From here on the handlers hear nothing. The socket may live on until it is closed. */
  const silence = () => {
    over = true;
    clock.clearTimeout(handshakeTimer);
    for (const watch of watches) watch.stop();
    forgetSignal?.();
  };

  const finish = (closed: Closed) => {
    if (over) return;
    silence();
    const reason = printable(redactSecret(closed.reason, secret), 4 * limits.maxReasonLength);
    handlers.onClosed({ ...closed, reason: redactSecret(reason, secret).slice(0, limits.maxReasonLength) });
  };

  const giveUp = (reason: string) => {
    socket?.terminate();
    finish({ code: abnormalClosure, reason });
  };

  const abort = () => giveUp('The connection was aborted.');

  /** User code is never called from here, but a defect behind a handler must not end the process. */
  const guarded = (handle: () => void) => {
    if (over) return;
    try {
      handle();
    } catch (error) {
      giveUp(`A frame could not be handled: ${describeError(error)}`);
    }
  };

  const onOpen = () => {
    if (over) return;
    clock.clearTimeout(handshakeTimer);
    watches.push(
      watchSilence({
        clock,
        limitMs: limits.keepaliveIntervalMs * limits.keepaliveIntervals,
        looks: limits.keepaliveIntervals,
        onLook: ping,
        onSilent: () => giveUp('The other side does not answer pings any more.'),
      }),
    );
    if (Number.isFinite(limits.frameSilenceMs)) {
      watches.push(
        watchSilence({
          clock,
          limitMs: limits.frameSilenceMs,
          looks: limits.silenceLooks,
          onSilent: () => giveUp(`No frame came for ${limits.frameSilenceMs / 1000} s.`),
        }),
      );
    }
    // The first turn may come before the first keepalive.
    ping();
    guarded(() => handlers.onOpen());
  };

  const ping = () => {
    if (socket?.readyState === WebSocket.OPEN) socket.ping(roundTrips.sent());
  };

  const heard = () => watches[0]?.heard();

  const listen = (opened: WebSocket) => {
    opened.on('open', onOpen);
    opened.on('ping', heard);
    opened.on('pong', (payload) => {
      heard();
      roundTrips.heard(payload.toString());
    });
    opened.on('message', (data, isBinary) => {
      heard();
      if (isBinary || !Buffer.isBuffer(data)) {
        guarded(() => handlers.onBinary());
        return;
      }
      watches[1]?.heard();
      guarded(() => handlers.onText(data.toString()));
    });
    opened.on('unexpected-response', (_request, response) => {
      const httpStatus = response.statusCode ?? 0;
      const retryAfterMs = readRetryAfter(response.headers, wallNow());
      response.destroy();
      opened.terminate();
      finish({
        code: abnormalClosure,
        reason: `The server answered HTTP ${httpStatus} ${STATUS_CODES[httpStatus] ?? ''}`.trimEnd(),
        httpStatus,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    });
    // This listener stays for the life of the socket: an error without one would end the process.
    opened.on('error', (error) => {
      finish({ code: abnormalClosure, reason: describeError(error) });
    });
    opened.on('close', (code, reason) => {
      clock.clearTimeout(closeTimer);
      const said = reason.toString();
      finish({ code, reason: said === '' && code === abnormalClosure ? 'The connection was lost.' : said });
    });
  };

  const close = (code: number, reason: string) => {
    if (socket === null) return;
    if (socket.readyState === WebSocket.CONNECTING) socket.terminate();
    if (socket.readyState !== WebSocket.OPEN) return;
    try {
      socket.close(code, reason);
    } catch {
      // A code or reason the protocol does not allow.
      socket.close(normalClosure);
    }
    const opened = socket;
    closeTimer = clock.setTimeout(() => opened.terminate(), limits.closeTimeoutMs);
  };

  const dial = () => {
    const url = parseWebSocketUrl(options.url, 'the URL');
    const clientOptions: ClientOptions & { closeTimeout: number } = {
      headers: { 'User-Agent': options.userAgent },
      followRedirects: false,
      maxPayload: wire.maxServerFrameBytes,
      perMessageDeflate: false,
      // For a peer that sends its close frame first and then leaves the TCP connection open.
      closeTimeout: limits.closeTimeoutMs,
    };
    socket = new WebSocket(url, [...(options.subprotocols ?? [])], clientOptions);
    listen(socket);
    // The timeout of `ws` is one of idleness: a server that trickles headers would hold the attempt for ever.
    handshakeTimer = clock.setTimeout(
      () => giveUp(`No answer to the opening handshake within ${limits.handshakeTimeoutMs / 1000} s.`),
      limits.handshakeTimeoutMs,
    );
    if (signal !== undefined) {
      forgetSignal = onAbort(signal, abort);
    }
  };

  if (signal?.aborted) {
    queueMicrotask(abort);
  } else {
    try {
      dial();
    } catch (error) {
      queueMicrotask(() => giveUp(describeError(error)));
    }
  }

  return {
    send(text) {
      if (over || socket?.readyState !== WebSocket.OPEN) return false;
      // A failed write ends the socket, and `close` tells that.
      socket.send(text);
      return true;
    },
    close(code = normalClosure, reason = '') {
      close(code, reason);
    },
    abandon() {
      silence();
      close(normalClosure, '');
    },
    ping() {
      if (!over && !roundTrips.isWaiting) ping();
    },
    get roundTripMs() {
      return roundTrips.ms;
    },
    get newestRoundTripMs() {
      return roundTrips.newestMs;
    },
  };
}

/** The message of an error, also of one that only collects others, as Node's for a refused connection does. */
function describeError(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(describeError).join('; ');
  }
  return error instanceof Error && error.message !== '' ? error.message : 'unknown error';
}
