/** A bot's thread on another machine, for the `bot` port of threads. This side finds a worker and watches it. */

import type { BotEvent } from '../../../machines/ports.js';
import { messageOf } from '../../../protocol/message-of.js';
import type { Clock } from '../../../time/clock.js';
import { createOwnTimers } from '../../../time/own-timers.js';
import type { ToThread } from '../threads/bot-messages.js';
import type { BotThread, ThreadEnd, ThreadListener } from '../threads/bot-thread.js';
import type { Bus } from './bus.js';
import { createRemoteBacklog } from './remote-backlog.js';
import { type Claim, claimSubject, type FromSeat, type ToSeat, wireVersion } from './remote-messages.js';
import { createAssembler, isSigned } from './remote-wire.js';
import { createWorkerLink } from './worker-link.js';

const defaults = {
  /** How long a worker may take to answer a claim; then another one is asked as well. */
  claimTimeoutMs: 100,
  /** How long it is not reported that no worker answers. */
  silentMs: 1_000,
  /** Between two claims when there is no worker. */
  retryMs: 250,
  /** Between two reports of one match that it still has no worker. */
  reportEveryMs: 30_000,
} as const;

export interface RemoteThreadOptions {
  bus: Bus;
  /** The name of the workers to ask. */
  name: string;
  clock: Clock;
  /** Epoch ms. */
  now: () => number;
}

export function startRemoteThread({ bus, name, clock, now }: RemoteThreadOptions): BotThread {
  const timers = createOwnTimers(clock);
  const backlog = createRemoteBacklog();
  const inbox = bus.inbox();
  const readClaim = createAssembler(isSigned);
  let matchId: string | null = null;
  /** The last proposal that came. */
  let proposed: Extract<FromSeat, { type: 'proposal' }> | null = null;
  let listener: ThreadListener | null = null;
  let seat: ReturnType<typeof createWorkerLink> | null = null;
  let attempt: unknown;
  let askedAt: number | null = null;
  let reportedAt: number | null = null;
  let isMade = false;
  let ended = false;

  const reportFact = (fact: BotEvent): void => listener?.onMessage({ type: 'fact', fact });

  // --- looking for a worker ---

  const again = (afterMs: number, run: () => void): void => {
    timers.cancel(attempt);
    attempt = timers.later(afterMs, run);
  };

  const report = (message: string): void => {
    // The match is over: no worker needs to know of it.
    if (backlog.isFinished) return reportFact({ type: 'bot.finished' });
    if (reportedAt !== null && now() - reportedAt < defaults.reportEveryMs) return;
    reportedAt = now();
    reportFact({ type: 'bot.failed', hook: 'worker', message, error: null });
  };

  const claim = (): void => {
    if (ended || seat !== null) return;
    if (!bus.isConnected) {
      again(defaults.retryMs, claim);
      return report(`There is no connection to the NATS server ${bus.server}, and so no worker.`);
    }
    askedAt ??= now();
    const since = askedAt;
    const offer: Claim = { version: wireVersion, matchId: matchId ?? '' };
    bus.publish(claimSubject(name), Buffer.from(JSON.stringify(offer)), `${inbox}.claim`);
    again(defaults.claimTimeoutMs, () => {
      claim();
      if (now() - since >= defaults.silentMs)
        report('A worker was asked to take the match and does not answer.');
    });
  };

  const onClaimReply = (data: Uint8Array, isUndelivered: boolean): void => {
    if (isUndelivered) {
      if (seat !== null) return;
      again(defaults.retryMs, claim);
      return report(`No worker takes the match: none named "${name}" is there, or all are full.`);
    }
    const reply = readClaim(data);
    if (reply?.message.type === 'claimed') {
      if (seat === null && !ended) takeSeat(reply.seat, reply.message.worker);
      else if (reply.seat !== seat?.subject) {
        createWorkerLink({ bus, subject: reply.seat, reply: inbox, now }).send({ type: 'release' });
      }
    } else if (reply?.message.type === 'refused' && seat === null) {
      again(defaults.retryMs, claim);
      report(reply.message.message);
    }
  };

  const takeSeat = (subject: string, worker: string): void => {
    timers.cancel(attempt);
    reportedAt = null;
    seat = createWorkerLink({
      bus,
      subject,
      worker,
      reply: `${inbox}.seat`,
      now,
      watch: {
        timers,
        onMessage: receive,
        onLost: (why) => lose({ why: 'lost', message: `The worker ${worker} ${why}.`, error: null }),
      },
    });
    send({ type: 'seat' });
    for (const message of backlog.take()) send(message);
  };

  // --- once there is one ---

  const send = (message: ToSeat): void => {
    if (ended) return;
    try {
      seat?.send(message);
    } catch (error) {
      lose({ why: 'lost', message: `A message to the worker cannot be sent: ${messageOf(error)}`, error });
    }
  };

  const receive = (message: FromSeat): void => {
    switch (message.type) {
      case 'proposal':
        proposed = message;
        return;
      case 'end':
        return lose({ ...message.end, isBlameless: message.isDrained });
      case 'beat':
      case 'claimed':
      case 'refused':
      // Of seeded bots, which are on this machine.
      case 'clock':
        return;
      case 'ready':
      case 'unfit':
        isMade = true;
        return listener?.onMessage(message);
      case 'waiting':
      case 'fact':
      case 'snapshot':
      case 'revived':
      case 'alive':
        return listener?.onMessage(message);
    }
  };

  const stop = (): void => {
    ended = true;
    timers.clear();
    try {
      seat?.send({ type: 'release' });
    } catch {
      // A worker that does not get this notices that no beats come.
    }
    unsubscribe();
    unwatch();
  };

  const lose = (end: ThreadEnd): void => {
    if (ended) return;
    stop();
    listener?.onEnd(end);
  };

  const unsubscribe = bus.subscribe(`${inbox}.*`, ({ subject, data, isUndelivered }) => {
    if (ended) return;
    if (subject === `${inbox}.claim`) onClaimReply(data, isUndelivered);
    else seat?.receive(data, isUndelivered);
  });
  const unwatch = bus.onChange((isConnected) => {
    if (isConnected) return claim();
    if (seat === null) return;
    const message = `The connection to the NATS server ${bus.server} is lost, and the worker with it.`;
    lose({ why: 'lost', message, error: null, isBlameless: true });
  });

  return {
    place: 'thread',
    post(message: ToThread) {
      if (ended) return;
      if (message.type === 'seat') {
        ({ matchId } = message);
        // Not at once: there is no listener before the match has begun.
        again(0, claim);
      } else if (seat !== null) send(message);
      // Without a worker nothing can be blocked.
      else if (message.type === 'probe') listener?.onMessage({ type: 'alive', id: message.id });
      else if (!backlog.add(message)) {
        const text = 'There was no worker for so long that the match has to be replayed from its start.';
        lose({ why: 'lost', message: text, error: null, isBlameless: true });
      } else if (backlog.isFinished && reportedAt !== null) {
        again(0, () => reportFact({ type: 'bot.finished' }));
      }
    },
    listen(next) {
      listener = next;
    },
    proposalFor: (requestId) => (proposed?.requestId === requestId ? proposed.proposal : undefined),
    hold: () => undefined,
    started: Promise.resolve(),
    gone: Promise.resolve(),
    get isMade() {
      return isMade;
    },
    get worker() {
      return seat?.worker;
    },
    get hasEnded() {
      return ended;
    },
    async end() {
      if (!ended) stop();
    },
  };
}
