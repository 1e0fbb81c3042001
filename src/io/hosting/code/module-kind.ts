/** Whether Node treats a file as an ECMAScript module. */
import { readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { isObject } from '../../../protocol/checks.js';

export function isModule(path: string): boolean {
  const extension = extname(path);
  if (extension !== '.js') return extension === '.mjs';
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const manifest = manifestIn(folder);
    if (manifest !== null) return manifest.type === 'module';
    if (folder === dirname(folder)) return false;
  }
}

/** The `package.json` of this folder, if there is one that can be read. */
export function manifestIn(folder: string): { type?: unknown; name?: unknown } | null {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return isObject(manifest) ? manifest : null;
  } catch {
    return null;
  }
}
