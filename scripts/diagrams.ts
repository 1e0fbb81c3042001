/** `npm run diagrams`: draws both statecharts in docs/statecharts.md, and the rooms of the sources in docs/architecture. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { arrowsOf, readSources } from './architecture/imports.js';
import { listRooms } from './architecture/page.js';
import { drawRooms } from './architecture/picture.js';
import { drawCharts } from './chart-page.js';

const root = new URL('../', import.meta.url);

function rewrite(path: string, draw: (page: string) => string): void {
  const file = new URL(path, root);
  writeFileSync(file, draw(readFileSync(file, 'utf8')));
}

rewrite('docs/statecharts.md', drawCharts);
rewrite('docs/architecture.md', listRooms);
const sources = readSources(fileURLToPath(new URL('src/', root)));
writeFileSync(new URL('docs/architecture.svg', root), await drawRooms(arrowsOf(sources)));
