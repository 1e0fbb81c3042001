/** The `chipzen.toml` of a bot on a sandbox. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { oddKindOf } from '../../files/file-kind.js';
import { OptionError } from '../../protocol/errors.js';

/** What a bot needs to log in. */
export interface Credentials {
  botId: string;
  token: string;
  lobbyUrl: string;
}

/** The whole file, line by line. */
export function tomlOf({ token, lobbyUrl }: Credentials): string[] {
  return [
    '# Play money: this token is good for this sandbox only, and only until it ends.',
    '[external_api]',
    `token = "${token}"`,
    `url = "${lobbyUrl}"`,
  ];
}

export interface WrittenConfig {
  /** Removes the file again, unless it was changed since. */
  remove(): void;
}

/**
 * Writes the file, readable by its owner only. It never replaces a file: that may contain a real token.
 *
 * @throws {OptionError} when the file exists already, or cannot be written.
 */
export function writeConfig(path: string, credentials: Credentials): WrittenConfig {
  const text = `${tomlOf(credentials).join('\n')}\n`;
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    // An earlier run that was killed has left the same file.
    if (code === 'EEXIST' && isTextOf(path, text)) return written(path, text);
    throw new OptionError(
      'write-config',
      code === 'EEXIST'
        ? `${path} is there already and may hold a token of yours. Move it away, or write to another file.`
        : `${path} cannot be written (${typeof code === 'string' ? code : 'unknown error'}). Choose another file.`,
    );
  }
  return written(path, text);
}

function written(path: string, text: string): WrittenConfig {
  return {
    remove() {
      if (isTextOf(path, text)) rmSync(path);
    },
  };
}

function isTextOf(path: string, text: string): boolean {
  try {
    return oddKindOf(statSync(path)) === null && readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}
