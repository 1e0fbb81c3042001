/** The worker's side: takes matches as long as it has room, each with a bot in a thread or process of its own. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../time/clock.js';
import { createOwnTimers } from '../../../time/own-timers.js';
import type { BotPool } from '../pool/bot-pool.js';
import type { Bus, Received } from './bus.js';
import { claimSubject, queueGroup, type Signed, seatSubject, wireVersion } from './remote-messages.js';
import { encodeParts } from './remote-wire.js';
import { createWorkerSeat, type WorkerSeat } from './worker-seat.js';

const defaults = {
  /** No platform has longer ids. */
  maxMatchIdLength: 256,
} as const;

export interface NatsWorkerOptions {
  bus: Bus;
  pool: Pick<BotPool, 'take'>;
  /** The name of the bot, by which agents ask for workers. */
  name: string;
  /** The name of this worker for agents and their users. */
  worker: string;
  /** The most matches at the same time. */
  maxMatches: number;
  clock: Clock;
  /** Epoch ms. */
  now: () => number;
  onEvent?: (event: WorkerEvent) => void;
}

export type WorkerEvent =
  | { type: 'taken'; matchId: string; live: number }
  | { type: 'over'; matchId: string; live: number }
  | { type: 'disconnected'; dropped: number }
  | { type: 'connected' };

export interface NatsWorker {
  readonly live: number;
  /** Takes no more matches. Resolves when the last one is over. */
  drain(): Promise<void>;
  /** Gives all matches back at once: other workers continue them. */
  stop(): void;
}

export function startNatsWorker(options: NatsWorkerOptions): NatsWorker {
  const { bus, pool, name, worker, maxMatches, clock, now, onEvent = () => undefined } = options;
  const timers = createOwnTimers(clock);
  const seats = new Map<string, WorkerSeat>();
  let isOpen = true;
  let unsubscribe: (() => void) | null = null;
  const onEmpty = new Set<() => void>();

  /**
   * A full worker does not listen for claims: the server offers the match to another one, or tells the agent that
   * there is none.
   */
  const offer = (): void => {
    const hasRoom = isOpen && seats.size < maxMatches;
    if (hasRoom && unsubscribe === null) unsubscribe = bus.subscribe(claimSubject(name), onClaim, queueGroup);
    if (!hasRoom) {
      unsubscribe?.();
      unsubscribe = null;
    }
  };

  const refuse = (reply: string, message: string): void => {
    const refusal: Signed = { seat: '', message: { type: 'refused', message } };
    for (const part of encodeParts(refusal, bus.maxPayload)) bus.publish(reply, part);
  };

  const onClaim = ({ data, reply }: Received): void => {
    const claim = parseClaim(data);
    if (claim === null || reply === '') return;
    if (claim.version !== wireVersion) {
      return refuse(
        reply,
        `The worker ${worker} is of another version than this agent: install the same on both.`,
      );
    }
    if (seats.size >= maxMatches) return refuse(reply, `The worker ${worker} is full.`);
    const id = randomUUID();
    const { matchId } = claim;
    let isOver = false;
    const seat = createWorkerSeat({
      bus,
      subject: seatSubject(name, id),
      worker,
      matchId,
      claimReply: reply,
      thread: pool.take(),
      timers,
      now,
      onOver() {
        isOver = true;
        seats.delete(id);
        onEvent({ type: 'over', matchId, live: seats.size });
        offer();
        if (seats.size === 0) for (const resolve of onEmpty) resolve();
      },
    });
    if (isOver) return;
    seats.set(id, seat);
    onEvent({ type: 'taken', matchId, live: seats.size });
    offer();
  };

  const endAll = (why?: Parameters<WorkerSeat['end']>[0]): void => {
    for (const seat of seats.values()) seat.end(why);
  };

  // Messages of the meantime are lost: the agent has given the matches to other workers, or will as soon as it is
  // back.
  const unwatch = bus.onChange((isConnected) => {
    const dropped = seats.size;
    if (isConnected) return onEvent({ type: 'connected' });
    onEvent({ type: 'disconnected', dropped });
    return endAll();
  });

  offer();
  return {
    get live() {
      return seats.size;
    },
    drain() {
      isOpen = false;
      offer();
      return new Promise((resolve) => {
        onEmpty.add(resolve);
        if (seats.size === 0) resolve();
      });
    },
    stop() {
      isOpen = false;
      offer();
      unwatch();
      const message = `The worker ${worker} was stopped.`;
      endAll({ end: { why: 'lost', message, error: null }, isDrained: true });
      timers.clear();
    },
  };
}

function parseClaim(data: Uint8Array): { version: unknown; matchId: string } | null {
  try {
    const value = JSON.parse(Buffer.from(data).toString()) as { version?: unknown; matchId?: unknown } | null;
    const { version, matchId } = value ?? {};
    if (typeof matchId !== 'string' || matchId.length > defaults.maxMatchIdLength) return null;
    return { version, matchId };
  } catch {
    return null;
  }
}
