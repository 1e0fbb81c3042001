/**
 * The side of a run whose blocks are played by workers on other machines. It plays nothing itself: it sends blocks into a queue, takes what
 * was played out of it, and says what became of those that do not come back.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as later } from 'node:timers/promises';
import { type Bus, connectBus } from '../io/hosting/remote/bus.js';
import {
  makeQueue,
  pullOne,
  QueueError,
  type QueueTerms,
  removeQueue,
} from '../io/hosting/remote/work-queue.js';
import { NatsUnavailableError } from '../protocol/errors.js';
import { messageOf } from '../protocol/message-of.js';
import { printable } from '../protocol/redact.js';
import { version } from '../protocol/version.js';
import type { ArenaTerms } from './arena-terms.js';
import type { BlockPlayer } from './block-player.js';
import { createFleetBook } from './fleet-book.js';
import {
  encoded,
  type FleetOffer,
  fleetQueueOf,
  fleetVersion,
  offerSubject,
  readRefusal,
  readReport,
  refusalSubject,
} from './fleet-messages.js';
import { createFleetSender } from './fleet-sender.js';
import { createFleetWatch } from './fleet-watch.js';

const defaults = {
  /** Blocks that are sent and do not count yet. */
  window: 512,
  offerMs: 1_000,
  lookMs: 1_000,
  pullMs: 2_000,
  /** How often a block is given out each time it is sent. */
  maxDeliveries: 5,
  /** Beyond the time for a decision, until a block is given to another worker. */
  giveBackSlackMs: 30_000,
  maxNotices: 20,
  maxNoticeLength: 400,
  maxWhyLength: 100,
} as const;

export interface FleetOptions {
  terms: ArenaTerms;
  /** By bot. */
  digests: readonly string[];
  url: string;
  /** By which workers find their arenas. */
  name: string;
  /** Workers send hands, too. */
  withHands: boolean;
  /** Default: the time for a decision and half a minute. */
  giveBackMs?: number | undefined;
  /** Something that the user should know, in a sentence. */
  onNotice: (sentence: string) => void;
}

export interface Fleet {
  readonly server: string;
  readonly run: string;
  /** As many as there may be blocks on their way at once; each waits for what a worker plays. */
  readonly players: readonly BlockPlayer[];
  /** A block was played twice, and differently. */
  readonly isUnlike: boolean;
  close(): Promise<void>;
}

/**
 * @throws {OptionError} for a URL that is none, or without the client's package.
 * @throws {NatsUnavailableError} when there is no server with streams, or it makes no queue.
 */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  const bus = await connectBus(options.url, 'chipzen-agent arena');
  const run = randomBytes(6).toString('hex');
  const giveBackMs = options.giveBackMs ?? Math.ceil(options.terms.clockMs) + defaults.giveBackSlackMs;
  const queue: QueueTerms = {
    ...fleetQueueOf(options.name, { run, giveBackMs }),
    maxDeliveries: defaults.maxDeliveries,
    maxHeld: 2 * defaults.window,
  };
  try {
    await makeQueue(bus, queue);
  } catch (error) {
    // It may be there, without those who read it.
    await removeQueue(bus, queue.stream).catch(() => undefined);
    await bus.close();
    throw error instanceof QueueError
      ? new NatsUnavailableError(
          `The NATS server ${bus.server} makes no queue: ${error.message}. Its account has to allow one stream with two consumers (docs/arena.md).`,
        )
      : error;
  }
  return startFleet(bus, queue, run, options);
}

function startFleet(bus: Bus, queue: QueueTerms, run: string, options: FleetOptions): Fleet {
  const { terms, digests, name, withHands } = options;
  const { stream } = queue;
  const closed = new AbortController();
  const isOpen = (): boolean => !closed.signal.aborted;
  let notices = 0;
  const notice = (sentence: string): void => {
    notices += 1;
    if (notices <= defaults.maxNotices) options.onNotice(printable(sentence, defaults.maxNoticeLength));
  };
  const book = createFleetBook({ terms, run, withHands, notice });
  const sender = createFleetSender({ bus, queue, run, book, closed: closed.signal, notice });
  const look = createFleetWatch({ bus, queue, book, sender, notice });

  const offer = (isOver: boolean): void => {
    const { bots: _, ...rest } = terms;
    const { giveBackMs } = queue;
    const made: FleetOffer = {
      fleet: fleetVersion,
      run,
      version,
      terms: rest,
      digests,
      giveBackMs,
      withHands,
      isOver,
    };
    bus.publish(offerSubject(name), encoded(made));
  };

  const takeResult = async (): Promise<void> => {
    const given = await pullOne(bus, stream, 'done', defaults.pullMs);
    if (given === null) return;
    const report = readReport(given.data);
    if (report !== null) book.take(report);
    else notice('Something that is no block came in place of one; it does not count.');
    // Not waited for: a copy that comes again for want of this is told apart.
    void given.confirm();
  };

  const again = async (step: () => Promise<void>, pauseMs = 0): Promise<void> => {
    while (isOpen()) {
      try {
        await step();
      } catch (error) {
        await sender.recover(error);
      }
      if (pauseMs > 0) await later(pauseMs, undefined, { signal: closed.signal }).catch(() => undefined);
    }
  };

  const unhear = bus.subscribe(refusalSubject(name), ({ data }) => {
    const refusal = readRefusal(data);
    if (refusal?.run === run) notice(`Worker ${refusal.worker} plays nothing of this run: ${refusal.why}`);
  });
  const unwatch = bus.onChange((isConnected) =>
    notice(
      isConnected ? 'The NATS server is back.' : 'The connection to the NATS server is lost; trying again.',
    ),
  );
  offer(false);
  const offering = setInterval(() => offer(false), defaults.offerMs);
  const loops = [again(takeResult), again(look, defaults.lookMs)];

  const player: BlockPlayer = {
    play(place) {
      const { sent, played } = book.add(place);
      void sender.send(sent);
      return played;
    },
    close: () => Promise.resolve(),
  };

  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    closed.abort();
    clearInterval(offering);
    unhear();
    unwatch();
    offer(true);
    try {
      await removeQueue(bus, stream);
    } catch (error) {
      options.onNotice(
        `The queue ${stream} is left on ${bus.server}: ${printable(messageOf(error), defaults.maxWhyLength)}`,
      );
    }
    await bus.close();
    await Promise.all(loops);
  };

  return {
    server: bus.server,
    run,
    players: Array.from({ length: defaults.window }, () => player),
    get isUnlike() {
      return book.isUnlike;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
