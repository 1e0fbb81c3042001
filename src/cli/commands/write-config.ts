/** The `chipzen.toml` of a bot on a sandbox. */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { oddKindOf } from '../../files/file-kind.js';
import { OptionError } from '../../protocol/errors.js';

const defaults = {
  /** How long the port of another sandbox is given to answer. */
  probeMs: 1_000,
  /** Of a `ws://` URL without one. */
  httpPort: 80,
  playMoney:
    '# Play money: this token is good for this sandbox only, and without --state only until it ends.',
} as const;

/** A whole file of `tomlOf`, with the URL of its lobby. A file that somebody has edited is no such file. */
const ownText = new RegExp(
  `^${defaults.playMoney}\n\\[external_api\\]\ntoken = "[^"\n]*"\nurl = "(ws://[^"\n]*)"\n$`,
);

/** What a bot needs to log in. */
export interface Credentials {
  botId: string;
  token: string;
  lobbyUrl: string;
}

/** The whole file, line by line. */
export function tomlOf({ token, lobbyUrl }: Credentials): string[] {
  return [defaults.playMoney, '[external_api]', `token = "${token}"`, `url = "${lobbyUrl}"`];
}

export interface WrittenConfig {
  /** Removes the file again, unless it was changed since. */
  remove(): void;
}

/**
 * Writes the file, readable by its owner only. The only file that it replaces is one of a sandbox that is gone, as a kill
 * leaves it; any other may contain a real token.
 *
 * @throws {OptionError} when another file is there, or it cannot be written.
 */
export async function writeConfig(path: string, credentials: Credentials): Promise<WrittenConfig> {
  const text = `${tomlOf(credentials).join('\n')}\n`;
  try {
    if (tryToCreate(path, text)) return written(path, text);
    const found = textOf(path);
    const address = found === null ? undefined : ownText.exec(found)?.[1];
    if (found === null || address === undefined || !URL.canParse(address)) throw mayHoldToken(path);
    if (found !== text) {
      const lobby = new URL(address);
      if (await isServed(lobby, credentials)) throw belongsTo(path, lobby);
      replace(path, found, text);
    }
    return written(path, text);
  } catch (error) {
    if (error instanceof OptionError) throw error;
    throw new OptionError(
      'write-config',
      `${path} cannot be written (${codeOf(error) ?? 'unknown error'}). Choose another file.`,
    );
  }
}

/** False when there is a file. */
function tryToCreate(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Puts the new text there at once, if the file is still as it was found. */
function replace(path: string, found: string, text: string): void {
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  try {
    if (textOf(path) !== found) throw mayHoldToken(path);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Whether another program may serve this lobby. Nobody else can have the port of our own. */
async function isServed(lobby: URL, { lobbyUrl }: Credentials): Promise<boolean> {
  if (lobby.host === new URL(lobbyUrl).host) return false;
  return (await probe(lobby)) !== 'ECONNREFUSED';
}

/** @returns what a connection ends with; null when it opens or takes too long. */
function probe({ hostname, port }: URL): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || defaults.httpPort),
    });
    const end = (code: string | null) => {
      socket.destroy();
      resolve(code);
    };
    socket.setTimeout(defaults.probeMs, () => end(null));
    socket.once('connect', () => end(null));
    socket.once('error', (error) => end(codeOf(error)));
  });
}

function written(path: string, text: string): WrittenConfig {
  return {
    remove() {
      if (textOf(path) === text) rmSync(path);
    },
  };
}

/** Null for a file that cannot be read, or is none. */
function textOf(path: string): string | null {
  try {
    return oddKindOf(statSync(path)) === null ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

function mayHoldToken(path: string): OptionError {
  return new OptionError(
    'write-config',
    `${path} is there already and may hold a token of yours. Move it away, or write to another file.`,
  );
}

function belongsTo(path: string, { host }: URL): OptionError {
  return new OptionError(
    'write-config',
    `${path} is for a sandbox at ${host}, where something answers. End that sandbox, or write to another file.`,
  );
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error ? String(error.code) : null;
}
