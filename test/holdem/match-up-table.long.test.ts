import { expect, it } from 'vitest';
import { createUint32Stream } from '../../src/chance/random.js';
import { allInOddsOf } from '../../src/holdem/all-in-odds.js';
import { countBoards } from '../../src/holdem/count-boards.js';
import { matchUpCount, matchUpExamples } from '../../src/holdem/match-up-places.js';
import { packMatchUps, unpackMatchUps } from '../../src/holdem/match-up-table.js';

const checked = 200;

it(`${checked} match-ups have the odds of a count over all boards`, { timeout: 600_000 }, () => {
  const examples = [...matchUpExamples()];
  const next = createUint32Stream('match-ups');
  for (let turn = 0; turn < checked; turn += 1) {
    const [a, b, c, d] = examples[next() % matchUpCount] as (typeof examples)[number];
    // Both ways round, and with other suits than the table has them.
    const [hand, other] = [
      [a, b],
      [c, d],
    ].map((cards) => cards.map((card) => (card + 13 * (turn % 4)) % 52));
    const found = turn % 2 === 0 ? [hand, other] : [other, hand];
    const [first = [], second = []] = found;
    expect(allInOddsOf(first, second, [])).toEqual(countBoards(first, second, [], [...first, ...second]));
  }
});

it('what is packed is what comes out again', () => {
  const pairs = Array.from({ length: matchUpCount }, (_, n) => ({
    wins: (n * 7919) % 1_712_304,
    ties: (n * 31) % 9973,
  }));
  const { wins, ties } = unpackMatchUps(packMatchUps(pairs));
  expect(Array.from(wins, (won, index) => ({ wins: won, ties: ties[index] }))).toEqual(pairs);
});
