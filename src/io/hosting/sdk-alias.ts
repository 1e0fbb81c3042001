/**
 * Bots for the official SDK run as they are: in their files `@chipzen-ai/bot` is this package, also where that one is
 * installed. Files that Node loads itself, and packages that they use, find it by what is here; for files that are
 * translated `load-bot.ts` gives the same names to the translator.
 */
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { codeUrl, findOwnFile } from '../../files/own-files.js';

export const sdkName = '@chipzen-ai/bot';

/**
 * The names by which a bot file can import this package, each with its own. Node resolves these from inside the package,
 * installed or not; tests and threads that run from sources map them to those.
 */
export const packageNames: ReadonlyMap<string, string> = new Map([
  ['chipzen-agent', 'chipzen-agent'],
  ['chipzen-agent/holdem', 'chipzen-agent/holdem'],
  ['chipzen-agent/sandbox', 'chipzen-agent/sandbox'],
  [sdkName, 'chipzen-agent'],
]);

interface Resolved {
  url: string;
  shortCircuit?: boolean;
}

/** Missing in the types of Node 20. */
interface Hooking {
  registerHooks?: (hooks: {
    resolve: (name: string, context: object, next: (name: string, context: object) => Resolved) => Resolved;
  }) => void;
  register?: (module: string, options?: { data?: unknown }) => void;
  /** What `require` calls, documented nowhere and relied on by many. */
  _load: (name: string, ...more: unknown[]) => unknown;
}

let isAliased = false;
let hasLoaderThread = false;

/**
 * Lets Node resolve the official SDK to this package in this thread from now on, where it loads this bot file.
 *
 * @param path of a bot file.
 * @returns whether Node may load files of the author itself. With hooks that have a thread of their own it would read them
 * there, where none is kept.
 */
export async function aliasSdk(path: string): Promise<boolean> {
  // Sources in TypeScript are nothing that Node could resolve to. What it does not find is translated.
  if (isAliased || codeUrl.endsWith('.ts')) return !hasLoaderThread;
  const hooking = module as unknown as Hooking;
  const { registerHooks, register } = hooking;
  const url = pathToFileURL(findOwnFile('dist/index.js', 'bot')).href;
  if (registerHooks !== undefined) {
    isAliased = true;
    registerHooks({
      resolve: (name, context, next) =>
        name === sdkName ? { url, shortCircuit: true } : next(name, context),
    });
  } else if (register !== undefined && isInstalledNear(path)) {
    // Node before 22.15. These hooks have a thread of their own, so only where the SDK would be found.
    isAliased = true;
    hasLoaderThread = true;
    register(hooksInText, { data: { sdkName, url } });
    const own = { ...((await import(url)) as object) };
    const { _load: load } = hooking;
    hooking._load = function loadAliased(this: unknown, name, ...more) {
      return name === sdkName ? own : load.call(this, name, ...more);
    };
  }
  return !hasLoaderThread;
}

const hooksInText = `data:text/javascript,${encodeURIComponent(`
  let alias;
  export const initialize = (data) => { alias = data; };
  export const resolve = (name, context, next) =>
    name === alias.sdkName ? { url: alias.url, shortCircuit: true } : next(name, context);
`)}`;

function isInstalledNear(path: string): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', sdkName))) return true;
    if (folder === dirname(folder)) return false;
  }
}
