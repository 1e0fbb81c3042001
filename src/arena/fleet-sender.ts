/** Puts the blocks of a run into its queue, which is made again when the server has lost it. */
import { setTimeout as later } from 'node:timers/promises';
import { type Bus, NoReplyError } from '../io/hosting/remote/bus.js';
import { addToQueue, makeQueue, QueueError, type QueueTerms } from '../io/hosting/remote/work-queue.js';
import type { FleetBook, SentBlock } from './fleet-book.js';
import { encoded, subjectOfBlock } from './fleet-messages.js';

const defaults = { retryMs: 500 } as const;

export interface FleetSender {
  /** Resolves when the server has it, or nobody waits for it any more. */
  send(sent: SentBlock): Promise<void>;
  /** Under another id, so that the server takes it for another message. */
  resend(sent: SentBlock): void;
  /** After a request that failed: the server may be away, or have lost the queue. Resolves when it may be asked again. */
  recover(error: unknown): Promise<void>;
}

export interface FleetSenderOptions {
  bus: Bus;
  queue: QueueTerms;
  run: string;
  book: FleetBook;
  closed: AbortSignal;
  notice: (sentence: string) => void;
}

export function createFleetSender({
  bus,
  queue,
  run,
  book,
  closed,
  notice,
}: FleetSenderOptions): FleetSender {
  let remaking: Promise<void> | null = null;

  const send = async (sent: SentBlock): Promise<void> => {
    const { place } = sent;
    const subject = subjectOfBlock(queue.prefix, 'todo', place);
    for (let tries = 0; !closed.aborted && book.open.has(sent); tries += 1) {
      const { attempt } = sent;
      // The id is there before the first try, so that a try whose answer was lost is kept once.
      const id = `${run}.${place.pairing}.${place.block}.${attempt}`;
      try {
        const { isDuplicate } = await addToQueue(bus, subject, encoded({ run, ...place, attempt }), id);
        if (!isDuplicate || tries > 0) return;
        // Kept under this id before, and perhaps gone since: such a message is dropped with a normal answer.
        sent.attempt += 1;
      } catch (error) {
        await recover(error);
      }
    }
  };

  const resend = (sent: SentBlock): void => {
    sent.attempt += 1;
    void send(sent);
  };

  const remake = async (): Promise<void> => {
    try {
      await makeQueue(bus, queue);
      notice('The NATS server has lost the queue: what is missing is sent again.');
      for (const sent of book.open) resend(sent);
    } catch {
      // It is looked for again by whoever meets this next.
    } finally {
      remaking = null;
    }
  };

  const recover = async (error: unknown): Promise<void> => {
    if (closed.aborted) return;
    await later(defaults.retryMs);
    const isGone =
      (error instanceof QueueError && error.status === 404) ||
      (error instanceof NoReplyError && error.isUnheard);
    if (!isGone || closed.aborted) return;
    remaking ??= remake();
    await remaking;
  };

  return { send, resend, recover };
}
