/** Time that passes only when nothing else can happen: a virtual clock next to real sockets. */
import { subscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { createVirtualClock, type VirtualClock } from '../../src/time/virtual-clock.js';

const defaults = {
  /** Turns of the event loop without a sign of life that are a standstill. Code here defers by two at most. */
  quietTurns: 10,
  /** Looking at the sockets costs more than a turn; what went over them meanwhile is counted. */
  turnsBetweenLooks: 5,
  /** The same while bytes are on their way, which some sockets leave unread on purpose. */
  stuckTurns: 500,
  /** On the virtual clock. */
  limitMs: 15 * 60_000,
} as const;

/** The sockets of this process, which has both ends of every connection. */
const sockets = new Set<Socket>();

function watch(message: unknown): void {
  const { socket } = message as { socket: Socket };
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}

subscribe('net.client.socket', watch);
subscribe('net.server.socket', watch);

interface Traffic {
  connecting: boolean;
  sockets: number;
  sent: number;
  received: number;
}

function look(): Traffic {
  const traffic: Traffic = { connecting: false, sockets: sockets.size, sent: 0, received: 0 };
  for (const socket of sockets) {
    traffic.connecting ||= socket.connecting;
    traffic.sent += socket.bytesWritten;
    traffic.received += socket.bytesRead;
  }
  return traffic;
}

/** Bytes that were on their way when the sockets last stood still for `stuckTurns`: whoever leaves them unread does so for long. */
let unread = 0;

/** Resolves when no socket of this process has anything left to do. */
export async function standstill(isOver: () => boolean = () => false): Promise<void> {
  const { quietTurns, stuckTurns, turnsBetweenLooks } = defaults;
  let before = look();
  let quiet = 0;
  while (quiet < stuckTurns) {
    for (let turn = 0; turn < turnsBetweenLooks; turn += 1) {
      if (isOver()) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    const now = look();
    const hasMoved =
      now.sockets !== before.sockets || now.sent !== before.sent || now.received !== before.received;
    quiet = hasMoved || now.connecting ? 0 : quiet + turnsBetweenLooks;
    const onTheirWay = now.sent - now.received;
    if (quiet >= quietTurns && (onTheirWay === 0 || onTheirWay === unread)) return;
    before = now;
  }
  unread = before.sent - before.received;
}

/**
 * Lets the clock jump from timer to timer until `work` is over, each time as soon as the sockets stand still: however
 * slow this machine is, no timeout strikes that would not have struck on a fast one.
 *
 * @param what is done here, for the errors.
 * @throws when there is nothing left to wait for, and when the work is not over in a quarter of an hour on the clock.
 */
export async function passTime<T>(clock: VirtualClock, work: Promise<T>, what: string): Promise<T> {
  let over = false;
  const settled = work.finally(() => {
    over = true;
  });
  settled.catch(() => undefined);
  const limit = clock.now() + defaults.limitMs;
  for (;;) {
    await standstill(() => over);
    if (over) return settled;
    const ms = clock.untilNext();
    if (ms === null) throw new Error(`${what}: nothing moves any more, and no timer is set.`);
    if (clock.now() + ms > limit)
      throw new Error(`${what}: not over after ${defaults.limitMs / 60_000} minutes.`);
    clock.advance(ms);
  }
}

export interface TestClock extends VirtualClock {
  /** Resolves when no socket of this process has anything left to do. */
  rest(): Promise<void>;
  /** Lets time pass, from timer to timer, until this is over. @param what is done, for the errors. */
  passUntil<T>(work: Promise<T>, what: string): Promise<T>;
}

/**
 * A clock for platform, agent and whatever else takes one, that stands still until the test lets time pass: `advance(ms)`
 * does so whatever the sockets do, `passUntil(promise, what)` each time they stand still.
 *
 * @param startMs epoch milliseconds at its start.
 */
export function createTestClock(startMs?: number): TestClock {
  const clock = createVirtualClock(startMs);
  return { ...clock, rest: () => standstill(), passUntil: (work, what) => passTime(clock, work, what) };
}
