import { defineConfig } from 'vitest/config';
import { ownName } from './scripts/own-name.js';

/**
 * `npm run campaign`: whole days and weeks of a season. They play on virtual clocks and over real sockets: on a machine that is
 * busy with others a frame may come after the time that it was for has passed, so that they are no part of the tests.
 */
export default defineConfig({
  resolve: { alias: ownName },
  test: {
    include: ['test/**/*.campaign.ts'],
    setupFiles: ['test/kit/built-bots.ts'],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
