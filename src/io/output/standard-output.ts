/** Standard output and standard error of this process, so that neither ever holds it up. */
import type { Clock } from '../../time/clock.js';
import { isSameChannel, openChannel, type StandardStream } from './channel.js';
import { watchTerminals } from './closed-terminal.js';
import { type Hurry, untilWritten, writeOut } from './ending.js';
import { codeOf, createOutlet, type Outlet } from './outlet.js';
import { plainVoice, type Voice } from './voice.js';

const defaults = {
  /** A disk that has room now and again is told of once in this time. */
  faultQuietMs: 60_000,
} as const;

export type StreamName = 'stdout' | 'stderr';

export interface StandardOutputOptions {
  clock: Clock;
  /** Milliseconds of a clock that never jumps. */
  now: () => number;
  /**
   * Nobody reads a stream any more. Told once for each reader, the same one of both streams included.
   *
   * @param wasTerminal the terminal was closed; else it was a pipe.
   */
  onGone: (wasTerminal: boolean) => void;
}

export interface StandardOutput {
  readonly stdout: Outlet;
  readonly stderr: Outlet;
  /** How a stream says that lines are missing in it, and what is wrong with the other one. Default: sentences. */
  readonly speak: (stream: StreamName, voice: Voice) => void;
  /**
   * Resolves when all is written, or when waiting for that makes no sense any more, which is said on the other stream.
   */
  end(hurry: Hurry): Promise<void>;
}

/**
 * From now on all that this process writes to its standard streams, `console.log` and Node's own warnings included, is
 * written without waiting for whoever reads it, in bounded memory.
 */
export function ownStandardOutput(
  process: NodeJS.Process,
  { clock, now, onGone }: StandardOutputOptions,
): StandardOutput {
  const voices: Record<StreamName, Voice> = { stdout: plainVoice, stderr: plainVoice };
  const say = (name: StreamName, event: Parameters<Voice>[0]): void => {
    process[name].write(`${voices[name](event)}\n`);
  };
  let hasWritten = false;
  let isEnding = false;
  const outletOf = (name: StreamName): Outlet => {
    const channel = openChannel(process[name]);
    let toldAt = Number.NEGATIVE_INFINITY;
    return createOutlet(channel, {
      clock,
      voice: () => voices[name],
      onFault(error) {
        if (now() - toldAt < defaults.faultQuietMs) return;
        toldAt = now();
        say(otherOf(name), { type: 'output.failing', stream: name, code: codeOf(error) });
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
  // A file that has reached its largest size (`ulimit -f`) is one more that is full, and not the end of the process.
  if (outlets.some(({ kind }) => kind === 'file')) process.on('SIGXFSZ', () => undefined);
  const closeLostTerminals = watchTerminals();
  process.on('exit', () => {
    isEnding = true;
    // Whoever ends the process at once: what can be written still is.
    if (!hasWritten) writeOut(outlets);
    closeLostTerminals();
  });

  return {
    stdout,
    stderr,
    speak(name, voice) {
      voices[name] = voice;
      // The one outlet asks for the voice of standard output.
      if (isShared) voices.stdout = voice;
    },
    async end(hurry) {
      await untilWritten(outlets, { clock, now, ...hurry });
      hasWritten = true;
      for (const name of isShared ? [] : (['stdout', 'stderr'] as const)) {
        const lines = { stdout, stderr }[name].waitingLines();
        if (lines > 0) say(otherOf(name), { type: 'output.lost', stream: name, lines });
      }
    },
  };
}

function otherOf(name: StreamName): StreamName {
  return name === 'stdout' ? 'stderr' : 'stdout';
}

type Done = (error?: Error | null) => void;

/** All that is written to the stream goes to the outlet; it never asks a writer to wait. */
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
  // Of what Node itself still does with the stream; there is nobody to tell.
  stream.on('error', () => undefined);
}
