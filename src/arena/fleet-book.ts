/** The blocks of a run that are with workers, and what comes back of them. */
import { createHash } from 'node:crypto';
import { BadBotError, StateWriteError } from '../protocol/errors.js';
import { printable } from '../protocol/redact.js';
import { version } from '../protocol/version.js';
import type { PlayedBlock } from './arena-record.js';
import type { BlockPlace } from './arena-seat.js';
import type { ArenaTerms } from './arena-terms.js';
import { isBlockOf } from './fleet-checks.js';
import { areHandsOf } from './fleet-hands.js';
import type { FleetReport } from './fleet-messages.js';

const defaults = { maxNameLength: 100, maxWhyLength: 400 } as const;

/** A block that nothing has come of yet. */
export interface SentBlock {
  readonly place: BlockPlace;
  /** How often it was sent, from 1. */
  attempt: number;
}

interface OpenBlock extends SentBlock {
  /** The last reason for which a worker could not play it. */
  failure: string | null;
  resolve: (played: PlayedBlock) => void;
  reject: (error: Error) => void;
}

export interface FleetBook {
  /** Those that are open, in the order in which they were sent. */
  readonly open: ReadonlySet<SentBlock>;
  /** A block was played twice, and differently. */
  readonly isUnlike: boolean;
  /**
   * @returns the block, and what is played of it: rejected with `BadBotError` when it is lost, and with `StateWriteError` when its hands
   * cannot be sent.
   */
  add(place: BlockPlace): { sent: SentBlock; played: Promise<PlayedBlock> };
  take(report: FleetReport): void;
  /** Nothing comes of it any more. @param deliveries how often it may be given out each time it is sent. */
  lose(sent: SentBlock, deliveries: number): void;
}

export interface FleetBookOptions {
  terms: ArenaTerms;
  run: string;
  /** Workers send hands, too. */
  withHands: boolean;
  notice: (sentence: string) => void;
}

export function createFleetBook({ terms, run, withHands, notice }: FleetBookOptions): FleetBook {
  const byPlace = new Map<string, OpenBlock>();
  const open = new Set<OpenBlock>();
  /** What blocks that came were, for second copies. */
  const taken = new Map<string, string>();
  const workers = new Set<string>();
  let isUnlike = false;

  const close = (block: OpenBlock): void => {
    byPlace.delete(keyOf(block.place));
    open.delete(block);
  };

  const wordsOf = ({ pairing, block }: BlockPlace): string => {
    const bots = (terms.pairings[pairing] ?? []).map((bot) => terms.names[bot] ?? '').join(' and ');
    return `${block} of ${printable(bots, defaults.maxNameLength)}`;
  };

  /** Keeps what the first copy was. @returns whether this is the first. */
  const keepFirst = (report: FleetReport & { played: PlayedBlock }): boolean => {
    const key = keyOf(report);
    const digest = createHash('sha256').update(JSON.stringify(report.played.record)).digest('base64');
    const before = taken.get(key);
    if (before === undefined && byPlace.has(key)) taken.set(key, digest);
    if (before !== undefined && before !== digest && !isUnlike) {
      isUnlike = true;
      notice(
        `Block ${wordsOf(report)} was played twice, and differently: the run is not repeatable. The first one counts.`,
      );
    }
    return before === undefined;
  };

  return {
    open,
    get isUnlike() {
      return isUnlike;
    },
    add(place) {
      let resolve!: OpenBlock['resolve'];
      let reject!: OpenBlock['reject'];
      const played = new Promise<PlayedBlock>((...settle) => {
        [resolve, reject] = settle;
      });
      const sent: OpenBlock = { place, attempt: 1, failure: null, resolve, reject };
      byPlace.set(keyOf(place), sent);
      open.add(sent);
      return { sent, played };
    },
    take(report) {
      if (report.run !== run) return;
      const block = byPlace.get(keyOf(report));
      if ('failure' in report) {
        if (block !== undefined) block.failure = report.failure;
        if (block !== undefined && report.isTooLarge === true && withHands) {
          close(block);
          const why = printable(report.failure, defaults.maxWhyLength);
          block.reject(
            new StateWriteError(`The hands of block ${wordsOf(report)} cannot be recorded: ${why}`),
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
      if (!keepFirst(report) || block === undefined) return;
      close(block);
      if (!workers.has(report.worker)) {
        workers.add(report.worker);
        notice(`Worker ${report.worker} plays.`);
      }
      block.resolve(report.played);
    },
    lose({ place, attempt }, deliveries) {
      const block = byPlace.get(keyOf(place));
      if (block === undefined) return;
      close(block);
      const why = block.failure ?? 'every worker that had it was lost with it';
      block.reject(
        new BadBotError(
          `Block ${wordsOf(place)} was given to workers ${deliveries} times, or sent ${attempt} times, and nothing came of it: ${why}`,
        ),
      );
    },
  };
}

const keyOf = ({ pairing, block }: BlockPlace): string => `${pairing}:${block}`;
