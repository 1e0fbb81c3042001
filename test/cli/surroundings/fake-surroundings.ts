import type { CliIo, StopSignal } from '../../../src/cli/surroundings/surroundings.js';
import { systemClock } from '../../../src/time/clock.js';

export interface FakeIo extends CliIo {
  out(): string[];
  /** Without what a busy machine is told while a bot loads; that line is tested in a process of its own. */
  err(): string[];
  signal(name: StopSignal): void;
  /** An error that nobody caught. */
  stray(error: unknown): void;
  /** Of signals and strays. */
  listeners(): number;
}

/** Streams that remember, signals that come on demand, and an environment of its own without a home. */
export function fakeIo(env: NodeJS.ProcessEnv = {}, onOut: (line: string) => void = () => undefined): FakeIo {
  const written = { out: '', err: '' };
  const listeners = new Set<(signal: StopSignal) => void>();
  const strayListeners = new Set<(error: unknown) => void>();
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
    onStray(listener) {
      strayListeners.add(listener);
      return () => strayListeners.delete(listener);
    },
    leaveSignalsToSystem: () => () => undefined,
    clock: systemClock,
    out: () => lines(written.out),
    err: () => lines(written.err).filter((line) => !line.startsWith('Still loading ')),
    signal: (name) => listeners.forEach((listener) => listener(name)),
    stray: (error) => strayListeners.forEach((listener) => listener(error)),
    listeners: () => listeners.size + strayListeners.size,
  };
}
