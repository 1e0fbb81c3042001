/** `npm run diagrams`: writes both statecharts into the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import { drawReadme } from './readme-diagrams.js';

const path = new URL('../README.md', import.meta.url);
writeFileSync(path, drawReadme(readFileSync(path, 'utf8')));
