/** The HTTP requests behind a real port, with a platform that a test owns; closed after the test. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createHttpApi } from '../../../src/sandbox/http/api.js';
import type { HttpLimits } from '../../../src/sandbox/http/limits.js';
import { afterTest } from '../../kit/after-test.js';
import { createFakePlatform } from './fake-platform.js';

export const api = '/api/external-api';

export interface Ask {
  /** Whose token goes along. */
  as?: string;
  /** Goes out as JSON. */
  body?: unknown;
  /** Goes out as it is, as `application/json`. */
  text?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  body: Record<string, unknown>;
  headers: Headers;
}

export async function openHttp(limits: Partial<HttpLimits> = {}) {
  const platform = createFakePlatform();
  const { handle, close: closeApi } = createHttpApi(platform, limits);
  const server = createServer(handle);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const answers: string[] = [];

  async function ask(method: string, path: string, options: Ask = {}): Promise<Answer> {
    const { as, body, text = body === undefined ? undefined : JSON.stringify(body), headers } = options;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer token-of-${as}` }),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const answered = await response.text();
    answers.push(answered);
    return { status: response.status, body: JSON.parse(answered), headers: response.headers };
  }

  /** May be called again. */
  async function close(): Promise<void> {
    if (!server.listening) return;
    closeApi();
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
  afterTest(close);

  return {
    platform,
    clock: platform.clock,
    closeApi,
    get: (path: string, options?: Ask) => ask('GET', path, options),
    post: (path: string, options?: Ask) => ask('POST', path, options),
    ask,
    /** Texts of all bodies that came back. */
    answers,
    /** Says bytes of one's own making on a connection; `heard` is all that came back until it was closed. */
    raw(bytes: string) {
      const socket = connect(port, '127.0.0.1');
      let text = '';
      socket.setEncoding('utf8');
      socket.on('data', (chunk: string) => {
        text += chunk;
      });
      const heard = new Promise<string>((resolve) => {
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(text));
      });
      socket.write(bytes);
      return { socket, heard };
    },
    close,
  };
}

export type OpenHttp = Awaited<ReturnType<typeof openHttp>>;

/** Status, code and `Retry-After` of an answer; the code is null for one that is no error. */
export function outcome({ status, body, headers }: Answer) {
  const code = body.error_code ?? null;
  const retryAfter = headers.get('retry-after');
  return retryAfter === null ? { status, code } : { status, code, retryAfter };
}
