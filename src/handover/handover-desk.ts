/** Where a running session is found by a newer one: it answers who it is, and gives the lobby away when it is asked to. */
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '../time/clock.js';
import {
  type FreedHow,
  type Greeting,
  type HandoverPhase,
  handoverVersion,
  readLines,
  readSuccessorLine,
  sayLine,
} from './handover-messages.js';
import { addressOf, type SessionIdentity } from './handover-place.js';

const defaults = {
  /** To say who it is. Whoever only connects is told nothing, and changes nothing. */
  helloMs: 5_000,
  /** Callers at once: more than sessions ever start together. */
  maxCallers: 64,
} as const;

/** The session behind the desk. */
export interface HandoverHost {
  phase(): HandoverPhase;
  /** The matches that it plays. */
  matchIds(): string[];
  /** A newer session wants the lobby. Resolves when that has been left, and all else that one session at a time has. */
  asked(caller: number, pid: number): Promise<void>;
  /** The connection of that session is over. */
  gone(caller: number, isEvicted: boolean): void;
}

export interface HandoverDesk {
  /** Tells all newer sessions what became of a match. */
  readonly freed: (matchId: string, how: FreedHow) => void;
  /** Nobody finds the session any more; what was told before still arrives. */
  close(): Promise<void>;
}

export interface DeskOptions {
  /** Of the socket; nobody else uses it. */
  path: string;
  identity: SessionIdentity;
  host: HandoverHost;
  clock: Clock;
}

/** @throws the system's error when nobody can listen there. */
export async function openHandoverDesk(options: DeskOptions): Promise<HandoverDesk> {
  const { path } = options;
  const followers = new Set<Socket>();
  const callers = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    callers.add(socket);
    count += 1;
    attend(socket, count, options, followers);
    socket.once('close', () => callers.delete(socket));
  });
  server.maxConnections = defaults.maxCallers;
  await listening(server, path);
  // The file of a pipe only says that there is one.
  if (process.platform === 'win32') writeFileSync(path, '');
  // A session that is over does not wait for those who look at it.
  server.unref();
  return {
    freed(matchId, how) {
      for (const socket of followers) sayLine(socket, { type: 'freed', matchId, how });
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...callers].map((socket) => ended(socket)));
      await closed;
      rmSync(path, { force: true });
    },
  };
}

function attend(
  socket: Socket,
  caller: number,
  { identity, host, clock }: DeskOptions,
  followers: Set<Socket>,
): void {
  let greeted: Greeting | null = null;
  let hasTaken = false;
  let isEvicted = false;
  const deadline = clock.setTimeout(() => socket.destroy(), defaults.helloMs);
  // What went wrong is followed by its close.
  socket.on('error', () => undefined);
  socket.unref();
  socket.once('close', () => {
    clock.clearTimeout(deadline);
    followers.delete(socket);
    if (hasTaken) host.gone(caller, isEvicted);
  });

  const refuse = (message: string): void => {
    sayLine(socket, { type: 'refused', message });
    socket.end();
  };

  const tellMatches = (): void => {
    followers.add(socket);
    sayLine(socket, { type: 'plays', matchIds: host.matchIds() });
  };

  readLines(socket, readSuccessorLine, (line) => {
    if (line.type === 'hello') {
      clock.clearTimeout(deadline);
      const why = whyStranger(line, identity);
      if (why !== null) return refuse(why);
      greeted = line;
      return sayLine(socket, { ...greetingOf(identity), phase: host.phase() });
    }
    if (greeted === null) return void socket.destroy();
    if (line.type === 'bye') {
      ({ isEvicted } = line);
      return;
    }
    if (line.type === 'take' && host.phase() !== 'finishing') {
      hasTaken = true;
      return void host.asked(caller, greeted.pid).then(tellMatches);
    }
    return tellMatches();
  });
}

export const greetingOf = ({ key, proof }: SessionIdentity): Greeting => ({
  type: 'hello',
  v: handoverVersion,
  key,
  proof,
  pid: process.pid,
});

/** Why the other side is none to hand over to, or to take over from; null: it is. */
export function whyStranger({ v, key, proof, pid }: Greeting, own: SessionIdentity): string | null {
  if (v !== handoverVersion)
    return `Process ${pid} hands over in another way (${v}, and not ${handoverVersion}): its chipzen-agent has another version.`;
  if (key !== own.key) return `Process ${pid} plays as another bot.`;
  if (proof !== own.proof) return `Process ${pid} plays as the same bot with another token.`;
  return null;
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(addressOf(path), () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/** Lets what was written arrive. The other side ends its half when it has read the end. */
function ended(socket: Socket): Promise<void> {
  if (socket.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    socket.end(() => socket.destroy());
  });
}
