/** Every line of betting that short stacks allow, each step compared with the oracle. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createDeck } from '../../src/holdem/deck.js';
import type { TableFact } from '../../src/holdem/facts.js';
import { createHand } from '../../src/holdem/hand.js';
import { type NaiveAction, type NaiveHandSetup, naiveHand } from './table-oracle-hand.js';
import { told } from './told.js';

type Play = Pick<NaiveHandSetup, 'stacks' | 'smallBlind' | 'bigBlind' | 'ante'>;

/** With three seats the first two split on this board, with two or four somebody wins alone. */
const deck = createDeck('lines', 'Ah Kc 9d As Kd 9h Ac Ad 7s 6c 2h'.split(' '));

const positions = (seats: number) =>
  seats === 2
    ? { dealerSeat: 0, smallBlindSeat: 0, bigBlindSeat: 1 }
    : { dealerSeat: 0, smallBlindSeat: 1, bigBlindSeat: 2 };

const total = (chips: readonly number[]) => chips.reduce((sum, amount) => sum + amount, 0);

/** Goes into every action that is offered, raises to every amount, and counts the decisions and the ends. */
function walk(play: Play): { turns: number; ends: number } {
  const seats = play.stacks.length;
  const setup = { hand: 1, ...positions(seats), ...play };
  let turns = 0;
  let ends = 0;

  function visit(path: readonly NaiveAction[]): void {
    const hand = createHand({ ...setup, deck });
    let facts: TableFact[] = hand.start();
    for (const { action, amount } of path) {
      const params = amount === undefined ? {} : { params: { amount } };
      facts = hand.act({ action, ...params }, {});
    }
    const oracle = naiveHand({ ...setup, ...told(deck) }, path);
    const actual = {
      facts: told(facts),
      turn: told(hand.turn),
      stacks: hand.outcome?.stacks ?? hand.stacks,
    };
    const expected = {
      facts: oracle.facts.slice(-facts.length),
      turn: oracle.turn,
      stacks: oracle.stacks,
    };
    if (!isDeepStrictEqual(actual, expected)) expect({ path, ...actual }).toEqual({ path, ...expected });
    if (hand.turn === null) {
      ends += 1;
      expect(total(actual.stacks)).toBe(total(play.stacks));
      return;
    }
    turns += 1;
    const { validActions, minRaise, maxRaise } = hand.turn;
    for (const action of validActions) {
      if (action !== 'raise') visit([...path, { action }]);
      else {
        for (let amount = minRaise; amount <= maxRaise; amount += 1) {
          visit([...path, { action, amount }]);
        }
      }
    }
  }

  visit([]);
  return { turns, ends };
}

/** Each seat with each of these stacks. */
function everyStack(seats: number, sizes: readonly number[]): number[][] {
  if (seats === 0) return [[]];
  return everyStack(seats - 1, sizes).flatMap((stacks) => sizes.map((size) => [...stacks, size]));
}

function walkAll(stacks: readonly number[][], blinds: Omit<Play, 'stacks'>): { turns: number; ends: number } {
  const walks = stacks.map((chips) => walk({ stacks: chips, ...blinds }));
  return { turns: total(walks.map(({ turns }) => turns)), ends: total(walks.map(({ ends }) => ends)) };
}

describe('every line of betting', () => {
  it('with two seats', () => {
    const stacks = everyStack(2, [1, 2, 3, 4, 5, 6]);
    expect(walkAll(stacks, { smallBlind: 1, bigBlind: 2, ante: 0 })).toEqual({ turns: 641, ends: 829 });
  });

  it('with two seats and an ante', () => {
    const stacks = everyStack(2, [1, 2, 3, 5, 6, 7]);
    expect(walkAll(stacks, { smallBlind: 1, bigBlind: 2, ante: 1 })).toEqual({ turns: 503, ends: 660 });
  });

  it('with three seats', () => {
    const stacks = everyStack(3, [1, 2, 4, 5]);
    expect(walkAll(stacks, { smallBlind: 1, bigBlind: 2, ante: 0 })).toEqual({ turns: 3239, ends: 3833 });
  });

  it('with three seats and an ante larger than the blind', () => {
    const stacks = everyStack(3, [1, 3, 5, 6]);
    expect(walkAll(stacks, { smallBlind: 1, bigBlind: 2, ante: 3 })).toEqual({ turns: 297, ends: 380 });
  });

  it('with four seats', () => {
    const stacks = everyStack(4, [1, 3]);
    expect(walkAll(stacks, { smallBlind: 1, bigBlind: 2, ante: 0 })).toEqual({ turns: 1021, ends: 1081 });
  });

  it('with three seats and an ante of the big blind', () => {
    const stacks = everyStack(3, [1, 2, 4, 5]);
    const ante = [0, 0, 2];
    expect(walkAll(stacks, { smallBlind: 1, bigBlind: 2, ante })).toEqual({ turns: 1369, ends: 1647 });
  });

  it('with two seats and antes of their own', () => {
    const stacks = everyStack(2, [1, 2, 3, 5, 6, 7]);
    expect(walkAll(stacks, { smallBlind: 1, bigBlind: 2, ante: [3, 1] })).toEqual({ turns: 129, ends: 195 });
  });
});
