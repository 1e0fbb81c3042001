/**
 * The code of a bot as it was first loaded. A process or thread that is started later evaluates the same text, whatever
 * has been saved since.
 */
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeUrl } from '../../../files/own-files.js';
import { manifestIn } from './module-kind.js';

const defaults = {
  /** The most text of all files together, in UTF-16 units. Files beyond it are read anew by each process or thread. */
  maxLength: 64 * 1024 * 1024,
  maxPathLength: 4_096,
  maxFiles: 10_000,
} as const;

/** A source file, what it was translated to, or a link that led to one. */
export interface KeptFile {
  /** Absolute path: of a source file the real one, without links; of a link the name that is imported. */
  path: string;
  /** Of a link the real path of the file that it led to. */
  text: string;
  /** A translation differs with what evaluates it: a `module` may wait, a `script` is required. */
  form: 'source' | 'module' | 'script' | 'link';
  /** What Node took it for, like `module` or `commonjs`; null where Node did not say. */
  format: string | null;
}

/** What loaders read as code; other files are a bot's data. */
const codeExtensions = new Set([
  '.js',
  '.mjs',
  '.cjs',
  '.ts',
  '.mts',
  '.cts',
  '.tsx',
  '.jsx',
  '.mtsx',
  '.ctsx',
  '.json',
]);

/** The folder with the code of this package, `src` or `dist`; null where it is bundled into another program. */
const ownFolder = findOwnFolder();

function findOwnFolder(): string | null {
  const here = dirname(fileURLToPath(codeUrl));
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = manifestIn(folder);
    if (manifest === null) continue;
    const [top = ''] = relative(folder, here).split(sep);
    return manifest.name === 'chipzen-agent' ? join(folder, top) : null;
  }
  return null;
}

/** Whether this is code of the bot's author: not of a package, and not of this one. */
export function isAuthors(path: string): boolean {
  if (!codeExtensions.has(extname(path))) return false;
  if (path.includes(`${sep}node_modules${sep}`)) return false;
  return ownFolder === null || !path.startsWith(ownFolder + sep);
}

/** The code of a bot that was loaded. */
export interface LoadedCode {
  /** Real path of the bot file, from whose folder paths are told. */
  file: string;
  /** The source files that were loaded so far, each once by its real path, whatever links led to it. */
  files: readonly KeptFile[];
  /** Of the class of the bot. Default: not known, or it has none. */
  name?: string;
}

/** The files of one load of a bot. */
export interface KeptFiles {
  /** The source file, a translation of it, or the link of that name. */
  get(path: string, form?: KeptFile['form']): KeptFile | undefined;
  /** Keeps a file that is not kept yet, if there is room for it. */
  add(file: KeptFile): boolean;
  all: () => KeptFile[];
}

export function keepFiles(files: readonly KeptFile[] = []): KeptFiles {
  const kept = new Map<string, KeptFile>();
  let length = 0;
  const add = (file: KeptFile): boolean => {
    const { path, text, form } = file;
    const key = keyOf(path, form);
    if (kept.has(key) || kept.size >= defaults.maxFiles || length + text.length > defaults.maxLength)
      return false;
    length += text.length;
    kept.set(key, file);
    return true;
  };
  for (const file of files) add(file);
  return {
    get: (path, form = 'source') => kept.get(keyOf(path, form)),
    add,
    all: () => [...kept.values()],
  };
}

const keyOf = (path: string, form: KeptFile['form']): string => `${form} ${path}`;
