/** What a command touches of its process, so that tests can give their own. */

import type { StreamName } from '../../io/output/standard-output.js';
import type { Voice } from '../../io/output/voice.js';
import { secretVariables } from '../../protocol/credential.js';
import { createMask, type Mask, type Redact } from '../../protocol/redact.js';
import type { Clock } from '../../time/clock.js';

/** `SIGPIPE`: nobody reads our output any more. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGPIPE';

export interface CliIo {
  /** Results and progress: what may be piped on. */
  stdout: { write(text: string): unknown };
  /** Errors, warnings and logs. */
  stderr: { write(text: string): unknown };
  /** In which manner a stream says that lines are missing in it. Default: as sentences. */
  speak?: (stream: StreamName, voice: Voice) => void;
  env: NodeJS.ProcessEnv;
  /** Calls the listener at each Ctrl-C, SIGTERM and SIGHUP, and when the output has lost its reader; returns the function that ends this. */
  onSignal(listener: (signal: StopSignal) => void): () => void;
  /**
   * For while this thread may be blocked by what a bot file does: Ctrl-C then still ends the process. Returns the function
   * that ends this.
   */
  leaveSignalsToSystem(): () => void;
  /**
   * Calls the listener with each error that nobody caught, which then does not end the process; returns the function
   * that ends this.
   */
  onStray(listener: (error: unknown) => void): () => void;
  /** Of the limits on what a bot file does at start. */
  clock: Clock;
  /** The terminal, if standard output is one. */
  screen?: Screen | undefined;
}

/** A terminal that one view at a time may draw on. */
export interface Screen {
  /** At this moment, in characters and lines. */
  size(): { columns: number; rows: number };
  /** From now on the owner alone writes to the terminal, and hears what others would have written to it. */
  take(owner: ScreenOwner): ScreenLease;
}

/** What a view of the terminal is told. */
export interface ScreenOwner {
  /** Text for standard output or standard error, also parts of a line. */
  onText: (text: string) => void;
  onResize: () => void;
  /** The terminal has taken all that it was given, after a time in which it did not. */
  onFlow: () => void;
  /** The process is about to be stopped by the terminal (Ctrl-Z). */
  onSuspend: () => void;
  onResume: () => void;
  /** The process is ending; what is written now still gets out. */
  onExit: () => void;
}

export interface ScreenLease {
  /** What was written last has not been taken yet: the terminal is stopped (Ctrl-S), or slow, or nobody reads it. */
  isBehind: () => boolean;
  write: (text: string) => void;
  /** Gives the terminal back. */
  release(): void;
}

/** What commands are given: the process, and what must not be shown on it. */
export interface Terminal extends CliIo {
  /** From now on `redact` takes this text out. */
  hide: (secret: string) => void;
  /** For text that may hold a secret: to be called after it was made printable, or the secret could come back. */
  redact: Redact;
  /** What `redact` is a part of. */
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
