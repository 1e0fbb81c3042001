/** The part of the process that commands use, so that tests can provide their own. */

import type { StreamName } from '../../io/output/standard-output.js';
import type { Voice } from '../../io/output/voice.js';
import type { EnvironmentVariables } from '../../network/environment-variables.js';
import { secretVariables } from '../../protocol/credential.js';
import { createMask, type Mask, type Redact } from '../../protocol/redact.js';
import type { Clock } from '../../time/clock.js';
import type { Keys } from './keys.js';

/** `SIGPIPE`: nobody reads the output any more. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGPIPE';

export interface CliIo {
  /** Results and progress, which may be piped. */
  stdout: { write(text: string): unknown };
  /**
   * Resolves when standard output has taken what was written, or its reader is gone: more than some megabytes that wait would
   * be dropped. Default: it takes everything at once.
   */
  whenTaken?: () => Promise<void>;
  /** Errors, warnings and logs. */
  stderr: { write(text: string): unknown };
  /** Sets the format of a stream's reports about missing lines. Default: sentences. */
  speak?: (stream: StreamName, voice: Voice) => void;
  env: EnvironmentVariables;
  /**
   * Calls the listener at each Ctrl-C, SIGTERM and SIGHUP, and when the output has lost its reader. Returns the
   * function that ends this.
   */
  onSignal(listener: (signal: StopSignal) => void): () => void;
  /** Makes Ctrl-C end the process even while a bot file blocks this thread. Returns the function that ends this. */
  leaveSignalsToSystem(): () => void;
  /**
   * Calls the listener with each uncaught error, which then does not end the process. Returns the function that ends
   * this.
   */
  onStray(listener: (error: unknown) => void): () => void;
  /** The clock of the time limits for loading a bot file. */
  clock: Clock;
  /** Whether standard error is a terminal, on which a line may be drawn again. Default: false. */
  isErrorTerminal?: boolean;
  /** The terminal, if standard output is one. */
  screen?: Screen | undefined;
  /** The keys of the terminal, if standard input is one. */
  keys?: Keys | undefined;
}

/** A terminal on which one view at a time can draw. */
export interface Screen {
  /** The current size in characters and lines. */
  size(): { columns: number; rows: number };
  /** From now on only the owner writes to the terminal, and gets what others write. */
  take(owner: ScreenOwner): ScreenLease;
}

/** What a view of the terminal is notified of. */
export interface ScreenOwner {
  /** Text for standard output or standard error, also parts of a line. */
  onText: (text: string) => void;
  onResize: () => void;
  /** The terminal has taken everything after it was behind. */
  onFlow: () => void;
  /** The process is about to be stopped by the terminal (Ctrl-Z). */
  onSuspend: () => void;
  onResume: () => void;
  /** The process is ending; what is written now is still printed. */
  onExit: () => void;
}

export interface ScreenLease {
  /** Whether the last write has not been taken yet: the terminal is stopped (Ctrl-S), slow, or not read. */
  isBehind: () => boolean;
  write: (text: string) => void;
  /** Releases the terminal. */
  release(): void;
}

/** What commands get: the process, and a mask for secrets. */
export interface Terminal extends CliIo {
  /** Masks this text from now on. */
  hide: (secret: string) => void;
  /** Masks secrets in text. To be called after the text was made printable, or a secret could reappear. */
  redact: Redact;
  /** The mask of which `redact` is a part. */
  mask: Mask;
}

export function terminalOf(io: CliIo): Terminal {
  const secrets = new Set(secretVariables.map((name) => io.env[name] ?? ''));
  let current = createMask([...secrets]);
  const mask: Mask = {
    text: (text) => current.text(text),
    json: (json) => current.json(json),
    spans: (text) => current.spans(text),
    beginning: (text) => current.beginning(text),
  };
  return {
    ...io,
    hide(secret) {
      secrets.add(secret);
      current = createMask([...secrets]);
    },
    redact: mask.text,
    mask,
  };
}

/** Writes one line. */
export function printLine(stream: CliIo['stdout'], line: string): void {
  stream.write(`${line}\n`);
}
