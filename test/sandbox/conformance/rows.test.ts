import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { notSeen, rows } from './rows.js';

const titles = /["'](section \d: .*?)["'],\n/g;

/** The titles of a test file, as its source has them. */
async function titlesOf(file: string): Promise<string[]> {
  const source = await readFile(new URL(`${file}.test.ts`, import.meta.url), 'utf8');
  return [...source.matchAll(titles), ...source.matchAll(/["'](section \d: .*?)["'], (?:async )?\(/g)]
    .map(([, title = '']) => title)
    .toSorted();
}

describe('the table of rows', () => {
  it('names every test of the suite once, and none that is not there', async () => {
    const files = (await readdir(new URL('.', import.meta.url)))
      .filter((file) => file.endsWith('.test.ts') && file !== 'rows.test.ts')
      .map((file) => file.slice(0, -'.test.ts'.length));
    expect(files.length).toBeGreaterThan(9);
    for (const file of files) {
      const named = rows
        .filter((row) => row.file === file)
        .flatMap(({ section, tests }) => tests.map((title) => `section ${section}: ${title}`));
      expect({ file, titles: named.toSorted() }).toEqual({ file, titles: await titlesOf(file) });
    }
  });

  it('has rows for the sections 2 to 7, and none that stands in both lists', () => {
    expect([...new Set(rows.map(({ section }) => section))]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const tested = new Set(rows.map(({ section, row }) => `${section} ${row}`));
    expect(notSeen.filter(({ section, row }) => tested.has(`${section} ${row}`))).toEqual([]);
  });
});
