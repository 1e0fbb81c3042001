/** The files of the bridge's page. */
import { readFileSync } from 'node:fs';

/** The same folders for the sources and for the build. */
const folders = {
  own: new URL('../../src/inspect/page/', import.meta.url),
  /** What the page shares with the dashboard's. */
  look: new URL('../../src/web/look/', import.meta.url),
} as const;

const types = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
} as const;

const files = [
  ...['main', 'chart-code', 'charts', 'element', 'model', 'sequence', 'stately', 'stream', 'tree'].map(
    (name) => ({ path: `/${name}.js`, type: types.js, url: new URL(`${name}.js`, folders.own) }) as const,
  ),
  { path: '/page.css', type: types.css, url: new URL('page.css', folders.own) },
  { path: '/base.css', type: types.css, url: new URL('base.css', folders.look) },
  { path: '/frame.css', type: types.css, url: new URL('frame.css', folders.look) },
  { path: '/icon.svg', type: types.svg, url: new URL('public/icon.svg', folders.look) },
] as const;

export interface PageFile {
  type: string;
  text: string;
}

export interface PageOptions {
  uiUrl: URL;
  hideCards: boolean;
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The files by path. */
export function pageFiles({ uiUrl, hideCards }: PageOptions): ReadonlyMap<string, PageFile> {
  const html = readFileSync(new URL('index.html', folders.own), 'utf8')
    .replaceAll('%UI_URL%', () => escapeHtml(uiUrl.href))
    .replaceAll('%UI_HOST%', () => escapeHtml(uiUrl.host))
    .replace('%CARDS%', hideCards ? 'nor are hole cards' : 'hole cards are');
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', text: html }],
    ...files.map(({ path, type, url }) => [path, { type, text: readFileSync(url, 'utf8') }] as const),
  ]);
}

/** Allows its own files and server, and the inspector in its frame. The inspector's window needs its opener. */
export function pageHeaders(uiUrl: URL): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      `frame-src ${uiUrl.origin}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
  };
}
