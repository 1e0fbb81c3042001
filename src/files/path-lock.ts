/**
 * One program at a time uses a file: the state of a platform, the store of a bot. The operating system holds the lock for the process, and takes it back
 * however the process ends: nothing is left behind by a kill, a power cut or a process id that is used again.
 *
 * - Linux: a socket with an abstract name (unix(7)), made of the folder's identity and the file's name. All users of the
 *   machine see it, but not the programs of another container or machine that shares the folder.
 * - macOS, BSD, Windows: an open flag that locks (`O_EXLOCK` of open(2), no sharing on Windows), on a file beside it. The file stays when the lock is gone, and says nothing.
 * - Elsewhere Node reaches no such lock, and there is none.
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, openSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { basename, dirname } from 'node:path';

const defaults = {
  /** `UV_FS_O_EXLOCK` of libuv, which Node does not name. */
  lockingFlags: { darwin: 0x20, freebsd: 0x20, openbsd: 0x20, win32: 0x1000_0000 } as Partial<
    Record<NodeJS.Platform, number>
  >,
} as const;

/** What the system answers when another process has the lock. */
const heldCodes: readonly unknown[] = ['EADDRINUSE', 'EAGAIN', 'EWOULDBLOCK', 'EBUSY'];

export interface PathLock {
  release(): Promise<void>;
}

/**
 * @param path the real path of the file, which need not exist yet; its folder does.
 * @returns null when another process, or another part of this one, has the lock.
 * @throws the system's error when it cannot be locked.
 */
export async function lockPath(path: string): Promise<PathLock | null> {
  try {
    const flag = defaults.lockingFlags[process.platform];
    if (flag !== undefined) return lockByFile(`${path}.lock`, flag);
    if (process.platform === 'linux' || process.platform === 'android') return await lockByName(path);
    return { release: () => Promise.resolve() };
  } catch (error) {
    if (error instanceof Error && 'code' in error && heldCodes.includes(error.code)) return null;
    throw error;
  }
}

function lockByFile(path: string, flag: number): PathLock {
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | (constants.O_NONBLOCK ?? 0) | flag, 0o600);
  return {
    release() {
      closeSync(fd);
      return Promise.resolve();
    },
  };
}

async function lockByName(path: string): Promise<PathLock> {
  const server = createServer((caller) => caller.destroy());
  await listening(server, abstractName(path));
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** The same for every way to the folder: links and mounts are no other places. */
function abstractName(path: string): string {
  const { dev, ino } = statSync(dirname(path), { bigint: true });
  const place = createHash('sha256')
    .update(`${dev}:${ino}:${basename(path)}`)
    .digest('hex');
  return `\0chipzen-agent-state-${place}`;
}

function listening(server: Server, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(name, resolve);
  });
}
