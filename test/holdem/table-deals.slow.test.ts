/** Every way to deal a few cards to seats that are all-in, compared with the oracle. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createDeck } from '../../src/holdem/deck.js';
import { createHand } from '../../src/holdem/hand.js';
import { subsets } from './table-oracle.js';
import { type NaiveAction, type NaiveHandSetup, naiveHand } from './table-oracle-hand.js';
import { told } from './told.js';

const without = (cards: readonly string[], some: readonly string[]) =>
  cards.filter((card) => !some.includes(card));

/** Each way to give every seat two of these cards. */
function waysToDeal(cards: readonly string[], seats: number): string[][][] {
  if (seats === 0) return [[]];
  return subsets(cards, 2).flatMap((hole) =>
    waysToDeal(without(cards, hole), seats - 1).map((others) => [hole, ...others]),
  );
}

/** The order of the deck that gives the seats left of the button these cards. */
const stack = (holes: readonly string[][], board: readonly string[]) => [
  ...holes.map(([first]) => first!),
  ...holes.map(([, second]) => second!),
  ...board,
];

type Table = Omit<NaiveHandSetup, 'cards' | 'commitment'>;

/** Returns the seats that won. */
function expectAsTheOracle(table: Table, top: readonly string[], actions: readonly NaiveAction[]): string {
  const deck = createDeck('deals', top);
  const hand = createHand({ ...table, deck });
  const facts = hand.start();
  for (const { action, amount } of actions) {
    facts.push(...hand.act({ action, ...(amount === undefined ? {} : { params: { amount } }) }, {}));
  }
  const actual = told(facts);
  const expected = naiveHand({ ...table, ...told(deck) }, actions);
  if (!isDeepStrictEqual(actual, expected.facts))
    expect({ top, actual }).toEqual({ top, actual: expected.facts });
  return expected.winners.join();
}

describe('every deal', () => {
  const headsUp = {
    hand: 1,
    dealerSeat: 0,
    smallBlindSeat: 0,
    bigBlindSeat: 1,
    stacks: [40, 60],
    smallBlind: 5,
    bigBlind: 10,
    ante: 1,
  };

  it.each([
    ['flushes and straight flushes', 'Ah Kh Qh Jh Th 9h 8h Ad Kd'],
    ['wheels and low straights', 'Ac 2c 3d 4h 5s 6c Ad 5d 2h'],
    ['four of a kind and full houses', 'Ks Kh Kd Kc Qs Qh Qd Js Jh'],
  ])('of nine cards to two seats: %s', (_, nine) => {
    const cards = nine.split(' ');
    const results = subsets(cards, 5).flatMap((board) =>
      waysToDeal(without(cards, board), 2).map((holes) =>
        expectAsTheOracle(headsUp, stack(holes, board), [
          { action: 'raise', amount: 40 },
          { action: 'call' },
        ]),
      ),
    );
    const wins = (seats: string) => results.filter((result) => result === seats).length;
    expect(results.length).toBe(756);
    // Who sits where does not matter.
    expect(wins('0')).toBe(wins('1'));
  });

  it('of eleven cards to three seats with three stacks, for many boards', () => {
    const table = { ...headsUp, smallBlindSeat: 1, bigBlindSeat: 2, stacks: [25, 80, 47] };
    const cards = 'Ah Ad Kh Kd Qh Qd Jh Jd Th Td 9c'.split(' ');
    const boards = subsets(cards, 5).filter((_, index) => index % 30 === 0);
    const results = boards.flatMap((board) =>
      waysToDeal(without(cards, board), 3).map((holes) =>
        expectAsTheOracle(table, stack(holes, board), [
          { action: 'raise', amount: 24 },
          { action: 'raise', amount: 79 },
          { action: 'call' },
        ]),
      ),
    );
    expect(results.length).toBe(16 * 90);
    // The shortest stack never wins alone: there is a side pot.
    expect([...new Set(results)].toSorted()).toEqual(['0,1', '0,1,2', '0,2', '1', '1,2', '2']);
  });
});
