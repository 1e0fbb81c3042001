/** What the page of an arena is given counts what its result counts. */
import { expect, it } from 'vitest';
import { arenaReport } from '../../src/arena/arena-report.js';
import type { ArenaResult } from '../../src/arena/arena-result.js';
import type { ArenaTerms } from '../../src/arena/arena-terms.js';
import { createRunTally } from '../../src/arena/run-tally.js';
import { valueFunctionDigest } from '../../src/holdem/chance-terms.js';
import { blockOf, houseTerms, matchTerms, playHouseBlock } from './arena-kit.js';

async function detailedResult(more: Partial<ArenaTerms> = {}): Promise<ArenaResult> {
  const terms = houseTerms(['random', 'tight-aggressive'], {
    details: true,
    pairs: 40,
    pairsPerBlock: 20,
    ...more,
  });
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
  expect(position?.columns.map(({ heading }) => heading)).toEqual([
    'position',
    'bot',
    'bb/100',
    '95 %',
    'hands',
    'pairs',
  ]);
  expect(statistics?.tables.map(({ id }) => id)).not.toContain('depth-0');
  expect(position?.rows.map(([group, bot, , , hands, pairs]) => [group, bot, hands, pairs])).toEqual([
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

it('tells of a pool whom a bot sat with where it was asked', () => {
  const pairings = [
    [0, 1],
    [0, 2],
  ];
  const tally = createRunTally(houseTerms(['random', 'nit', 'equity'], { pairings, details: true }));
  for (const pairing of [0, 1]) tally.add({ ...blockOf([[100], [-100]]), pairing });
  const told = arenaReport(tally.result('complete', 1_000), 0);
  const table = told.statistics?.tables.find(({ id }) => id === 'answered');
  expect(table?.rows.map(([name]) => name)).toEqual([
    'random 0 against nit 1',
    'nit 1 against random 0',
    'random 0 against equity 2',
    'equity 2 against random 0',
  ]);
});

it('tells how much luck AIVAT took off, and nothing of it where it took none', async () => {
  const result = await detailedResult({ luck: 'aivat', valueFunction: valueFunctionDigest });
  const told = arenaReport(result, 0).statistics;
  const spreads = result.pairings[0]?.contrasts[0]?.spreads;
  expect(told?.tables.find(({ id }) => id === 'spreads')?.rows).toEqual([
    [
      'tight-aggressive 1 less random 0',
      spreads?.luckFree?.toFixed(2),
      spreads?.allIn?.toFixed(2),
      spreads?.asPlayed?.toFixed(2),
      expect.stringMatching(/^\d+\.\d$/),
      spreads?.allInWidth?.toFixed(1),
    ],
  ]);
  expect(told?.remarks.filter((text) => text.includes('AIVAT took luck off'))).toHaveLength(1);
  expect(told?.remarks.some((text) => text.includes('with all-ins alone adjusted'))).toBe(true);
  const without = arenaReport(await detailedResult(), 0).statistics;
  expect(without?.tables.map(({ id }) => id)).not.toContain('spreads');
  expect(without?.remarks.join()).not.toContain('AIVAT');
});

it('tells the share of matches alike in its table and its plot, with a bar that begins at one half', () => {
  const tally = createRunTally(houseTerms(['random', 'equity'], { ...matchTerms, details: true, pairs: 2 }));
  const rows = { hands: 9 };
  tally.add(
    blockOf(
      [
        [100, 100],
        [100, -100],
      ],
      rows,
    ),
  );
  const { statistics } = arenaReport(tally.result('complete', 1_000), 0);
  const [verdicts] = statistics?.tables ?? [];
  expect(verdicts?.columns.map(({ heading }) => heading)).toContain('% won');
  expect(verdicts?.rows[0]).toContainEqual(expect.objectContaining({ text: '75.0', value: 25 }));
  expect(verdicts?.rows[0]).toContainEqual(expect.stringMatching(/^\d+\.\d to \d+\.\d$/));
  expect(statistics?.trails?.[0]?.mean.at(-1)).toBe(75);
});
