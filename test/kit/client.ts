/**
 * A client of the protocol at its barest: a socket and JSON, and nothing of the agent. It does nothing by itself but answer
 * WebSocket pings. A wait that takes too long fails with what has come so far, so that a platform that says nothing is told
 * from a test that waits for the wrong thing.
 */
import { WebSocket } from 'ws';
import { afterTest } from './after-test.js';

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
  /** Far more than a message needs on a machine that is busy, and less than a test is given. */
  patienceMs: 15_000,
} as const;

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

/** The socket alone, not open yet, for what `dial` is too tidy for; it is ended after the test. */
export function openSocket(url: string, options: DialOptions = {}): WebSocket {
  const { protocols = [], headers = {}, autoPong = true } = options;
  const socket = new WebSocket(url, protocols, {
    headers: { 'user-agent': 'test-client/1.0', ...headers },
    autoPong,
    perMessageDeflate: false,
  });
  afterTest(() => {
    socket.on('error', () => undefined);
    socket.terminate();
  });
  return socket;
}

/** Resolves when the connection is open; rejects with a `RefusedUpgrade` when there is none to be had. */
export async function dial(url: string, options: DialOptions = {}): Promise<Client> {
  const socket = openSocket(url, options);
  const frames: Frame[] = [];
  const arrivals = new Set<() => void>();
  let taken = 0;
  let end: End | null = null;

  const wake = () => {
    for (const arrival of arrivals) arrival();
  };
  socket.on('close', (code, reason) => {
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
    const waiting = new Promise<T>((resolve, reject) => {
      const done = () => {
        clearTimeout(tooLong);
        arrivals.delete(arrival);
      };
      const tooLong = setTimeout(() => {
        done();
        const heard = frames.map(({ type }) => type).join(' ');
        reject(new Error(`Waited for ${what}; came: ${heard || 'nothing'}; ${end ? 'closed' : 'open'}.`));
      }, defaults.patienceMs);
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
      arrivals.add(arrival);
      arrival();
    });
    // A test may end before what it began to wait for.
    waiting.catch(() => undefined);
    return waiting;
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

/** What a bot logs in with. */
export interface Credentials {
  token: string;
  lobbyUrl: string;
}

/** Goes online and takes the lobby's hello. */
export async function goOnline({ token, lobbyUrl }: Credentials): Promise<Client> {
  const lobby = await dial(lobbyUrl);
  lobby.say({ type: 'authenticate', token });
  await lobby.until('hello');
  return lobby;
}

/** Dials the gateway that `matched` names, with the token where it belongs. `url` is the platform's. */
export function dialSeat(
  url: string,
  matched: Frame,
  token: string,
  options: DialOptions = {},
): Promise<Client> {
  return dial(url + String(matched['gateway_ws_url']), {
    protocols: ['chipzen-bot-token', token],
    ...options,
  });
}

/** Dials and shakes hands; the frames of play come next. */
export async function sitDown(
  url: string,
  matched: Frame,
  token: string,
  options: DialOptions = {},
): Promise<Client> {
  const seat = await dialSeat(url, matched, token, options);
  const matchId = matched['match_id'];
  seat.say({ type: 'authenticate', match_id: matchId, token: '' });
  await seat.until('hello');
  seat.say({ type: 'hello', match_id: matchId, supported_versions: ['1.0'] });
  return seat;
}
