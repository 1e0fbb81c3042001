import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterTest } from './after-test.js';

/** @returns the path of a folder for the test that is running, which is removed after it, and after what was opened later. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chipzen-test-'));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
