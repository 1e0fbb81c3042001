/**
 * Jiti for the files of a bot. It gets them as `serveCode` has them, and evaluates each of them once: what Node has begun
 * to evaluate and what failed is not translated and evaluated again.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import type { Jiti, JitiOptions, TransformOptions, TransformResult } from 'jiti';
import { codeUrl } from '../../../files/own-files.js';
import { EvaluationError, importOnce } from './import-once.js';
import { isAuthors } from './kept-files.js';
import { isModule } from './module-kind.js';
import { codeServer } from './serve-code.js';

type Import = (id: string | URL) => Promise<unknown>;

type CreateJiti = (
  id: string,
  options: JitiOptions,
  parts: { onError: (error: unknown) => never; nativeImport: Import; createRequire: typeof createRequire },
) => Jiti;

/** What a CommonJS file finds in its scope (docs of Node, `modules`). */
const scriptScope = ['exports', 'require', 'module', '__filename', '__dirname'];

/** Jiti takes any error of Node for a reason to translate the file. */
const notByNode = new Error('This file is not evaluated by Node.');

/**
 * As `createJiti` of jiti.
 *
 * @param isByNode leaves modules in JavaScript to Node.
 */
export function createAuthorJiti(id: string, options: JitiOptions, isByNode = true): Jiti {
  /** What failed in Node, by path. */
  const failed = new Map<string, unknown>();

  const transform = (file: TransformOptions): TransformResult => {
    const { filename = '', source } = file;
    if (failed.has(filename)) throw failed.get(filename);
    if (isPlainScript(filename, source)) return { code: source + defaultExport };
    return translated(file);
  };

  const nativeImport: Import = async (module) => {
    const path = pathOf(module);
    if (path === null || !isAuthors(path)) return import(String(module));
    if (!isByNode || !isModule(path)) throw notByNode;
    try {
      return await importOnce(path);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      failed.set(path, error.cause);
      throw error.cause;
    }
  };

  return engine().create(
    id,
    { ...options, transform },
    {
      onError(error) {
        throw error;
      },
      nativeImport,
      createRequire: requireForJiti,
    },
  );
}

/** `createRequire` without the code of bots: jiti evaluates that. */
function requireForJiti(from: string | URL): NodeJS.Require {
  const native = createRequire(from);
  const require = (name: string): unknown => {
    if (isAbsolute(name) && isAuthors(name) && extname(name) !== '.json') throw notByNode;
    return native(name);
  };
  const { cache, resolve, extensions, main } = native;
  return Object.assign(require, { cache, resolve, extensions, main });
}

function pathOf(module: string | URL): string | null {
  const text = String(module);
  if (text.startsWith('file:')) return fileURLToPath(text);
  return isAbsolute(text) ? text : null;
}

/** What a CommonJS file exports is its default export, too, as where Node imports it. Jiti does the same for JSON. */
const defaultExport = `
;if (Object(module.exports) === module.exports && !module.exports.__esModule && Object.isExtensible(module.exports) && !('default' in module.exports)) Object.defineProperty(module.exports, 'default', { value: module.exports, configurable: true, writable: true });`;

/** A CommonJS file in JavaScript: jiti evaluates it as it is. */
function isPlainScript(path: string, source: string): boolean {
  if (!/\.c?js$/.test(path) || isModule(path) || /\bimport\s*[.(]/.test(source)) return false;
  try {
    // Only the parser knows: a bundle may have all of its code in one line.
    compileFunction(source.replace(/^#!.*/, ''), scriptScope);
    return true;
  } catch {
    return false;
  }
}

// --- jiti itself ---

let shared: { create: CreateJiti; folder: string } | null = null;

/** Jiti with a `node:fs` of its own, in which the files of bots are those that are kept. */
function engine(): NonNullable<typeof shared> {
  if (shared !== null) return shared;
  const require = createRequire(codeUrl);
  const folder = join(dirname(require.resolve('jiti')), '../dist');
  const file = join(folder, 'jiti.cjs');
  const module = { exports: {} as unknown };
  const run = compileFunction(fs.readFileSync(file, 'utf8'), scriptScope, { filename: file }) as (
    ...scope: unknown[]
  ) => void;
  const files = keptFs();
  const requireThere = (name: string): unknown =>
    name === 'node:fs' || name === 'fs' ? files : require(name);
  run(module.exports, requireThere, module, file, folder);
  const { exports } = module;
  const create = (
    typeof exports === 'function' ? exports : (exports as { default: unknown }).default
  ) as CreateJiti;
  shared = { create, folder };
  return shared;
}

/** Translated once for all threads and processes of a bot. */
function translated(file: TransformOptions): TransformResult {
  const { filename: path = '', source, async: mayWait = false } = file;
  const form = mayWait ? 'module' : 'script';
  const known = codeServer().translationOf({ path, form, text: source });
  if (known !== null) return { code: known };
  const result = babel()(file);
  if (result.error === undefined) codeServer().keepTranslation({ path, form, text: result.code });
  return result;
}

let translate: ((file: TransformOptions) => TransformResult) | null = null;

/** Loaded only when something has to be translated: it takes as long as loading everything else. */
function babel(): NonNullable<typeof translate> {
  translate ??= createRequire(codeUrl)(join(engine().folder, 'babel.cjs')) as NonNullable<typeof translate>;
  return translate;
}

/** The kept file that this name had: itself, or where a link led. Null where none was. */
function keptAt(file: unknown): string | null {
  if (typeof file !== 'string') return null;
  const { isKept, ledTo } = codeServer();
  return isKept(file) ? file : ledTo(file);
}

/** The functions by which jiti finds and reads files. */
function keptFs(): typeof fs {
  const here = { isFile: () => true, isDirectory: () => false } as fs.Stats;
  const statSync = ((file: fs.PathLike, how?: fs.StatSyncOptions) => {
    const path = file instanceof URL ? fileURLToPath(file) : file;
    return keptAt(path) !== null ? here : fs.statSync(file, how);
  }) as typeof fs.statSync;
  const readFileSync = ((...read: Parameters<typeof fs.readFileSync>) => {
    const [path, how] = read;
    if (typeof path !== 'string' || how !== 'utf8' || !isAuthors(path)) return fs.readFileSync(...read);
    const file = keptAt(path) ?? path;
    return codeServer().serve(file, () => ({ text: fs.readFileSync(file, 'utf8'), format: null })).text;
  }) as typeof fs.readFileSync;
  const realpathSync = Object.assign((path: fs.PathLike) => keptAt(path) ?? fs.realpathSync(path), {
    native: fs.realpathSync.native,
  }) as typeof fs.realpathSync;
  return { ...fs, statSync, readFileSync, realpathSync };
}
