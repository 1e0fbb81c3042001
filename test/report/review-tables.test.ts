import { expect, it } from 'vitest';
import { reviewTables } from '../../src/report/review-tables.js';
import { placeNames } from '../../src/review/places.js';
import { reviewMatches } from '../../src/review/review.js';
import { handOf } from '../histories/hands.js';
import { collectedMatch } from '../review/matches.js';

const folded = handOf({ stacks: [100, 100], after: [95, 105], cards: ['2c3d', 'AsAh'] }, [
  'preflop: 0 sb 5, 1 bb 10, 0 fold',
]);

async function tablesOf(figuresLookedAt: number) {
  const review = await reviewMatches([collectedMatch([folded])]);
  return reviewTables({ ...review, figuresLookedAt });
}

it.each([
  [1, 'of 1 figure looked at'],
  [7, 'of 7 figures looked at'],
])('says of how many figures a star is: %i', async (figures, words) => {
  const [places] = await tablesOf(figures);
  expect(places?.about).toContain(words);
});

it('calls the places of hands what the terminal calls them', async () => {
  const [places] = await tablesOf(1);
  expect(places?.rows.map(([name]) => name)).toContain(placeNames.foldedBehind);
});
