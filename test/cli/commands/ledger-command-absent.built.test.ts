import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeFolder } from '../../kit/folder.js';
import { writeFiles } from '../../kit/recorded-match.js';
import { exampleResult } from '../../ledger/example-matches.js';

const main = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));

/** As Node has it where the package is not installed. */
const hooks = `export async function resolve(name, context, next) {
  if (name !== '@duckdb/node-api') return next(name, context);
  throw Object.assign(new Error("Cannot find package '@duckdb/node-api' imported from the package"), { code: 'ERR_MODULE_NOT_FOUND' });
}`;

function ledgerWithout(...args: string[]) {
  const folder = makeFolder();
  const [, register = ''] = writeFiles(folder, {
    'hooks.mjs': hooks,
    'register.mjs': "import { register } from 'node:module';\nregister('./hooks.mjs', import.meta.url);\n",
  });
  writeFileSync(join(folder, 'results.jsonl'), `${JSON.stringify(exampleResult())}\n`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', register, main, 'ledger', folder, ...args],
    { encoding: 'utf8', timeout: 30_000 },
  );
  return { status, stdout, stderr };
}

const notHere =
  'The index is not available here because @duckdb/node-api is not installed. `npm install @duckdb/node-api` beside chipzen-agent brings it.';

it('without the database the files answer, which is told in a line', () => {
  const { status, stdout, stderr } = ledgerWithout('--json', '--index', join(makeFolder(), 'index.duckdb'));
  expect({ status, stderr, matches: JSON.parse(stdout).total.matches }).toEqual({
    status: 0,
    stderr: `${notHere} Answering from files.\n`,
    matches: 1,
  });
});

it('without the database a question in SQL is refused', () => {
  const { status, stdout, stderr } = ledgerWithout('--sql', 'SELECT 1');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(notHere);
});
