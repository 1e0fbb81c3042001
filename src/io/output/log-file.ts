/** A log in a file: it survives a full disk and lost permissions, and takes limited memory meanwhile. */
import type { Clock } from '../../time/clock.js';
import { codeOf, createOutlet } from './outlet.js';
import { openRotatingFile } from './rotating-file.js';
import { logVoice } from './voice.js';

const defaults = {
  /** A trouble that comes and goes is told once in this time. */
  quietMs: 60_000,
} as const;

export interface LogFileOptions {
  path: string;
  maxBytes: number;
  keep: number;
  clock: Clock;
  now: () => number;
  wallNow: () => number;
  /** Called with a sentence when something is wrong with the file. */
  onTrouble: (message: string) => void;
}

export interface LogFile {
  write(line: string): void;
  /** Writes what can still be written. @returns how many lines are lost. */
  close(): number;
}

const ignore = (): void => undefined;

/** @throws {OptionError} when the file cannot be opened. */
export function openLogFile({ onTrouble, ...options }: LogFileOptions): LogFile {
  const { path, clock, now, wallNow } = options;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (what: string, error: unknown): void => {
    if (now() - toldAt < defaults.quietMs) return;
    toldAt = now();
    onTrouble(`The log file ${path} ${what} (${codeOf(error)}).`);
  };
  const file = openRotatingFile({
    ...options,
    onStuck: (error) => tell('cannot be put aside, and grows', error),
  });
  const fail = (error: unknown): void =>
    tell('cannot be written to; it is tried again, and lines that it misses are counted there', error);
  const outlet = createOutlet(file, { clock, voice: () => logVoice(wallNow), onFault: fail, onGone: fail });
  // A limit of the file's size (`ulimit -f`) is like a full disk: the signal must not end the process.
  process.on('SIGXFSZ', ignore);
  return {
    write: (line) => outlet.write(line),
    close() {
      outlet.retry();
      const lost = outlet.waitingLines();
      file.close();
      process.off('SIGXFSZ', ignore);
      return lost;
    },
  };
}
