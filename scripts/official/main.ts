/**
 * `npm run official`: what the newest official SDK of the registry exports, beside what `test/official-names.ts` says of it.
 * With a folder it looks at that package instead. Ends with 1 when they differ, with 2 when there is no such package.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { officialSdk } from '../../test/official-names.js';
import { compareOfficial } from './compare.js';

const [given] = process.argv.slice(2);
const place = mkdtempSync(join(tmpdir(), 'official-sdk-'));
try {
  if (given === undefined) install();
  const { version, functions, classes, constants, types } = officialSdk;
  const known = { version, values: [...functions, ...classes, ...constants], types };
  const {
    added,
    removed,
    version: found,
  } = await compareOfficial(given ?? join(place, 'node_modules', officialSdk.name), known);
  say(`${officialSdk.name} ${found}; known is ${version}.`);
  for (const name of added) say(`new there: ${name}`);
  for (const name of removed) say(`not there any more: ${name}`);
  if (added.length + removed.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
} finally {
  rmSync(place, { recursive: true });
}

function install(): void {
  const flags = ['--prefix', place, '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status } = spawnSync('npm', ['install', ...flags, `${officialSdk.name}@latest`], {
    stdio: 'ignore',
  });
  if (status === 0) return;
  throw new Error(`npm cannot install ${officialSdk.name}. Try later, or give the folder of its package.`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
