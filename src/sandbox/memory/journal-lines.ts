/** A journal's file as text: a header and one entry a line. */
import {
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { oddKindOf } from '../../files/file-kind.js';
import { isObject } from '../../protocol/checks.js';
import { OptionError } from '../../protocol/errors.js';
import type { JsonObject } from '../../protocol/frames.js';
import { isJournalEntry, type JournalEntry } from './journal-entry.js';

const defaults = { version: 1, maxShownTerm: 20 } as const;

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
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) {
      const folder = dirname(path);
      if (existsSync(folder)) return join(realpathSync(folder), basename(path));
      throw new OptionError(
        'state',
        `There is no folder ${folder} for the state file. Make it, or choose another file.`,
      );
    }
    // The file would take the place of the link.
    if (found.isSymbolicLink() && !existsSync(path)) {
      throw new OptionError(
        'state',
        `The state file ${path} is a link that leads nowhere. Remove it, or choose another file.`,
      );
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
  if (first !== JSON.stringify(headerOf(terms))) {
    throw new OptionError(
      'state',
      `${path} is the state of a sandbox with other options: ${differences(first, terms)}. Give it the same ones (--format, --stack, --blinds, --hands, --ante), or choose another file.`,
    );
  }
  const entries: JournalEntry[] = [];
  for (const [index, line] of rest.entries()) {
    const entry = parsed(line);
    if (!isJournalEntry(entry)) return { entries, damagedLine: index + 2 };
    entries.push(entry);
  }
  return { entries, damagedLine: null };
}

/** What the options were and are, for a person: `maxHands was 300 and is 1000, blindSchedule is another`. */
function differences(header: string, terms: JournalTerms): string {
  const found = parsed(header);
  const old = isObject(found) && isObject(found['terms']) ? found['terms'] : {};
  const changed = Object.entries(terms).flatMap(([name, value]) => {
    const [was, is] = [JSON.stringify(old[name] ?? null), JSON.stringify(value)];
    if (was === is) return [];
    const isShort = Math.max(was.length, is.length) <= defaults.maxShownTerm;
    return [isShort ? `${name} was ${was} and is ${is}` : `${name} is another`];
  });
  return changed.length === 0 ? 'it is from another version' : changed.join(', ');
}

/** The error for a damaged line, which says how to go on without it. */
export function damaged(path: string, line: number): OptionError {
  return new OptionError(
    'state',
    `Line ${line} of ${path} is damaged. Start once with --repair-state (option repairState) to go on with the ${line - 1} lines before it; the whole file is kept as ${keptAs(path)}. Or choose another file.`,
  );
}

/** What a repair has done, for a person. */
export function repairOf(path: string, line: number): string {
  return `Line ${line} of ${path} was damaged: the platform goes on with the ${line - 1} lines before it, and the whole file is kept as ${keptAs(path)}.`;
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
