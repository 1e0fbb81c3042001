import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compareOfficial, declaredNames } from '../../../scripts/official/compare.js';
import { makeFolder } from '../../kit/folder.js';

function writePackage(entry: object): string {
  const folder = makeFolder();
  mkdirSync(join(folder, 'dist'));
  writeFileSync(
    join(folder, 'dist', 'index.js'),
    'class Bot {} const runBot = () => 1; export { Bot, runBot }; export const LIMIT = 5;',
  );
  writeFileSync(
    join(folder, 'dist', 'index.d.ts'),
    `declare class Bot {}
export declare const LIMIT = 5;
export interface Options { a: string }
interface Inner { export: string }
export { Bot, type State, runBot, type Inner as Shown };`,
  );
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '9.9.9', type: 'module', ...entry }));
  return folder;
}

const known = { version: '1.0.0', values: ['Bot', 'LIMIT', 'gone'], types: ['Options', 'State'] };

it.each([
  { exports: { '.': { types: './dist/index.d.ts', import: './dist/index.js' } } },
  { main: 'dist/index.js', types: 'dist/index.d.ts' },
])('names what only one side exports, with %j', async (entry) => {
  expect(await compareOfficial(writePackage(entry), known)).toEqual({
    version: '9.9.9',
    added: ['Shown', 'runBot'],
    removed: ['gone'],
  });
});

it('refuses what is no package', async () => {
  await expect(compareOfficial(writePackage({}), known)).rejects.toThrow('has no entry in its package.json');
});

it('reads names of declarations, in lists and where they are declared', () => {
  expect(declaredNames('export type { A, B as C };\nexport declare function d(): void;\n')).toEqual([
    'A',
    'C',
    'd',
  ]);
});
