/**
 * A scripted server, a proxy with faults in front of it, and clients that write down all that reaches them. All of it is
 * closed after the test.
 */
import type { WebSocket } from 'ws';
import type { ChaosEvent, ChaosFault, ChaosProxyOptions } from '../../src/chaos/index.js';
import { createChaosProxy } from '../../src/chaos/index.js';
import { afterTest } from '../kit/after-test.js';
import { openSocket } from '../kit/client.js';
import { createMailbox } from '../kit/mailbox.js';
import { type RawServerOptions, startRawServer } from '../kit/raw-server.js';

export const matchPath = '/ws/external/match/m1/p1';
export const lobbyPath = '/ws/external/bot/b1';

export interface Heard {
  socket: WebSocket;
  /** What came: `open`, texts as they are, `binary N`, `ping`, `close CODE REASON`, `HTTP STATUS`, `error MESSAGE`. */
  log: string[];
  next(): Promise<string>;
  /** Takes what comes until this does, and returns it all. */
  until(entry: string | RegExp): Promise<string[]>;
}

export async function openProxy(
  faults: readonly ChaosFault[],
  options: Partial<ChaosProxyOptions> = {},
  serverOptions: RawServerOptions = {},
) {
  const server = await startRawServer(serverOptions);
  const events: ChaosEvent[] = [];
  const proxy = await createChaosProxy({
    target: server.url,
    chaos: { name: 'test', faults },
    seed: 'seed',
    onEvent: (event) => events.push(event),
    ...options,
  });
  afterTest(() => proxy.close());
  function dial(path = matchPath, protocols: string[] = []): Heard {
    const socket = openSocket(proxy.url + path, { protocols });
    const entries = createMailbox<string>();
    socket.on('open', () => entries.push('open'));
    socket.on('message', (data, isBinary) => {
      const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
      entries.push(isBinary ? `binary ${bytes.length}` : bytes.toString());
    });
    socket.on('ping', () => entries.push('ping'));
    socket.on('error', (error) => entries.push(`error ${error.message}`));
    socket.on('unexpected-response', (_request, response) => {
      const retryAfter = response.headers['retry-after'];
      entries.push(
        `HTTP ${response.statusCode}${retryAfter === undefined ? '' : `, retry after ${retryAfter}`}`,
      );
      response.destroy();
      socket.terminate();
    });
    socket.on('close', (code, reason) => entries.push(`close ${code} ${reason.toString()}`.trim()));
    return {
      socket,
      log: entries.all,
      next: () => entries.next(),
      async until(entry) {
        const taken: string[] = [];
        for (;;) {
          const next = await entries.next();
          taken.push(next);
          if (typeof entry === 'string' ? next === entry : entry.test(next)) return taken;
        }
      },
    };
  }

  return {
    server,
    proxy,
    events,
    dial,
    /** A client and the server's end of its connection. */
    async connect(path?: string) {
      const client = dial(path);
      const peer = await server.accept();
      await client.until('open');
      return { client, peer };
    },
  };
}

export const frame = (type: string, more: object = {}): string => JSON.stringify({ type, ...more });
