/** One HTTP request and its answer, over undici: limited in bytes, without redirects, without a global dispatcher. */
import type { Dispatcher } from 'undici';
import { addressing } from '../network/address-families.js';
import type { Proxy } from '../network/environment-proxy.js';

type Undici = Pick<typeof import('undici'), 'Agent' | 'ProxyAgent' | 'fetch'>;

const defaults = {
  /** Connections at a time; further requests wait for one. */
  connections: 4,
} as const;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Null: none. */
  body: string | null;
  /** Aborting it ends the request wherever it is. */
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  header(name: string): string | null;
  /** The body, decoded; null when it is larger than the limit, or not UTF-8. */
  text: string | null;
  /** Why `text` is null. */
  fault: 'too large' | 'not UTF-8' | null;
}

export interface HttpExchange {
  /** Loads the library: not a part of any request's time. */
  load(): Promise<unknown>;
  /** @throws what the network had, or the reason of the signal. */
  ask(request: HttpRequest): Promise<HttpAnswer>;
  /** The next request opens new connections. The old ones end with the last request that is still on its way. */
  reset(): void;
}

export interface ExchangeOptions {
  proxy: Proxy | null;
  /** The most bytes of a body, uncompressed. */
  maxBytes: number;
}

/** Connections, and how many requests are on their way over them. */
interface Opened {
  readonly dispatcher: Dispatcher;
  asking: number;
}

/** Its connections are its own. They keep no process alive while nothing is asked. */
export function createHttpExchange({ proxy, maxBytes }: ExchangeOptions): HttpExchange {
  let opened: Opened | null = null;

  /** Nobody asks here any more, and nobody will. */
  const endIfLeft = (connections: Opened): void => {
    if (connections !== opened && connections.asking === 0) void connections.dispatcher.destroy();
  };

  return {
    load: loadUndici,
    async ask({ method, url, headers, body, signal }) {
      const undici = await loadUndici();
      signal.throwIfAborted();
      opened ??= { dispatcher: dispatcherOf(undici, proxy), asking: 0 };
      const own = opened;
      own.asking += 1;
      const cut = new AbortController();
      const abort = (): void => cut.abort(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      try {
        const response = await undici.fetch(url, {
          method,
          headers,
          body,
          redirect: 'manual',
          dispatcher: own.dispatcher,
          signal: cut.signal,
        });
        const read = isRedirect(response.status)
          ? { text: '', fault: null }
          : await readBody(response.body, maxBytes);
        // What is left of a body is not waited for.
        if (read.text === null || isRedirect(response.status)) cut.abort();
        return { status: response.status, header: (name) => response.headers.get(name), ...read };
      } finally {
        signal.removeEventListener('abort', abort);
        own.asking -= 1;
        endIfLeft(own);
      }
    },
    reset() {
      const left = opened;
      opened = null;
      if (left !== null) endIfLeft(left);
    },
  };
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

/** Loaded when something is asked. Loading it would make it the dispatcher of Node's own fetch, if that had none. */
async function loadUndici(): Promise<Undici> {
  void globalThis.Response;
  return import('undici');
}

/** The time of a request is limited by whoever asks, on the clock that was given: the library's own limits are off. */
function dispatcherOf({ Agent, ProxyAgent }: Undici, proxy: Proxy | null): Dispatcher {
  const connect = { ...addressing, timeout: 0 };
  const common = { headersTimeout: 0, bodyTimeout: 0, connections: defaults.connections };
  if (proxy === null) return new Agent({ ...common, connect });
  return new ProxyAgent({
    ...common,
    uri: proxy.url,
    ...(proxy.authorization !== null && { token: proxy.authorization }),
    proxyTls: connect,
    requestTls: { timeout: 0 },
  });
}

async function readBody(
  body: AsyncIterable<Uint8Array> | null,
  maxBytes: number,
): Promise<Pick<HttpAnswer, 'text' | 'fault'>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return { text: null, fault: 'too large' };
    chunks.push(chunk);
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)), fault: null };
  } catch {
    return { text: null, fault: 'not UTF-8' };
  }
}
