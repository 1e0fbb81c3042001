/** The files of the bridge's page. */
import { readFileSync } from 'node:fs';

/** The same folder for the sources and for the build. */
const folder = new URL('../../src/inspect/page/', import.meta.url);

export interface PageFile {
  type: string;
  text: string;
}

export interface PageOptions {
  uiUrl: URL;
  hideCards: boolean;
}

const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The files by path. */
export function pageFiles({ uiUrl, hideCards }: PageOptions): ReadonlyMap<string, PageFile> {
  const html = read('index.html')
    .replaceAll('%UI_URL%', () => escapeHtml(uiUrl.href))
    .replace('%CARDS%', hideCards ? 'nor are hole cards' : 'hole cards are');
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', text: html }],
    ['/bridge.js', { type: 'text/javascript; charset=utf-8', text: read('bridge.js') }],
    ['/bridge.css', { type: 'text/css; charset=utf-8', text: read('bridge.css') }],
  ]);
}

/** Allows its own files and server, and the inspector in its frame. The inspector's window needs its opener. */
export function pageHeaders(uiUrl: URL): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      'img-src data:',
      "connect-src 'self'",
      `frame-src ${uiUrl.origin}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin-allow-popups',
  };
}
