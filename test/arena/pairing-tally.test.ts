import { describe, expect, it } from 'vitest';
import { createPairingTally } from '../../src/arena/pairing-tally.js';
import { blockOf, houseTerms, matchTerms } from './arena-kit.js';

const terms = houseTerms(['random', 'random']);
const tallyOf = (...blocks: Parameters<ReturnType<typeof createPairingTally>['add']>[0][]) => {
  const tally = createPairingTally(terms, [0, 1], 1);
  for (const block of blocks) tally.add(block);
  return tally.result();
};

describe('pairs of deals', () => {
  it('are one value each, with a smaller error than as many hands alone', () => {
    // Four decks: what the button won, first when the first bot had it, then when the second one had it.
    const button = [
      [7.5, 5],
      [-1, -1],
      [-40, -38.5],
      [3, 3],
    ];
    // The second bot of the pairing is asked about: it has what the button did not win in the first leg.
    const { contrasts, hands } = tallyOf(
      blockOf([button.map(([first = 0]) => -first * 100), button.map(([, second = 0]) => second * 100)]),
    );
    const [contrast] = contrasts;
    expect(hands).toBe(8);
    expect(contrast?.verdict.mean).toBeCloseTo(-12.5, 9);
    expect((contrast?.verdict.error ?? 0) / 100).toBeCloseTo(0.4146, 4);
    expect((contrast?.unpairedError ?? 0) / 100).toBeCloseTo(7.54, 2);
    expect(contrast?.correlation).toBeCloseTo(-0.999, 2);
  });

  it('count all-ins at what they were worth, where that is known', () => {
    const block = blockOf([[10_000], [-2_000]]);
    const adjustedChips = [
      [[-6_000], [6_000]],
      [[2_000], [-2_000]],
    ];
    const { contrasts } = tallyOf({ ...block, adjustedChips });
    expect(contrasts[0]?.verdict.mean).toBeCloseTo(2_000, 9);
    expect(tallyOf(block).contrasts[0]?.verdict.mean).toBeCloseTo(4_000, 9);
  });

  it('whose legs cancel out are alike, whatever fractions their all-ins have', () => {
    const chips = Array.from({ length: 40 }, () => 10_000);
    const worth = chips.map((_, pair) => 10_000 / (3 + pair));
    // As two seatings add them up.
    const rest = worth.map((one) => one + 1e-11);
    const block = blockOf([chips, chips.map((one) => -one)]);
    const minus = (values: readonly number[]) => values.map((value) => -value);
    const adjustedChips = [
      [minus(worth), worth],
      [rest, minus(rest)],
    ];
    expect(tallyOf({ ...block, adjustedChips }).contrasts[0]?.verdict).toMatchObject({
      reason: 'no spread',
      mean: 0,
      more: null,
    });
  });

  it('of blocks of different sizes are added up, not averaged by block', () => {
    const block = (pairs: number, bb: number, at: number) =>
      blockOf([Array(pairs).fill(bb * 100), Array(pairs).fill(bb * 100)], { block: at });
    const { contrasts } = tallyOf(block(500, 2, 0), block(500, 1, 1), block(20, -30, 2));
    expect((contrasts[0]?.verdict.mean ?? 0) / 100).toBeCloseTo(0.8824, 4);
  });

  it('with a turn that was answered for are told apart, and stay in the result', () => {
    const wins = [6, -9, 2, -1, 4, -12, 3, 0, 5, -3];
    const chips = wins.map((bb) => bb * 100);
    const { contrasts } = tallyOf({ ...blockOf([chips, chips]), disturbedPairs: [1, 5] });
    expect(contrasts[0]?.verdict).toMatchObject({ n: 10, mean: -50 });
    expect(contrasts[0]?.undisturbed).toMatchObject({ n: 8, mean: 200 });
  });

  it('of three bots at a table: the difference of what two of them won a hand', () => {
    const three = houseTerms(['random', 'random', 'random']);
    const tally = createPairingTally(three, [0, 1, 2], 2);
    const leg = (...bb: number[]) => bb.map((value) => [value * 100]);
    tally.add({
      ...blockOf([[0]]),
      netChips: [leg(6, -3, -3), leg(0, 9, -9), leg(3, -3, 0)],
      hands: [[1], [1], [1]],
    });
    const { contrasts } = tally.result();
    // 9, 3 and −12 bb in three hands.
    expect(contrasts.map(({ bot, against, verdict }) => [bot, against, verdict.mean])).toEqual([
      [1, 0, (100 * (3 - 9)) / 3],
      [2, 0, (100 * (-12 - 9)) / 3],
    ]);
    // The same difference in single hands: −9, 9 and −6 bb.
    expect(contrasts[0]?.unpairedError).toBeCloseTo(100 * Math.sqrt(186 / 2 / 3), 9);
  });
});

it('pairs of matches are one value each: the share that the later bot won', () => {
  const tally = createPairingTally(houseTerms(['random', 'random'], matchTerms), [0, 1], 1);
  // By pairs of 0, 1 and 2 matches won: 20, 55, 25.
  const times = (count: number, first: number, second: number): [number, number][] =>
    Array.from({ length: count }, () => [first, second]);
  const pairs = [...times(20, -1, -1), ...times(55, 1, -1), ...times(25, 1, 1)];
  for (const [block, [first, second]] of pairs.entries())
    tally.add(blockOf([[first * 10_000], [second * 10_000]], { block, hands: 40 }));
  const { verdict } = tally.result().contrasts[0] ?? {};
  expect(verdict?.n).toBe(100);
  expect(verdict?.mean).toBeCloseTo(0.525, 12);
  // Two single matches of a share of 0.525 each have 10.3 % more variance.
  const alone = (0.525 * 0.475) / 2;
  expect(1 - ((verdict?.error ?? 0) ** 2 * 100 * (99 / 100)) / alone).toBeCloseTo(0.103, 3);
});

it('answers are counted of the bot that was asked', () => {
  const block = {
    ...blockOf([[0], [0]]),
    answers: [
      { turns: 10, answeredFor: 0, failed: 0, corrected: 1 },
      { turns: 4, answeredFor: 3, failed: 2, corrected: 0 },
    ],
  };
  expect(tallyOf(block, { ...block, block: 1 }).answers).toEqual([
    { turns: 20, answeredFor: 0, failed: 0, corrected: 2 },
    { turns: 8, answeredFor: 6, failed: 4, corrected: 0 },
  ]);
});
