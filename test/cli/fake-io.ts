import type { CliIo, StopSignal } from '../../src/cli/io.js';

export interface FakeIo extends CliIo {
  out(): string[];
  err(): string[];
  signal(name: StopSignal): void;
  listeners(): number;
}

/** Streams that remember, signals that come on demand, and an environment of its own without a home. */
export function fakeIo(env: NodeJS.ProcessEnv = {}, onOut: (line: string) => void = () => undefined): FakeIo {
  const written = { out: '', err: '' };
  const listeners = new Set<(signal: StopSignal) => void>();
  const lines = (text: string) => text.split('\n').slice(0, -1);
  return {
    stdout: {
      write(text) {
        written.out += text;
        onOut(text.trimEnd());
      },
    },
    stderr: { write: (text) => (written.err += text) },
    env: { HOME: '/nonexistent', ...env },
    onSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    out: () => lines(written.out),
    err: () => lines(written.err),
    signal: (name) => listeners.forEach((listener) => listener(name)),
    listeners: () => listeners.size,
  };
}
