import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { ownName } from './scripts/own-name.js';

export default defineConfig({
  resolve: { alias: ownName },
  test: {
    include: ['test/**/*.test.ts'],
    // These are `npm run test:long`.
    exclude: [...configDefaults.exclude, '**/*.long.test.ts'],
    testTimeout: 20_000,
    // By default one core is left idle.
    maxWorkers: availableParallelism(),
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'text'] },
  },
});
