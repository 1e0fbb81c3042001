/**
 * A client of the protocol at its barest: a socket and JSON. It does nothing by itself but answer WebSocket pings.
 * A wait that takes too long fails with what has come so far, so that a platform that says nothing is told from a
 * test that waits for the wrong thing.
 */
import { WebSocket } from 'ws';

export type Json = Record<string, unknown>;
export type Frame = Json & { type: string };

/** How a connection ended. */
export interface End {
  code: number;
  reason: string;
}

export interface Client {
  readonly socket: WebSocket;
  /** Everything that came, in order. */
  readonly frames: readonly Frame[];
  /** The oldest frame that was not taken yet. */
  next(): Promise<Frame>;
  /** Takes frames until one of this type came, and returns it. */
  until(type: string): Promise<Frame>;
  /** What is still to be taken once the server has read everything that was said before. Takes nothing. */
  untaken(): Promise<Frame[]>;
  /** Objects go out as JSON, text as it is, a buffer as a binary frame. */
  say(frame: object | string | Buffer): void;
  closed(): Promise<End>;
  /** Leaves without a word. */
  drop(): Promise<void>;
}

const defaults = {
  /** Far more than a message needs on this machine. */
  patienceMs: 1_500,
} as const;

const dialled = new Set<WebSocket>();

/** Ends every connection that a test left open. */
export function hangUp(): void {
  for (const socket of dialled) socket.terminate();
  dialled.clear();
}

export interface DialOptions {
  protocols?: string[];
  headers?: Record<string, string>;
  autoPong?: boolean;
}

/** An upgrade that was refused. */
export class RefusedUpgrade extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

/** Resolves when the connection is open; rejects with a `RefusedUpgrade` when there is none to be had. */
export async function dial(url: string, options: DialOptions = {}): Promise<Client> {
  const { protocols = [], headers = {}, autoPong = true } = options;
  const socket = new WebSocket(url, protocols, {
    headers: { 'user-agent': 'conformance/1.0', ...headers },
    autoPong,
    perMessageDeflate: false,
  });
  dialled.add(socket);
  const frames: Frame[] = [];
  const arrivals = new Set<() => void>();
  let taken = 0;
  let end: End | null = null;

  const wake = () => {
    for (const arrival of arrivals) arrival();
  };
  socket.on('close', (code, reason) => {
    dialled.delete(socket);
    end = { code, reason: reason.toString() };
    wake();
  });
  socket.on('message', (data, isBinary) => {
    if (isBinary || !Buffer.isBuffer(data)) return;
    frames.push(JSON.parse(data.toString()) as Frame);
    wake();
  });

  /** Looks again whenever something arrives, until there is a value. */
  function wait<T>(what: string, look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const arrival = () => {
        try {
          const value = look();
          if (value === undefined) return;
          done();
          resolve(value);
        } catch (error) {
          done();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const tooLong = setTimeout(() => {
        done();
        const heard = frames.map(({ type }) => type).join(' ');
        reject(new Error(`Waited for ${what}; came: ${heard || 'nothing'}; ${end ? 'closed' : 'open'}.`));
      }, defaults.patienceMs);
      const done = () => {
        clearTimeout(tooLong);
        arrivals.delete(arrival);
      };
      arrivals.add(arrival);
      arrival();
    });
  }

  const next = (what = 'a frame') =>
    wait(what, () => {
      const frame = frames[taken];
      if (frame !== undefined) {
        taken += 1;
        return frame;
      }
      if (end === null) return undefined;
      throw new Error(`The connection was closed (${end.code} ${end.reason}) before ${what} came.`);
    });

  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      reject(new RefusedUpgrade(response.statusCode ?? 0));
      response.destroy();
    });
  });

  return {
    socket,
    frames,
    next: () => next(),
    async until(type) {
      for (;;) {
        const frame = await next(type);
        if (frame.type === type) return frame;
      }
    },
    async untaken() {
      // Two rounds: what the platform does after a turn of its event loop is in by then, too.
      for (const round of ['one', 'two']) {
        let answered = false;
        socket.once('pong', () => {
          answered = true;
          wake();
        });
        socket.ping(round);
        await wait('a WebSocket pong', () => (answered || end !== null ? true : undefined));
      }
      return frames.slice(taken);
    },
    say(frame) {
      socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
    },
    closed: () => wait('the close', () => end ?? undefined),
    async drop() {
      socket.terminate();
      await wait('the close', () => end ?? undefined);
    },
  };
}
