/** A WebSocket server on which nothing happens by itself: each dial waits until the test takes it or turns it away. */
import { createServer, STATUS_CODES } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { JsonObject } from '../../src/protocol/frames.js';
import { createMailbox, type Mailbox } from '../kit/mailbox.js';
import { testToken } from '../kit/scripted-platform.js';

/** The server's end of a connection. */
export interface Line {
  say(frame: object): void;
  /** Any text at all. */
  sayText(text: string): void;
  close(code: number, reason: string): void;
  /** Ends the TCP connection without a word. */
  drop(): void;
  readonly heard: Mailbox<JsonObject>;
  /** Resolves when the connection is gone; everything the agent sent was heard by then. */
  readonly gone: Promise<void>;
}

/** An upgrade request that waits. */
export interface Dial {
  readonly path: string;
  /** Subprotocols that it offers. */
  readonly protocols: readonly string[];
  /** @param overhear called with each frame of the agent, as it came. */
  accept(overhear?: (text: string) => void): Line;
  refuse(status: number): void;
  drop(): void;
}

export interface Stage {
  /** Of the bot `b1`. */
  readonly lobbyUrl: string;
  readonly token: string;
  /** It says every frame to the letter. */
  readonly isExact: boolean;
  /** What the paths call a match or turn of this id. */
  readonly nameOf: (id: string) => string;
  /** The oldest dial not yet taken whose path has this in it. */
  dial(pathHas: string): Promise<Dial>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const http = createServer();
  const upgrades = new WebSocketServer({
    noServer: true,
    handleProtocols: () => 'chipzen-bot-token',
    clientTracking: false,
  });
  const tcps = new Set<Socket>();
  const pending: Dial[] = [];
  const waiting: { pathHas: string; take: (dial: Dial) => void }[] = [];

  http.on('connection', (tcp) => {
    tcps.add(tcp);
    tcp.on('close', () => tcps.delete(tcp));
  });

  http.on('upgrade', (request, tcp: Socket, head) => {
    tcp.on('error', () => undefined);
    const { url: path = '', headers } = request;
    const dial: Dial = {
      path,
      protocols: headers['sec-websocket-protocol']?.split(',') ?? [],
      accept(overhear = () => undefined) {
        let line: Line | undefined;
        // Synchronous, as long as nobody asks the server to verify clients.
        upgrades.handleUpgrade(request, tcp, head, (socket) => {
          line = lineOf(socket, overhear);
        });
        if (line === undefined) throw new Error(`The dial of ${path} had gone.`);
        return line;
      },
      refuse(status) {
        tcp.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Length: 0\r\n\r\n`, () =>
          tcp.destroy(),
        );
      },
      drop: () => void tcp.destroy(),
    };
    const index = waiting.findIndex(({ pathHas }) => path.includes(pathHas));
    const [waiter] = index < 0 ? [] : waiting.splice(index, 1);
    if (waiter !== undefined) return waiter.take(dial);
    pending.push(dial);
    // Nobody waits any more for what the agent gave up.
    tcp.on('close', () => pending.splice(0, pending.length, ...pending.filter((other) => other !== dial)));
  });

  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });

  return {
    lobbyUrl: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ws/external/bot/b1`,
    token: testToken,
    isExact: true,
    nameOf: (id) => id,
    dial(pathHas) {
      const index = pending.findIndex(({ path }) => path.includes(pathHas));
      const [dial] = index < 0 ? [] : pending.splice(index, 1);
      if (dial !== undefined) return Promise.resolve(dial);
      return new Promise((take) => {
        waiting.push({ pathHas, take });
      });
    },
    async close() {
      for (const tcp of tcps) tcp.destroy();
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
      });
    },
  };
}

function lineOf(socket: WebSocket, overhear: (text: string) => void): Line {
  const heard = createMailbox<JsonObject>();
  const gone = new Promise<void>((resolve) => {
    socket.on('close', () => resolve());
  });
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    const text = (data as Buffer).toString();
    overhear(text);
    heard.push(JSON.parse(text) as JsonObject);
  });
  return {
    say: (frame) => socket.send(JSON.stringify(frame)),
    sayText: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
    drop: () => socket.terminate(),
    heard,
    gone,
  };
}
