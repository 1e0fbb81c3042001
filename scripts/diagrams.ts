/** `npm run diagrams`: writes both statecharts into the README, and the rooms of the sources into docs/architecture. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { arrowsOf, readSources } from './architecture/imports.js';
import { listRooms } from './architecture/page.js';
import { drawRooms } from './architecture/picture.js';
import { drawReadme } from './readme-diagrams.js';

const root = new URL('../', import.meta.url);

function rewrite(path: string, draw: (page: string) => string): void {
  const file = new URL(path, root);
  writeFileSync(file, draw(readFileSync(file, 'utf8')));
}

rewrite('README.md', drawReadme);
rewrite('docs/architecture.md', listRooms);
const sources = readSources(fileURLToPath(new URL('src/', root)));
writeFileSync(new URL('docs/architecture.svg', root), await drawRooms(arrowsOf(sources)));
