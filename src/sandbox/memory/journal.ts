/**
 * What a platform has to remember to continue after it was killed: a file of JSON lines, one fact each, written
 * before the fact is sent to anybody. It contains tokens, so only its owner may read it.
 */
import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { oddKindOf } from '../../files/file-kind.js';
import { OptionError } from '../../protocol/errors.js';
import type { JsonObject } from '../../protocol/frames.js';
import { isJournalEntry, type JournalEntry } from './journal-entry.js';

const defaults = {
  version: 1,
  /** A journal that has grown by so much is rewritten without what is over. */
  compactAfterBytes: 16 * 1024 * 1024,
} as const;

/** The options that must be the same when the platform starts again, because its matches depend on them. */
export type JournalTerms = JsonObject;

export interface Journal {
  write(entry: JournalEntry): void;
  close(): void;
}

/** A journal that keeps nothing. */
export const noJournal: Journal = { write: () => undefined, close: () => undefined };

/**
 * Opens or creates the file.
 *
 * @param compact reduces the entries to those that are still needed.
 * @returns the entries of an earlier run, and the journal to write to.
 * @throws {OptionError} for a file that is not a journal, or the journal of a platform with other terms.
 */
export function openJournal(
  path: string,
  terms: JournalTerms,
  compact: (entries: readonly JournalEntry[]) => readonly JournalEntry[],
): { entries: readonly JournalEntry[]; journal: Journal } {
  const header = { journal: 'chipzen-sandbox', version: defaults.version, terms };
  const kept = [...compact(readEntries(path, JSON.stringify(header)))];
  let fd = writeAnew(path, [header, ...kept]);
  let writtenFrom = fstatSync(fd).size;
  let size = writtenFrom;

  return {
    entries: kept,
    journal: {
      write(entry) {
        if (fd === -1) return;
        size += writeSync(fd, `${JSON.stringify(entry)}\n`);
        if (size - writtenFrom < defaults.compactAfterBytes) return;
        closeSync(fd);
        fd = writeAnew(path, [header, ...compact(readEntries(path, JSON.stringify(header)))]);
        writtenFrom = fstatSync(fd).size;
        size = writtenFrom;
      },
      close() {
        if (fd !== -1) closeSync(fd);
        fd = -1;
      },
    },
  };
}

/** If the platform is killed here, either the old or the new file is there, never half of one. */
function writeAnew(path: string, lines: readonly object[]): number {
  const draft = `${path}.new`;
  refuseOddKind(draft);
  try {
    writeFileSync(draft, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { mode: 0o600 });
    renameSync(draft, path);
    return openSync(path, 'a');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new OptionError(
      'state',
      `The state file ${path} cannot be written (${code}). Choose another file.`,
    );
  }
}

function readEntries(path: string, header: string): JournalEntry[] {
  const text = readIfThere(path);
  if (text === null || text === '') return [];
  // The last line may be incomplete: the platform may have been killed while it wrote.
  const lines = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
  const [first = '', ...rest] = lines;
  if (!first.startsWith('{"journal":"chipzen-sandbox"')) {
    throw new OptionError('state', `${path} is not the state of a sandbox. Choose another file.`);
  }
  if (first !== header) {
    throw new OptionError(
      'state',
      `${path} is the state of a sandbox with other options (seed, stacks, blinds, hands). Give it the same ones, or choose another file.`,
    );
  }
  return rest.map((line, index) => {
    const entry = parsed(line);
    if (isJournalEntry(entry)) return entry;
    throw new OptionError('state', `Line ${index + 2} of ${path} is damaged. Choose another file.`);
  });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** @throws {OptionError} when the path exists and is not a regular file; it is not opened. */
function refuseOddKind(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  const kind = stats === undefined ? null : oddKindOf(stats);
  if (kind === null) return;
  throw new OptionError('state', `The state file ${path} is ${kind}, not a file. Choose another file.`);
}

function readIfThere(path: string): string | null {
  try {
    refuseOddKind(path);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof OptionError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    if (code === 'ENOENT') return null;
    throw new OptionError('state', `The state file ${path} cannot be read (${code}). Choose another file.`);
  }
}
