/** The source files that a bot names by relative paths, and the links among those names. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isAuthors, type KeptFile } from './kept-files.js';
import { withEndings } from './removed-files.js';

const defaults = { maxFiles: 1_000 } as const;

const imported =
  /\b(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])(\.[^'"\n]*)\1|\b(?:import|require)\s*\(?\s*(['"])(\.[^'"\n]*)\3/g;

/**
 * The file, and what it and its imports name by relative paths, as they are now: for a bot on this thread, where loaders
 * tell nothing. Sources by their real paths, as loaders have them, and the links that led to them.
 */
export function importedFiles(path: string): KeptFile[] {
  const files = new Map<string, KeptFile>();
  const links = new Map<string, KeptFile>();
  const waiting = [path];
  for (const name of waiting) {
    const link = linkAt(name);
    if (link !== null) links.set(name, link);
    const file = link?.text ?? name;
    if (files.has(file) || files.size >= defaults.maxFiles || !isAuthors(file)) continue;
    const text = textOf(file);
    if (text === null) continue;
    files.set(file, { path: file, text, form: 'source', format: null });
    waiting.push(...namedIn(file, text));
  }
  return [...files.values(), ...links.values()];
}

/** The links among the files that this source file names by relative paths. */
export function linksIn({ path, text }: Pick<KeptFile, 'path' | 'text'>): KeptFile[] {
  return namedIn(path, text).flatMap((name) => linkAt(name) ?? []);
}

/** Null for a path that leads through no link, or to nothing. */
export function linkAt(path: string): KeptFile | null {
  const real = realPathOf(path);
  return real === null || real === path ? null : { path, text: real, form: 'link', format: null };
}

/** Where loaders find the file of this path; null where there is none. */
function realPathOf(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function namedIn(file: string, text: string): string[] {
  if (file.endsWith('.json')) return [];
  return [...text.matchAll(imported)].flatMap(
    ({ 2: from, 4: required }) =>
      withEndings(resolve(dirname(file), from ?? required ?? '')).find(isFile) ?? [],
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
