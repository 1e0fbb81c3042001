/** Which file of the sources imports which, and which room which. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { roomOf } from './rooms.js';

/** Types and code, at once or by `import()`; in `{@link import('./x.js')}` of a comment, too. */
const imports = /\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;

export interface SourceFile {
  /** In `src`, as in `machines/lobby.ts`. */
  readonly path: string;
  readonly lines: number;
  /** The files that it imports. */
  readonly imports: readonly string[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** One line for each import: `file -> file`. */
  readonly because: readonly string[];
}

/** @param text of the file at this path in `src`. */
export function sourceFile(path: string, text: string): SourceFile {
  const targets = [...text.matchAll(imports)].map(([, target = '']) =>
    posix.join(posix.dirname(path), target).replace(/\.js$/, '.ts'),
  );
  return {
    path,
    lines: text.split('\n').length - 1,
    imports: [...new Set(targets)].filter((target) => target.endsWith('.ts')),
  };
}

/** @param src the folder of the sources. */
export function readSources(src: string): SourceFile[] {
  const paths = readdirSync(src, { encoding: 'utf8', recursive: true }).map((path) =>
    path.replaceAll('\\', '/'),
  );
  return paths
    .filter((path) => path.endsWith('.ts'))
    .toSorted()
    .map((path) => sourceFile(path, readFileSync(join(src, path), 'utf8')));
}

/** The arrows between rooms. */
export function arrowsOf(files: readonly SourceFile[]): Arrow[] {
  const arrows = new Map<string, { from: string; to: string; because: string[] }>();
  for (const file of files) {
    const from = roomOf(file.path);
    for (const target of file.imports) {
      const to = roomOf(target);
      if (from === to) continue;
      const arrow = arrows.get(`${from} ${to}`) ?? { from, to, because: [] };
      arrow.because.push(`${file.path} -> ${target}`);
      arrows.set(`${from} ${to}`, arrow);
    }
  }
  return [...arrows.values()];
}

/** Files that import each other in a loop: each loop as the way around, the first file again at its end. */
export function circlesOf(files: readonly SourceFile[]): string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const way: string[] = [];
  const circles: string[] = [];
  const visit = (path: string): void => {
    const start = way.indexOf(path);
    if (start >= 0) circles.push([...way.slice(start), path].join(' -> '));
    if (start >= 0 || done.has(path)) return;
    way.push(path);
    for (const target of byPath.get(path)?.imports ?? []) visit(target);
    way.pop();
    done.add(path);
  };
  for (const { path } of files) visit(path);
  return circles;
}
