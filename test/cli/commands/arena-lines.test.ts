import { expect, it } from 'vitest';
import { createRunTally } from '../../../src/arena/run-tally.js';
import { arenaLines } from '../../../src/cli/commands/arena-lines.js';
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

it('counts the pairs of the biggest pots from 1, too', async () => {
  const terms = houseTerms(['random', 'random'], { details: true, pairs: 1, pairsPerBlock: 1 });
  const tally = createRunTally(terms);
  tally.add((await playHouseBlock(terms)).record);
  const lines = arenaLines(tally.result('complete', 1_000)).join('\n');
  expect(lines).toContain(' bb, pair 1, leg 2: ');
  expect(lines).not.toContain('pair 0');
});
