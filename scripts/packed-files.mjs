// @ts-check
/**
 * Checks before packing that each file that package.json names is there, and what the build makes last: npm packs the rest
 * of a build that was ended half-way without a word. Of the package in this folder, or in the one that is named.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = process.argv[2] ?? fileURLToPath(new URL('../', import.meta.url));

/** What no export leads to. */
const unnamed = [
  './dist/io/hosting/threads/bot-thread-entry.js',
  './dist/io/hosting/processes/bot-process-entry.js',
  './dist/arena/arena-job-entry.js',
  './dist/dashboard/page/index.html',
  './dist/report/page/report.html',
];

/**
 * @param {unknown} value
 * @returns {string[]} the paths in it, like `./dist/index.js`.
 */
function pathsIn(value) {
  if (typeof value === 'string') return value.startsWith('./') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}

const { bin, types, exports, typesVersions } = JSON.parse(
  readFileSync(resolve(root, 'package.json'), 'utf8'),
);
const named = new Set(pathsIn([bin, types, exports, typesVersions, unnamed]));
const [first, ...others] = [...named].filter((path) => !existsSync(resolve(root, path)));
if (first !== undefined) {
  const more = others.length === 0 ? 'is' : `and ${others.length} more are`;
  process.stderr.write(
    `There is nothing to pack: ${resolve(root, first)} ${more} missing. Run npm run build, then pack again.\n`,
  );
  process.exitCode = 1;
}
