/** The runs that a worker hears of on a NATS server: which it can play, and which are over. */
import type { Bus } from '../io/hosting/remote/bus.js';
import { systemNow } from '../time/clock.js';
import { arenaMemoryOf } from './arena-memory.js';
import type { ArenaTerms } from './arena-terms.js';
import type { ArenaHosting } from './block-player.js';
import { castOf, type FleetBot } from './fleet-bots.js';
import { encoded, type FleetOffer, offerSubject, readOffer, refusalSubject } from './fleet-messages.js';

const defaults = {
  /** A run that was not heard for so long is over. */
  silentMs: 10_000,
  sweepMs: 500,
  maxRuns: 100,
} as const;

/** A run that can be played here. */
export interface HeardRun {
  readonly offer: FleetOffer;
  readonly terms: ArenaTerms;
  readonly hosting: ArenaHosting;
  /** How many threads may play it. */
  readonly mostJobs: number;
  /** Ends when the run does. */
  readonly over: AbortSignal;
  /** How many of its blocks were played here. */
  blocks: number;
}

export type HearingEvent =
  | { type: 'joined'; run: string; bots: readonly string[] }
  | { type: 'refused'; run: string; why: string }
  | { type: 'left'; run: string; blocks: number };

export interface HearingOptions {
  bus: Bus;
  /** By which arenas are found. */
  name: string;
  worker: string;
  bots: readonly FleetBot[];
  hosting: Omit<ArenaHosting, 'files'>;
  jobs: number;
  /** Whether there are so many, whatever memory their bots take. */
  isJobsFixed: boolean;
  onEvent: (event: HearingEvent) => void;
}

export interface HeardRuns {
  /** Those that are not over, in the order in which they were heard of. */
  playable(): HeardRun[];
  /** Resolves when a run was heard of, or nothing more is, or the time is over. */
  untilNews(ms: number): Promise<void>;
  /** Joins no more runs. */
  joinNoMore(): void;
  close(): void;
}

interface KnownRun {
  id: string;
  heardAt: number;
  /** Null: it cannot be played here. */
  run: HeardRun | null;
  over: AbortController;
}

export function hearRuns(options: HearingOptions): HeardRuns {
  const { bus, name, worker, bots, onEvent } = options;
  const known = new Map<string, KnownRun>();
  const waiting = new Set<() => void>();
  let joinsMore = true;

  const wake = (): void => {
    for (const resolve of waiting) resolve();
  };

  const join = (offer: FleetOffer): void => {
    const cast = castOf(offer, bots);
    const over = new AbortController();
    const joined: KnownRun = { id: offer.run, heardAt: systemNow(), run: null, over };
    known.set(offer.run, joined);
    if ('why' in cast) {
      onEvent({ type: 'refused', run: offer.run, why: cast.why });
      bus.publish(refusalSubject(name), encoded({ run: offer.run, worker, why: cast.why }));
      return;
    }
    const { terms, files } = cast;
    const hosting = { ...options.hosting, files, withHands: offer.withHands };
    const mostJobs = options.isJobsFixed ? options.jobs : arenaMemoryOf(terms, hosting).mostJobs;
    joined.run = { offer, terms, hosting, mostJobs, over: over.signal, blocks: 0 };
    onEvent({ type: 'joined', run: offer.run, bots: terms.names });
    wake();
  };

  const leave = ({ id, run, over }: KnownRun): void => {
    known.delete(id);
    over.abort();
    if (run !== null) onEvent({ type: 'left', run: id, blocks: run.blocks });
  };

  const unhear = bus.subscribe(offerSubject(name), ({ data }) => {
    const offer = readOffer(data);
    if (offer === null) return;
    const heard = known.get(offer.run);
    if (offer.isOver) {
      if (heard !== undefined) leave(heard);
      return;
    }
    if (heard !== undefined) heard.heardAt = systemNow();
    else if (joinsMore && known.size < defaults.maxRuns) join(offer);
  });

  const sweep = setInterval(() => {
    // While the server is away nobody is heard.
    for (const heard of known.values()) {
      if (!bus.isConnected) heard.heardAt = systemNow();
      else if (systemNow() - heard.heardAt > defaults.silentMs) leave(heard);
    }
  }, defaults.sweepMs);

  return {
    playable: () => [...known.values()].flatMap(({ run }) => run ?? []),
    untilNews: (ms) =>
      new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(patience);
          waiting.delete(end);
          resolve();
        };
        const patience = setTimeout(end, ms);
        waiting.add(end);
      }),
    joinNoMore() {
      joinsMore = false;
      wake();
    },
    close() {
      joinsMore = false;
      unhear();
      clearInterval(sweep);
      known.clear();
      wake();
    },
  };
}
