import { expect, it } from 'vitest';
import { arenaReport } from '../../src/arena/arena-report.js';
import type { ArenaResult } from '../../src/arena/arena-result.js';
import { createRunTally } from '../../src/arena/run-tally.js';
import { arenaLines } from '../../src/cli/commands/arena-lines.js';
import { blockOf, houseTerms } from './arena-kit.js';

interface Seen {
  /** By bot. */
  readsClock?: boolean[];
  answeredFor?: number[];
  isUnlike?: boolean;
}

function resultOf({
  readsClock = [false, false, false],
  answeredFor = [0, 0, 0],
  isUnlike,
}: Seen): ArenaResult {
  // In the second pairing the third bot plays the second one, so that places and numbers differ.
  const pairings = [
    [0, 1],
    [2, 1],
  ];
  const tally = createRunTally(houseTerms(['random', 'nit', 'equity'], { pairings }));
  for (const [pairing, bots] of pairings.entries())
    tally.add({
      ...blockOf([
        [100, 0],
        [-100, 0],
      ]),
      pairing,
      answers: bots.map((bot) => ({ turns: 9, answeredFor: answeredFor[bot] ?? 0, failed: 0, corrected: 0 })),
      readsClock: bots.map((bot) => readsClock[bot] === true),
    });
  return tally.result('complete', 1_000, isUnlike);
}

const lastLines = (result: ArenaResult): string => arenaLines(result, 1_000).at(-1) ?? '';

it.each<[string, Seen, ArenaResult['unrepeatable'], string]>([
  ['nothing', {}, [], 'the same seed gives the same'],
  [
    'a clock that is read',
    { readsClock: [false, false, true] },
    [{ cause: 'clock', bot: 2 }],
    'not repeatable: equity 2 reads a clock',
  ],
  [
    'one turn that was answered for',
    { answeredFor: [1, 0, 0] },
    [{ cause: 'answered for', bot: 0, turns: 1 }],
    'not repeatable: 1 turn was answered for random 0',
  ],
  [
    'both, of one bot in two pairings and of others',
    { readsClock: [false, true, true], answeredFor: [1, 2, 0] },
    [
      { cause: 'clock', bot: 1 },
      { cause: 'clock', bot: 2 },
      { cause: 'answered for', bot: 0, turns: 1 },
      { cause: 'answered for', bot: 1, turns: 4 },
    ],
    'not repeatable: nit 1 reads a clock, equity 2 reads a clock, 1 turn was answered for random 0, and 4 turns were answered for nit 1',
  ],
  [
    'copies that differ',
    { isUnlike: true },
    [{ cause: 'unlike' }],
    'not repeatable: a block came out differently when it was played again',
  ],
])('is told as it was seen: %s', (_, seen, causes, words) => {
  const result = resultOf(seen);
  expect(result).toMatchObject({ isRepeatable: causes.length === 0, unrepeatable: causes });
  expect(lastLines(result)).toMatch(new RegExp(`: ${words}$`));
  expect(arenaReport(result, 0).statistics?.remarks?.at(-1)).toMatch(new RegExp(`: ${words}\\.$`));
});
