/**
 * What the loaders of this process or thread get for the source files of a bot: the text that is kept, or what is read
 * now and kept from then on. Only loaders: a bot that reads such a file itself gets what is on the disk.
 */
import fs from 'node:fs';
import module, { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { linkAt, linksIn } from './imported-files.js';
import { isAuthors, type KeptFile, type KeptFiles } from './kept-files.js';
import { isModule } from './module-kind.js';
import { findKeptScripts, type KeptNames, linkedModule, removedModule } from './removed-files.js';

type Read = () => Pick<KeptFile, 'text' | 'format'>;

export type Translation = Omit<KeptFile, 'format'> & { form: 'module' | 'script' };

export interface CodeServer extends KeptNames {
  /** @throws what `read` throws for a file that is not kept. */
  serve(path: string, read: Read): KeptFile;
  /** What this text of a source file was translated to; null where that is not known. */
  translationOf(source: Translation): string | null;
  keepTranslation(translation: Translation): void;
  /** Whether Node gets all files that are kept: before 22.15 it does not find one that was removed, and follows links anew. */
  canNodeLoad(): boolean;
}

const readNow: CodeServer = {
  serve: (path, read) => ({ path, form: 'source', ...read() }),
  isKept: () => false,
  ledTo: () => null,
  translationOf: () => null,
  keepTranslation: () => undefined,
  canNodeLoad: () => true,
};

let server = readNow;

/** The server of this process or thread. Without `keepCode` every file is read when it is asked for. */
export const codeServer = (): CodeServer => server;

/**
 * Serves these files to the loaders of this process or thread from now on, for as long as it lives.
 *
 * @param onNew called with each file that is kept in addition.
 */
export function keepCode(files: KeptFiles, onNew: (file: KeptFile) => void): void {
  const { registerHooks } = module as Hooking;
  const add = (file: KeptFile): KeptFile => {
    if (!files.add(file)) return file;
    onNew(file);
    if (file.form === 'source') linksIn(file).forEach(add);
    return file;
  };
  const names: KeptNames = {
    isKept: (path) => files.get(path) !== undefined,
    ledTo(path) {
      const target = files.get(path, 'link')?.text;
      return target !== undefined && names.isKept(target) ? target : null;
    },
  };
  server = {
    serve: (path, read) => files.get(path) ?? add({ path, form: 'source', ...read() }),
    translationOf: ({ path, form, text }) =>
      files.get(path)?.text === text ? (files.get(path, form)?.text ?? null) : null,
    keepTranslation(translation) {
      if (server.isKept(translation.path)) add({ ...translation, format: null });
    },
    ...names,
    canNodeLoad: () => registerHooks !== undefined || files.all().every(isWhereItWas),
  };
  findKeptScripts(names);
  if (registerHooks !== undefined) hookLoaders(registerHooks, names);
  else watchReads();
}

const isWhereItWas = ({ path, text, form }: KeptFile): boolean =>
  form === 'link' ? linkAt(path)?.text === text : fs.existsSync(path);

// --- Node 22.15 and later ---

interface Loaded {
  format: string | null | undefined;
  source: string | ArrayBuffer | NodeJS.TypedArray | null | undefined;
  shortCircuit?: boolean;
}

interface Resolved {
  url: string;
  format?: string | null | undefined;
  shortCircuit?: boolean;
}

/** Missing in the types of Node 20. */
interface Hooking {
  registerHooks?: (hooks: {
    resolve: (
      name: string,
      context: { parentURL?: string },
      next: (name: string, context: object) => Resolved,
    ) => Resolved;
    load: (url: string, context: object, next: (url: string, context: object) => Loaded) => Loaded;
  }) => void;
}

function hookLoaders(registerHooks: NonNullable<Hooking['registerHooks']>, names: KeptNames): void {
  registerHooks({
    resolve(name, context, next) {
      const linked = linkedModule(name, context.parentURL, names);
      if (linked !== null) return { url: linked, shortCircuit: true };
      try {
        return next(name, context);
      } catch (error) {
        const url = removedModule(name, context.parentURL, names);
        if (url === null) throw error;
        return { url, shortCircuit: true };
      }
    },
    load(url, context, next) {
      const path = pathOf(url);
      if (path === null) return next(url, context);
      const { text, format } = server.serve(path, () => {
        const loaded = next(url, context);
        return {
          text: loaded.source ? textOf(loaded.source) : fs.readFileSync(path, 'utf8'),
          format: loaded.format ?? null,
        };
      });
      return { format: format ?? formatOf(path), source: text, shortCircuit: true };
    },
  });
}

/** For a file that is required, whose format Node does not say. */
function formatOf(path: string): string | undefined {
  if (path.endsWith('.json')) return 'json';
  if (/\.[cm]?js$/.test(path)) return isModule(path) ? 'module' : 'commonjs';
  return undefined;
}

/** The path of a source file of the author; null for everything else. */
function pathOf(url: string): string | null {
  if (!url.startsWith('file:')) return null;
  try {
    const path = fileURLToPath(url);
    return isAuthors(path) ? path : null;
  } catch {
    return null;
  }
}

const textOf = (source: NonNullable<Loaded['source']>): string =>
  typeof source === 'string'
    ? source
    : ArrayBuffer.isView(source)
      ? Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString()
      : Buffer.from(source).toString();

// --- earlier ones, which read source files with two functions of `node:fs` and compile scripts with one of `Module` ---

interface Compiling {
  _compile: (this: unknown, text: string, path: string, ...more: unknown[]) => unknown;
}

function watchReads(): void {
  // The object that `require` gives: the loaders look its functions up at each call.
  const own = createRequire(import.meta.url)('node:fs') as typeof fs;
  const { readFileSync } = own;
  const { readFile } = own.promises;

  const textNow = (path: string) => () => ({ text: readFileSync(path, 'utf8'), format: null });

  const servedTo = (caller: (...read: never) => unknown, file: unknown): string | null => {
    const path = typeof file === 'string' ? file : file instanceof URL ? pathOf(file.href) : null;
    if (path === null || !isAuthors(path) || !isCalledByNode(caller)) return null;
    return server.serve(path, textNow(path)).text;
  };

  const readSync = (...read: Parameters<typeof readFileSync>): ReturnType<typeof readFileSync> => {
    const text = servedTo(readSync, read[0]);
    if (text === null) return readFileSync(...read);
    return read[1] === undefined ? Buffer.from(text) : text;
  };
  const readSoon = (...read: Parameters<typeof readFile>): ReturnType<typeof readFile> => {
    try {
      const text = servedTo(readSoon, read[0]);
      if (text === null) return readFile(...read);
      return Promise.resolve(read[1] === undefined ? Buffer.from(text) : text);
    } catch (error) {
      return Promise.reject(error);
    }
  };
  // A script that a module imports is read in another way, and its text comes here.
  const scripts = module.prototype as unknown as Compiling;
  const { _compile: compile } = scripts;
  scripts._compile = function (this: unknown, text, path, ...more) {
    const kept = isAuthors(path) ? server.serve(path, () => ({ text, format: null })).text : text;
    return compile.call(this, kept, path, ...more);
  };
  own.readFileSync = readSync as typeof readFileSync;
  own.promises.readFile = readSoon as typeof readFile;
}

/** Whether Node's own code called this function. */
function isCalledByNode(callee: (...read: never) => unknown): boolean {
  const errors = Error as { stackTraceLimit: number; prepareStackTrace?: unknown };
  const { stackTraceLimit, prepareStackTrace } = errors;
  errors.stackTraceLimit = 1;
  delete errors.prepareStackTrace;
  const at = { stack: '' };
  Error.captureStackTrace(at, callee);
  const { stack } = at;
  errors.stackTraceLimit = stackTraceLimit;
  if (prepareStackTrace !== undefined) errors.prepareStackTrace = prepareStackTrace;
  return stack.includes('node:internal/modules/');
}
