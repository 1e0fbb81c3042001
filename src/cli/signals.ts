/** The signals that end a command, from the first moment of the process on. */
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { endProcess, watchThreads } from './end-process.js';

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type EndingSignal = (typeof endingSignals)[number];

export interface Signals {
  /** Calls the listener at each signal; returns the function that ends this. While nobody listens, a signal ends the process. */
  on(listener: (signal: EndingSignal) => void): () => void;
  /**
   * Leaves signals to the system, which ends the process at once, until the event loop turns again: for code that may
   * block this thread, where no handler would ever run.
   */
  leaveToSystem(): void;
}

/** What signals have to do with; tests give their own. */
export interface SignalWorld {
  process: Pick<NodeJS.Process, 'on' | 'off'>;
  /** Whether one of the three standard streams is a terminal. */
  hasTerminal: boolean;
  say: (line: string) => void;
  /** Ends the process with this exit code. */
  end: (code: number) => void;
  /** Runs this when the event loop turns. */
  later: (run: () => void) => void;
}

const realWorld = (): SignalWorld => ({
  process,
  hasTerminal: [0, 1, 2].some((fd) => isatty(fd)),
  say: (line) => void process.stderr.write(`${line}\n`),
  end: endProcess,
  later: (run) => void setTimeout(run),
});

/** As shells tell who was ended by a signal: 130 for Ctrl-C. */
const exitCodeOf = (signal: EndingSignal): number => 128 + constants.signals[signal];

export function watchSignals(world: SignalWorld = realWorld()): Signals {
  const { process: self, hasTerminal, say, end, later } = world;
  watchThreads();
  const listeners = new Set<(signal: EndingSignal) => void>();
  let isIgnoranceTold = false;

  const hear = (signal: EndingSignal): void => {
    // Who starts a program under `nohup` wants just this. Node has reset the signal before any code of ours ran.
    if (signal === 'SIGHUP' && !hasTerminal) {
      if (!isIgnoranceTold)
        say('SIGHUP: ignored, as under nohup: no standard stream is a terminal. SIGTERM ends this.');
      isIgnoranceTold = true;
      return;
    }
    if (listeners.size === 0) end(exitCodeOf(signal));
    for (const listener of listeners) listener(signal);
  };

  const listen = (): void => {
    for (const signal of endingSignals) {
      self.off(signal, hear);
      self.on(signal, hear);
    }
  };

  listen();
  return {
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    leaveToSystem() {
      for (const signal of endingSignals) {
        if (signal !== 'SIGHUP' || hasTerminal) self.off(signal, hear);
      }
      later(listen);
    },
  };
}
