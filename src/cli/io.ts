/** What a command touches of its process, so that tests can give their own. */

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

/** Writes one line. */
export function printLine(stream: CliIo['stdout'], line: string): void {
  stream.write(`${line}\n`);
}
