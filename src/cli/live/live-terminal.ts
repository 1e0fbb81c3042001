/** The terminal of this process as a screen. */
import { StringDecoder } from 'node:string_decoder';
import type { WriteStream } from 'node:tty';
import type { Outlet } from '../../io/output/outlet.js';
import type { Screen, Terminal } from '../surroundings/surroundings.js';

/** What a terminal that does not say is taken to be. */
const defaults = { columns: 80, rows: 24 } as const;

/**
 * The screen behind standard output; undefined when that is a pipe or a file.
 *
 * @param outlet where that goes.
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
  /** To where the stream went before. */
  write: (text: string) => void;
  release(): void;
}

/** Bots print what they like with `console.log`; in the midst of a drawing it would tear that apart. */
function divert(stream: WriteStream, hear: (text: string) => void): Diversion {
  const own = Object.getOwnPropertyDescriptor(stream, 'write');
  const original = stream.write.bind(stream);
  const decoder = new StringDecoder();
  let isOver = false;

  function write(
    chunk: string | Uint8Array,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean {
    // Whoever kept this function, for instance to wrap it, still gets through.
    if (isOver) return Reflect.apply(original, undefined, [chunk, encodingOrDone, done]);
    hear(typeof chunk === 'string' ? chunk : decoder.write(chunk));
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

/** The screen to draw a table on; undefined where plain lines are better. */
export function liveScreenOf({ screen, env }: Terminal): Screen | undefined {
  // A build server may have a terminal; what it keeps is text.
  return env.TERM === 'dumb' || (env.CI ?? '') !== '' ? undefined : screen;
}
