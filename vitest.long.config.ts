import { defineConfig } from 'vitest/config';

/**
 * What needs real time, compilers or campaigns: one file after the other, so that none disturbs the clocks of
 * the next. `npm run test:long` gives all of them together twenty minutes.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.long.test.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
