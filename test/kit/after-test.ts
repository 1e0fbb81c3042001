import { onTestFinished } from 'vitest';

/**
 * Runs this when the test that is running has ended, however it ended: what was opened last is closed first. All that this
 * kit opens is closed so; `close` may be called before, too, and then does nothing more.
 *
 * @throws in `beforeAll`, where no test is running: open it in `beforeEach` or in the test.
 */
export function afterTest(close: () => unknown): void {
  onTestFinished(async () => {
    await close();
  });
}
