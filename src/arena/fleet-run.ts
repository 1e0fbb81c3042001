/**
 * The side of a run whose blocks are played by workers on other machines. It plays nothing itself: it sends blocks into a queue, takes what
 * was played out of it, and says what became of those that do not come back.
 */
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as later } from 'node:timers/promises';
import { type Bus, connectBus, NoReplyError } from '../io/hosting/remote/bus.js';
import {
  addToQueue,
  type Given,
  isKept,
  makeQueue,
  pullOne,
  QueueError,
  type QueueTerms,
  removeQueue,
  stateOfSide,
} from '../io/hosting/remote/work-queue.js';
import { BadBotError, InternalError, StateWriteError } from '../protocol/errors.js';
import { messageOf } from '../protocol/message-of.js';
import { printable } from '../protocol/redact.js';
import { version } from '../protocol/version.js';
import type { PlayedBlock } from './arena-record.js';
import type { BlockPlace } from './arena-seat.js';
import type { ArenaTerms } from './arena-terms.js';
import type { BlockPlayer } from './block-player.js';
import { isBlockOf } from './fleet-checks.js';
import { areHandsOf } from './fleet-hands.js';
import {
  encoded,
  type FleetOffer,
  type FleetReport,
  fleetQueueOf,
  fleetVersion,
  offerSubject,
  readRefusal,
  readReport,
  refusalSubject,
  subjectOfBlock,
} from './fleet-messages.js';

const defaults = {
  /** Blocks that are sent and do not count yet. */
  window: 512,
  offerMs: 1_000,
  lookMs: 1_000,
  retryMs: 500,
  pullMs: 2_000,
  /** How often a block is given out, and how often it is sent again when nothing came of it. */
  maxDeliveries: 5,
  maxAttempts: 3,
  /** Beyond the time for a decision, until a block is given to another worker. */
  giveBackSlackMs: 30_000,
  /** Without any worker that asks for blocks, until that is told. */
  lonelyMs: 5_000,
  maxNotices: 20,
  maxNameLength: 100,
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

interface SentBlock {
  place: BlockPlace;
  attempt: number;
  /** The last reason for which a worker could not play it. */
  failure: string | null;
  resolve: (played: PlayedBlock) => void;
  reject: (error: Error) => void;
}

/**
 * @throws {OptionError} for a URL that is none, or without the client's package.
 * @throws {NatsUnavailableError} when there is no server with streams.
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
    await bus.close();
    throw error instanceof QueueError
      ? new InternalError(`The NATS server ${bus.server} makes no queue: ${error.message}.`)
      : error;
  }
  return startFleet(bus, queue, run, options);
}

function startFleet(bus: Bus, queue: QueueTerms, run: string, options: FleetOptions): Fleet {
  const { terms, digests, name, withHands } = options;
  const { stream, prefix } = queue;
  const open = new Map<string, SentBlock>();
  /** What blocks that came were, for second copies. */
  const taken = new Map<string, string>();
  const workers = new Set<string>();
  let notices = 0;
  let isUnlike = false;
  const closed = new AbortController();
  const isOpen = (): boolean => !closed.signal.aborted;
  let lonelySince = Date.now();
  let isLonelyTold = false;
  /** What was open when nothing was on its way any more. */
  let idle: ReadonlySet<string> = new Set();

  const notice = (sentence: string): void => {
    notices += 1;
    if (notices <= defaults.maxNotices) options.onNotice(printable(sentence, 400));
  };

  const offer = (isOver: boolean): void => {
    const { bots: _, ...rest } = terms;
    const made: FleetOffer = {
      fleet: fleetVersion,
      run,
      version,
      terms: rest,
      digests,
      giveBackMs: queue.giveBackMs,
      withHands,
      isOver,
    };
    bus.publish(offerSubject(name), encoded(made));
  };

  const send = async (sent: SentBlock): Promise<void> => {
    const { place } = sent;
    for (let tries = 0; isOpen() && open.get(keyOf(place)) === sent; tries += 1) {
      const task = { run, ...place, attempt: sent.attempt };
      // The id is there before the first try, so that a try whose answer was lost is kept once.
      const id = `${run}.${place.pairing}.${place.block}.${sent.attempt}`;
      try {
        const { isDuplicate } = await addToQueue(
          bus,
          subjectOfBlock(prefix, 'todo', place),
          encoded(task),
          id,
        );
        if (!isDuplicate || tries > 0) return;
        // Kept under this id before, and perhaps gone since: such a message is dropped with a normal answer.
        sent.attempt += 1;
      } catch (error) {
        await recover(error);
      }
    }
  };

  /** After a failed request: the server may be away, or have lost the queue. */
  const recover = async (error: unknown): Promise<void> => {
    if (!isOpen()) return;
    await later(defaults.retryMs);
    const isGone =
      (error instanceof QueueError && error.status === 404) ||
      (error instanceof NoReplyError && error.isUnheard);
    if (isGone && isOpen()) await remake();
  };

  let remaking: Promise<void> | null = null;
  /** The queue is lost: it is made again, and what is not there yet is sent again. */
  const remake = (): Promise<void> => {
    remaking ??= (async () => {
      try {
        await makeQueue(bus, queue);
        notice('The NATS server has lost the queue: what is missing is sent again.');
        for (const sent of open.values()) resend(sent);
      } catch {
        // It is looked for again by whoever meets this next.
      } finally {
        remaking = null;
      }
    })();
    return remaking;
  };

  const resend = (sent: SentBlock): void => {
    sent.attempt += 1;
    void send(sent);
  };

  const take = (report: FleetReport): void => {
    const key = keyOf(report);
    const sent = open.get(key);
    if (report.run !== run) return;
    if ('failure' in report) {
      if (sent !== undefined) sent.failure = report.failure;
      if (sent !== undefined && report.isTooLarge === true && withHands) {
        open.delete(key);
        sent.reject(
          new StateWriteError(
            `The hands of block ${wordsOf(report)} cannot be recorded: ${printable(report.failure, 400)}`,
          ),
        );
        return;
      }
      notice(`Worker ${report.worker} cannot play block ${wordsOf(report)}: ${report.failure}`);
      return;
    }
    const isOfRun = report.version === version && isBlockOf(terms, report, report.played);
    if (!isOfRun || (withHands && !areHandsOf(report.played))) {
      notice(`Worker ${report.worker} sent a block that is none of this run; it does not count.`);
      return;
    }
    const digest = createHash('sha256').update(JSON.stringify(report.played.record)).digest('base64');
    const before = taken.get(key);
    if (before !== undefined && before !== digest && !isUnlike) {
      isUnlike = true;
      notice(
        `Block ${wordsOf(report)} was played twice, and differently: the run is not repeatable. The first one counts.`,
      );
    }
    if (before !== undefined || sent === undefined) return;
    taken.set(key, digest);
    open.delete(key);
    if (!workers.has(report.worker)) {
      workers.add(report.worker);
      notice(`Worker ${report.worker} plays.`);
    }
    sent.resolve(report.played);
  };

  const wordsOf = ({ pairing, block }: BlockPlace): string => {
    const bots = (terms.pairings[pairing] ?? []).map((bot) => terms.names[bot] ?? '').join(' and ');
    return `${block} of ${printable(bots, defaults.maxNameLength)}`;
  };

  const pullResults = async (): Promise<void> => {
    while (isOpen()) {
      let given: Given | null;
      try {
        given = await pullOne(bus, stream, 'done', defaults.pullMs);
      } catch (error) {
        await recover(error);
        continue;
      }
      if (given === null) continue;
      const report = readReport(given.data);
      if (report !== null) take(report);
      else notice('Something that is no block came in place of one; it does not count.');
      // Not waited for: a copy that comes again for want of this is told apart.
      void given.confirm();
    }
  };

  /** Blocks that nobody has and nobody gets any more would keep the run for ever. */
  const look = async (): Promise<void> => {
    const todo = await stateOfSide(bus, stream, 'todo');
    const done = await stateOfSide(bus, stream, 'done');
    tellLonely(todo.pulls + todo.held > 0);
    const isQuiet = todo.waiting + todo.held + done.waiting + done.held === 0;
    const stuck = isQuiet ? [...open].filter(([key]) => idle.has(key)) : [];
    idle = isQuiet ? new Set(open.keys()) : new Set();
    for (const [, sent] of stuck) {
      const isExhausted = await isKept(bus, stream, subjectOfBlock(prefix, 'todo', sent.place));
      if (open.get(keyOf(sent.place)) !== sent) continue;
      if (isExhausted || sent.attempt >= defaults.maxAttempts) lose(sent);
      else resend(sent);
    }
    if (stuck.length > 0) idle = new Set();
  };

  const lose = (sent: SentBlock): void => {
    open.delete(keyOf(sent.place));
    const why = sent.failure === null ? 'every worker that had it was lost with it' : sent.failure;
    sent.reject(
      new BadBotError(
        `Block ${wordsOf(sent.place)} was given to workers ${defaults.maxDeliveries} times, or sent ${sent.attempt} times, and nothing came of it: ${why}`,
      ),
    );
  };

  const tellLonely = (isServed: boolean): void => {
    if (isServed || open.size === 0) lonelySince = Date.now();
    if (isServed || isLonelyTold || Date.now() - lonelySince < defaults.lonelyMs) return;
    isLonelyTold = true;
    notice(
      `No worker asks for blocks: start chipzen-agent worker --arena with the bot files and --nats ${bus.server}.`,
    );
  };

  const looking = async (): Promise<void> => {
    while (isOpen()) {
      await later(defaults.lookMs, undefined, { signal: closed.signal }).catch(() => undefined);
      try {
        if (isOpen() && open.size > 0) await look();
      } catch (error) {
        await recover(error);
      }
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
  const loops = [pullResults(), looking()];

  const player: BlockPlayer = {
    play: (place) =>
      new Promise((resolve, reject) => {
        const sent = { place, attempt: 1, failure: null, resolve, reject };
        open.set(keyOf(place), sent);
        void send(sent);
      }),
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
        `The queue ${stream} is left on ${bus.server}: ${printable(messageOf(error), defaults.maxNameLength)}`,
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
      return isUnlike;
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}

const keyOf = ({ pairing, block }: BlockPlace): string => `${pairing}:${block}`;
