/**
 * The file of one match, appended by group commit: what comes within some milliseconds is one write, off the path of
 * turns. A disk that takes nothing costs records, never a turn: the oldest that wait are dropped and counted in a `gap`.
 */
import { closeSync, fstatSync } from 'node:fs';
import { codeOf } from '../io/output/outlet.js';
import type { Redact } from '../protocol/redact.js';
import type { Clock } from '../time/clock.js';
import { openToAppend, type RecordDisk, recordDisk } from './record-disk.js';
import type { RecordingEnd, RecordingGap } from './recording-shape.js';

const defaults = {
  /** From a record to its write. With the write itself less than 50 ms are lost when the process is killed. */
  commitMs: 25,
  /** UTF-16 units of one write. */
  chunkLength: 256 * 1024,
  /** UTF-16 units that may wait in one file, and in all of a folder. */
  maxWaiting: 4 * 1024 * 1024,
  maxWaitingOfAll: 64 * 1024 * 1024,
  /** After so many failures in a row the file is given up for a while. */
  maxFailures: 2,
  firstRetryMs: 500,
  maxRetryMs: 10_000,
  /** How often it is looked whether somebody has removed the file. */
  lookMs: 1_000,
} as const;

const lineFeed = 0x0a;

/** The waiting text of all files of a folder, in UTF-16 units. */
export interface WaitingText {
  length: number;
}

export interface RecordFileOptions {
  path: string;
  /** Refuse a file that is there. */
  isNew?: boolean;
  /** JSON of the header, which is written first, whether the file is new or not. */
  header: () => string;
  clock: Clock;
  wallNow: () => number;
  /** Takes secrets out of JSON. */
  mask: Redact;
  waiting: WaitingText;
  /** Called when nothing can be written any more, and again after each recovery. */
  onFailed: (code: string) => void;
  onRecovered: () => void;
  disk?: RecordDisk;
}

export interface RecordFile {
  readonly path: string;
  /** Nothing was written the last times that it was tried. */
  readonly isStuck: boolean;
  /** @param json of one record, without a line feed. */
  add(json: string): void;
  /** Resolves when all is written, or cannot be. */
  flush(): Promise<void>;
  /** Writes what waits and the end of the recording. @returns how many records are lost. */
  close(): Promise<number>;
  /** Writes at once what can be written: the process ends. It does not throw. */
  writeOut(): void;
}

/** @throws the system's error when the file cannot be opened. */
export function openRecordFile(options: RecordFileOptions): RecordFile {
  const { path, header, clock, wallNow, mask, waiting, onFailed, onRecovered, disk = recordDisk } = options;
  let { fd, lead } = openToAppend(path, options.isNew);
  let queue: string[] = [];
  let length = 0;
  /** Records that were dropped since the last gap. */
  let lost = 0;
  /** Taken from the queue, and perhaps partly written. */
  let head: Buffer = opening();
  let isHeadBegun = false;
  let isWriting = false;
  let failures = 0;
  let isStuck = false;
  let retryMs: number = defaults.firstRetryMs;
  let timer: unknown = null;
  let lookedAt = wallNow();
  let isClosed = false;
  let settle: (() => void)[] = [];

  function opening(): Buffer {
    return Buffer.from(`${lead}${mask(header())}\n`);
  }

  const arm = (ms: number): void => {
    if (timer === null && !isClosed) timer = clock.setTimeout(commit, ms);
  };

  const disarm = (): void => {
    clock.clearTimeout(timer);
    timer = null;
  };

  const grow = (by: number): void => {
    length += by;
    waiting.length += by;
  };

  const takeChunk = (): Buffer => {
    let text = '';
    if (lost > 0) {
      const gap: RecordingGap = { type: 'gap', at: wallNow(), lost };
      text = `${JSON.stringify(gap)}\n`;
      lost = 0;
    }
    let count = 0;
    for (; count < queue.length && text.length < defaults.chunkLength; count += 1) {
      const line = queue[count] as string;
      grow(-line.length);
      text += `${mask(line)}\n`;
    }
    queue = count === queue.length ? [] : queue.slice(count);
    return Buffer.from(text);
  };

  const dropOldest = (): void => {
    const enough = length / 2;
    let count = 0;
    let dropped = 0;
    while (count < queue.length - 1 && length - dropped > enough) {
      dropped += (queue[count] as string).length;
      count += 1;
    }
    grow(-dropped);
    queue = queue.slice(count);
    lost += count;
  };

  /** A file that was removed is no longer written to: nobody would find it, and it would fill the disk. */
  const lookForFile = (): void => {
    if (Math.abs(wallNow() - lookedAt) < defaults.lookMs) return;
    lookedAt = wallNow();
    try {
      if (fstatSync(fd).nlink > 0) return;
      const again = openToAppend(path);
      closeSync(fd);
      ({ fd, lead } = again);
    } catch {
      return;
    }
    // The rest of a line makes no sense without its beginning.
    const whole = isHeadBegun ? head.subarray(head.indexOf(lineFeed) + 1) : head;
    head = Buffer.concat([opening(), whole]);
    isHeadBegun = false;
  };

  const ready = (): boolean => {
    lookForFile();
    if (head.length === 0) {
      head = takeChunk();
      isHeadBegun = false;
    }
    return head.length > 0;
  };

  const wrote = (written: number): void => {
    isHeadBegun = written < head.length;
    head = head.subarray(written);
    failures = 0;
    retryMs = defaults.firstRetryMs;
    if (!isStuck) return;
    isStuck = false;
    onRecovered();
  };

  const failed = (error: unknown): void => {
    failures += 1;
    if (failures < defaults.maxFailures) return arm(defaults.commitMs);
    arm(retryMs);
    retryMs = Math.min(2 * retryMs, defaults.maxRetryMs);
    if (isStuck) return undefined;
    isStuck = true;
    return onFailed(error === null ? 'nothing is taken' : codeOf(error));
  };

  function commit(): void {
    timer = null;
    if (isWriting || isClosed) return;
    if (!ready()) return settled();
    isWriting = true;
    disk.write(fd, head, (error, written) => {
      isWriting = false;
      if (error !== null || written === 0) failed(error);
      else wrote(written);
      if (isStuck) return settled();
      if (failures > 0) return undefined;
      const isMuch = length >= defaults.chunkLength;
      // What came meanwhile waits for its time, unless it is much or somebody waits for it.
      if (head.length > 0 || isMuch || (settle.length > 0 && queue.length + lost > 0)) return commit();
      if (queue.length > 0) arm(defaults.commitMs);
      return settled();
    });
  }

  function settled(): void {
    const waited = settle;
    settle = [];
    for (const resolve of waited) resolve();
  }

  const flush = (): Promise<void> =>
    new Promise((resolve) => {
      settle.push(resolve);
      disarm();
      commit();
    });

  /** @throws the system's error. */
  const writeRest = (): void => {
    // A write that is under way has it already.
    if (isWriting) head = Buffer.alloc(0);
    while (head.length > 0 || queue.length + lost > 0) {
      if (head.length === 0) head = takeChunk();
      const written = disk.writeNow(fd, head);
      if (written === 0) return;
      head = head.subarray(written);
    }
  };

  try {
    // At once: another process that records the same match looks whose file this is.
    wrote(disk.writeNow(fd, head));
  } catch (error) {
    failed(error);
  }
  return {
    path,
    get isStuck() {
      return isStuck;
    },
    add(json) {
      if (isClosed) return;
      queue.push(json);
      grow(json.length);
      if (length > defaults.maxWaiting || waiting.length > defaults.maxWaitingOfAll) dropOldest();
      if (timer === null && !isWriting) arm(defaults.commitMs);
    },
    flush,
    async close() {
      const end: RecordingEnd = { type: 'end', at: wallNow() };
      this.add(JSON.stringify(end));
      await flush();
      isClosed = true;
      disarm();
      const left = lost + queue.length + linesOf(head);
      grow(-length);
      closeSync(fd);
      return left;
    },
    writeOut() {
      if (isClosed) return;
      try {
        writeRest();
      } catch {
        // Nobody is left to be told.
      }
    },
  };
}

function linesOf(text: Uint8Array): number {
  let lines = 0;
  for (const byte of text) if (byte === lineFeed) lines += 1;
  return lines;
}
