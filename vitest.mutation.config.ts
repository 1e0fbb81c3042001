import { configDefaults, defineConfig } from 'vitest/config';
import { ownName } from './scripts/own-name.js';
import { withWord } from './scripts/test-files.js';

/** The tests of what is mutated: those on sockets would take hours. */
export default defineConfig({
  resolve: { alias: ownName },
  test: {
    include: [
      'test/{machines,protocol,holdem}/**/*.test.ts',
      'test/model/scripted{.slow,-cases.long}.test.ts',
    ],
    exclude: [...configDefaults.exclude, withWord('built', 'browser', 'nats', 'long')],
    testTimeout: 20_000,
  },
});
