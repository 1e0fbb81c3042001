/** Why a bot file cannot be loaded, as a sentence that names the line of the author's own source. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadBotError } from '../../protocol/errors.js';
import { didYouMean } from '../../protocol/known-names.js';
import { printable } from '../../protocol/redact.js';
import { authorPlaceOf, shownPlace } from './author-place.js';
import { codeServer } from './code/serve-code.js';
import { describeFailureAt } from './failure.js';
import { sdkName } from './sdk-alias.js';

const defaults = { maxReasonLength: 500, maxNameLength: 120 } as const;

/** The error of a bot file that cannot be loaded; what it threw is the cause. */
export function cannotBeLoaded(path: string, error: unknown): BadBotError {
  const why = printable(describeMissing(error) ?? describeFailureAt(error), defaults.maxReasonLength);
  return new BadBotError(`${path} cannot be loaded: ${fromFolderOf(path, why)}`, { cause: error });
}

/** The same text with paths from the folder of the bot file, which the sentence names already. */
export const fromFolderOf = (path: string, why: string): string => why.replaceAll(dirname(path) + sep, '');

/** `bot.ts:2 imports './helpres.js', which is not there. Did you mean './helpers.js'?`; null for other errors. */
function describeMissing(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  if (error.code !== 'MODULE_NOT_FOUND' && error.code !== 'ERR_MODULE_NOT_FOUND') return null;
  const [, name] = /^Cannot find (?:module|package) '([^']+)'/.exec(error.message) ?? [];
  if (name === undefined) return null;
  const importer = importerIn(error);
  const place = importer === null ? authorPlaceOf(error) : placeOfImport(importer, name);
  const what =
    name.startsWith('.') || name.startsWith('/') ? `'${name}', which is not there.` : installWhat(name);
  const shown = `${place ?? importer ?? 'It'} imports ${what}`;
  return importer === null ? shown : shown + nearFile(importer, name);
}

function installWhat(name: string): string {
  const [first = '', second = ''] = name.split('/');
  const owner = first.startsWith('@') ? `${first}/${second}` : first;
  if (owner === sdkName) {
    return `'${name}'. chipzen-agent stands in for '${sdkName}' as a whole and has no such part of it: import the same names from '${sdkName}'.`;
  }
  return `'${name}', which is not installed here. Run npm install ${owner} in the bot's folder, or correct the name.`;
}

/** The file with the import: Node names it in the message, or in a list. */
function importerIn(error: Error): string | null {
  const { requireStack } = error as { requireStack?: unknown };
  const [first]: unknown[] = Array.isArray(requireStack) ? requireStack : [];
  if (typeof first === 'string') return first;
  const [, imported] = / imported from (.+)$/m.exec(error.message) ?? [];
  return imported === undefined || !imported.startsWith('file:')
    ? (imported ?? null)
    : fileURLToPath(imported);
}

/** The line that names this module; the file alone where no line does. */
function placeOfImport(file: string, name: string): string | null {
  const line = lineOf(sourceOf(file), name);
  return line === null ? null : shownPlace(file, line);
}

/** From 1. */
function lineOf(source: string, name: string): number | null {
  const at = [`'${name}'`, `"${name}"`].map((quoted) => source.indexOf(quoted)).find((index) => index >= 0);
  return at === undefined ? null : source.slice(0, at).split('\n').length;
}

/** The text that was loaded; of a file that was not, the text that is there. */
export function sourceOf(file: string): string {
  try {
    const read = () => ({ text: readFileSync(file, 'utf8'), format: null });
    const server = codeServer();
    return server.isKept(file) ? server.serve(file, read).text : read().text;
  } catch {
    return '';
  }
}

/** ` Did you mean './helpers.js'?` for a file of the same folder. */
function nearFile(importer: string, name: string): string {
  if (!name.startsWith('.')) return '';
  try {
    const path = resolve(dirname(importer), name);
    const folder = name.slice(0, name.lastIndexOf('/') + 1);
    const extension = extname(name);
    const others = readdirSync(dirname(path)).filter((file) => join(dirname(path), file) !== importer);
    const known = others.map((file) => {
      // Imports of TypeScript have the extension of what is made of it.
      const base = file.slice(0, file.length - extname(file).length);
      return folder + (/\.[cm]?tsx?$/.test(file) || extension === '' ? base + extension : file);
    });
    return didYouMean(name, known).slice(0, defaults.maxNameLength);
  } catch {
    return '';
  }
}
