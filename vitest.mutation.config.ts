import { defineConfig } from 'vitest/config';
import { ownName } from './scripts/own-name.js';

/** The quick tests of what is mutated: those on sockets would take hours. */
export default defineConfig({
  resolve: { alias: ownName },
  test: {
    include: ['test/{machines,protocol,holdem}/**/*.test.ts', 'test/model/scripted.slow.test.ts'],
    testTimeout: 20_000,
  },
});
