/** The source files of a bot that is loaded on this thread, where nothing is told by loaders. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isAuthors, type KeptFile } from './kept-files.js';
import { withEndings } from './removed-files.js';

const defaults = { maxFiles: 1_000 } as const;

const imported =
  /\b(?:import|export)\b[^'"`;]*?\bfrom\s*(['"])(\.[^'"\n]*)\1|\b(?:import|require)\s*\(?\s*(['"])(\.[^'"\n]*)\3/g;

/** The file, and what it and its imports name by relative paths, as they are now. */
export function importedFiles(path: string): KeptFile[] {
  const files = new Map<string, KeptFile>();
  const waiting = [path];
  for (const file of waiting) {
    if (files.has(file) || files.size >= defaults.maxFiles || !isAuthors(file)) continue;
    const text = textOf(file);
    if (text === null) continue;
    files.set(file, { path: file, text, form: 'source', format: null });
    if (file.endsWith('.json')) continue;
    for (const { 2: from, 4: required } of text.matchAll(imported)) {
      const found = withEndings(resolve(dirname(file), from ?? required ?? '')).find(isFile);
      if (found !== undefined) waiting.push(found);
    }
  }
  return [...files.values()];
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
