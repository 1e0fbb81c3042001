/** The process around a command: its streams, signals and uncaught errors. */

import type { Outlet } from '../io/output/outlet.js';
import { ownStandardOutput } from '../io/output/standard-output.js';
import { StateWriteError } from '../protocol/errors.js';
import { systemClock, systemNow } from '../time/clock.js';
import { screenOf } from './live/live-terminal.js';
import { endProcess } from './surroundings/end-process.js';
import { exitCodes } from './surroundings/exit-codes.js';
import { keysOf } from './surroundings/keys.js';
import { printError } from './surroundings/print-error.js';
import type { Signals } from './surroundings/signals.js';
import { type CliIo, type StopSignal, terminalOf } from './surroundings/surroundings.js';

/** After so many signals the process ends at once. */
const patience = 3;

const whenTakenDefaults = {
  lookMs: 10,
  /** How long a disk may be full. */
  failingMs: 10_000,
} as const;

/**
 * Resolves when nothing waits, or nobody will ever read it.
 *
 * @throws {StateWriteError} when a file cannot be written to.
 */
async function whenTaken(outlet: Outlet): Promise<void> {
  const { lookMs, failingMs } = whenTakenDefaults;
  for (let failedMs = 0; outlet.state === 'stalled' || outlet.state === 'failing'; ) {
    failedMs = outlet.state === 'failing' ? failedMs + lookMs : 0;
    if (failedMs > failingMs)
      throw new StateWriteError(
        'Standard output cannot be written to: make room on its disk, and try again.',
      );
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

/**
 * Runs the command that the process was started with, and ends the process.
 *
 * @param signals the signal handlers, set since the process began.
 */
export async function start(signals: Signals): Promise<void> {
  const args = process.argv.slice(2);
  const strayListeners = new Set<(error: unknown) => void>();
  /** Called when nobody reads the output any more. Not by SIGPIPE itself, which also comes for each lost socket. */
  const unreadListeners = new Set<(signal: StopSignal) => void>();
  let isUnread = false;
  /** The process was told to end: it no longer waits long for the readers of its output. */
  let isHurried = false;
  /** A closed terminal is reported several times: by signals of the system and the shell, and by failed writes. */
  let isTerminalLost = false;

  const output = ownStandardOutput(process, { clock: systemClock, now: systemNow, onGone });

  const io: CliIo = {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    clock: systemClock,
    whenTaken: () => whenTaken(output.stdout),
    speak: output.speak,
    screen: screenOf(process, output.stdout),
    keys: keysOf(process.stdin),
    isErrorTerminal: process.stderr.isTTY,
    onSignal(listener) {
      let received = 0;
      const onSignal = (signal: StopSignal): void => {
        received += 1;
        isHurried = true;
        if (received >= patience) return endProcess(exitCodes.failed);
        listener(signal);
      };
      unreadListeners.add(onSignal);
      const forget = signals.on((signal) => {
        if (signal === 'SIGHUP' && isTerminalLost) return;
        isTerminalLost ||= signal === 'SIGHUP';
        onSignal(signal);
      });
      return () => {
        unreadListeners.delete(onSignal);
        forget();
      };
    },
    leaveSignalsToSystem: () => signals.leaveToSystem(),
    onStray(listener) {
      strayListeners.add(listener);
      return () => void strayListeners.delete(listener);
    },
  };

  function onStray(error: unknown): void {
    for (const listener of strayListeners) listener(error);
    if (strayListeners.size > 0) return;
    printError(error, args.includes('--verbose') || Boolean(process.env.DEBUG), terminalOf(io));
    endProcess(exitCodes.failed);
  }
  process.on('uncaughtException', onStray);
  process.on('unhandledRejection', onStray);

  /** The reader of the output has gone, for instance `head`. Matches may still be live. */
  function onGone(wasTerminal: boolean): void {
    if (wasTerminal ? isTerminalLost : isUnread) return;
    if (wasTerminal) isTerminalLost = true;
    else isUnread = true;
    if (unreadListeners.size === 0) return endProcess(exitCodes.failed);
    for (const listener of unreadListeners) listener(wasTerminal ? 'SIGHUP' : 'SIGPIPE');
  }

  /** `--version` is answered without loading the rest of the program. */
  async function answer(): Promise<number> {
    if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
      const { version } = await import('../protocol/version.js');
      process.stdout.write(`${version}\n`);
      return exitCodes.done;
    }
    const { runCli } = await import('./program.js');
    return runCli(args, io);
  }

  const code = await answer();
  // A bot may leave timers and sockets behind, so the process has to be ended; but first the output must be written.
  await output.end({ isHurried, onHurry: (listener) => io.onSignal(listener) });
  endProcess(isUnread ? exitCodes.failed : code);
}
