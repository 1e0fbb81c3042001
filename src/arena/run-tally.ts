/** What is known of a whole run so far. */
import type { ArenaUntil } from './arena-options.js';
import type { BlockRecord, BlockTimes, PlayedBlock } from './arena-record.js';
import type { ArenaEnd, ArenaResult, ArenaTimes } from './arena-result.js';
import type { ArenaTerms } from './arena-terms.js';
import { addTimeCounts, countedTimes, timeAt } from './decision-times.js';
import { contrastsOf, createPairingTally } from './pairing-tally.js';
import { unrepeatableCauses } from './repeatability.js';

export interface RunTally {
  /** Blocks of an earlier run. */
  addBefore(blocks: readonly BlockRecord[]): void;
  /** The next block of its pairing. */
  add(block: BlockRecord): void;
  addTimes(played: PlayedBlock): void;
  /** By pairing. */
  readonly blocksPlayed: readonly number[];
  readonly isDecided: boolean;
  readonly isComplete: boolean;
  /** Pairs of an earlier run. */
  readonly playedBefore: number;
  /** @param isUnlike a block was seen to come out differently when it was played again. */
  result(end: ArenaEnd | null, elapsedMs: number, isUnlike?: boolean): ArenaResult;
}

export function createRunTally(terms: ArenaTerms, until?: ArenaUntil): RunTally {
  const comparisons = terms.pairings.reduce((sum, bots) => sum + contrastsOf(bots).length, 0);
  const tallies = terms.pairings.map((bots) => createPairingTally(terms, bots, comparisons));
  const blocksPlayed = terms.pairings.map(() => 0);
  let times = terms.bots.map(() => noTimes);
  let playedBefore = 0;
  let playedNow = 0;

  const add = (block: BlockRecord): void => {
    tallies[block.pairing]?.add(block);
    blocksPlayed[block.pairing] = block.block + 1;
  };

  return {
    blocksPlayed,
    get playedBefore() {
      return playedBefore;
    },
    get isDecided() {
      return until !== undefined && tallies.every((tally) => tally.isDecided(until));
    },
    get isComplete() {
      return tallies.every(({ pairs }) => pairs >= terms.pairs);
    },
    addBefore(blocks) {
      for (const block of blocks) {
        add(block);
        playedBefore += block.pairs;
      }
    },
    add(block) {
      add(block);
      playedNow += block.pairs;
    },
    addTimes({ record, times: byBot }) {
      const bots = terms.pairings[record.pairing] ?? [];
      times = times.map((sums, bot) => addTimes(sums, byBot[bots.indexOf(bot)]));
    },
    result(end, elapsedMs, isUnlike = false) {
      const pairings = tallies.map((tally) => tally.result());
      const unrepeatable = unrepeatableCauses(pairings, isUnlike);
      return {
        terms,
        pairings,
        end,
        isRepeatable: unrepeatable.length === 0,
        unrepeatable,
        times: times.map(toldTimes),
        elapsedMs,
        playedNow,
        playedBefore,
        recorded: null,
      };
    },
  };
}

const noTimes: BlockTimes = {
  turns: 0,
  thinkMs: 0,
  slowestMs: 0,
  counts: [],
  waitMs: 0,
  slowestWaitMs: 0,
};

const toldTimes = ({ counts, ...sums }: BlockTimes): ArenaTimes => ({
  ...sums,
  measured: countedTimes(counts),
  p50Ms: timeAt(counts, 0.5, sums.slowestMs),
  p99Ms: timeAt(counts, 0.99, sums.slowestMs),
});

const addTimes = (a: BlockTimes, b: BlockTimes = noTimes): BlockTimes => ({
  turns: a.turns + b.turns,
  thinkMs: a.thinkMs + b.thinkMs,
  slowestMs: Math.max(a.slowestMs, b.slowestMs),
  counts: addTimeCounts(a.counts, b.counts),
  waitMs: a.waitMs + b.waitMs,
  slowestWaitMs: Math.max(a.slowestWaitMs, b.slowestWaitMs),
});
