/** A name that is exported means one thing in the whole house, and a test file bears the name of what it tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { testWords } from '../scripts/test-files.js';

const root = fileURLToPath(new URL('../', import.meta.url));

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { encoding: 'utf8', recursive: true })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.m?ts$|\.mjs$/.test(path));

/** Names that files of a folder declare and export more than once, each with its files. */
function exportedTwice(folder: string, kinds: string): { count: number; twice: string[] } {
  const declared = new RegExp(`^export (?:abstract |async |declare )*(?:${kinds}) (\\w+)`, 'gm');
  const places = new Map<string, Set<string>>();
  for (const file of filesOf(folder)) {
    for (const [, name = ''] of readFileSync(join(root, folder, file), 'utf8').matchAll(declared)) {
      places.set(name, (places.get(name) ?? new Set()).add(file));
    }
  }
  const twice = [...places].filter(([, files]) => files.size > 1);
  return { count: places.size, twice: twice.map(([name, files]) => `${name}: ${[...files].join(', ')}`) };
}

it('no two files of src export a name of their own that is the same', () => {
  const { count, twice } = exportedTwice('src', 'class|const|enum|function\\*?|interface|let|type');
  expect(count).toBeGreaterThan(500);
  expect(twice).toEqual([]);
});

it('nor do two files of test export a function or a value', () => {
  const { count, twice } = exportedTwice('test', 'class|const|enum|function\\*?|let');
  expect(count).toBeGreaterThan(200);
  expect(twice).toEqual([]);
});

const word = new RegExp(`(\\.(${Object.keys(testWords).join('|')}))?\\.test\\.ts$`);

/** About no single file: what a folder does as a whole. */
const ofMany = ['inspect/match-names', 'machines/charts', 'architecture', 'chart-text'];

it.each([
  ['src', 'test'],
  ['scripts', 'test/scripts'],
])('a test about a folder of %s begins with the name of a file there', (sources, tests) => {
  const files = filesOf(sources).map((path) => path.replace(/\.m?ts$|\.mjs$/, ''));
  const folders = new Set(files.map((path) => dirname(path)));
  const strangers = filesOf(tests)
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => path.replace(word, ''))
    .filter((name) => folders.has(dirname(name)) && !ofMany.includes(name))
    // Beside its rooms a test is about the whole package.
    .filter((name) => sources !== 'src' || dirname(name) !== '.')
    .filter((name) => !files.some((file) => name === file || name.startsWith(`${file}-`)));
  expect(strangers).toEqual([]);
});

it('a test that puts a module in place of another one is named as alone in its process: others there have loaded it', () => {
  const mocking = filesOf('test').filter(
    (path) =>
      path.endsWith('.test.ts') && /^vi\.mock\(/m.test(readFileSync(join(root, 'test', path), 'utf8')),
  );
  expect(mocking.filter((path) => !/\.(apart|long)\.test\.ts$/.test(path))).toEqual([]);
});
