/** Loads a bot from a TypeScript or JavaScript file, whatever the name of its export. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { types } from 'node:util';
import type { BotSource } from '../../bot/bot.js';
import { codeUrl } from '../../files/own-files.js';
import { BadBotError } from '../../protocol/errors.js';
import { printable } from '../../protocol/redact.js';
import { type Clock, systemClock } from '../../time/clock.js';
import { within } from '../../time/time-limit.js';
import { botFile } from './bot-module.js';
import { canBeBot, chooseBot, namedBot } from './choose-export.js';
import { EvaluationError, importOnce } from './code/import-once.js';
import { isModule } from './code/module-kind.js';
import { codeServer } from './code/serve-code.js';
import { findWrongImport } from './import-check.js';
import { cannotBeLoaded, fromFolderOf, sourceOf } from './load-failure.js';
import { aliasSdk, packageNames } from './sdk-alias.js';
import { guardLoading, refusalSoFar } from './session-guard.js';

const defaults = { maxReasonLength: 1_000, limitMs: 120_000 } as const;

/**
 * Loads the bot of a file: the export with the given name, or the one that `chooseBot` takes. Imports of `chipzen-agent`,
 * `chipzen-agent/holdem` and `chipzen-agent/sandbox` in the file get this package, whether it is installed there or not, and
 * so do imports of `@chipzen-ai/bot`.
 *
 * @param exportName of the export, or of the class that is exported.
 * @throws {OptionError} when there is no such file.
 * @param onLate called when the file starts a session of its own after it was loaded; that is refused as well.
 * @throws {BadBotError} when it cannot be loaded, takes longer than 120 s to load, starts a session of its own, or
 * exports no bot.
 */
export async function loadBot(
  file: string,
  clock: Clock = systemClock,
  exportName?: string,
  onLate?: (refusal: BadBotError) => void,
): Promise<BotSource> {
  const path = fileOf(file);
  const late = () =>
    new BadBotError(
      `${path} has not ended loading after ${defaults.limitMs / 1_000} s: it awaits something that does not come.`,
    );
  const module = await guardLoading(path, () => within(defaults.limitMs, clock, load(path), late), onLate);
  return exportName === undefined ? chooseBot(module, path) : namedBot(module, path, exportName);
}

/** Where the file is, links followed; a kept one may be gone. */
function fileOf(file: string): string {
  return codeServer().isKept(file) ? file : realpathSync(botFile(file));
}

async function load(path: string): Promise<Record<string, unknown>> {
  if (process.versions.bun !== undefined) return loadByBun(path);
  const isByNode = (await aliasSdk(path)) && codeServer().canNodeLoad();
  if (isByNode && isModule(path)) {
    try {
      return { ...(await importOnce(path)) };
    } catch (error) {
      if (refusalSoFar() !== null) throw error;
      if (error instanceof EvaluationError) throw cannotBeLoaded(path, error.cause);
      // Files that Node cannot load are translated: they may import TypeScript, or this package where it is not
      // installed.
    }
  }
  return translate(path, isByNode);
}

/** Bun reads TypeScript by itself, and neither follows Node's hooks nor imports a file from a program in a URL. */
async function loadByBun(path: string): Promise<Record<string, unknown>> {
  try {
    return { ...(await importByName(pathToFileURL(path).href)) };
  } catch (error) {
    if (refusalSoFar() !== null) throw error;
    throw cannotBeLoaded(path, error);
  }
}

/** @param isByNode modules in JavaScript that the file imports are left to Node. */
async function translate(path: string, isByNode: boolean): Promise<Record<string, unknown>> {
  const packages = await packageModules(path);
  // Imported only when needed: it takes as long to load as everything else that `run` needs.
  const { createAuthorJiti } = await import('./code/author-jiti.js');
  const create = (paths: { tsconfigPaths?: string }) =>
    createAuthorJiti(
      codeUrl,
      { fsCache: false, interopDefault: false, virtualModules: packages, ...paths },
      isByNode,
    );
  const jiti = withPaths(path, create);
  const failure = async (error: unknown): Promise<BadBotError> => {
    // What a wrong import leads to is told as that import.
    const wrong = await findWrongImport(path, { jiti, packages });
    return wrong === null ? cannotBeLoaded(path, error) : wrongImport(path, wrong, error);
  };
  const loaded = await jiti.import<object>(path).catch(async (error: unknown) => {
    throw await failure(error);
  });
  const wrong = await findWrongImport(path, { jiti, packages });
  if (wrong !== null) throw wrongImport(path, wrong);
  return exportsOf(loaded);
}

function wrongImport(path: string, what: string, cause?: unknown): BadBotError {
  const message = printable(
    `${path} cannot be loaded: ${fromFolderOf(path, what)}`,
    defaults.maxReasonLength,
  );
  return new BadBotError(message, cause === undefined ? {} : { cause });
}

/** A configuration that cannot be read, and is perhaps not the bot's, keeps no bot from being loaded. */
function withPaths<T>(path: string, create: (paths: { tsconfigPaths?: string }) => T): T {
  try {
    return create(pathsOf(path));
  } catch {
    return create({});
  }
}

/** The `paths` of the TypeScript configuration that the file belongs to. */
function pathsOf(path: string): { tsconfigPaths?: string } {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const file = join(folder, 'tsconfig.json');
    if (existsSync(file)) return { tsconfigPaths: file };
    if (folder === dirname(folder)) return {};
  }
}

/**
 * The exports of a translated file. What a CommonJS file has as `module.exports` is its default export, too, as it is where
 * Node imports such a file.
 */
function exportsOf(loaded: object): Record<string, unknown> {
  const isNamespace =
    types.isModuleNamespaceObject(loaded) ||
    '__esModule' in loaded ||
    Object.keys(loaded).includes('default');
  const named: Record<string, unknown> = { ...loaded };
  return isNamespace || !canBeBot(loaded) ? named : { ...named, default: loaded };
}

const importByName = (name: string): Promise<Record<string, unknown>> => import(name);

/** This package for a bot file, loaded only when the file imports it: that takes longer than loading most bots. */
async function packageModules(path: string): Promise<Record<string, Record<string, unknown>>> {
  const modules: Record<string, Record<string, unknown>> = {};
  // `require` needs the modules loaded before.
  const isWaited = /\brequire\b/.test(sourceOf(path));
  for (const [name, own] of packageNames) {
    if (isWaited) modules[name] = { ...(await importByName(own)) };
    else Object.defineProperty(modules, name, { enumerable: true, get: () => importByName(own) });
  }
  return modules;
}
