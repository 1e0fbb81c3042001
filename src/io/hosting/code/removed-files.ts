/** Source files that were removed since they were loaded: loaders find them where they were. */
import module from 'node:module';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** As `require` completes names, and translators do. */
const endings = [
  '',
  '.js',
  '.json',
  '.cjs',
  '.mjs',
  '.ts',
  '.mts',
  '.cts',
  '/index.js',
  '/index.ts',
] as const;

/** The paths that an import of this one may mean. One of TypeScript has the extension of what is made of it. */
export function withEndings(path: string): string[] {
  const paths = endings.map((ending) => path + ending.replaceAll('/', sep));
  return /\.[cm]?js$/.test(path) ? [...paths, path.replace(/js$/, 'ts')] : paths;
}

interface Resolving {
  _resolveFilename: (
    this: unknown,
    name: string,
    parent: { filename?: string | null } | null | undefined,
    isMain?: boolean,
    options?: { paths?: readonly string[] },
  ) => string;
}

/** Lets `require` of this process or thread find a file for which this holds when there is none on the disk. */
export function findRemovedScripts(isKept: (path: string) => boolean): void {
  // Documented nowhere, and what all that require files pass: Node itself, `createRequire`, `require.resolve`.
  const scripts = module as unknown as Resolving;
  const resolveFilename = scripts._resolveFilename;
  scripts._resolveFilename = function (name, parent, isMain, options) {
    try {
      return resolveFilename.call(this, name, parent, isMain, options);
    } catch (error) {
      const folders = options?.paths ?? (parent?.filename ? [dirname(parent.filename)] : []);
      const found = removedScript(name, folders, isKept);
      if (found === null) throw error;
      return found;
    }
  };
}

function removedScript(
  name: string,
  folders: readonly string[],
  isKept: (path: string) => boolean,
): string | null {
  if (!isAbsolute(name) && !/^\.{1,2}(?:\/|$)/.test(name)) return null;
  for (const folder of isAbsolute(name) ? [''] : folders) {
    const path = resolve(folder, name);
    const kept = withEndings(path).find(isKept);
    if (kept !== undefined) return kept;
  }
  return null;
}

/** The URL of a module that was removed; null where none was kept under this name. */
export function removedModule(
  name: string,
  parent: string | undefined,
  isKept: (path: string) => boolean,
): string | null {
  if (parent === undefined && !name.startsWith('file:')) return null;
  if (!/^(?:\.{0,2}\/|file:)/.test(name)) return null;
  const { href } = new URL(name, parent);
  return href.startsWith('file:') && isKept(fileURLToPath(href)) ? href : null;
}
