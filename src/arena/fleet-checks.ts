/** What came over the network, checked against what it has to be: the terms of a run, and a block that was played. */
import { luckFreeBound, valueFunctionDigest } from '../holdem/chance-terms.js';
import { isObject, isText, isWhole } from '../protocol/checks.js';
import type { BlockRecord, PlayedBlock } from './arena-record.js';
import type { BlockPlace } from './arena-seat.js';
import { type ArenaTerms, blocksOf, mostPairsPerBlock } from './arena-terms.js';
import { timeBuckets } from './decision-times.js';

/** The bounds of what can be asked of a worker. */
const limits = {
  bots: 64,
  seats: 10,
  pairings: 64 * 64,
  pairs: 1_000_000_000,
  /** Chips: sums over all seats of a table stay exact. */
  stack: 1_000_000_000_000,
  levels: 10_000,
  hands: 1_000_000,
  clockMs: 86_400_000,
  textLength: 1_000,
  losses: 10_000,
} as const;

const isCount = (value: unknown, most: number): value is number =>
  isWhole(value) && value >= 1 && value <= most;

const isList = (value: unknown, length: number, isItem: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length === length && value.every(isItem);

const isBrief = (value: unknown): value is string => isText(value) && value.length <= limits.textLength;

const isLevel = (value: unknown): boolean => isObject(value) && Object.values(value).every(isWhole);

/** @param bots how many there are. */
export function areTerms(value: unknown, bots: number): value is Omit<ArenaTerms, 'bots'> {
  if (!isObject(value) || bots < 2 || bots > limits.bots) return false;
  const { mode, seed, names, pairings, pairs, pairsPerBlock, startingStack, smallBlind, bigBlind } = value;
  const { blindSchedule, maxHands, clockMs, sprt, luck, valueFunction } = value;
  const isPairing = (pairing: unknown): boolean =>
    Array.isArray(pairing) &&
    pairing.length >= 2 &&
    pairing.length <= limits.seats &&
    pairing.every((bot) => isWhole(bot) && bot < bots);
  return (
    (mode === 'deals' || mode === 'matches') &&
    isBrief(seed) &&
    isList(names, bots, isBrief) &&
    Array.isArray(pairings) &&
    isCount(pairings.length, limits.pairings) &&
    pairings.every(isPairing) &&
    isCount(pairs, limits.pairs) &&
    isCount(pairsPerBlock, mostPairsPerBlock) &&
    [startingStack, smallBlind, bigBlind].every((chips) => isCount(chips, limits.stack)) &&
    Array.isArray(blindSchedule) &&
    blindSchedule.length <= limits.levels &&
    blindSchedule.every(isLevel) &&
    isCount(maxHands, limits.hands) &&
    typeof clockMs === 'number' &&
    clockMs > 0 &&
    clockMs <= limits.clockMs &&
    (sprt === null || isObject(sprt)) &&
    (luck === 'aivat'
      ? mode === 'deals' &&
        valueFunction === valueFunctionDigest &&
        pairings.every((pairing) => pairing.length === 2)
      : valueFunction === null && (luck === 'as played' || (luck === 'all-in' && mode === 'deals')))
  );
}

/** Whether this is a block of the run: everything of it has the size and the bounds that the terms give. */
export function isBlockOf(terms: ArenaTerms, place: BlockPlace, value: unknown): value is PlayedBlock {
  return isObject(value) && isRecord(terms, place, value['record']) && areTimes(terms, place, value['times']);
}

/** Whether the run has such a block. */
export const isPlaceOf = (terms: ArenaTerms, { pairing, block }: BlockPlace): boolean =>
  pairing < terms.pairings.length && block < blocksOf(terms);

function isRecord(terms: ArenaTerms, { pairing, block }: BlockPlace, value: unknown): boolean {
  if (!isObject(value)) return false;
  const record = value as unknown as BlockRecord;
  const seats = terms.pairings[pairing]?.length ?? 0;
  const firstPair = block * terms.pairsPerBlock;
  const pairs = Math.min(terms.pairsPerBlock, terms.pairs - firstPair);
  const most = seats * terms.startingStack;
  const areChips = (legs: unknown, isOne: (chips: unknown) => boolean): boolean =>
    isList(legs, seats, (bots) => isList(bots, seats, (byPair) => isList(byPair, pairs, isOne)));
  const isWon = (chips: unknown): boolean => Number.isInteger(chips) && Math.abs(chips as number) <= most;
  const mostLuckFree = luckFreeBound(terms.startingStack / terms.bigBlind) * terms.bigBlind;
  const isLuckFree = (chips: unknown): boolean =>
    Number.isFinite(chips) && Math.abs(chips as number) <= mostLuckFree;
  const isWorth = (chips: unknown): boolean => Number.isFinite(chips) && Math.abs(chips as number) <= most;
  return (
    record.pairing === pairing &&
    record.block === block &&
    record.firstPair === firstPair &&
    record.pairs === pairs &&
    areChips(record.netChips, isWon) &&
    isBalanced(record.netChips, pairs) &&
    (terms.luck === 'as played'
      ? record.adjustedChips === null
      : areChips(record.adjustedChips, terms.luck === 'aivat' ? isLuckFree : isWorth)) &&
    (terms.luck === 'aivat' ? areChips(record.allInChips, isWorth) : record.allInChips === undefined) &&
    isList(record.hands, seats, (leg) => isList(leg, pairs, (hands) => isCount(hands, terms.maxHands))) &&
    isList(record.answers, seats, areAnswers) &&
    isList(record.readsClock, seats, (reads) => typeof reads === 'boolean') &&
    areDisturbed(record.disturbedPairs, firstPair, pairs) &&
    Array.isArray(record.losses) &&
    record.losses.length <= limits.losses &&
    record.losses.every((loss) => isLoss(loss, seats, firstPair, pairs))
  );
}

/** What one wins the others lose. */
const isBalanced = (legs: BlockRecord['netChips'], pairs: number): boolean =>
  legs.every((bots) =>
    Array.from({ length: pairs }, (_, pair) =>
      bots.reduce((sum, chips) => sum + (chips[pair] ?? 0), 0),
    ).every((sum) => sum === 0),
  );

const areAnswers = (value: unknown): boolean =>
  isObject(value) &&
  [value['turns'], value['answeredFor'], value['failed'], value['corrected']].every(isWhole);

const isPairOf = (value: unknown, first: number, pairs: number): boolean =>
  isWhole(value) && value >= first && value < first + pairs;

const areDisturbed = (value: unknown, first: number, pairs: number): boolean =>
  Array.isArray(value) && value.length <= pairs && value.every((pair) => isPairOf(pair, first, pairs));

const isLoss = (value: unknown, seats: number, first: number, pairs: number): boolean =>
  isObject(value) &&
  isPairOf(value['pair'], first, pairs) &&
  isWhole(value['leg']) &&
  isWhole(value['bot']) &&
  value['bot'] < seats &&
  isBrief(value['why']) &&
  isText(value['message']);

const areTimes = (terms: ArenaTerms, { pairing }: BlockPlace, value: unknown): boolean =>
  isList(
    value,
    terms.pairings[pairing]?.length ?? 0,
    (times) =>
      isObject(times) &&
      Array.isArray(times['counts']) &&
      times['counts'].length <= timeBuckets &&
      times['counts'].every(isWhole) &&
      ['turns', 'thinkMs', 'slowestMs', 'waitMs', 'slowestWaitMs'].every(
        (key) => Number.isFinite(times[key]) && Number(times[key]) >= 0,
      ),
  );
