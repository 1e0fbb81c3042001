/** What packing says of a build that is not whole. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeFolder } from '../kit/folder.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

function check(folder: string) {
  const program = join(root, 'scripts/packed-files.mjs');
  const { status, stderr } = spawnSync(process.execPath, [program, folder], { encoding: 'utf8' });
  return { status, stderr };
}

it('names what package.json names and a build did not make', () => {
  const folder = makeFolder();
  const manifest = readFileSync(join(root, 'package.json'), 'utf8');
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  const files = [
    ...[...manifest.matchAll(/"(\.\/dist\/[^"]+)"/g)].map(([, path = '']) => path),
    './dist/io/hosting/threads/bot-thread-entry.js',
    './dist/io/hosting/processes/bot-process-entry.js',
    './dist/arena/arena-job-entry.js',
    './dist/dashboard/page/index.html',
    './dist/report/page/report.html',
  ];
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  expect(check(folder)).toEqual({ status: 0, stderr: '' });
  rmSync(join(folder, 'dist/cli/main.js'));
  const words = (missing: string) =>
    `There is nothing to pack: ${missing} missing. Run npm run build, then pack again.\n`;
  expect(check(folder)).toEqual({ status: 1, stderr: words(`${join(folder, 'dist/cli/main.js')} is`) });
  rmSync(join(folder, 'dist/report/page/report.html'));
  expect(check(folder).stderr).toBe(words(`${join(folder, 'dist/cli/main.js')} and 1 more are`));
});
