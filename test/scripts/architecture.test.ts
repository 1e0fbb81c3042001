import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { arrowsOf, readSources } from '../../scripts/architecture/imports.js';
import { listRooms } from '../../scripts/architecture/page.js';
import { drawRooms } from '../../scripts/architecture/picture.js';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

describe('docs/architecture', () => {
  it('draws the rooms and their arrows as they are (npm run diagrams)', async () => {
    const arrows = arrowsOf(readSources(fileURLToPath(new URL('src/', root))));
    expect(read('docs/architecture.svg')).toBe(await drawRooms(arrows));
  });

  it('lists the rooms as they are (npm run diagrams)', () => {
    const page = read('docs/architecture.md');
    expect(page).toBe(listRooms(page));
  });
});

describe('docs/architecture.md', () => {
  it('names no file of the sources that is not there', () => {
    const there = readSources(fileURLToPath(new URL('src/', root))).map(({ path }) => path);
    const named = [...read('docs/architecture.md').matchAll(/`(?:src\/)?([\w./-]+\.ts)`/g)].map(
      ([, path = '']) => path,
    );
    expect(named.length).toBeGreaterThan(40);
    // A name without its folder is enough: no two files have the same.
    const isThere = (path: string): boolean =>
      there.some((file) => file === path || file.endsWith(`/${path}`));
    expect(named.filter((path) => !isThere(path) && !path.startsWith('test/'))).toEqual([]);
  });
});

describe('the pages', () => {
  const pages = [
    'README.md',
    ...readdirSync(new URL('docs/', root)).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
  ];

  it.each(pages)('%s names no file that is not there', (page) => {
    const named = [...read(page).matchAll(/\b(?:src|test|scripts|bench|docs|examples)\/[\w./-]+\.\w+/g)].map(
      ([path]) => path,
    );
    expect([...new Set(named)].filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
