/** A journal's file as text: a header and one entry a line. */
import { constants, copyFileSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { oddKindOf } from '../../files/file-kind.js';
import { isObject } from '../../protocol/checks.js';
import { OptionError } from '../../protocol/errors.js';
import type { JsonObject } from '../../protocol/frames.js';
import { printable } from '../../protocol/redact.js';
import { isJournalEntry, type JournalEntry } from './journal-entry.js';

const defaults = { version: 1, maxTermsLength: 400 } as const;

/** The options that must be the same when the platform starts again, because its matches depend on them. */
export type JournalTerms = JsonObject;

export function headerOf(terms: JournalTerms): JsonObject {
  return { journal: 'chipzen-sandbox', version: defaults.version, terms };
}

export function linesOf(lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * The file that a path means, whatever links lead there. It need not exist, but its folder must.
 *
 * @throws {OptionError} for something else than a file.
 */
export function realStatePath(path: string): string {
  try {
    // Nothing at all: a link that leads nowhere is an error, since the file would take its place.
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
      return join(realpathSync(dirname(path)), basename(path));
    }
    const kind = oddKindOf(statSync(path));
    // Refused before it is opened: to read a pipe could take for ever.
    if (kind === null) return realpathSync(path);
    throw new OptionError('state', `The state file ${path} is ${kind}, not a file. Choose another file.`);
  } catch (error) {
    throw error instanceof OptionError ? error : unreadable(path, error);
  }
}

export interface JournalText {
  readonly entries: JournalEntry[];
  /** The number of the first line that is no entry, counted from 1; null when all are. */
  readonly damagedLine: number | null;
}

/**
 * Reads what an earlier run has written; nothing when there is no file. Nothing is changed.
 *
 * @throws {OptionError} for a file that cannot be read or is no journal, and for one of other terms.
 */
export function readJournal(path: string, terms: JournalTerms): JournalText {
  const text = readIfThere(path);
  if (text === null || text === '') return { entries: [], damagedLine: null };
  // The last line may be incomplete: the platform may have been killed while it wrote.
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  const [first = '', ...rest] = lines;
  if (!first.startsWith('{"journal":"chipzen-sandbox"')) {
    throw new OptionError('state', `${path} is not the state of a sandbox. Choose another file.`);
  }
  if (first !== JSON.stringify(headerOf(terms))) throw ofOtherTerms(path, first, terms);
  const entries: JournalEntry[] = [];
  for (const [index, line] of rest.entries()) {
    const entry = parsed(line);
    if (!isJournalEntry(entry)) return { entries, damagedLine: index + 2 };
    entries.push(entry);
  }
  return { entries, damagedLine: null };
}

function ofOtherTerms(path: string, first: string, terms: JournalTerms): OptionError {
  const header = parsed(first);
  const own = isObject(header) && isObject(header['terms']) ? header['terms'] : {};
  const others = Object.entries(own)
    .filter(([name, value]) => Object.hasOwn(terms, name) && !isDeepStrictEqual(value, terms[name]))
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(', ');
  const which = others === '' ? '.' : `: ${printable(others, defaults.maxTermsLength)}.`;
  return new OptionError(
    'state',
    `${path} is the state of a sandbox with other options (--stack, --blinds, --hands)${which} Give it the same ones, or choose another file.`,
  );
}

/** The error for a damaged line, which says how to go on without it. */
export function damaged(path: string, line: number): OptionError {
  return new OptionError(
    'state',
    `Line ${line} of ${path} is damaged. Start once with --repair-state (option repairState) to go on with the ${line - 1} lines before it; the whole file is kept as ${keptAs(path)}. Or choose another file.`,
  );
}

/**
 * Keeps a copy of a damaged file, for its owner only.
 *
 * @throws {OptionError} when there is one already, or it cannot be written.
 */
export function keepDamaged(path: string): void {
  const copy = keptAs(path);
  try {
    copyFileSync(path, copy, constants.COPYFILE_EXCL);
  } catch (error) {
    const code = codeOf(error);
    throw new OptionError(
      'repairState',
      code === 'EEXIST'
        ? `${copy} is there already, from an earlier repair. Move it away, then repair ${path}.`
        : `${path} was not repaired: it cannot be kept as ${copy} (${code}).`,
    );
  }
}

function keptAs(path: string): string {
  return `${path}.damaged`;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): OptionError {
  return new OptionError(
    'state',
    `The state file ${path} cannot be read (${codeOf(error)}). Choose another file.`,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
