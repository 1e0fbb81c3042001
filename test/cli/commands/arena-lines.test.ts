import { expect, it } from 'vitest';
import { createRunTally } from '../../../src/arena/run-tally.js';
import { figureText } from '../../../src/cli/commands/arena-detail-lines.js';
import { arenaLines, recordedLine } from '../../../src/cli/commands/arena-lines.js';
import { blockOf, houseTerms, playHouseBlock } from '../../arena/arena-kit.js';

it('counts pairs and legs from 1 in words, and from 0 in what programs read', () => {
  const tally = createRunTally(houseTerms(['random', 'equity']));
  const loss = { pair: 0, leg: 0, bot: 1, why: 'exited', message: 'It ended with exit code 3.' };
  tally.add({
    ...blockOf([
      [100, 0],
      [-100, 0],
    ]),
    losses: [loss],
  });
  const result = tally.result('stopped', 1_000);
  expect(arenaLines(result).join('\n')).toContain('equity 1 was lost in pair 1, leg 1 (exited)');
  expect(result.pairings[0]?.losses).toEqual([loss]);
});

it('tells the verdict without pairs in which turns were answered for, from one in a thousand on', () => {
  const linesOf = (answeredFor: number): string => {
    const tally = createRunTally(houseTerms(['random', 'equity']));
    const block = blockOf([
      [100, 0],
      [-100, 0],
    ]);
    const answers = { turns: 1_000, answeredFor, failed: 0, corrected: 0 };
    tally.add({ ...block, answers: [{ ...answers, answeredFor: 0 }, answers], disturbedPairs: [0] });
    return arenaLines(tally.result('complete', 1_000)).join('\n');
  };
  const words = 'Without the pairs in which a turn was answered for:';
  expect(linesOf(1)).toContain('1 of its 1,000 turns were answered for it (0.10 %)');
  expect(linesOf(1)).not.toContain(words);
  expect(linesOf(2)).toContain('2 of its 1,000 turns were answered for it (0.20 %)');
  expect(linesOf(2)).toContain(words);
});

it('counts the pairs of the biggest pots from 1, too', async () => {
  const terms = houseTerms(['random', 'random'], { details: true, pairs: 1, pairsPerBlock: 1 });
  const tally = createRunTally(terms);
  tally.add((await playHouseBlock(terms)).record);
  const lines = arenaLines(tally.result('complete', 1_000)).join('\n');
  expect(lines).toContain(' bb, pair 1, leg 2: ');
  expect(lines).not.toContain('pair 0');
});

it('writes figures that round to nothing without a sign, those of a pot too', async () => {
  expect([-0.04, 0.04, 0, -0, -0.06, 1.25].map((value) => figureText(value))).toEqual([
    '0.0',
    '0.0',
    '0.0',
    '0.0',
    '−0.1',
    '1.3',
  ]);
  const terms = houseTerms(['calling-station', 'random', 'random'], {
    details: true,
    pairs: 9,
    pairsPerBlock: 9,
  });
  const tally = createRunTally(terms);
  tally.add((await playHouseBlock(terms)).record);
  const lines = arenaLines(tally.result('complete', 1_000)).join('\n');
  // At a table of three somebody has folded without a chip in.
  expect(lines).toMatch(/random \d [2-9TJQKA][cdhs][2-9TJQKA][cdhs] 0[,;]/);
  expect(lines).not.toMatch(/[−+]0(?:\.0)?(?![\d.])/);
});

it('tells the matches that a run wrote down, which are not all of its folder when it goes on', () => {
  const lineOf = (matches: number): string => recordedLine({ folder: '/elsewhere/duel', matches }, 'duel');
  expect([0, 1, 28].map(lineOf)).toEqual([
    'Nothing was added to duel: see chipzen-agent ledger duel.',
    'The hands of 1 match were written to duel: see chipzen-agent ledger duel.',
    'The hands of 28 matches were written to duel: see chipzen-agent ledger duel.',
  ]);
});
