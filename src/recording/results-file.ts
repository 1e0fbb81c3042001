/** `results.jsonl`: a line for each match, in the file when `add` returns. */
import { closeSync } from 'node:fs';
import { codeOf } from '../io/output/outlet.js';
import type { Clock } from '../time/clock.js';
import { openToAppend, type RecordDisk, recordDisk } from './record-disk.js';

const defaults = {
  /** Results that could not be written and wait. */
  maxWaiting: 10_000,
  /** From one attempt to write those to the next: no match may come for hours. */
  retryMs: 10_000,
} as const;

export interface ResultsFile {
  /** Appends this line, behind those that could not be written before. @returns null, or the code of what went wrong. */
  add(json: string): string | null;
  /** Results that are not in the file. */
  readonly waiting: number;
  /** Tries those once more, and never again. */
  close(): void;
}

/** Several processes may write to it: each opens it anew, and appends a line with one call. */
export function resultsFile(path: string, clock: Clock, disk: RecordDisk = recordDisk): ResultsFile {
  let waiting: string[] = [];
  let timer: unknown = null;
  let isClosed = false;

  const append = (json: string): void => {
    const { fd, lead } = openToAppend(path);
    try {
      const bytes = Buffer.from(`${lead}${json}\n`);
      const written = disk.writeNow(fd, bytes);
      // What is left of the line does not go into the file by itself: the whole line is written again.
      if (written < bytes.length) throw Object.assign(new Error('The disk is full.'), { code: 'ENOSPC' });
    } finally {
      closeSync(fd);
    }
  };

  const write = (): string | null => {
    try {
      for (let line = waiting[0]; line !== undefined; line = waiting[0]) {
        append(line);
        waiting.shift();
      }
      return null;
    } catch (error) {
      return codeOf(error);
    }
  };

  const retryLater = (): void => {
    if (isClosed) return;
    timer ??= clock.setTimeout(() => {
      timer = null;
      if (write() !== null) retryLater();
    }, defaults.retryMs);
  };

  return {
    add(json) {
      waiting.push(json);
      if (waiting.length > defaults.maxWaiting) waiting = waiting.slice(-defaults.maxWaiting);
      const code = write();
      if (code !== null) retryLater();
      return code;
    },
    get waiting() {
      return waiting.length;
    },
    close() {
      isClosed = true;
      clock.clearTimeout(timer);
      write();
    },
  };
}
