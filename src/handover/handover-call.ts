/** How a starting session asks a running one of the same bot. */
import { connect, type Socket } from 'node:net';
import { HandoverError } from '../protocol/errors.js';
import type { Clock } from '../time/clock.js';
import { greetingOf, whyStranger } from './handover-desk.js';
import {
  type FreedHow,
  type HandoverPhase,
  type HolderLine,
  readHolderLine,
  readLines,
  sayLine,
} from './handover-messages.js';
import { addressOf, type SessionIdentity } from './handover-place.js';

/** Another session of the bot, which answered. */
export interface OtherSession {
  readonly pid: number;
  readonly phase: HandoverPhase;
  /**
   * Makes it leave the lobby if it has it, unless it is only to be followed.
   *
   * @returns the matches that it plays; null when it ended instead of answering.
   */
  plays(how: 'take' | 'follow'): Promise<string[] | null>;
  /** Calls the listener with what becomes of its matches, and when its connection is over. */
  follow(listeners: { freed: (matchId: string, how: FreedHow) => void; gone: () => void }): void;
  /** This session ends. */
  leave(isEvicted: boolean): void;
}

/** What a socket led to. */
export type FoundSession =
  | { kind: 'session'; session: OtherSession }
  /** Nobody listens there. */
  | { kind: 'dead' }
  /** Somebody does, and says nothing. */
  | { kind: 'silent' }
  | { kind: 'stranger'; message: string };

const deadCodes: readonly unknown[] = ['ECONNREFUSED', 'ENOENT', 'ENOTSOCK'];

export interface SessionCallOptions {
  identity: SessionIdentity;
  /** For each answer. */
  answerMs: number;
  clock: Clock;
}

/** Asks who listens there. */
export async function callSession(
  path: string,
  { identity, answerMs, clock }: SessionCallOptions,
): Promise<FoundSession> {
  const socket = connect(addressOf(path));
  let code: unknown = null;
  socket.on('error', (error: NodeJS.ErrnoException) => {
    code = error.code;
  });
  const lines = queueLines(socket, answerMs, clock);
  sayLine(socket, greetingOf(identity));
  const first = await lines.next();
  if (first?.type === 'hello') {
    const message = whyStranger(first, identity);
    if (message === null) return { kind: 'session', session: sessionOf(socket, first, lines) };
    socket.destroy();
    return { kind: 'stranger', message };
  }
  socket.destroy();
  if (first?.type === 'refused') return { kind: 'stranger', message: first.message };
  return { kind: deadCodes.includes(code) ? 'dead' : 'silent' };
}

type Hello = Extract<HolderLine, { type: 'hello' }>;

function sessionOf(socket: Socket, { pid, phase }: Hello, lines: LineQueue): OtherSession {
  return {
    pid,
    phase,
    async plays(how) {
      sayLine(socket, { type: how });
      const line = await lines.next();
      if (line === undefined)
        throw new HandoverError(`Process ${pid} does not answer any more: end it, and start again.`);
      return line?.type === 'plays' ? line.matchIds : null;
    },
    follow({ freed, gone }) {
      lines.each((line) => {
        if (line.type === 'freed') freed(line.matchId, line.how);
      }, gone);
    },
    leave(isEvicted) {
      sayLine(socket, { type: 'bye', isEvicted });
      socket.end();
    },
  };
}

/** The lines of a socket, in their order. */
interface LineQueue {
  /** Null: none comes any more. Undefined: none came in time. */
  next(): Promise<HolderLine | null | undefined>;
  /** Those that follow, and the end of them. */
  each(onLine: (line: HolderLine) => void, onEnd: () => void): void;
}

const doNothing = (): void => undefined;

function queueLines(socket: Socket, answerMs: number, clock: Clock): LineQueue {
  const lines: HolderLine[] = [];
  let isClosed = false;
  let wake: () => void = doNothing;
  readLines(socket, readHolderLine, (line) => {
    lines.push(line);
    wake();
  });
  socket.once('close', () => {
    isClosed = true;
    wake();
  });
  return {
    async next() {
      let isLate = false;
      const timer = clock.setTimeout(() => {
        isLate = true;
        wake();
      }, answerMs);
      const isWaiting = (): boolean => lines.length === 0 && !isClosed && !isLate;
      while (isWaiting()) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      clock.clearTimeout(timer);
      return lines.shift() ?? (isClosed ? null : undefined);
    },
    each(onLine, onEnd) {
      let hasEnded = false;
      const go = (): void => {
        for (const line of lines.splice(0)) onLine(line);
        if (!isClosed || hasEnded) return;
        hasEnded = true;
        onEnd();
      };
      wake = go;
      go();
      // A session that is over does not wait for the other one.
      socket.unref();
    },
  };
}
