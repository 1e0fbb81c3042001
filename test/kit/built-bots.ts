/**
 * In a test file whose name says that it uses the build, the threads and processes of bots are started from that, as at
 * the place of a user. From sources each would translate them first, which takes longer than most of the tests.
 */
import { fileURLToPath } from 'node:url';
import { expect, vi } from 'vitest';
import { isNamedFor } from '../../scripts/test-files.js';

const built = {
  thread: '../../dist/io/hosting/threads/bot-thread-entry.js',
  process: '../../dist/io/hosting/processes/bot-process-entry.js',
} as const;

vi.mock('../../src/io/hosting/threads/bot-entry.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../src/io/hosting/threads/bot-entry.js')>();
  const botEntry: typeof original.botEntry = (place) =>
    isNamedFor('the build', expect.getState().testPath ?? '')
      ? { file: fileURLToPath(new URL(built[place], import.meta.url)) }
      : original.botEntry(place);
  const ownProgram: typeof original.ownProgram = (path, option) =>
    isNamedFor('the build', expect.getState().testPath ?? '')
      ? { file: fileURLToPath(new URL(`../../dist/${path}.js`, import.meta.url)) }
      : original.ownProgram(path, option);
  return { ...original, botEntry, ownProgram };
});
