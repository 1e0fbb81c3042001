import { defineConfig } from 'vitest/config';
import { ownName } from './scripts/own-name.js';

/**
 * `npm run campaign`: whole days and weeks of a season, and arenas one after the other over NATS. They are no part of the tests:
 * seasons play on virtual clocks and over real sockets, where on a busy machine a frame may come after the time that it was for
 * has passed, and a worker is known to rest now and then at its second arena.
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
