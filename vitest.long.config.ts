import { defineConfig } from 'vitest/config';
import { ownName } from './scripts/own-name.js';

/**
 * What needs real time, compilers or campaigns: one file after the other, so that none disturbs the clocks of
 * the next. `npm run test:long` gives all of them together twenty minutes.
 */
export default defineConfig({
  resolve: { alias: ownName },
  test: {
    include: ['test/**/*.long.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
