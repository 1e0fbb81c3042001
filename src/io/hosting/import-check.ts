/**
 * Finds imports of names that the other module does not export. Node refuses these; a translated file gets `undefined` for
 * them, and fails somewhere else, perhaps in the middle of a match.
 */
import { dirname, isAbsolute, sep } from 'node:path';
import { types } from 'node:util';
import type { Jiti } from 'jiti';
import { didYouMean } from '../../protocol/known-names.js';
import { shownPlace } from './author-place.js';
import { isAuthors } from './code/kept-files.js';
import { sourceOf } from './load-failure.js';

const defaults = { maxFiles: 200 } as const;

/** What a file was loaded with. */
export interface LoadedWith {
  jiti: Jiti;
  /** Modules that are not looked for in files, by name; some are promises. */
  packages: Readonly<Record<string, unknown>>;
}

interface Import {
  from: string;
  names: string[];
  /** From 1, of each name. */
  line: number;
}

const clause = /\bimport\s+(?:[\w$]+\s*,\s*)?\{([^}]*)\}\s*from\s*(['"])([^'"\n]+)\2/g;
const required = /\b(?:const|let|var)\s*\{([^}]*)\}\s*=\s*require\(\s*(['"])([^'"\n]+)\2\s*\)/g;

/**
 * Says which import of this file, or of the author's files that it imports, names an export that does not exist: `bot.ts:1
 * imports Actoin from 'chipzen-agent', which does not export it. Did you mean Action?`; null when all exist. Types are not
 * looked for: they are gone when a file runs.
 */
export async function findWrongImport(path: string, loaded: LoadedWith): Promise<string | null> {
  const waiting = [path];
  const seen = new Set(waiting);
  for (const file of waiting) {
    const source = sourceOf(file);
    for (const { from, names, line } of importsIn(source)) {
      const target = fileOf(from, file, loaded.jiti);
      if (target !== null && !seen.has(target) && isAuthors(target) && seen.size < defaults.maxFiles) {
        seen.add(target);
        waiting.push(target);
      }
      const values = names.filter((name) => isValue(name, source));
      if (values.length === 0) continue;
      const known = await exportsOf(from, target, loaded);
      if (known === null) continue;
      const wrong = values.find((name) => !known.includes(name) && isUsed(name, { file, source, loaded }));
      if (wrong === undefined) continue;
      const at = shownPlace(file, line + lineWithin(source, line, wrong));
      return `${at} imports ${wrong} from '${from}', which does not export it.${didYouMean(wrong, known)}`;
    }
  }
  return null;
}

function importsIn(source: string): Import[] {
  return [clause, required].flatMap((form) =>
    [...source.matchAll(form)].map(({ 1: list = '', 3: from = '', index }) => ({
      from,
      names: list.split(',').flatMap(nameOf),
      line: source.slice(0, index).split('\n').length,
    })),
  );
}

/** The name in the other module: `a` of `a`, `a as b` and `a: b`; nothing for a type. */
function nameOf(part: string): string[] {
  const text = part.replace(/\/\*.*?\*\/|\/\/.*/gs, '').trim();
  if (/^type\s/.test(text)) return [];
  const [, name] = /^([\w$]+)(?:\s+as\s+[\w$]+|\s*[:=].*)?$/s.exec(text) ?? [];
  return name === undefined || name === 'default' ? [] : [name];
}

/** How many lines below the beginning of its import a name is. */
function lineWithin(source: string, line: number, name: string): number {
  const rest = source.split('\n').slice(line - 1);
  return Math.max(
    0,
    rest.findIndex((text) => new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`).test(text)),
  );
}

function fileOf(name: string, importer: string, jiti: Jiti): string | null {
  if (!/^[./]/.test(name)) return null;
  try {
    const found = jiti.esmResolve(name, { parentURL: dirname(importer) + sep, try: true });
    const path = found === undefined ? null : new URL(found).pathname;
    return path !== null && isAbsolute(path) ? decodeURIComponent(path) : null;
  } catch {
    return null;
  }
}

/** The names that a module exports; null where that cannot be known. */
async function exportsOf(
  name: string,
  file: string | null,
  { jiti, packages }: LoadedWith,
): Promise<string[] | null> {
  if (Object.hasOwn(packages, name)) return Object.keys((await packages[name]) as object);
  if (file === null) return null;
  // It was loaded with the bot: it is not evaluated again.
  const exported: unknown =
    jiti.cache[file]?.exports ?? (await jiti.import(file, { try: true }).catch(() => null));
  const isModule =
    types.isModuleNamespaceObject(exported) ||
    (typeof exported === 'object' && exported !== null && '__esModule' in exported);
  return isModule ? Object.keys(exported as object) : null;
}

interface Use {
  file: string;
  source: string;
  loaded: LoadedWith;
}

/** Whether the name may stand for a value. That a type has been taken for one is found out later, at some cost. */
function isValue(name: string, source: string): boolean {
  const word = `\\b${name.replaceAll('$', '\\$')}\\b`;
  const rest = source.replace(clause, '');
  const forms = `${word}\\s*[.(\\[\`]|\\b(?:new|extends|typeof|return)\\s+${word}|[=(,\\[?&|!{]\\s*${word}\\s*[,;)\\]}?&|\\n]`;
  return new RegExp(forms).test(rest) || / as /.test(source.match(new RegExp(`${word}\\s+as\\s`))?.[0] ?? '');
}

/** Whether the name is used as a value, which remains when the types are taken out. */
function isUsed(name: string, { file, source, loaded }: Use): boolean {
  if (!/\.[cm]?tsx?$/.test(file)) return true;
  try {
    const code = loaded.jiti.transform({ source, filename: file, ts: true, async: true });
    return new RegExp(`\\.${name.replaceAll('$', '\\$')}\\b`).test(code);
  } catch {
    return false;
  }
}
