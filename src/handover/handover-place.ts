/**
 * Where sessions of one bot on this machine find each other: a socket for each of them, in a folder of their user.
 *
 * A name has the process and a random part in it, so that no two sessions ever use the same one: whoever removes a socket that
 * nobody answers cannot remove a fresh one, and a session that ends removes its own.
 */
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { keptFolder } from '../files/home-folder.js';
import { makeFolder } from '../files/make-folder.js';
import type { EnvironmentVariables } from '../network/environment-variables.js';
import { OptionError } from '../protocol/errors.js';

const defaults = {
  /** Hexadecimal digits: whole URLs would not fit into the address of a socket. */
  keyLength: 12,
  proofLength: 32,
  nonceBytes: 4,
  /**
   * `sun_path` of unix(7) without its last byte. A longer path is cut in silence by some versions of Node (20.9 to 20.x), and
   * refused by others.
   */
  maxPathBytes: 107,
  /** BSD and macOS have fewer. */
  maxPathBytesBsd: 103,
  ending: '.sock',
} as const;

/** Of one bot. */
export interface HandoverPlace {
  /** Only its user can open it. */
  readonly folder: string;
  /** What the names of this bot's sockets begin with. */
  readonly key: string;
}

/** Who a session plays as: told to others of the same user, who compare it. The token cannot be found out from it. */
export interface SessionIdentity {
  readonly key: string;
  readonly proof: string;
}

const sha256 = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length);

export function sessionIdentityOf(lobbyUrl: string, token: string): SessionIdentity {
  return {
    key: sha256(lobbyUrl, defaults.keyLength),
    proof: sha256(`chipzen-agent handover\0${lobbyUrl}\0${token}`, defaults.proofLength),
  };
}

/** The folder for what lives as long as a session: `~/.chipzen/run`. */
export function handoverFolder(env: EnvironmentVariables): string {
  return join(keptFolder(env), 'run');
}

/**
 * Makes the folder, for its user alone.
 *
 * @throws {OptionError} when it cannot be made, or is not the user's, or has a path that is too long.
 */
export function openHandoverPlace(folder: string, { key }: SessionIdentity): HandoverPlace {
  const place = { folder, key };
  try {
    makeFolder(folder, 0o700);
    if (process.platform !== 'win32') keepPrivate(folder);
  } catch (error) {
    if (error instanceof OptionError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new OptionError(
      'handover',
      `${folder} cannot be used (${code}): sessions of a bot find each other there. Set HOME to a folder that can be written to.`,
    );
  }
  assertFits(newSocketPath(place));
  return place;
}

function keepPrivate(folder: string): void {
  const { uid, mode } = statSync(folder);
  if (uid !== process.getuid?.()) {
    throw new OptionError(
      'handover',
      `${folder} belongs to another user, and sessions of a bot find each other there. Give it to this user, or run with --no-handover.`,
    );
  }
  if ((mode & 0o077) !== 0) chmodSync(folder, 0o700);
}

/** @throws {OptionError} for a path that the system would cut. */
function assertFits(path: string): void {
  if (process.platform === 'win32') return;
  const most = process.platform === 'linux' ? defaults.maxPathBytes : defaults.maxPathBytesBsd;
  const bytes = Buffer.byteLength(path);
  if (bytes <= most) return;
  throw new OptionError(
    'handover',
    `${path} has ${bytes} bytes, and the path of a socket at most ${most}. Set HOME to a folder with a shorter path.`,
  );
}

/** A path that no other session has or had. */
export function newSocketPath({ folder, key }: HandoverPlace): string {
  const nonce = randomBytes(defaults.nonceBytes).toString('hex');
  return join(folder, `${key}-${process.pid}-${nonce}${defaults.ending}`);
}

/** The sockets of this bot's sessions, dead ones among them. */
export function socketsOf({ folder, key }: HandoverPlace): string[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${key}-`) && name.endsWith(defaults.ending))
    .toSorted()
    .map((name) => join(folder, name));
}

/** What to listen at and to dial for a socket of this path: Windows has named pipes, and the file only says that there is one. */
export function addressOf(path: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\chipzen-agent-${basename(path)}` : path;
}
