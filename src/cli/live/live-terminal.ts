/** The terminal of this process as a screen. */
import { StringDecoder } from 'node:string_decoder';
import type { WriteStream } from 'node:tty';
import type { Outlet } from '../../io/output/outlet.js';
import type { Screen, Terminal } from '../surroundings/surroundings.js';

/** The size of a terminal that does not report one. */
const defaults = { columns: 80, rows: 24 } as const;

/**
 * The screen of standard output; undefined when that is a pipe or a file.
 *
 * @param outlet the outlet of standard output.
 */
export function screenOf(process: NodeJS.Process, outlet: Outlet): Screen | undefined {
  const { stdout, stderr } = process;
  if (!stdout.isTTY) return undefined;
  return {
    size: () => ({
      columns: stdout.columns > 0 ? stdout.columns : defaults.columns,
      rows: stdout.rows > 0 ? stdout.rows : defaults.rows,
    }),
    take(owner) {
      const out = divert(stdout, owner.onText);
      const err = stderr.isTTY ? divert(stderr, owner.onText) : null;
      const suspend = (): void => {
        owner.onSuspend();
        process.kill(process.pid, 'SIGSTOP');
      };
      stdout.on('resize', owner.onResize);
      const ignore = outlet.onFlow(owner.onFlow);
      process.on('SIGTSTP', suspend).on('SIGCONT', owner.onResume).on('exit', owner.onExit);
      return {
        write: out.write,
        isBehind: () => outlet.state === 'stalled',
        release() {
          ignore();
          stdout.off('resize', owner.onResize);
          process.off('SIGTSTP', suspend).off('SIGCONT', owner.onResume).off('exit', owner.onExit);
          out.release();
          err?.release();
        },
      };
    },
  };
}

interface Diversion {
  /** Writes to the original destination of the stream. */
  write: (text: string) => void;
  release(): void;
}

/** Diverts what is written to a stream: a bot's `console.log` in the middle of a drawing would damage it. */
function divert(stream: WriteStream, onText: (text: string) => void): Diversion {
  const own = Object.getOwnPropertyDescriptor(stream, 'write');
  const original = stream.write.bind(stream);
  const decoder = new StringDecoder();
  let isOver = false;

  function write(
    chunk: string | Uint8Array,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean {
    // Code that has kept this function, for instance to wrap it, can still write.
    if (isOver) return Reflect.apply(original, undefined, [chunk, encodingOrDone, done]);
    onText(typeof chunk === 'string' ? chunk : decoder.write(chunk));
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (callback !== undefined) process.nextTick(callback);
    return true;
  }

  stream.write = write;
  return {
    write: (text) => void original(text),
    release() {
      isOver = true;
      if (Object.getOwnPropertyDescriptor(stream, 'write')?.value !== write) return;
      if (own === undefined) Reflect.deleteProperty(stream, 'write');
      else Object.defineProperty(stream, 'write', own);
    },
  };
}

/** The screen for the live table; undefined where plain lines are better. */
export function liveScreenOf({ screen, env }: Terminal): Screen | undefined {
  // A build server may have a terminal, but it keeps text.
  return env.TERM === 'dumb' || (env.CI ?? '') !== '' ? undefined : screen;
}
