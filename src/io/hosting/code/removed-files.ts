/** Names of source files that lead elsewhere since they were loaded, or to nothing: loaders find what was there. */
import module from 'node:module';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

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

/** What is known of the files that are kept. */
export interface KeptNames {
  isKept: (path: string) => boolean;
  /** The kept file to which a link of this name led; null where no such link is kept. */
  ledTo: (path: string) => string | null;
}

/** Lets `require` of this process or thread find kept files by the names by which they were loaded. */
export function findKeptScripts(names: KeptNames): void {
  // Documented nowhere, and what all that require files pass: Node itself, `createRequire`, `require.resolve`.
  const scripts = module as unknown as Resolving;
  const resolveFilename = scripts._resolveFilename;
  scripts._resolveFilename = function (name, parent, isMain, options) {
    const folders = options?.paths ?? (parent?.filename ? [dirname(parent.filename)] : []);
    const linked = scriptOf(name, folders, (path) => linkedOf(path, names));
    if (linked !== null) return linked;
    try {
      return resolveFilename.call(this, name, parent, isMain, options);
    } catch (error) {
      const found = scriptOf(name, folders, (path) => withEndings(path).find(names.isKept) ?? null);
      if (found === null) throw error;
      return found;
    }
  };
}

function scriptOf(
  name: string,
  folders: readonly string[],
  find: (path: string) => string | null,
): string | null {
  if (!isAbsolute(name) && !/^\.{1,2}(?:\/|$)/.test(name)) return null;
  for (const folder of isAbsolute(name) ? [''] : folders) {
    const found = find(resolve(folder, name));
    if (found !== null) return found;
  }
  return null;
}

/** The kept file to which the link of this name led; null where the name leads to a kept file itself, or to none. */
function linkedOf(path: string, { isKept, ledTo }: KeptNames): string | null {
  const name = withEndings(path).find((one) => isKept(one) || ledTo(one) !== null);
  return name === undefined || isKept(name) ? null : ledTo(name);
}

/** The URL of the module to which a link of this name led; null where no such link is kept. */
export function linkedModule(name: string, parent: string | undefined, names: KeptNames): string | null {
  const path = pathOfModuleName(name, parent);
  const linked = path === null ? null : linkedOf(path, names);
  return linked === null ? null : pathToFileURL(linked).href;
}

/** The URL of a module that was removed; null where none was kept under this name. */
export function removedModule(
  name: string,
  parent: string | undefined,
  { isKept }: KeptNames,
): string | null {
  const path = pathOfModuleName(name, parent);
  return path !== null && isKept(path) ? new URL(name, parent).href : null;
}

function pathOfModuleName(name: string, parent: string | undefined): string | null {
  if (parent === undefined && !name.startsWith('file:')) return null;
  if (!/^(?:\.{0,2}\/|file:)/.test(name)) return null;
  try {
    return fileURLToPath(new URL(name, parent));
  } catch {
    return null;
  }
}
