import { defineConfig } from 'vitest/config';
import { ownName } from './scripts/own-name.js';
import { withWord } from './scripts/test-files.js';

/**
 * What needs real time, compilers or campaigns: one file after the other, so that none disturbs the clocks of
 * the next. `npm run test:long` gives all of them together twenty minutes.
 */
export default defineConfig({
  resolve: { alias: ownName },
  test: {
    include: [withWord('long')],
    setupFiles: ['test/kit/names-guard.ts', 'test/kit/built-bots.ts'],
    fileParallelism: false,
    // As in vitest.config.ts: a second, as by default, is short for processes on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
