import { defineConfig } from 'vitest/config';

/** The quick tests of what is mutated: those on sockets would take hours. */
export default defineConfig({
  test: {
    include: [
      'test/{machines,protocol,poker}/**/*.test.ts',
      'test/model/scripted.test.ts',
      'test/sandbox/table*.test.ts',
    ],
    testTimeout: 20_000,
  },
});
