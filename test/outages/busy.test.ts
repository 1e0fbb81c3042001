import { expect, it } from 'vitest';
import { createStallLog } from './busy.js';

it('stalls count as far as they lie between two times', () => {
  const stalls = createStallLog();
  stalls.note({ at: 1_000, ms: 300 });
  stalls.note({ at: 2_000, ms: 100 });
  stalls.note({ at: 3_000, ms: 400 });
  expect([stalls.between(0, 9_000), stalls.between(900, 2_700), stalls.between(1_000, 1_900)]).toEqual([
    800, 300, 0,
  ]);
});
