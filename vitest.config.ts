import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ownName } from './scripts/own-name.js';
import { withAnyWord, withWord } from './scripts/test-files.js';

/** The slow files first, so that none of them is left to the end, when the other cores have nothing to do any more. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isSlow = ({ project }: TestSpecification) => project.name !== 'quick';
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))];
  }
}

/** `npm test` runs all projects, `npm run test:quick` the first (docs/testing.md). */
export default defineConfig({
  resolve: { alias: ownName },
  test: {
    setupFiles: ['test/kit/names-guard.ts'],
    // Several times what the slowest test takes when all cores are busy with others: it ends what hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second, as by default, is short for processes and pages on a busy machine.
    expect: { poll: { timeout: 15_000 } },
    // What a test that passes writes, such as warnings of XState about what it does on purpose, hides what matters.
    silent: 'passed-only',
    // A process for each file would load the sources and the libraries anew, which takes as long as most files.
    isolate: false,
    // One more than cores: many of the slow tests wait for most of their time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: SlowFirst },
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'text'] },
    projects: [
      {
        extends: true,
        test: {
          name: 'quick',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, withAnyWord],
        },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: [withWord('built', 'browser', 'nats', 'slow')],
          setupFiles: ['test/kit/built-bots.ts'],
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: { name: 'apart', include: [withWord('apart')], isolate: true, testTimeout: 180_000 },
      },
    ],
  },
});
