import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDeck, deckSeed } from '../../src/holdem/deck.js';
import type { TableFact } from '../../src/holdem/facts.js';
import { IllegalActionError } from '../../src/holdem/illegal-action.js';
import { createTable } from '../../src/holdem/table.js';
import type { Table, TableOptions } from '../../src/holdem/table-types.js';
import { naiveMatch } from './table-oracle-match.js';
import { told } from './told.js';

const blinds = fc
  .record({ smallBlind: fc.integer({ min: 1, max: 6 }), more: fc.nat({ max: 8 }) })
  .map(({ smallBlind, more }) => ({ smallBlind, bigBlind: smallBlind + more }));

const schedule = fc
  .array(
    fc.record({
      after: fc.integer({ min: 1, max: 6 }),
      blinds,
      factor: fc.integer({ min: 1, max: 4 }),
      ante: fc.constantFrom(undefined, 0, 1, 4),
    }),
    { maxLength: 4 },
  )
  .map((levels) => {
    let fromHand = 0;
    return levels.map(({ after, blinds: { smallBlind, bigBlind }, factor, ante }) => {
      fromHand += after;
      const level = { fromHand, smallBlind: smallBlind * factor, bigBlind: bigBlind * factor };
      return ante === undefined ? level : { ...level, ante };
    });
  });

const match = fc.record({
  options: fc
    .record({
      seats: fc.integer({ min: 2, max: 6 }),
      startingStack: fc.integer({ min: 1, max: 150 }),
      blinds,
      ante: fc.constantFrom(0, 0, 1, 3),
      blindSchedule: schedule,
      maxHands: fc.integer({ min: 1, max: 25 }),
      seed: fc.string({ maxLength: 8 }),
    })
    .map(({ blinds: levels, ...others }): TableOptions => ({ ...others, ...levels })),
  /** Endless choices, repeated from these. */
  choices: fc.array(fc.nat({ max: 9999 }), { minLength: 20, maxLength: 60 }),
});

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

/** Every number that is chosen depends on all before it, so that the repeats differ. */
function chooser(choices: readonly number[]) {
  let used = 0;
  return (bound: number) => {
    const value = (choices[used % choices.length]! * 31 + used * 17) % 10007;
    used += 1;
    return value % bound;
  };
}

/** Raises are asked for within and beyond their limits; folding is rare, so that several seats come to a show-down. */
function chooseAction(
  choose: (bound: number) => number,
  { validActions, minRaise: min, maxRaise: max }: NonNullable<Table['turn']>,
) {
  const weighted = validActions.flatMap((action) =>
    action === 'fold' ? [action] : [action, action, action],
  );
  const action = weighted[choose(weighted.length)]!;
  if (action !== 'raise') return { action };
  const amounts = [min, max, min + choose(max - min + 1), min - 1 - choose(9), max + 1 + choose(9)];
  return { action, amount: amounts[choose(5)]! };
}

/** Nothing but what is offered is taken, and a refusal changes nothing. */
function expectOnlyOffered(table: Table): void {
  const turn = table.turn!;
  const before = structuredClone(turn);
  const offered: readonly string[] = turn.validActions;
  const amount = turn.maxRaise;
  for (const action of ['fold', 'check', 'call', 'raise', 'all_in', 'post_ante', 'FOLD', '']) {
    if (offered.includes(action)) continue;
    expect(() => table.act({ action, params: { amount } })).toThrow(IllegalActionError);
  }
  if (offered.includes('raise')) {
    expect(() => table.act({ action: 'raise', params: { amount: amount + 0.5 } })).toThrow(
      IllegalActionError,
    );
    expect(() => table.act({ action: 'raise' })).toThrow(IllegalActionError);
  }
  expect(table.turn).toEqual(before);
}

/** Whatever a match does, its chips stay. */
function expectChipsKept(options: TableOptions, table: Table, fact: TableFact): void {
  const total = options.seats * options.startingStack;
  if (fact.type === 'acted') {
    expect(fact.stacks.every((chips) => Number.isInteger(chips) && chips >= 0)).toBe(true);
    expect(sum(fact.stacks) + fact.pot).toBe(total);
  }
  if (fact.type === 'handEnded') {
    const { pot, pots, uncalled, payouts, stacks } = fact;
    expect(sum(payouts.map(({ amount }) => amount))).toBe(pot);
    expect(sum(pots.map(({ amount }) => amount)) + (uncalled?.amount ?? 0)).toBe(pot);
    expect(sum(stacks)).toBe(total);
  }
  expect(sum(table.standings.standings.map(({ netChips }) => netChips))).toBe(0);
}

/** `expect` prints the difference, but takes its time to find none. */
function expectEqual(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}

/** Plays a whole match beside the oracle and compares every fact and every turn. */
function playBesideOracle(
  options: TableOptions,
  choices: readonly number[],
  awardAfter = Number.POSITIVE_INFINITY,
) {
  const table = createTable(options);
  const oracle = naiveMatch(options, (hand) => told(createDeck(deckSeed(options.seed, hand))));
  const choose = chooser(choices);
  const story: unknown[] = [];
  const compare = (facts: TableFact[], expected: unknown[]) => {
    const actual = told(facts);
    expectEqual(actual, expected);
    expectEqual(told(table.turn), oracle.hand.turn);
    expectEqual(table.stacks, oracle.hand.stacks);
    expect(table.over).toBe(oracle.over);
    for (const fact of facts) expectChipsKept(options, table, fact);
    story.push(...actual);
  };
  for (let step = 0; !table.over; step += 1) {
    if (step >= awardAfter) {
      const stacks = table.standings.standings.map(({ stack }) => stack);
      const seat = choose(options.seats);
      if (stacks[seat] === 0) {
        expect(() => table.award(seat)).toThrow(RangeError);
        continue;
      }
      const fact = table.award(seat);
      expectEqual(fact, oracle.award(seat));
      expectEqual(fact, { type: 'matchEnded', ...table.standings });
      expectChipsKept(options, table, fact);
    } else if (table.turn === null) {
      compare(table.startHand(), oracle.startHand());
    } else {
      expectOnlyOffered(table);
      const { action, amount } = chooseAction(choose, table.turn);
      const isTimeout = action !== 'raise' && choose(5) === 0;
      const params = amount === undefined ? {} : { params: { amount } };
      const facts = table.act({ action, ...params }, { isTimeout });
      compare(facts, oracle.act({ action, isTimeout, ...(amount === undefined ? {} : { amount }) }));
    }
  }
  expect(table.turn).toBeNull();
  expect(() => table.startHand()).toThrow('The match is over.');
  expect(() => table.award(0)).toThrow('The match is over.');
  return { table, story };
}

describe('whole random matches', () => {
  it('go as the oracle tells them: every fact, every turn, every standing', () => {
    fc.assert(
      fc.property(match, ({ options, choices }) => {
        playBesideOracle(options, choices);
      }),
      { numRuns: 120 },
    );
  });

  it('end at once when they are awarded, in a hand or between two', () => {
    fc.assert(
      fc.property(match, fc.nat({ max: 60 }), ({ options, choices }, awardAfter) => {
        playBesideOracle(options, choices, awardAfter);
      }),
      { numRuns: 60 },
    );
  });

  it('are the same for the same seed and the same actions', () => {
    fc.assert(
      fc.property(match, ({ options, choices }) => {
        const [first, second] = [0, 1].map(() => playBesideOracle(options, choices).story);
        expectEqual(first, second);
      }),
      { numRuns: 15 },
    );
  });

  it('end after 1000 hands when nobody wins before', () => {
    const table = createTable({ seats: 3, startingStack: 1000, smallBlind: 1, bigBlind: 2, seed: 'long' });
    let last: TableFact | undefined;
    while (!table.over) {
      last =
        table.turn === null
          ? table.startHand().at(-1)
          : table.act({ action: table.turn.validActions.includes('check') ? 'check' : 'fold' }).at(-1);
    }
    expect([table.hand, last]).toEqual([1000, { type: 'matchEnded', ...table.standings }]);
    expect(table.standings.hands).toBe(1000);
  });
});
