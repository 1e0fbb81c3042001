/** What the page of an arena is given counts what its result counts. */
import { expect, it } from 'vitest';
import { arenaReport } from '../../src/arena/arena-report.js';
import type { ArenaResult } from '../../src/arena/arena-result.js';
import { createRunTally } from '../../src/arena/run-tally.js';
import { houseTerms, playHouseBlock } from './arena-kit.js';

async function detailedResult(): Promise<ArenaResult> {
  const terms = houseTerms(['random', 'tight-aggressive'], { details: true, pairs: 40, pairsPerBlock: 20 });
  const tally = createRunTally(terms);
  for (const block of [0, 1]) {
    const played = await playHouseBlock(terms, { block });
    tally.addTimes(played);
    tally.add(played.record);
  }
  return tally.result('complete', 1_000);
}

it('has as many pairs, hands and turns as the result, and the pots to watch', async () => {
  const result = await detailedResult();
  const { statistics, matches, totalHands } = arenaReport(result, 0);
  const [pairing] = result.pairings;
  expect(statistics?.tiles?.map(({ value }) => value)).toEqual([
    '40',
    '80',
    expect.stringMatching(/^[01] of 1$/),
    String((pairing?.answers[0]?.turns ?? 0) + (pairing?.answers[1]?.turns ?? 0)),
  ]);
  expect(totalHands).toBe(80);
  expect(matches[0]?.hands).toHaveLength(10);
  expect(matches[0]?.hands.map(({ n }) => n)).toEqual(pairing?.details?.pots.map(({ pair }) => pair));
  const position = statistics?.tables.find(({ id }) => id === 'position-0');
  expect(position?.rows.map(([group, bot, hands, pairs]) => [group, bot, hands, pairs])).toEqual([
    ['BTN', 'random 0', '40', '40'],
    ['BTN', 'tight-aggressive 1', '40', '40'],
    ['BB', 'random 0', '40', '40'],
    ['BB', 'tight-aggressive 1', '40', '40'],
  ]);
  expect(statistics?.trails?.[0]?.n).toEqual([20, 40]);
});

it('has answered-for turns over the turns of the same bot', async () => {
  const result = await detailedResult();
  const [pairing] = result.pairings;
  const answers = [
    { turns: 200, answeredFor: 50, failed: 20, corrected: 1 },
    { turns: 1_000, answeredFor: 0, failed: 0, corrected: 0 },
  ];
  const told = arenaReport(
    { ...result, pairings: pairing === undefined ? [] : [{ ...pairing, answers }] },
    0,
  );
  const table = told.statistics?.tables.find(({ id }) => id === 'answered');
  expect(table?.rows.map((row) => row.slice(1, 4))).toEqual([
    ['200', '50', '25.00 %'],
    ['1,000', '0', '0.00 %'],
  ]);
});
