/** Plays one block of pairs: leg by leg, each with bots of its own. */
import type { ArenaAnswers, BlockRecord, BlockTimes, PlayedBlock } from './arena-record.js';
import type { BlockPlace, OpenSeat, SeatTally } from './arena-seat.js';
import type { ArenaTerms } from './arena-terms.js';
import { createDetailCounter } from './block-details.js';
import { addTimeCounts } from './decision-times.js';
import { type PlayedLeg, playLeg } from './play-leg.js';
import { keepLeg, type LegHands, type LegKeeper, packHands } from './played-hands.js';

export interface BlockWishes {
  /** As of `playLeg`. */
  onStep?: (() => void) | undefined;
  /** Hands are told beside what counts. Default: no. */
  withHands?: boolean | undefined;
  /** Legs are played at once, so that one goes on while the bots of another think. Default: one after the other. */
  atOnce?: boolean | undefined;
}

/**
 * The record hangs on the terms and the place alone, as long as every bot does.
 *
 * @throws what `openSeat` throws.
 */
export async function playBlock(
  terms: ArenaTerms,
  place: BlockPlace,
  openSeat: OpenSeat,
  { onStep, withHands = false, atOnce = false }: BlockWishes = {},
): Promise<PlayedBlock> {
  const bots = terms.pairings[place.pairing] ?? [];
  const firstPair = place.block * terms.pairsPerBlock;
  const pairs = Math.min(terms.pairsPerBlock, terms.pairs - firstPair);
  const details = terms.details ? createDetailCounter(bots.length, pairs) : undefined;
  const keepers = bots.map(() => (withHands ? keepLeg() : undefined));
  const play = (leg: number): Promise<PlayedLeg> => {
    const legPlace = { ...place, bots, leg, firstPair, pairs, details, keeper: keepers[leg] };
    return playLeg(terms, legPlace, openSeat, onStep);
  };
  const legs = atOnce ? await allAtOnce(bots.map((_, leg) => play(leg))) : [];
  for (let leg = legs.length; leg < bots.length; leg += 1) legs.push(await play(leg));
  const { pairing, block } = place;
  return {
    record: {
      pairing,
      block,
      firstPair,
      pairs,
      ...recordOf(legs, terms.luck),
      ...(details !== undefined && { details: details.details() }),
    },
    times: bots.map((_, bot) => timesOfLegs(legs, bot)),
    ...(withHands && { hands: packHands(legs.map((leg, at) => handsOfLeg(leg, keepers[at]))) }),
  };
}

/** Where one fails, the others are over before that is told: nothing of a block is left under way. */
async function allAtOnce<T>(playing: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(playing);
  return Promise.all(playing);
}

function recordOf(
  legs: readonly PlayedLeg[],
  luck: ArenaTerms['luck'],
): Omit<BlockRecord, 'pairing' | 'block' | 'firstPair' | 'pairs'> {
  const bots = legs.map((_, bot) => legs.flatMap(({ tallies }) => tallies[bot] ?? []));
  return {
    netChips: legs.map(({ netChips }) => netChips),
    adjustedChips: luck === 'as played' ? null : legs.map(({ adjustedChips }) => adjustedChips ?? []),
    ...(luck === 'aivat' && { allInChips: legs.map(({ allInChips }) => allInChips ?? []) }),
    hands: legs.map(({ hands }) => hands),
    answers: bots.map((byLeg) => ({
      turns: sumOf(byLeg, 'turns'),
      answeredFor: sumOf(byLeg, 'answeredFor'),
      failed: sumOf(byLeg, 'failed'),
      corrected: sumOf(byLeg, 'corrected'),
    })),
    disturbedPairs: [...new Set(legs.flatMap(({ disturbed }) => disturbed))].toSorted((a, b) => a - b),
    losses: legs.flatMap(({ losses }) => losses),
    readsClock: bots.map((byLeg) => byLeg.some(({ readsClock }) => readsClock)),
  };
}

const handsOfLeg = ({ tallies }: PlayedLeg, keeper: LegKeeper | undefined): LegHands => ({
  answers: tallies.map(answersOf),
  facts: keeper?.facts ?? [],
});

const answersOf = ({ turns, answeredFor, failed, corrected }: SeatTally): ArenaAnswers => ({
  turns,
  answeredFor,
  failed,
  corrected,
});

function timesOfLegs(legs: readonly PlayedLeg[], bot: number): BlockTimes {
  const byLeg = legs.flatMap(({ tallies }) => tallies[bot] ?? []);
  return {
    turns: sumOf(byLeg, 'turns'),
    thinkMs: sumOf(byLeg, 'thinkMs'),
    slowestMs: Math.max(0, ...byLeg.map(({ slowestMs }) => slowestMs)),
    counts: byLeg.map(({ counts }) => counts).reduce(addTimeCounts, []),
    waitMs: sumOf(byLeg, 'waitMs'),
    slowestWaitMs: Math.max(0, ...byLeg.map(({ slowestWaitMs }) => slowestWaitMs)),
  };
}

function sumOf<Key extends string>(items: readonly Readonly<Record<Key, number>>[], key: Key): number {
  return items.reduce((sum, item) => sum + item[key], 0);
}
