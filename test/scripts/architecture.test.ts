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
