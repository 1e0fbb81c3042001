/** Takes over standard output and standard error of this process, so that they never block it. */
import type { Clock } from '../../time/clock.js';
import { isSameChannel, openChannel, type StandardStream } from './channel.js';
import { watchTerminals } from './closed-terminal.js';
import { type Hurry, untilWritten, writeOut } from './ending.js';
import { codeOf, createOutlet, type Outlet } from './outlet.js';
import { plainVoice, type Voice } from './voice.js';

const defaults = {
  /** A disk that is full from time to time is reported once in this time. */
  faultQuietMs: 60_000,
} as const;

export type StreamName = 'stdout' | 'stderr';

export interface StandardOutputOptions {
  clock: Clock;
  /** Milliseconds of a clock that never jumps. */
  now: () => number;
  /**
   * Called when nobody reads a stream any more; once for each reader, also if it reads both streams.
   *
   * @param wasTerminal the terminal was closed; else it was a pipe.
   */
  onGone: (wasTerminal: boolean) => void;
}

export interface StandardOutput {
  readonly stdout: Outlet;
  readonly stderr: Outlet;
  /**
   * Sets the format of a stream's reports about missing lines and about failures of the other stream. Default:
   * sentences.
   */
  readonly speak: (stream: StreamName, voice: Voice) => void;
  /**
   * Resolves when everything is written, or when waiting is of no use any more, which is reported on the other
   * stream.
   */
  end(hurry: Hurry): Promise<void>;
}

/**
 * From now on everything that this process writes to its standard streams, `console.log` and Node's own warnings
 * included, is written without blocking, in limited memory.
 */
export function ownStandardOutput(
  process: NodeJS.Process,
  { clock, now, onGone }: StandardOutputOptions,
): StandardOutput {
  const voices: Record<StreamName, Voice> = { stdout: plainVoice, stderr: plainVoice };
  const report = (name: StreamName, event: Parameters<Voice>[0]): void => {
    process[name].write(`${voices[name](event)}\n`);
  };
  let hasWritten = false;
  let isEnding = false;
  const outletOf = (name: StreamName): Outlet => {
    const channel = openChannel(process[name]);
    let reportedAt = Number.NEGATIVE_INFINITY;
    return createOutlet(channel, {
      clock,
      voice: () => voices[name],
      onFault(error) {
        if (now() - reportedAt < defaults.faultQuietMs) return;
        reportedAt = now();
        report(otherOf(name), { type: 'output.failing', stream: name, code: codeOf(error) });
      },
      onGone: () => isEnding || onGone(channel.kind === 'terminal'),
    });
  };

  const stdout = outletOf('stdout');
  const isShared = isSameChannel(process.stdout, process.stderr);
  const stderr = isShared ? stdout : outletOf('stderr');
  const outlets = [...new Set([stdout, stderr])];
  redirect(process.stdout, stdout);
  redirect(process.stderr, stderr);
  // A file that has reached its size limit (`ulimit -f`) is treated like a full disk; the signal must not end the
  // process.
  if (outlets.some(({ kind }) => kind === 'file')) process.on('SIGXFSZ', () => undefined);
  const closeLostTerminals = watchTerminals();
  process.on('exit', () => {
    isEnding = true;
    // For `process.exit()`: writes what can still be written.
    if (!hasWritten) writeOut(outlets);
    closeLostTerminals();
  });

  return {
    stdout,
    stderr,
    speak(name, voice) {
      voices[name] = voice;
      // The shared outlet uses the voice of standard output.
      if (isShared) voices.stdout = voice;
    },
    async end(hurry) {
      await untilWritten(outlets, { clock, now, ...hurry });
      hasWritten = true;
      for (const name of isShared ? [] : (['stdout', 'stderr'] as const)) {
        const lines = { stdout, stderr }[name].waitingLines();
        if (lines > 0) report(otherOf(name), { type: 'output.lost', stream: name, lines });
      }
    },
  };
}

function otherOf(name: StreamName): StreamName {
  return name === 'stdout' ? 'stderr' : 'stdout';
}

type Done = (error?: Error | null) => void;

/** Sends everything that is written to the stream to the outlet. The stream never signals back-pressure. */
function redirect(stream: StandardStream, outlet: Outlet): void {
  stream.write = (
    chunk: string | Uint8Array,
    encodingOrDone?: BufferEncoding | Done,
    done?: Done,
  ): boolean => {
    const encoding = typeof encodingOrDone === 'string' ? encodingOrDone : 'utf8';
    outlet.write(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (callback !== undefined) process.nextTick(callback);
    return true;
  };
  // For errors of what Node itself still does with the stream.
  stream.on('error', () => undefined);
}
