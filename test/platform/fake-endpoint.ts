/**
 * An HTTP server that answers as a test says, with the clock of the test: what a platform may send, right or wrong. A client
 * for it comes along; both are closed after the test.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createPlatformClient,
  type PlatformClientOptions,
  type PlatformEvent,
} from '../../src/platform/index.js';
import { afterTest } from '../kit/after-test.js';
import { createTestClock, type TestClock } from '../kit/clock.js';

export const botToken = 'cz_extbot_0123456789abcdefghijABCDEFGHIJ';
export const alderId = 'aaaaaaaa-0000-0000-0000-000000000001';

export interface FakeAnswer {
  /** Default: 200. */
  status?: number;
  headers?: Record<string, string>;
  /** Goes out as JSON. */
  body?: unknown;
  /** Goes out as it is, in place of `body`. */
  raw?: string | Uint8Array;
}

export interface SeenRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage['headers'];
  body: string;
  /** Milliseconds on the clock of the test since it was opened. */
  at: number;
}

/** What to answer; a function may answer by itself, and then returns nothing. */
export type FakeScript =
  | FakeAnswer
  | ((seen: SeenRequest, response: ServerResponse) => FakeAnswer | undefined);

export async function openEndpoint(script: FakeScript, options: PlatformClientOptions = {}) {
  // Loaded before the clock moves: it jumps ahead when no socket moves any more.
  await import('undici');
  const clock: TestClock = createTestClock();
  const start = clock.now();
  const seen: SeenRequest[] = [];
  const events: PlatformEvent[] = [];

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'http://host');
      const one: SeenRequest = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        at: clock.now() - start,
      };
      seen.push(one);
      const answer = typeof script === 'function' ? script(one, response) : script;
      if (answer !== undefined) send(response, answer);
    });
    response.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = createPlatformClient({
    lobbyUrl: `ws://127.0.0.1:${port}/ws/external/bot/${alderId}`,
    token: botToken,
    clock,
    onEvent: (event) => events.push(event),
    ...options,
  });
  afterTest(async () => {
    client.close();
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });

  return {
    client,
    clock,
    port,
    /** Requests, in the order in which they came. */
    seen,
    events,
    /** Lets the clock run until this is over. */
    pass: <T>(work: Promise<T>): Promise<T> => clock.passUntil(work, 'a request'),
    /** The error of something that must fail. */
    async failure<E extends Error>(work: Promise<unknown>): Promise<E> {
      const settled = work.then(
        (value) => {
          throw new Error(`It did not fail: ${JSON.stringify(value)}`);
        },
        (error: unknown) => error as E,
      );
      return clock.passUntil(settled, 'a request that fails');
    },
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, body, raw }: FakeAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(raw ?? JSON.stringify(body));
}
