/** Writes to a standard stream of this process without ever blocking. */
import { constants, fstatSync, openSync, type Stats, writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { isatty } from 'node:tty';

export type ChannelKind = 'terminal' | 'pipe' | 'file';

export interface Channel {
  readonly kind: ChannelKind;
  /**
   * @returns how many bytes were written.
   * @throws the system's error; `EAGAIN` when nothing can be written without blocking.
   */
  write(bytes: Uint8Array): number;
}

/** Node's stream of a file descriptor. */
export type StandardStream = NodeJS.WriteStream & { fd: number };

/**
 * Node writes to a terminal synchronously: a terminal that is stopped (Ctrl-S), or that nobody reads (a lost ssh),
 * would stop the process. Whether a write blocks is a property of the open file description, which is shared with all
 * other users of the terminal or the pipe, so this opens one of its own.
 */
export function openChannel(stream: StandardStream): Channel {
  if (process.platform === 'win32') return channelOf(stream);
  const { fd } = stream;
  const kind = kindOf(fd);
  if (kind === 'file') return { kind, write: (bytes) => writeSync(fd, bytes) };
  const own = reopen(fd);
  if (own !== null) return { kind, write: (bytes) => writeSync(own, bytes) };
  return {
    kind,
    write(bytes) {
      // Before each write: a child process that inherits this stream makes it blocking again.
      neverWait(stream);
      return writeSync(fd, bytes);
    },
  };
}

/** Whether both lead to the same terminal or pipe: then they share one order and one backlog. */
export function isSameChannel(a: StandardStream, b: StandardStream): boolean {
  if (process.platform === 'win32') return false;
  const [first, second] = [statOf(a.fd), statOf(b.fd)];
  if (first === null || second === null || kindOf(a.fd) === 'file') return false;
  return first.dev === second.dev && first.ino === second.ino;
}

function kindOf(fd: number): ChannelKind {
  if (isatty(fd)) return 'terminal';
  const stats = statOf(fd);
  return stats !== null && (stats.isFIFO() || stats.isSocket()) ? 'pipe' : 'file';
}

function statOf(fd: number): Stats | null {
  try {
    return fstatSync(fd);
  } catch {
    return null;
  }
}

/** Null for a socket, for a terminal of another user (after `su`), and where the system has no such path. */
function reopen(fd: number): number | null {
  try {
    return openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    return null;
  }
}

interface Handle {
  setBlocking?: (isBlocking: boolean) => unknown;
}

function neverWait(stream: StandardStream): void {
  (stream as { _handle?: Handle | null })._handle?.setBlocking?.(false);
}

/** Uses Node's own stream, where descriptors cannot be made non-blocking. */
function channelOf(stream: StandardStream): Channel {
  const write = (stream as Socket).write.bind(stream);
  return {
    kind: stream.isTTY ? 'terminal' : 'pipe',
    write(bytes) {
      if (stream.writableLength > 0) return 0;
      write(bytes);
      return bytes.length;
    },
  };
}
