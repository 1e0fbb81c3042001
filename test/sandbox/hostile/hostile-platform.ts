/**
 * A platform without a network: lobby, gateway and matches on a clock that the test owns. What clients send arrives at
 * once; what sockets tell later (pongs, ends of connections) arrives with `settle`.
 */
import { EventEmitter } from 'node:events';
import { WebSocket } from 'ws';
import { createRecordBook } from '../../../src/records/record-book.js';
import { createGateway } from '../../../src/sandbox/doors/gateway-door.js';
import { createLobby } from '../../../src/sandbox/doors/lobby-door.js';
import { createMatchBook } from '../../../src/sandbox/match/match-book.js';
import { createMatches } from '../../../src/sandbox/match/matches.js';
import { createAccounts } from '../../../src/sandbox/memory/accounts.js';
import { noJournal } from '../../../src/sandbox/memory/journal.js';
import { remotePlayer } from '../../../src/sandbox/terms/players.js';
import type { SandboxEvent } from '../../../src/sandbox/terms/sandbox-events.js';
import { type SandboxOptions, settingsOf } from '../../../src/sandbox/terms/sandbox-options.js';
import { dialectOf } from '../../../src/sandbox/wire/dialect.js';
import type { Peer } from '../../../src/sandbox/wire/peer.js';
import type { PlatformSocket } from '../../../src/sandbox/wire/platform-socket.js';
import { createTimers } from '../../../src/time/timers.js';
import { createVirtualClock } from '../../../src/time/virtual-clock.js';
import type { Frame } from '../../kit/client.js';
import { shortGame } from '../../kit/short-game.js';

/** A client as far as the platform sees it: what was sent to it, and its end of the closing handshake. */
export class FakeClient extends EventEmitter {
  readonly frames: Frame[] = [];
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  onOversize: (() => void) | null = null;
  /** False: a client that is gone without anybody having noticed. */
  answers = true;
  peer: Peer | null = null;
  /** How the platform closed, if it did. */
  closed: { code: number; reason: string } | null = null;
  onFrame: (frame: Frame) => void = () => undefined;

  /** @param later what the socket tells when its caller is through. */
  constructor(private readonly later: (tell: () => void) => void) {
    super();
  }

  send(data: string): void {
    if (this.readyState !== WebSocket.OPEN) throw new Error('A frame was sent after the close.');
    const frame = JSON.parse(data) as Frame;
    this.frames.push(frame);
    this.onFrame(frame);
  }

  ping(): void {
    if (this.answers) this.later(() => this.emit('pong'));
  }

  close(code: number, reason: string): void {
    this.closed = { code, reason };
    this.readyState = WebSocket.CLOSING;
    if (this.answers) this.gone(code, reason);
  }

  terminate(): void {
    this.gone(1006, '');
  }

  pause(): void {
    this.answers = false;
  }

  /** The client leaves. */
  gone(code = 1006, reason = ''): void {
    this.readyState = WebSocket.CLOSING;
    this.later(() => {
      if (this.readyState === WebSocket.CLOSED) return;
      this.readyState = WebSocket.CLOSED;
      this.emit('close', code, Buffer.from(reason));
    });
  }

  say(frame: object | string): void {
    if (this.readyState !== WebSocket.OPEN) return;
    this.emit('message', Buffer.from(typeof frame === 'string' ? frame : JSON.stringify(frame)), false);
  }

  get isOpen(): boolean {
    return this.readyState === WebSocket.OPEN;
  }

  /** What the platform thinks this is. */
  /** What is sent arrives at once here. */
  gather(): void {}

  get socket(): PlatformSocket {
    return this as unknown as PlatformSocket;
  }
}

export function openOfflinePlatform(options: SandboxOptions) {
  const clock = createVirtualClock();
  const settings = settingsOf({ ...shortGame, ...options, clock });
  const events: SandboxEvent[] = [];
  const listeners = new Set<(event: SandboxEvent) => void>();
  const emit = (event: SandboxEvent): void => {
    events.push(event);
    for (const listener of listeners) listener(event);
  };
  const timers = createTimers(clock, (error) => emit({ type: 'platform.fault', where: 'timer', error }));
  const accounts = createAccounts();
  const book = createMatchBook();
  const parts = {
    settings,
    timers,
    dialect: dialectOf(settings),
    accounts,
    book,
    journal: noJournal,
    records: createRecordBook({
      now: timers.now,
      keepHands: settings.keepHands,
      bigBlindOf: () => settings.bigBlind,
    }),
    emit,
  };
  const lobby = createLobby(parts);
  const gateway = createGateway(parts);
  const matches = createMatches({ ...parts, announcer: lobby });
  const clients = new Set<FakeClient>();
  const due: (() => void)[] = [];

  function settle(): void {
    for (let tell = due.shift(); tell !== undefined; tell = due.shift()) tell();
  }

  function connect(accept: (socket: PlatformSocket) => Peer): FakeClient {
    const client = new FakeClient((tell) => due.push(tell));
    clients.add(client);
    client.on('close', () => clients.delete(client));
    client.peer = accept(client.socket);
    return client;
  }

  return {
    clock,
    settings,
    events,
    accounts,
    lobby,
    matches,
    clients,
    settle,
    /** Lets time pass, timer by timer, and lets sockets tell what they have to tell in between. */
    pass(ms: number, stepMs = 250) {
      for (let left = ms; left > 0; left -= stepMs) {
        clock.advance(Math.min(left, stepMs));
        settle();
      }
    },
    on: (listener: (event: SandboxEvent) => void) => void listeners.add(listener),
    addBots: (count: number) =>
      Array.from({ length: count }, (_, index) => accounts.addBot({ botId: `bot-${index}` })),
    goOnline(botId: string, token: string, answers = true): FakeClient {
      const client = connect((socket) => lobby.accept(socket, botId));
      client.answers = answers;
      client.say({ type: 'authenticate', token });
      return client;
    },
    dial(matchId: string, participantId: string, token: string): FakeClient {
      return connect((socket) =>
        gateway.accept(socket, { matchId, participantId, credential: { from: 'header', token } }),
      );
    },
    start(botIds: readonly string[]) {
      const players = botIds.map((botId) => remotePlayer(botId, (id) => accounts.bot(id)));
      const { decisionTimeoutMs } = settings;
      return matches.start(players, {
        seed: settings.seed,
        origin: 'challenge',
        rated: false,
        isAskedFor: false,
        decisionTimeoutMs,
      });
    },
    close() {
      for (const client of clients) client.terminate();
      matches.close();
      timers.stop();
      lobby.close();
      settle();
    },
  };
}
