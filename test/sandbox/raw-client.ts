/**
 * A bot at its barest: a socket, JSON, and nothing of the agent. It says what a test tells it to say. To make it do
 * more, use `socket`.
 */
import { WebSocket } from 'ws';
import { createMailbox, type Mailbox } from '../support/raw-server.js';

export type Frame = Record<string, unknown> & { type: string };

export interface RawClient {
  socket: WebSocket;
  /** Frames that came, in order. */
  frames: Mailbox<Frame>;
  /** The next frame that was not taken yet. */
  next(): Promise<Frame>;
  /** Objects go out as JSON, text as it is, a buffer as a binary frame. */
  say(frame: object | string | Buffer): void;
  /** How the connection ended. */
  closed: Promise<{ code: number; reason: string }>;
  /** Leaves without a word. */
  drop(): Promise<void>;
}

/** Everything that was dialled, so that a test can hang up. */
const dialled = new Set<WebSocket>();

export function hangUp(): void {
  for (const socket of dialled) socket.terminate();
  dialled.clear();
}

interface DialOptions {
  protocols?: string[];
  headers?: Record<string, string>;
  autoPong?: boolean;
}

/** Resolves when the connection is open; rejects with the status of a refused upgrade. */
export async function dial(url: string, options: DialOptions = {}): Promise<RawClient> {
  const { protocols = [], headers = {}, autoPong = true } = options;
  const socket = new WebSocket(url, protocols, { headers, autoPong, perMessageDeflate: false });
  dialled.add(socket);
  const frames = createMailbox<Frame>();
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => {
      dialled.delete(socket);
      resolve({ code, reason: reason.toString() });
    });
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary && Buffer.isBuffer(data)) frames.push(JSON.parse(data.toString()) as Frame);
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
    socket.on('unexpected-response', (_request, response) => {
      reject(new Error(`HTTP ${response.statusCode}`));
      response.destroy();
    });
  });
  return {
    socket,
    frames,
    closed,
    next: () => frames.next(),
    say(frame) {
      socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
    },
    async drop() {
      socket.terminate();
      await closed;
    },
  };
}

export interface Credentials {
  token: string;
  lobbyUrl: string;
}

/** Goes online and takes the lobby's hello. */
export async function goOnline({ token, lobbyUrl }: Credentials): Promise<RawClient> {
  const lobby = await dial(lobbyUrl);
  lobby.say({ type: 'authenticate', token });
  await lobby.next();
  return lobby;
}

/** Dials the gateway that `matched` names. */
export function dialSeat(url: string, matched: Frame, token: string, options: DialOptions = {}) {
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
): Promise<RawClient> {
  const seat = await dialSeat(url, matched, token, options);
  const matchId = matched['match_id'];
  seat.say({ type: 'authenticate', match_id: matchId, token: '' });
  await seat.next();
  seat.say({ type: 'hello', match_id: matchId, supported_versions: ['1.0'] });
  return seat;
}

/** Takes frames until one of this type came, and returns it. */
export async function until(client: RawClient, type: string): Promise<Frame> {
  for (;;) {
    const frame = await client.next();
    if (frame.type === type) return frame;
  }
}
