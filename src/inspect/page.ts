/** The files of the bridge's page. */
import { readFileSync } from 'node:fs';
import { findOwnFile } from '../files/own-files.js';
import { ownPagePolicy } from '../web/page-policy.js';

/** Folders of the package: the same for the sources and for the build. */
const folders = {
  own: 'src/inspect/page/',
  /** What the page shares with the dashboard's. */
  look: 'src/web/look/',
} as const;

const types = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

const files = [
  ...['main', 'chart-code', 'charts', 'element', 'model', 'sequence', 'stately', 'stream', 'tree'].map(
    (name) => ({ path: `/${name}.js`, type: types.js, file: `${folders.own}${name}.js` }) as const,
  ),
  { path: '/page.css', type: types.css, file: `${folders.own}page.css` },
  { path: '/base.css', type: types.css, file: `${folders.look}base.css` },
  { path: '/frame.css', type: types.css, file: `${folders.look}frame.css` },
  { path: '/icon.svg', type: types.svg, file: `${folders.look}public/icon.svg` },
] as const;

export interface PageFile {
  type: string;
  text: string;
}

export interface PageOptions {
  uiUrl: URL;
  hideCards: boolean;
}

const read = (file: string): string => readFileSync(findOwnFile(file, 'inspector'), 'utf8');

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The files by path. */
export function pageFiles({ uiUrl, hideCards }: PageOptions): ReadonlyMap<string, PageFile> {
  const html = read(`${folders.own}index.html`)
    .replaceAll('%UI_URL%', () => escapeHtml(uiUrl.href))
    .replaceAll('%UI_HOST%', () => escapeHtml(uiUrl.host))
    .replace('%CARDS%', hideCards ? 'nor are hole cards' : 'hole cards are');
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', text: html }],
    ...files.map(({ path, type, file }) => [path, { type, text: read(file) }] as const),
  ]);
}

/** Allows its own files and server, and the inspector in its frame. The inspector's window needs its opener. */
export function pageHeaders(uiUrl: URL): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': ownPagePolicy(uiUrl.origin),
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
  };
}
