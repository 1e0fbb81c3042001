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

/** For everybody, by seat, or for the big blind alone. */
const ante = (seats: number) =>
  fc.oneof(
    fc.constantFrom(0, 0, 1, 4),
    fc.array(fc.nat({ max: 5 }), { minLength: seats, maxLength: seats }),
    fc.nat({ max: 12 }).map((bigBlind) => ({ bigBlind })),
  );

const schedule = (seats: number) =>
  fc
    .array(
      fc.record({
        after: fc.integer({ min: 1, max: 6 }),
        blinds,
        factor: fc.integer({ min: 1, max: 4 }),
        ante: fc.option(ante(seats), { nil: undefined }),
      }),
      { maxLength: 4 },
    )
    .map((levels) => {
      let fromHand = 0;
      return levels.map(({ after, blinds: { smallBlind, bigBlind }, factor, ante: own }) => {
        fromHand += after;
        const level = { fromHand, smallBlind: smallBlind * factor, bigBlind: bigBlind * factor };
        return own === undefined ? level : { ...level, ante: own };
      });
    });

/** Who sits out of the hands, one after the other and again; two seats with chips are never among them. */
const sittingOut = (seats: number) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant<number[][]>([[]]) },
    {
      weight: 1,
      arbitrary: fc.array(fc.subarray(Array.from({ length: seats }, (_, seat) => seat)), {
        minLength: 1,
        maxLength: 5,
      }),
    },
  );

interface Match {
  options: TableOptions & { seed: string; stacks: readonly number[] };
  out: readonly (readonly number[])[];
  choices: number[];
}

const match: fc.Arbitrary<Match> = fc.integer({ min: 2, max: 10 }).chain((seats) =>
  fc
    .record({
      stacks: fc.oneof(
        fc.integer({ min: 1, max: 150 }).map((stack) => Array.from({ length: seats }, () => stack)),
        fc
          .array(fc.nat({ max: 150 }), { minLength: seats, maxLength: seats })
          .filter((stacks) => stacks.filter((stack) => stack > 0).length >= 2),
      ),
      blinds,
      ante: ante(seats),
      blindSchedule: schedule(seats),
      maxHands: fc.integer({ min: 1, max: 25 }),
      dealer: fc.nat({ max: seats - 1 }),
      oddChips: fc.constantFrom('lowest-seat' as const, 'left-of-button' as const),
      seed: fc.string({ maxLength: 8 }),
      out: sittingOut(seats),
      /** Endless choices, repeated from these. */
      choices: fc.array(fc.nat({ max: 9999 }), { minLength: 20, maxLength: 60 }),
    })
    .map(({ blinds: levels, out, choices, ...others }) => ({
      options: { ...others, ...levels },
      out,
      choices,
    })),
);

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);

const without = (list: readonly number[], some: readonly number[]) =>
  list.filter((one) => !some.includes(one));

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
function expectChipsKept(total: number, table: Table, fact: TableFact): void {
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
function playBesideOracle({ options, out, choices }: Match, awardAfter = Number.POSITIVE_INFINITY) {
  const seats = options.stacks.map((_, seat) => seat);
  const total = sum(options.stacks);
  /** Not when it would leave nobody to play with. */
  const outAt = (hand: number) => {
    const asked = out[hand % out.length]!;
    const chips = table.standings.standings;
    const playing = seats.filter((seat) => chips[seat]!.stack > 0 && !asked.includes(seat));
    return playing.length >= 2 ? asked : [];
  };
  const table = createTable({
    ...options,
    dealtIn: (hand) => (outAt(hand).length === 0 ? undefined : without(seats, outAt(hand))),
  });
  const sitOuts: (readonly number[])[] = [];
  const oracle = naiveMatch(
    {
      ...options,
      blindSchedule: options.blindSchedule ?? [],
      maxHands: options.maxHands ?? 0,
      dealer: options.dealer ?? 0,
      ante: options.ante ?? 0,
      out: (hand) => sitOuts[hand] ?? [],
      oddChipsFromButton: options.oddChips === 'left-of-button',
    },
    (hand) => told(createDeck(deckSeed(options.seed, hand))),
  );
  const choose = chooser(choices);
  const story: unknown[] = [];
  const compare = (facts: TableFact[], expected: unknown[]) => {
    const actual = told(facts);
    expectEqual(actual, expected);
    expectEqual(told(table.turn), oracle.hand.turn);
    expectEqual(table.stacks, oracle.hand.stacks);
    expect(table.over).toBe(oracle.over);
    for (const fact of facts) expectChipsKept(total, table, fact);
    story.push(...actual);
  };
  for (let step = 0; !table.over; step += 1) {
    if (step >= awardAfter) {
      const stacks = table.standings.standings.map(({ stack }) => stack);
      const seat = choose(seats.length);
      if (stacks[seat] === 0) {
        expect(() => table.award(seat)).toThrow(RangeError);
        continue;
      }
      const fact = table.award(seat);
      expectEqual(fact, oracle.award(seat));
      expectEqual(fact, { type: 'matchEnded', ...table.standings });
      expectChipsKept(total, table, fact);
    } else if (table.turn === null) {
      sitOuts[table.hand + 1] = outAt(table.hand + 1);
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
      fc.property(match, (one) => {
        playBesideOracle(one);
      }),
      { numRuns: 120 },
    );
  });

  it('end at once when they are awarded, in a hand or between two', () => {
    fc.assert(
      fc.property(match, fc.nat({ max: 60 }), (one, awardAfter) => {
        playBesideOracle(one, awardAfter);
      }),
      { numRuns: 60 },
    );
  });

  it('are the same for the same seed and the same actions', () => {
    fc.assert(
      fc.property(match, (one) => {
        const [first, second] = [0, 1].map(() => playBesideOracle(one).story);
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
