/** Looks at the queue of a run: whether workers ask for blocks, and whether there are blocks that nobody gets any more. */
import type { Bus } from '../io/hosting/remote/bus.js';
import { isKept, type QueueTerms, stateOfSide } from '../io/hosting/remote/work-queue.js';
import { systemNow } from '../time/clock.js';
import type { FleetBook, SentBlock } from './fleet-book.js';
import { subjectOfBlock } from './fleet-messages.js';
import type { FleetSender } from './fleet-sender.js';

const defaults = {
  /** How often a block is sent again when nothing came of it. */
  maxAttempts: 3,
  /** Without any worker that asks for blocks, until that is told. */
  lonelyMs: 5_000,
} as const;

export interface FleetWatchOptions {
  bus: Bus;
  queue: QueueTerms;
  book: FleetBook;
  sender: FleetSender;
  notice: (sentence: string) => void;
}

/**
 * Blocks that nobody has and nobody gets any more would keep the run for ever: after two looks that show no other they are sent again, or
 * lost.
 *
 * @returns what looks once; rejected with `QueueError` or `NoReplyError`.
 */
export function createFleetWatch({
  bus,
  queue,
  book,
  sender,
  notice,
}: FleetWatchOptions): () => Promise<void> {
  const { stream, prefix, maxDeliveries } = queue;
  let lonelySince = systemNow();
  let isLonelyTold = false;
  /** What was open when nothing was on its way any more. */
  let idle: ReadonlySet<SentBlock> = new Set();

  const tellLonely = (isServed: boolean): void => {
    if (isServed || book.open.size === 0) lonelySince = systemNow();
    if (isServed || isLonelyTold || systemNow() - lonelySince < defaults.lonelyMs) return;
    isLonelyTold = true;
    notice(
      `No worker asks for blocks: start chipzen-agent worker --arena with the bot files and --nats ${bus.server}, or wait for one that plays another run.`,
    );
  };

  return async () => {
    if (book.open.size === 0) return;
    const todo = await stateOfSide(bus, stream, 'todo');
    const done = await stateOfSide(bus, stream, 'done');
    tellLonely(todo.pulls + todo.held > 0);
    const isQuiet = todo.waiting + todo.held + done.waiting + done.held === 0;
    const stuck = isQuiet ? [...book.open].filter((sent) => idle.has(sent)) : [];
    for (const sent of stuck) {
      const isExhausted = await isKept(bus, stream, subjectOfBlock(prefix, 'todo', sent.place));
      if (!book.open.has(sent)) continue;
      if (isExhausted || sent.attempt >= defaults.maxAttempts) book.lose(sent, maxDeliveries);
      else sender.resend(sent);
    }
    idle = isQuiet && stuck.length === 0 ? new Set(book.open) : new Set();
  };
}
