/** One WebSocket connection for both socket ports: with limits and time limits, and without exceptions. */
import { STATUS_CODES } from 'node:http';
import { WebSocket } from 'ws';
import { addressing } from '../../network/address-families.js';
import { type Proxy, proxyFor } from '../../network/environment-proxy.js';
import { onAbort } from '../../network/on-abort.js';
import { readRetryAfter } from '../../network/retry-after.js';
import type { Loss } from '../../protocol/events.js';
import { parseWebSocketUrl } from '../../protocol/gateway-url.js';
import { createMask, printable } from '../../protocol/redact.js';
import { type Clock, systemClock, timesOf } from '../../time/clock.js';
import { type ClockJumps, systemClockJumps } from '../../time/clock-jumps.js';
import { openSocket } from './dial.js';
import { createTunnel, type Tunnel } from './tunnel.js';
import { type Vigil, watchConnection } from './vigil.js';

const defaults = {
  handshakeTimeoutMs: 10_000,
  keepaliveIntervalMs: 15_000,
  pongTimeoutMs: 15_000,
  frameSilenceMs: Number.POSITIVE_INFINITY,
  closeTimeoutMs: 2_000,
  maxReasonLength: 123,
} as const;

/** Limits of a connection, in milliseconds; the defaults are in brackets. */
export interface ConnectionLimits {
  /** For name resolution, TCP, TLS, a proxy and the upgrade together (10 s; of an announced match 4.8 s). */
  handshakeTimeoutMs: number;
  /** Between two WebSocket pings, or how long nothing is received before one is sent; see `pings` (15 s). */
  keepaliveIntervalMs: number;
  /** How long after a ping to wait for anything to be received (15 s; of the lobby 5 s). */
  pongTimeoutMs: number;
  /** How long the peer may take to answer a close frame (2 s). */
  closeTimeoutMs: number;
  /** How long an open connection may be without a frame (no limit; of the lobby 40 s, of a match 300 s). */
  frameSilenceMs: number;
}

export interface ConnectionOptions {
  url: string;
  userAgent: string;
  subprotocols?: readonly string[];
  /** Masked in everything that is reported. */
  secret: string;
  limits?: Partial<ConnectionLimits>;
  /**
   * Whether pings are sent in each interval, or only after an interval in which nothing was received. Default:
   * `always`.
   */
  pings?: 'always' | 'silence';
  /** The proxy to go through; null: none. Default: what the environment names for the URL. */
  proxy?: Proxy | null;
  /** Default: the process's timers. */
  clock?: Clock;
  /** Milliseconds that do not jump, for measuring. Default: the process's own time. */
  now?: () => number;
  /** Epoch milliseconds of the wall clock, to read a `Retry-After` date. Default: `now` where that is given, else `Date.now`. */
  wallNow?: () => number;
  /** Reports jumps of the wall clock. Default: the process's watcher. */
  jumps?: ClockJumps;
  /** Aborting it ends the connection at once. */
  signal?: AbortSignal;
}

/** The end of a connection, or of an attempt to open one. */
export interface Closed extends Loss {
  /** From a `Retry-After` header, at most ten minutes. */
  retryAfterMs?: number;
}

interface ConnectionHandlers {
  onOpen(): void;
  onText(text: string): void;
  onBinary(): void;
  /** Called at most once, and never before `openConnection` has returned. No other handler is called after it. */
  onClosed(closed: Closed): void;
}

export interface Connection {
  /** False when the connection is not open: the text was not sent. */
  send(text: string): boolean;
  /** Begins the closing handshake; `onClosed` is called at its end. */
  close(code?: number, reason?: string): void;
  /** Calls no handler any more and closes the socket: with a closing handshake if it is open, at once otherwise. */
  abandon(): void;
  /** Sends a ping, unless one is still unanswered. */
  ping(): void;
  /** How long a round trip takes, in ms; null before the first one was measured. */
  readonly roundTripMs: number | null;
  /** How long the newest ping took, or has taken so far, in ms; 0 if no ping was ever answered. */
  readonly newestRoundTripMs: number;
}

const abnormalClosure = 1006;
const normalClosure = 1000;

/** Dials. Every failure, now or later, is reported to `onClosed` with a readable reason; nothing is thrown. */
export function openConnection(options: ConnectionOptions, handlers: ConnectionHandlers): Connection {
  const { clock = systemClock, jumps = systemClockJumps, signal, secret } = options;
  const { now, wallNow } = timesOf(options);
  const limits = { ...defaults, ...options.limits };
  let proxy: Proxy | null = null;
  let tunnel: Tunnel | null = null;
  let socket: WebSocket | null = null;
  let vigil: Vigil | null = null;
  let over = false;
  let forgetSignal: (() => void) | null = null;
  let handshakeTimer: unknown;
  let closeTimer: unknown;

  /** From here on no handler is called. The socket may stay until it is closed. */
  const silence = () => {
    over = true;
    clock.clearTimeout(handshakeTimer);
    tunnel?.abort();
    vigil?.stop();
    forgetSignal?.();
  };

  const finish = (closed: Closed) => {
    if (over) return;
    silence();
    const reason = printable(closed.reason, limits.maxReasonLength, createMask([secret]).text);
    handlers.onClosed({ ...closed, reason });
  };

  const giveUp = (reason: string) => {
    socket?.terminate();
    finish({ code: abnormalClosure, reason });
  };

  const abort = () => giveUp('The connection was aborted.');

  /** Handlers are not user code, but a defect in one must not end the process. */
  const guarded = (handle: () => void) => {
    if (over) return;
    try {
      handle();
    } catch (error) {
      giveUp(`A frame could not be handled: ${describeError(error)}`);
    }
  };

  /** Adds to the reason of a failed dial the proxy, and whether the proxy is the cause. */
  const onTheWay = (reason: string) => {
    if (proxy === null || vigil !== null) return reason;
    return tunnel?.isOpen
      ? `Through the proxy ${proxy.url}: ${reason}`
      : `The proxy ${proxy.url} cannot be used: ${reason}`;
  };

  const onOpen = () => {
    if (over) return;
    clock.clearTimeout(handshakeTimer);
    vigil = watchConnection({
      clock,
      now,
      jumps,
      limits: { ...limits, pings: options.pings ?? 'always' },
      ping: (payload) => socket?.readyState === WebSocket.OPEN && socket.ping(payload),
      onDead: giveUp,
    });
    guarded(() => handlers.onOpen());
  };

  const listen = (opened: WebSocket) => {
    opened.on('open', onOpen);
    opened.on('ping', () => vigil?.received());
    opened.on('pong', (payload) => vigil?.receivedPong(payload.toString()));
    opened.on('message', (data, isBinary) => {
      if (isBinary || !Buffer.isBuffer(data)) {
        vigil?.received();
        guarded(() => handlers.onBinary());
        return;
      }
      vigil?.receivedFrame();
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
      finish({ code: abnormalClosure, reason: onTheWay(describeError(error)) });
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
      // The protocol does not allow this code or reason.
      socket.close(normalClosure);
    }
    const opened = socket;
    closeTimer = clock.setTimeout(() => opened.terminate(), limits.closeTimeoutMs);
  };

  const open = (url: URL) => {
    socket = openSocket(url, { ...options, closeTimeoutMs: limits.closeTimeoutMs, agent: tunnel?.agent });
    listen(socket);
  };

  const openThrough = async (url: URL, way: Proxy) => {
    try {
      const onRefused = (why: string) => giveUp(`The proxy ${way.url} ${why}.`);
      const made = await createTunnel(way, { ...addressing, onRefused });
      if (over) return;
      tunnel = made;
      open(url);
    } catch (error) {
      giveUp(describeError(error));
    }
  };

  const dial = () => {
    const url = parseWebSocketUrl(options.url, 'the URL');
    proxy = options.proxy === undefined ? proxyFor(url.href) : options.proxy;
    if (proxy === null) open(url);
    else void openThrough(url, proxy);
    // The timeout of `ws` counts idle time only: a server that sends headers slowly would hold the attempt for ever.
    handshakeTimer = clock.setTimeout(
      () =>
        giveUp(onTheWay(`No answer to the opening handshake within ${limits.handshakeTimeoutMs / 1000} s.`)),
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
      // A failed write ends the socket, and `close` is emitted.
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
      if (!over) vigil?.ping();
    },
    get roundTripMs() {
      return vigil?.roundTripMs ?? null;
    },
    get newestRoundTripMs() {
      return vigil?.newestRoundTripMs ?? 0;
    },
  };
}

/** The message of an error, also of an AggregateError, which Node throws for a refused connection. */
function describeError(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(describeError).join('; ');
  }
  return error instanceof Error && error.message !== '' ? error.message : 'unknown error';
}
