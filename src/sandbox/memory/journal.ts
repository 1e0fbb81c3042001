/**
 * What a platform has to remember to continue after it was killed: a file of JSON lines, one fact each, written
 * before the fact is sent to anybody. It contains tokens, so only its owner may read it.
 */
import { OptionError, StateWriteError } from '../../protocol/errors.js';
import type { JournalEntry } from './journal-entry.js';
import { createJournalFile, type Disk, failureOf } from './journal-file.js';
import {
  damaged,
  headerOf,
  type JournalTerms,
  keepDamaged,
  linesOf,
  readJournal,
  repairOf,
} from './journal-lines.js';

const defaults = {
  /** A journal that has grown by so much is rewritten without what is over. */
  compactAfterBytes: 16 * 1024 * 1024,
} as const;

export interface Journal {
  /**
   * Writes these entries, all of them or none.
   *
   * @throws {StateWriteError} for none.
   */
  write(...entries: JournalEntry[]): void;
  close(): void;
}

/** A journal that keeps nothing. */
export const noJournal: Journal = { write: () => undefined, close: () => undefined };

/** What a platform goes on from, and its journal. */
export interface StoredState {
  /** Of an earlier run. */
  readonly entries: readonly JournalEntry[];
  /** Takes entries from `begin` on. */
  readonly journal: Journal;
  /**
   * Writes the file anew, without what is over. Until then nothing has changed on the disk.
   *
   * @throws {OptionError} when it cannot be written.
   */
  begin(): void;
}

export interface JournalOptions {
  /** The real path (`realStatePath`), which this process has locked. */
  path: string;
  terms: JournalTerms;
  /** Reduces the entries to those that are still needed. */
  compact: (entries: readonly JournalEntry[]) => readonly JournalEntry[];
  /** Goes on with the lines before a damaged one, and keeps the damaged file. Default: false. */
  repair?: boolean;
  /** Called when a damaged file was repaired, with a sentence about it. */
  onRepaired?: (message: string) => void;
  /** Called when the first write of several fails, with a sentence about it. */
  onFailed?: (message: string) => void;
  /** Called when a write succeeds after one that failed. */
  onRecovered?: () => void;
  /** Default: the real one. */
  disk?: Disk;
}

/**
 * Reads the file, if there is one.
 *
 * @throws {OptionError} for a file that is not a journal or is damaged, or the journal of a platform with other terms.
 */
export function openJournal(options: JournalOptions): StoredState {
  const { path, terms, compact, repair = false, onRepaired, onFailed, onRecovered, disk } = options;
  const header = headerOf(terms);
  const found = readJournal(path, terms);
  if (found.damagedLine !== null && !repair) throw damaged(path, found.damagedLine);
  const entries = [...compact(found.entries)];
  const file = createJournalFile(path, disk);
  let state: 'unopened' | 'open' | 'closed' = 'unopened';
  let compactAt = 0;
  let hasFailed = false;

  function writeAnew(kept: readonly JournalEntry[]): void {
    file.replace(linesOf([header, ...kept]));
    compactAt = file.size + defaults.compactAfterBytes;
  }

  /** Nothing is lost when it fails: the file only stays large until the next time. */
  function compactFile(): void {
    compactAt = file.size + defaults.compactAfterBytes;
    try {
      const { entries: written, damagedLine } = readJournal(path, terms);
      if (damagedLine === null) writeAnew(compact(written));
    } catch (error) {
      if (error instanceof StateWriteError || error instanceof OptionError) return;
      throw error;
    }
  }

  function noteFailure(error: unknown): void {
    if (hasFailed || !(error instanceof StateWriteError)) return;
    hasFailed = true;
    onFailed?.(
      `${failureOf(path, error.cause)}. Matches wait, and nothing new is made, until there is room for it.`,
    );
  }

  function noteSuccess(): void {
    if (!hasFailed) return;
    hasFailed = false;
    onRecovered?.();
  }

  return {
    entries,
    begin() {
      if (found.damagedLine !== null) keepDamaged(path);
      try {
        writeAnew(entries);
      } catch (error) {
        if (!(error instanceof StateWriteError)) throw error;
        throw new OptionError('state', error.message);
      }
      state = 'open';
      if (found.damagedLine !== null) onRepaired?.(repairOf(path, found.damagedLine));
    },
    journal: {
      write(...lines) {
        if (state === 'closed') return;
        if (state === 'unopened') throw new Error('The state file was not begun.');
        try {
          file.append(linesOf(lines));
        } catch (error) {
          noteFailure(error);
          throw error;
        }
        noteSuccess();
        if (file.size >= compactAt) compactFile();
      },
      close() {
        file.close();
        state = 'closed';
      },
    },
  };
}
