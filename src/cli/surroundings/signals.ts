/** The signals that end a command, from the start of the process. */
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { type Clock, systemClock } from '../../time/clock.js';
import { endProcess, watchThreads } from './end-process.js';

const defaults = {
  /**
   * A file that is still loading after this time waits for something; if it blocks the thread, this timer is blocked
   * as well.
   */
  leftToSystemMs: 1_500,
} as const;

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export type EndingSignal = (typeof endingSignals)[number];

export interface Signals {
  /**
   * Calls the listener at each signal. Returns the function that ends this. Without listeners a signal ends the
   * process.
   */
  on(listener: (signal: EndingSignal) => void): () => void;
  /**
   * Leaves signals to the system, which ends the process at once: for code that may block this thread, so that no
   * handler could run. Handlers are set again if the code yields the thread for a while.
   *
   * @returns the function that ends this.
   */
  leaveToSystem(): () => void;
}

/** What the signals depend on; tests provide their own. */
export interface SignalWorld {
  process: Pick<NodeJS.Process, 'on' | 'off'>;
  /** Whether one of the three standard streams is a terminal. */
  hasTerminal: boolean;
  print: (line: string) => void;
  end: typeof endProcess;
  clock: Clock;
  /** Whether this is the first process of a container, which the system does not end by signals. */
  isFirst: boolean;
}

const realWorld = (): SignalWorld => ({
  process,
  hasTerminal: [0, 1, 2].some((fd) => isatty(fd)),
  print: (line) => void process.stderr.write(`${line}\n`),
  end: endProcess,
  clock: systemClock,
  isFirst: process.pid === 1,
});

/** The exit code that shells use for a signal: 130 for Ctrl-C. */
const exitCodeOf = (signal: EndingSignal): number => 128 + constants.signals[signal];

export function watchSignals(world: SignalWorld = realWorld()): Signals {
  const { process: self, hasTerminal, print, end, clock, isFirst } = world;
  watchThreads();
  const listeners = new Set<(signal: EndingSignal) => void>();
  let isIgnoranceTold = false;
  /** Whether code of a bot has run in this thread: its calls may never return. */
  let isBotHere = false;

  const receive = (signal: EndingSignal): void => {
    // Keeps `nohup` working: Node resets the signal before any code runs.
    if (signal === 'SIGHUP' && !hasTerminal) {
      if (!isIgnoranceTold)
        print('SIGHUP: ignored, as under nohup: no standard stream is a terminal. SIGTERM ends this.');
      isIgnoranceTold = true;
      return;
    }
    if (listeners.size === 0) end(exitCodeOf(signal), isBotHere ? signal : 'ignore');
    for (const listener of listeners) listener(signal);
  };

  const listen = (): void => {
    for (const signal of endingSignals) {
      self.off(signal, receive);
      self.on(signal, receive);
    }
  };

  listen();
  return {
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    leaveToSystem() {
      isBotHere = true;
      if (isFirst) return () => undefined;
      for (const signal of endingSignals) {
        if (signal !== 'SIGHUP' || hasTerminal) self.off(signal, receive);
      }
      const timer = clock.setTimeout(listen, defaults.leftToSystemMs);
      return () => {
        clock.clearTimeout(timer);
        listen();
      };
    },
  };
}
