import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterTest } from './after-test.js';

/**
 * @param parent the folder that it is made in. Default: that of the system for what is not kept.
 * @returns the path of a folder for the test that is running, which is removed after it, and after what was opened later.
 */
export function makeFolder(parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'chipzen-test-'));
  afterTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
