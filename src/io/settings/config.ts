/** `chipzen.toml`: where it is looked for, what is read from it, and the errors when it cannot be used. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import type { TomlTable } from 'smol-toml';
import { oddKindOf } from '../../files/file-kind.js';
import { isTable } from '../../protocol/checks.js';
import { secretVariables } from '../../protocol/credential.js';
import { ConfigError } from '../../protocol/errors.js';
import { hideToken } from '../../protocol/hide-token.js';
import { isMaskable } from '../../protocol/redact.js';
import type { ChipzenConfig } from './agent-options.js';

const defaults = {
  fileName: 'chipzen.toml',
  table: 'external_api',
  maxFileBytes: 1024 * 1024,
  /** Permission bits that let group or others read. */
  readableByOthers: 0o044,
} as const;

/** Options of `loadChipzenConfig`. */
export interface LoadConfigOptions {
  /** Called with a sentence about a problem of the file, for instance that other users can read the token in it. */
  onWarning?: (message: string) => void;
}

/** Where a `chipzen.toml` is looked for, in order (docs/protocol.md 8). */
export function configPaths(
  processEnv: NodeJS.ProcessEnv = process.env,
  platform = process.platform,
): string[] {
  const home = processEnv[platform === 'win32' ? 'USERPROFILE' : 'HOME'] || homeOfUser();
  return [
    resolve(defaults.fileName),
    ...(isAbsolute(home) ? [join(home, '.chipzen', defaults.fileName)] : []),
    ...(platform === 'win32' ? [] : [join('/etc/chipzen', defaults.fileName)]),
  ];
}

function homeOfUser(): string {
  try {
    return homedir();
  } catch {
    // A user without a home directory has no file there.
    return '';
  }
}

/**
 * Reads the first `chipzen.toml` that exists; null when there is none. The token in the result is shown neither by
 * `console.log` nor by `JSON.stringify`.
 *
 * @param paths files to try. Default: `./`, `~/.chipzen/` and, but for Windows, `/etc/chipzen/`.
 * @throws {ConfigError} when the file that was found cannot be read, is not TOML, has no `[external_api]`, or has a
 * field of the wrong type in it.
 */
export function loadChipzenConfig(
  paths: readonly string[] = configPaths(),
  { onWarning }: LoadConfigOptions = {},
): ChipzenConfig | null {
  for (const path of paths) {
    const stats = statIfThere(path);
    if (stats === null) continue;
    const config = readConfig(resolve(path), stats);
    if (config.token && process.platform !== 'win32' && (stats.mode & defaults.readableByOthers) !== 0) {
      onWarning?.(`${config.path} holds a token and other users can read it. Run: chmod 600 ${config.path}`);
    }
    return config;
  }
  return null;
}

/**
 * The token to use: the option, also when it is empty, else `CHIPZEN_EXTBOT_TOKEN` unless that is empty, else the
 * file's. Null when there is none.
 */
export function resolveToken(
  option: string | null | undefined,
  config: ChipzenConfig | null,
  env: NodeJS.ProcessEnv = process.env,
): string | null {
  return option ?? (env.CHIPZEN_EXTBOT_TOKEN || (config?.token ?? null));
}

function statIfThere(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    if (isErrno(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw unreadable(resolve(path), error);
  }
}

function readConfig(path: string, stats: Stats): ChipzenConfig {
  const table = tableOf(parseToml(readText(path, stats), path), path);
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
const loadToml = () => createRequire(import.meta.url)('smol-toml') as typeof import('smol-toml');

function parseToml(text: string, path: string): TomlTable {
  const { parse, TomlError } = loadToml();
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
  const table = document[defaults.table];
  if (table === undefined) {
    throw new ConfigError(
      `${path} has no [${defaults.table}] table. Put token, bot_id or url under a line that says [${defaults.table}].`,
      { path, field: defaults.table },
    );
  }
  if (!isTable(table)) {
    throw new ConfigError(
      `${defaults.table} in ${path} must be a table, not ${kindOf(table)}. Write [${defaults.table}] on a line of its own.`,
      { path, field: defaults.table },
    );
  }
  return table;
}

function stringOf(table: TomlTable, key: string, path: string): string | null {
  const value = table[key];
  if (value === undefined) return null;
  if (typeof value === 'string') return value;
  const field = `${defaults.table}.${key}`;
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
export function withoutSecrets(env: NodeJS.ProcessEnv, secret: string): NodeJS.ProcessEnv {
  // A short secret may be an ordinary word, which may occur in any variable.
  const holds = (value = ''): boolean => (isMaskable(secret) ? value.includes(secret) : value === secret);
  const isSecret = ([name, value]: [string, string | undefined]): boolean =>
    secretNames.has(name.toUpperCase()) || (secret !== '' && holds(value));
  return Object.fromEntries(Object.entries(env).filter((entry) => !isSecret(entry)));
}
