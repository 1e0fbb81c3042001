/** What a command touches of its process, so that tests can give their own. */

import { redactFrame } from '../protocol/redact.js';

export type StopSignal = 'SIGINT' | 'SIGTERM';

export interface CliIo {
  /** Results and progress: what may be piped on. */
  stdout: { write(text: string): unknown };
  /** Errors, warnings and logs. */
  stderr: { write(text: string): unknown };
  env: NodeJS.ProcessEnv;
  /** Calls the listener at each Ctrl-C and each SIGTERM; returns the function that ends this. */
  onSignal(listener: (signal: StopSignal) => void): () => void;
}

/** What commands are given: the process, and what must not be shown on it. */
export interface Terminal extends CliIo {
  /** From now on `redact` takes this text out. */
  hide: (secret: string) => void;
  /** For text that may hold a secret: to be called before it is cut, or half of the secret would remain. */
  redact: (text: string) => string;
}

export function terminalOf(io: CliIo): Terminal {
  const secrets = new Set<string>();
  return {
    ...io,
    hide: (secret) => void secrets.add(secret),
    redact: (text) => [...secrets].reduce(redactFrame, text),
  };
}

/** Writes one line. */
export function printLine(stream: CliIo['stdout'], line: string): void {
  stream.write(`${line}\n`);
}
