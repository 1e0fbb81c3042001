/** Terms of arenas for tests. */
import type { BlockRecord } from '../../src/arena/arena-record.js';
import type { BlockPlace } from '../../src/arena/arena-seat.js';
import type { ArenaTerms } from '../../src/arena/arena-terms.js';
import { createBlockPlayer } from '../../src/arena/block-player.js';
import { blindLadder } from '../../src/holdem/match-formats.js';
import type { HouseBotName } from '../../src/house/house-bot-names.js';

/** Deals between house bots, all of them in one pairing. */
export function houseTerms(houses: readonly HouseBotName[], more: Partial<ArenaTerms> = {}): ArenaTerms {
  return {
    mode: 'deals',
    seed: 'test',
    bots: houses.map((house) => ({ kind: 'house', house })),
    names: houses.map((house, bot) => `${house} ${bot}`),
    pairings: [[...houses.keys()]],
    pairs: 20,
    pairsPerBlock: 10,
    startingStack: 10_000,
    smallBlind: 50,
    bigBlind: 100,
    blindSchedule: [],
    maxHands: 1_000,
    clockMs: 30_000,
    sprt: null,
    luck: more.mode === 'matches' ? 'as played' : 'all-in',
    valueFunction: null,
    details: false,
    ...more,
  };
}

export const matchTerms = {
  mode: 'matches',
  pairsPerBlock: 1,
  blindSchedule: blindLadder(100, 20_000),
} as const;

/** Plays one block of house bots on this thread. */
export function playHouseBlock(terms: ArenaTerms, place: Partial<BlockPlace> = {}, withHands = false) {
  const hosting = { place: 'thread', memoryMb: null, files: [], env: {}, withHands } as const;
  const listener = { onOutput: () => undefined, onTrouble: () => undefined };
  return createBlockPlayer(terms, hosting, listener).play({ pairing: 0, block: 0, ...place });
}

/** The same, with its hands. */
export const playWithHands = (terms: ArenaTerms, block = 0) => playHouseBlock(terms, { block }, true);

/**
 * A block of two bots.
 *
 * @param won chips of the second bot, by leg, by pair.
 */
export function blockOf(
  won: readonly (readonly number[])[],
  { block = 0, hands = 1 }: { block?: number; hands?: number } = {},
): BlockRecord {
  const pairs = won[0]?.length ?? 0;
  const noAnswers = { turns: 0, answeredFor: 0, failed: 0, corrected: 0 };
  return {
    pairing: 0,
    block,
    firstPair: block * pairs,
    pairs,
    netChips: won.map((chips) => [chips.map((one) => -one), chips]),
    adjustedChips: null,
    hands: won.map((chips) => chips.map(() => hands)),
    answers: [noAnswers, noAnswers],
    disturbedPairs: [],
    losses: [],
    readsClock: [false, false],
  };
}
