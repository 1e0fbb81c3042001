/** The path of Node in the text of a service: the real one, with a warning where an update of Node takes it away. */
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { runCli } from '../../../src/cli/program.js';
import { afterTest } from '../../kit/after-test.js';
import { makeFolder } from '../../kit/folder.js';
import { fakeIo } from '../surroundings/fake-surroundings.js';

/** Has this process run from there until the test is over. */
function runFrom(path: string): void {
  const before = process.execPath;
  process.execPath = path;
  afterTest(() => {
    process.execPath = before;
  });
}

async function unitOf(folder: string) {
  const io = fakeIo({});
  const code = await runCli(['service', 'systemd', 'bot.js', '--folder', folder, '--as', 'me'], io);
  return { code, unit: io.out().join('\n'), err: io.err().join('\n') };
}

it.each([
  ['.nvm/versions/node/v22.1.0/bin/node', true],
  ['.local/share/fnm/node-versions/v22.1.0/installation/bin/node', true],
  ['.volta/tools/image/node/22.1.0/bin/node', true],
  ['usr/bin/node', false],
])('a link to %s is followed, and whether it stays is told', async (way, isManaged) => {
  const folder = realpathSync(makeFolder());
  const node = join(folder, way);
  mkdirSync(dirname(node), { recursive: true });
  writeFileSync(node, '');
  symlinkSync(node, join(folder, 'node'));
  writeFileSync(join(folder, 'bot.js'), '');
  runFrom(join(folder, 'node'));
  const { code, unit, err } = await unitOf(folder);
  expect(code).toBe(0);
  expect(unit).toContain(`ExecStart=${node} `);
  expect(err.includes(`${node} is of a version manager, and gone after an update of Node`)).toBe(isManaged);
});
