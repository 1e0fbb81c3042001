/** `chipzen.toml`: where it is looked for, what is read from it, and the errors when it cannot be used. */

import { readFileSync, type Stats, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import type { TomlTable } from 'smol-toml';
import { oddKindOf } from '../../files/file-kind.js';
import { homeFolder } from '../../files/home-folder.js';
import { codeUrl } from '../../files/own-files.js';
import type { EnvironmentVariables } from '../../network/environment-variables.js';
import { isTable } from '../../protocol/checks.js';
import { secretVariables } from '../../protocol/credential.js';
import { ConfigError } from '../../protocol/errors.js';
import { hideToken } from '../../protocol/hide-token.js';
import { refuseUnknown } from '../../protocol/known-names.js';
import { isMaskable } from '../../protocol/redact.js';
import type { ChipzenConfig } from './agent-options.js';

/** The name of a configuration file. */
export const CONFIG_FILENAME = 'chipzen.toml';

/** The table that is read from it. */
export const SECTION_NAME = 'external_api';

const defaults = {
  maxFileBytes: 1024 * 1024,
  /** Permission bits that let group or others read. */
  readableByOthers: 0o044,
} as const;

/** Options of `loadChipzenConfig`. */
export interface LoadConfigOptions {
  /** Called with a sentence about a problem of the file, for instance that other users can read the token in it. */
  onWarning?: (message: string) => void;
  /** Called with each key of `[external_api]` that has no meaning, and is skipped. */
  onIgnoredKey?: (key: string) => void;
  /** Whether it is an error that there is no file. Default: false. */
  isRequired?: boolean;
}

/** Where a `chipzen.toml` is looked for, in order (docs/protocol.md 8). */
export function configPaths(
  processEnv: EnvironmentVariables = process.env,
  platform: string = process.platform,
): string[] {
  const home = processEnv[platform === 'win32' ? 'USERPROFILE' : 'HOME'] || homeFolder({}) || '';
  return [
    resolve(CONFIG_FILENAME),
    ...(isAbsolute(home) ? [join(home, '.chipzen', CONFIG_FILENAME)] : []),
    ...(platform === 'win32' ? [] : [join('/etc/chipzen', CONFIG_FILENAME)]),
  ];
}

/**
 * Reads the first `chipzen.toml` that exists; null when there is none. The token in the result is shown neither by
 * `console.log` nor by `JSON.stringify`.
 *
 * @param paths files to try. Default: `./`, `~/.chipzen/` and, but for Windows, `/etc/chipzen/`.
 * @throws {ConfigError} when the file that was found cannot be read, is not TOML, has no `[external_api]`, or has a
 * field of the wrong type in it; with `isRequired` also when there is none.
 */
export function loadChipzenConfig(
  paths: readonly string[] = configPaths(),
  options: LoadConfigOptions = {},
): ChipzenConfig | null {
  refuseUnknown(options, { onWarning: true, onIgnoredKey: true, isRequired: true }, 'loadChipzenConfig');
  const { onWarning, onIgnoredKey, isRequired = false } = options;
  for (const path of paths) {
    const stats = statIfThere(path);
    if (stats === null) continue;
    const config = readConfig(resolve(path), stats, onIgnoredKey);
    if (config.token && process.platform !== 'win32' && (stats.mode & defaults.readableByOthers) !== 0) {
      onWarning?.(`${config.path} holds a token and other users can read it. Run: chmod 600 ${config.path}`);
    }
    return config;
  }
  if (isRequired) throw missing(paths);
  return null;
}

/** What a program was given of a credential. Null counts as left out; empty text does not. */
export interface GivenToken {
  explicitToken?: string | null | undefined;
  /** A ticket takes the place of a token: then there is none. */
  explicitTicket?: string | null | undefined;
  config?: ChipzenConfig | null | undefined;
}

/**
 * The token to use: the option, also when it is empty, else `CHIPZEN_EXTBOT_TOKEN` unless that is empty, else the
 * file's. Null when there is none. All in one object it takes them as the official SDK does.
 */
export function resolveToken(given: GivenToken): string | null;
export function resolveToken(
  option: string | null | undefined,
  config: ChipzenConfig | null,
  env?: EnvironmentVariables,
): string | null;
export function resolveToken(
  given: GivenToken | string | null | undefined,
  config: ChipzenConfig | null = null,
  env: EnvironmentVariables = process.env,
): string | null {
  if (typeof given === 'object' && given !== null) {
    const { explicitToken, explicitTicket, config: ownConfig = null } = given;
    const isTicket = isGiven(explicitTicket) && !isGiven(explicitToken);
    return isTicket ? null : resolveToken(explicitToken, ownConfig);
  }
  return given ?? (env.CHIPZEN_EXTBOT_TOKEN || (config?.token ?? null));
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * The whole lobby URL to use: the option, else `CHIPZEN_LOBBY_URL` unless that is empty, else the file's. Null when there is
 * none: then the bot id and the environment make one.
 */
export function resolveUrl(given: {
  /** Null counts as left out. */
  explicitUrl?: string | null | undefined;
  config?: ChipzenConfig | null | undefined;
}): string | null {
  return given.explicitUrl ?? (process.env.CHIPZEN_LOBBY_URL || (given.config?.url ?? null));
}

function statIfThere(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (isErrno(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw unreadable(resolve(path), error);
  }
}

/** Each key of the table, in the order of the documentation. */
export const configKeys = ['token', 'url', 'bot_id'] as const;

function readConfig(path: string, stats: Stats, onIgnoredKey?: (key: string) => void): ChipzenConfig {
  const table = tableOf(parseToml(readText(path, stats), path), path);
  for (const key of Object.keys(table)) {
    if (!configKeys.some((known) => known === key)) onIgnoredKey?.(key);
  }
  return hideToken({
    path,
    token: stringOf(table, 'token', path),
    url: stringOf(table, 'url', path),
    botId: stringOf(table, 'bot_id', path),
  });
}

function readText(path: string, stats: Stats): string {
  const kind = oddKindOf(stats);
  if (kind !== null) {
    throw new ConfigError(`${path} is ${kind}, not a file. Move it away or make it a TOML file.`, { path });
  }
  if (stats.size > defaults.maxFileBytes) {
    throw new ConfigError(`${path} is too large for a configuration (over 1 MiB). Is it the right file?`, {
      path,
    });
  }
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
  try {
    // The decoder drops a byte order mark as well.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ConfigError(`${path} is not UTF-8 text. Save it as UTF-8.`, { path });
  }
}

/** Loaded only when there is a file: loading modules takes most of a start. Reading a configuration is synchronous. */
function loadToml(path: string): typeof import('smol-toml') {
  const load = createRequire(codeUrl);
  try {
    return load('smol-toml') as typeof import('smol-toml');
  } catch (error) {
    throw new ConfigError(
      `${path} cannot be read, because this program was bundled without the package smol-toml: install it where the program runs, or give config: null and the settings as options.`,
      { path },
      { cause: error },
    );
  }
}

function parseToml(text: string, path: string): TomlTable {
  const { parse, TomlError } = loadToml(path);
  try {
    return parse(text);
  } catch (error) {
    // The parser's error quotes the file, and the file may hold the token: neither quote nor cause goes on.
    const { line, column } = error instanceof TomlError ? error : { line: 1, column: 1 };
    const place = `line ${line}, column ${column}`;
    throw new ConfigError(
      `${path} is not valid TOML: look at ${place}. Text values need quotes around them.`,
      {
        path,
      },
    );
  }
}

function tableOf(document: TomlTable, path: string): TomlTable {
  const table = document[SECTION_NAME];
  if (table === undefined) {
    throw new ConfigError(
      `${path} has no [${SECTION_NAME}] table. Put token, bot_id or url under a line that says [${SECTION_NAME}].`,
      { path, field: SECTION_NAME },
    );
  }
  if (!isTable(table)) {
    throw new ConfigError(
      `${SECTION_NAME} in ${path} must be a table, not ${kindOf(table)}. Write [${SECTION_NAME}] on a line of its own.`,
      { path, field: SECTION_NAME },
    );
  }
  return table;
}

function stringOf(table: TomlTable, key: string, path: string): string | null {
  const value = table[key];
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  const field = `${SECTION_NAME}.${key}`;
  throw new ConfigError(`${field} in ${path} must be text, not ${kindOf(value)}. Put its value in quotes.`, {
    path,
    field,
  });
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'an array';
  if (value instanceof Date) return 'a date';
  return typeof value === 'object' ? 'a table' : `a ${typeof value}`;
}

function missing(paths: readonly string[]): ConfigError {
  const [path = ''] = paths;
  const shown = resolve(path);
  return new ConfigError(`There is no configuration file ${shown}. Check the path, or leave it out.`, {
    path: shown,
  });
}

function unreadable(path: string, error: unknown): ConfigError {
  const why = isErrno(error) && error.code !== undefined ? error.code : 'unknown reason';
  return new ConfigError(
    `${path} cannot be read (${why}). Let this user read it, or move it away.`,
    { path },
    { cause: error },
  );
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

const secretNames: ReadonlySet<string> = new Set(secretVariables);

/** The environment without the variables that hold a credential, by name or by value. */
export function withoutSecrets(env: EnvironmentVariables, secret: string): EnvironmentVariables {
  // A short secret may be an ordinary word, which may occur in any variable.
  const holds = (value = ''): boolean => (isMaskable(secret) ? value.includes(secret) : value === secret);
  const isSecret = ([name, value]: [string, string | undefined]): boolean =>
    secretNames.has(name.toUpperCase()) || (secret !== '' && holds(value));
  return Object.fromEntries(Object.entries(env).filter((entry) => !isSecret(entry)));
}
