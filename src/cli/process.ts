/** The process around a command: its streams, and errors that nobody caught. */
import { systemClock } from '../io/clock.js';
import { endProcess } from './end-process.js';
import { exitCodes } from './exit-codes.js';
import { type CliIo, type StopSignal, terminalOf } from './io.js';
import { screenOf } from './live-terminal.js';
import { printError } from './print-error.js';
import type { Signals } from './signals.js';

/** Signals after which the process no longer waits for anything. */
const patience = 3;

/**
 * Runs the command that the process was started with, and ends the process.
 *
 * @param signals what has listened to them since the process began.
 */
export async function start(signals: Signals): Promise<void> {
  const args = process.argv.slice(2);
  const strayListeners = new Set<(error: unknown) => void>();
  /** Told when nobody reads our output any more. Not by the signal itself: that would come for each lost socket too. */
  const unreadListeners = new Set<() => void>();
  let isUnread = false;

  const io: CliIo = {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    clock: systemClock,
    screen: screenOf(process),
    onSignal(listener) {
      let received = 0;
      const onSignal = (signal: StopSignal): void => {
        received += 1;
        if (received >= patience) return endProcess(exitCodes.failed);
        listener(signal);
      };
      const onUnread = (): void => onSignal('SIGPIPE');
      unreadListeners.add(onUnread);
      const forget = signals.on(onSignal);
      return () => {
        unreadListeners.delete(onUnread);
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

  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // The terminal has gone: SIGHUP says so too, and live matches may be played to their end.
      if (error.code === 'EIO') return;
      if (isUnread) return;
      isUnread = true;
      // Whoever read our output has gone, for instance `head`: there is nobody left to tell, but matches may be live.
      if (unreadListeners.size === 0) return endProcess(exitCodes.failed);
      for (const listener of unreadListeners) listener();
    });
  }

  /** The version alone is told without the rest of the program. */
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
  // A bot may leave timers and sockets of its own behind; what is written must still get out.
  process.stdout.write('', () => endProcess(isUnread ? exitCodes.failed : code));
}
