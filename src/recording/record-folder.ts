/** A folder of recordings, as one process writes to it. */
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { oddKindOf } from '../files/file-kind.js';
import { makeFolder } from '../files/make-folder.js';
import { codeOf } from '../io/output/outlet.js';
import { OptionError } from '../protocol/errors.js';
import { createMask } from '../protocol/redact.js';
import type { Clock } from '../time/clock.js';
import { within } from '../time/time-limit.js';
import type { RecordLimits } from './folder-limits.js';
import { type RecordDisk, recordDisk } from './record-disk.js';
import { openRecordFile, type RecordFile, type WaitingText } from './record-file.js';
import { firstHeader } from './record-heads.js';
import { tidyRecords } from './record-limits.js';
import { recordName, resultsName, secondName, sessionName } from './record-names.js';
import type { RecordedResult, RecordingHeader } from './recording-shape.js';
import { resultsFile } from './results-file.js';

const defaults = {
  /** How long the end of a session waits for the disk. */
  closeMs: 2_000,
  /** How often the folder is looked through for what is too old or too much. */
  tidyMs: 60_000,
  /** A trouble that comes and goes is told once in this time. */
  quietMs: 60_000,
} as const;

export interface RecordFolderOptions {
  folder: string;
  limits: RecordLimits;
  /** Never written. */
  secret: string;
  clock: Clock;
  /** Milliseconds of a clock that never jumps. */
  now: () => number;
  wallNow: () => number;
  /** Called with a sentence when something cannot be recorded. */
  onTrouble: (message: string) => void;
  disk?: RecordDisk;
}

/** One recording of the folder. */
export interface OpenRecording {
  /** Null where no file could be opened: nothing is recorded, which was told. */
  readonly name: string | null;
  /** @param json of one record. */
  add(json: string): void;
  close(): void;
}

export interface RecordFolder {
  /** The absolute path. */
  readonly path: string;
  openMatch(matchId: string, header: RecordingHeader): OpenRecording;
  openSession(header: RecordingHeader): OpenRecording;
  /** The line is in the file, or the trouble is told, when this returns. */
  addResult(result: RecordedResult): void;
  /** Resolves when everything is written, or after two seconds. */
  close(): Promise<void>;
}

const ignore = (): void => undefined;

/** @throws {OptionError} when there can be no such folder. */
export function openRecordFolder(options: RecordFolderOptions): RecordFolder {
  const { clock, now, wallNow, onTrouble, disk = recordDisk } = options;
  const path = madeFolder(options.folder);
  const { json: mask, text: maskText } = createMask([options.secret]);
  const waiting: WaitingText = { length: 0 };
  const open = new Set<RecordFile>();
  const closing = new Set<Promise<void>>();
  const results = resultsFile(join(path, resultsName), clock, disk);
  const toldAt = new Map<string, number>();

  const tell = (about: string, message: string): void => {
    if (now() - (toldAt.get(about) ?? Number.NEGATIVE_INFINITY) < defaults.quietMs) return;
    toldAt.set(about, now());
    onTrouble(message);
  };
  const tellFailed = (code: string): void =>
    tell(
      'file',
      `Matches cannot be recorded in ${path} (${code}). They are played on; what is missing is counted there when it can be written again.`,
    );

  const openFile = (name: string, header: RecordingHeader, isNew: boolean): RecordFile =>
    openRecordFile({
      path: join(path, name),
      isNew,
      header: () => JSON.stringify({ ...header, at: wallNow() }),
      clock,
      wallNow,
      mask,
      waiting,
      onFailed: tellFailed,
      onRecovered: ignore,
      disk,
    });

  /** Two bots of one match may be recorded in the same folder, by two processes. */
  const openOwn = (name: string, header: RecordingHeader): RecordFile => {
    try {
      return openFile(name, header, true);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const other = firstHeader(join(path, name));
    const isOwn = other !== null && other.by === header.by && other.participantId === header.participantId;
    return openFile(
      isOwn ? name : secondName(name, `${header.by} ${header.participantId ?? ''}`),
      header,
      false,
    );
  };

  let isKeptTold = false;
  const tellKept = (count: number): void => {
    if (count === 0 || isKeptTold) return;
    isKeptTold = true;
    onTrouble(
      `${count} recordings in ${path} are beyond its limits and kept: their matches have no line in ${resultsName}, so that nothing else knows of them. Remove them by hand if nobody needs them.`,
    );
  };

  let tidiedAt = Number.NEGATIVE_INFINITY;
  let tidying: Promise<void> | null = null;

  /** In the background, and one at a time. */
  const tidy = async (): Promise<void> => {
    tidiedAt = now();
    tidying ??= tidyRecords(path, {
      ...options.limits,
      isOpen: (name) => [...open].some((file) => file.path === join(path, name)),
      now: wallNow(),
    }).then(
      ({ kept }) => tellKept(kept),
      (error: unknown) => tell('tidy', `Old recordings in ${path} cannot be removed (${codeOf(error)}).`),
    );
    await tidying;
    tidying = null;
  };

  const close = (file: RecordFile): void => {
    const closed = file.close().then((lost) => {
      open.delete(file);
      closing.delete(closed);
      if (lost > 0) tell('lost', `${lost} records of ${file.path} are lost: they could not be written.`);
      if (now() - tidiedAt >= defaults.tidyMs) void tidy();
    });
    closing.add(closed);
  };

  const begin = (name: string, header: RecordingHeader): OpenRecording => {
    try {
      const file = openOwn(name, header);
      open.add(file);
      return {
        name: file.path.slice(path.length + 1),
        add: (record) => file.add(record),
        close: () => close(file),
      };
    } catch (error) {
      tellFailed(codeOf(error));
      return { name: null, add: ignore, close: ignore };
    }
  };

  const writeOut = (): void => {
    for (const file of open) file.writeOut();
    results.close();
  };
  process.on('exit', writeOut);
  void tidy();
  // A limit of the file's size (`ulimit -f`) is like a full disk: the signal must not end the process.
  process.on('SIGXFSZ', ignore);

  return {
    path,
    openMatch: (matchId, header) => begin(recordName(matchId, maskText(matchId)), header),
    openSession: (header) => begin(sessionName(wallNow()), header),
    addResult(result) {
      const code = results.add(mask(JSON.stringify(result)));
      if (code === null) return;
      tell(
        'result',
        `The result of match ${result.matchId} is not in ${join(path, resultsName)} (${code}). It is tried again every 10 s.`,
      );
    },
    async close() {
      const ended = Promise.all(closing).then(tidy);
      await within(defaults.closeMs, clock, ended, () => new Error('The disk takes too long.')).catch(ignore);
      writeOut();
      process.off('exit', writeOut);
      process.off('SIGXFSZ', ignore);
      if (results.waiting > 0)
        onTrouble(`${results.waiting} results are lost: ${join(path, resultsName)} could not be written to.`);
    },
  };
}

/**
 * Makes the folder where it is not there.
 *
 * @returns the absolute path.
 * @throws {OptionError} when there can be no such folder.
 */
export function madeFolder(folder: string): string {
  if (folder === '') throw new OptionError('record', 'The name of the folder for recordings is empty.');
  const path = resolve(folder);
  try {
    makeFolder(path);
    if (oddKindOf(statSync(path)) === 'a folder') return path;
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EEXIST' && code !== 'ENOTDIR') {
      throw new OptionError(
        'record',
        `The folder ${path} for recordings cannot be made (${code}). Choose another one.`,
        { cause: error },
      );
    }
  }
  throw new OptionError('record', `${path} is no folder. Give the name of a folder for recordings.`);
}
