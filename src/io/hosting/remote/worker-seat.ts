/** One match at a worker: passes messages of the agent to a thread, and those of the thread back. */
import { deserialize, serialize } from 'node:v8';
import { messageOf } from '../../../protocol/message-of.js';
import type { OwnTimers } from '../../../time/own-timers.js';
import type { FromThread, ToThread } from '../threads/bot-messages.js';
import type { BotThread, ThreadEnd } from '../threads/bot-thread.js';
import type { Bus, Received } from './bus.js';
import { type FromSeat, type Signed, shiftTimes, type ToSeat } from './remote-messages.js';
import { createAssembler, encodeParts, isToSeat } from './remote-wire.js';

const defaults = {
  /** How often proposals are read; those of this time before a deadline may be too late. */
  proposalMs: 10,
  /** An agent counts as gone when no message comes for so long; it sends one every second. */
  patienceMs: 10_000,
  /** The same for an agent that has asked and not seated its match. */
  seatMs: 2_000,
} as const;

export interface WorkerSeatOptions {
  bus: Bus;
  subject: string;
  worker: string;
  matchId: string;
  /** The reply subject of the claim. */
  claimReply: string;
  thread: BotThread;
  timers: OwnTimers;
  now: () => number;
  /** Called once, when it is over for whatever reason. */
  onOver: () => void;
}

export interface WorkerSeat {
  /** Ends it, and sends the reason to the agent if there is one. */
  end(why?: { end: ThreadEnd; isDrained: boolean }): void;
}

export function createWorkerSeat(options: WorkerSeatOptions): WorkerSeat {
  const { bus, subject, worker, matchId, thread, timers, now, onOver } = options;
  const assemble = createAssembler(isToSeat);
  let reply: string | null = null;
  let polling: { requestId: string; timer: unknown; shown: string } | null = null;
  let patience: unknown;
  let over = false;

  const publish = (to: string, message: FromSeat): void => {
    const signed: Signed = { seat: subject, message };
    for (const part of encodeParts(signed, bus.maxPayload)) bus.publish(to, part, subject);
  };

  const send = (message: FromSeat): void => {
    if (over || reply === null) return;
    try {
      publish(reply, message);
    } catch (error) {
      if (message.type === 'snapshot') {
        const text = `What snapshot() returned cannot be sent: ${messageOf(error)}`;
        send({ type: 'fact', fact: { type: 'bot.failed', hook: 'snapshot', message: text, error: null } });
      } else if (message.type === 'fact' && message.fact.type === 'bot.failed') {
        send({ type: 'fact', fact: { ...message.fact, error: null } });
      } else {
        const end: ThreadEnd = {
          why: 'lost',
          message: `The worker's messages cannot be sent: ${messageOf(error)}`,
          error: null,
        };
        seat.end({ end, isDrained: false });
      }
    }
  };

  /** Sends the last message. If that fails, the agent finds out in the same way as when a worker dies. */
  const sendEnd = (why: Parameters<WorkerSeat['end']>[0]): void => {
    if (why === undefined || reply === null) return;
    try {
      publish(reply, { type: 'end', ...why });
    } catch {
      // The error of this end cannot be sent.
    }
  };

  // --- proposals: the thread leaves them in memory, without a message ---

  const stopPolling = (): void => {
    timers.cancel(polling?.timer);
    polling = null;
  };

  const poll = (requestId: string, shown: string): void => {
    const proposal = thread.proposalFor(requestId);
    const text = proposal === undefined ? '' : JSON.stringify(proposal);
    if (proposal !== undefined && text !== shown) send({ type: 'proposal', requestId, proposal });
    const timer = timers.later(defaults.proposalMs, () => poll(requestId, text));
    polling = { requestId, timer, shown: text };
  };

  // --- from the thread ---

  const forward = (message: FromThread): void => {
    if (message.type === 'snapshot') {
      // The state may contain values that JSON cannot hold; it is sent as bytes, and the agent keeps these.
      return send({ ...message, state: bytesOf(message.state, thread.place).toString('base64') });
    }
    if (
      message.type === 'fact' &&
      'requestId' in message.fact &&
      message.fact.requestId === polling?.requestId
    ) {
      stopPolling();
    }
    return send(message);
  };

  // --- from the agent ---

  const handle = (message: ToSeat): void => {
    switch (message.type) {
      case 'seat':
        thread.post({ type: 'seat', matchId });
        thread.listen({
          onMessage: forward,
          onEnd: (end) => seat.end({ end, isDrained: false }),
        });
        if (thread.isMade) send({ type: 'ready' });
        return;
      case 'beat':
        return send({ type: 'beat' });
      case 'release':
        return seat.end();
      case 'command': {
        const { command } = message;
        thread.post(message);
        if (command.type === 'bot.observe' || command.type === 'bot.reconnected') return;
        stopPolling();
        if (command.type === 'bot.decide') poll(command.frame.request_id, '');
        return;
      }
      case 'revive':
      case 'probe':
        return thread.post(restored(message, thread.place));
      // For threads and processes of one machine; none of them gets here (remote-wire.ts).
      case 'reseat':
      case 'chance':
      case 'batch':
        return;
    }
  };

  const wait = (): void => {
    timers.cancel(patience);
    patience = timers.later(reply === null ? defaults.seatMs : defaults.patienceMs, () => seat.end());
  };

  const receive = ({ data, reply: from, isUndelivered }: Received): void => {
    // The agent has no subscription any more.
    if (isUndelivered) return seat.end();
    const message = assemble(data);
    if (message?.type === 'seat') {
      // A seat that is taken already, or a message without a reply subject, is ignored.
      if (reply !== null || from === '') return;
      reply = from;
    }
    wait();
    if (message === null || over) return;
    if (reply === null && message.type !== 'release') return;
    try {
      handle(shiftTimes(message, now()));
    } catch (error) {
      const end: ThreadEnd = {
        why: 'lost',
        message: `The worker ${worker} failed: ${messageOf(error)}`,
        error: null,
      };
      seat.end({ end, isDrained: false });
    }
  };

  const seat: WorkerSeat = {
    end(why) {
      if (over) return;
      over = true;
      sendEnd(why);
      stopPolling();
      timers.cancel(patience);
      unsubscribe();
      void thread.end();
      onOver();
    },
  };

  const unsubscribe = bus.subscribe(subject, receive);
  wait();
  publish(options.claimReply, { type: 'claimed', worker });
  return seat;
}

/** The state of a bot as bytes. A process sends bytes already, in the same format. */
function bytesOf(state: unknown, place: BotThread['place']): Buffer {
  return place === 'process' && state instanceof Uint8Array ? Buffer.from(state) : serialize(state);
}

/** Converts the state of a snapshot for a thread or a process. */
function restored(message: ToThread, place: BotThread['place']): ToThread {
  if (message.type !== 'revive' || message.recollection.snapshot === null) return message;
  const { state } = message.recollection.snapshot;
  const bytes = Buffer.from(String(state), 'base64');
  const snapshot = { state: place === 'process' ? bytes : (deserialize(bytes) as unknown) };
  return { ...message, recollection: { ...message.recollection, snapshot } };
}
